// infer: a scenario from a team's own records, with what every number rests on.

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "command/command.hpp"
#include "command/grid_run.hpp"
#include "command/scenario_input.hpp"
#include "command/terminal.hpp"
#include "import/tables.hpp"
#include "infer/figures.hpp"
#include "infer/landings.hpp"
#include "infer/training.hpp"
#include "load/when.hpp"
#include "model/display_width.hpp"
#include "model/shell_quoted.hpp"
#include "strategy/registry.hpp"
#include "study/aside.hpp"
#include "study/own_files.hpp"

namespace gatesim {

namespace {

namespace fs = std::filesystem;
using infer::Figure;

int fail(const std::string& what, int code) {
    print_err(fmt::format("gatesim infer: {}\n", what));
    return code;
}

/// "FROM..TO". Nothing if it is no such thing, and why.
std::optional<infer::Span> read_span(const std::string& text, std::string& why) {
    const std::size_t dots = text.find("..");
    if (dots == std::string::npos) {
        why = "--train is FROM..TO, two times with two dots between them: 2025-10-28..2025-10-31T12:00Z";
        return std::nullopt;
    }
    const auto from = parse_when(text.substr(0, dots), why);
    const auto to = from ? parse_when(text.substr(dots + 2), why) : std::nullopt;
    if (!to) {
        why = "--train: " + why;
        return std::nullopt;
    }
    if (*from >= *to) {
        why = "--train: its end is not after its beginning";
        return std::nullopt;
    }
    return infer::Span{*from, *to};
}

std::string whole_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

/// Whether the files may be written there: into the folder of the records only under names that nobody else uses.
std::string why_not_out(const std::string& folder, const std::string& out, const std::vector<std::string>& names) {
    std::error_code error;
    if (!fs::equivalent(folder, out, error))
        return why_not_into(out, {folder + "/" + import::kEntriesFile, folder + "/" + import::kRunsFile}, names);
    const Manifest manifest(out);
    for (const std::string& name : names) {
        const std::string file = (fs::path(out) / name).string();
        if (fs::exists(fs::symlink_status(file, error)) && !manifest.owns(out, name))
            return fmt::format("{}: is there and is not gatesim's; name another folder: --out DIR", file);
    }
    return "";
}

nlohmann::ordered_json json_of(const std::optional<double>& value) {
    return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json();
}

std::string document_text(const import::Records& records, const infer::Inference& inference,
                          const std::vector<Figure>& figures, const infer::Documents& documents) {
    nlohmann::ordered_json out;
    out["from"] = format_when(inference.span.from);
    out["to"] = format_when(inference.span.to);
    out["entries"] = records.entries.size();
    out["runs"] = records.runs.size();
    out["tests"] = inference.tests;
    out["estimates"] = nlohmann::ordered_json::array();
    for (const Figure& f : figures)
        out["estimates"].push_back({{"name", f.name},
                                    {"value", f.value.value},
                                    {"low", json_of(f.value.low)},
                                    {"high", json_of(f.value.high)},
                                    {"n", f.value.n},
                                    {"unit", f.unit},
                                    {"method", f.method},
                                    {"dropped", f.dropped}});
    out["guessed"] = documents.guessed;
    out["warnings"] = inference.warnings;
    return out.dump(2) + "\n";
}

using Rows = std::vector<std::vector<std::string>>;

/// Columns under each other; numbers of the last column end at one place.
std::string columns_text(const Rows& rows) {
    std::vector<std::size_t> width(rows[0].size());
    for (const auto& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i) width[i] = std::max(width[i], display_width(row[i]));
    std::string out;
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string room(width[i] - display_width(row[i]), ' ');
            line += (i == 0 ? "" : "  ") + (i + 1 == row.size() ? room + row[i] : row[i] + room);
        }
        out += line + "\n";
    }
    return out;
}

/// The first 40 bytes or so of a name; never half a character.
std::string short_name(const std::string& name) {
    constexpr std::size_t kLongest = 40;
    if (name.size() <= kLongest) return name;
    std::size_t end = kLongest - 1;
    while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) --end;
    return name.substr(0, end) + "…";
}

/// The jobs of the scenario, those first that take longest.
std::string jobs_text(const infer::Inference& inference) {
    constexpr std::size_t kMost = 15;
    std::vector<const infer::JobEstimate*> jobs;
    for (const infer::JobEstimate& j : inference.jobs)
        if (j.used) jobs.push_back(&j);
    if (jobs.empty()) return "";
    std::stable_sort(jobs.begin(), jobs.end(), [](const auto* a, const auto* b) {
        return a->durations.median.value > b->durations.median.value;
    });
    Rows rows{{"job", "median", "95 % interval", "flake", "defect", "n"}};
    for (std::size_t i = 0; i < std::min(kMost, jobs.size()); ++i) {
        const infer::Value& d = jobs[i]->durations.median;
        rows.push_back({short_name(jobs[i]->name), infer::shown(d.value, "s"),
                        infer::shown_interval({"", "s", d, "", ""}), infer::shown(jobs[i]->flake.value, "share"),
                        infer::shown(jobs[i]->defect.value, "share"), std::to_string(d.n)});
    }
    const std::size_t left_out = inference.jobs.size() - jobs.size();
    std::string more;
    if (jobs.size() > kMost) more += fmt::format("{} more jobs take less", jobs.size() - kMost);
    if (left_out > 0)
        more +=
            fmt::format("{}{} run in less than half of the tests and are left out", more.empty() ? "" : "; ", left_out);
    return columns_text(rows) + (more.empty() ? "" : "(" + more + ")\n") + "\n";
}

std::string table_text(const infer::Inference& inference, const std::vector<Figure>& figures) {
    Rows rows{{"estimate", "value", "95 % interval", "n"}};
    for (const Figure& f : figures)
        if (f.name.rfind("jobs/", 0) != 0)
            rows.push_back({short_name(f.name), infer::shown(f.value.value, f.unit), infer::shown_interval(f),
                            std::to_string(f.value.n)});
    return jobs_text(inference) + columns_text(rows);
}

std::optional<infer::Choices> choices_of(const Arguments& arguments, std::string& why) {
    infer::Choices out;
    const std::string folder = arguments.positional(0);
    out.strategy = arguments.text("strategy", "github");
    const auto strategy = find_strategy(out.strategy);
    if (!strategy) {
        const std::string fault = fault_of_strategy(out.strategy);
        why = fault.empty() ? out.strategy + " is no name of a strategy: gatesim list strategies" : fault;
        return std::nullopt;
    }
    for (const Parameter& parameter : strategy->parameters) {
        out.parameters.push_back(parameter.name);
        if (parameter.name == "window") out.all_at_once = parameter.value == ParameterValue(std::int64_t{0});
    }
    out.synthetic = arguments.has("synthetic");
    out.recorded = arguments.has("recorded");
    if (out.recorded && (out.synthetic || !fs::exists(fs::path(folder) / import::kRunsFile))) {
        why = out.synthetic
                  ? "--recorded replays what was; --synthetic draws it: one of them"
                  : folder + "/" + import::kRunsFile + ": is not there, so there is nothing to take (--recorded)";
        return std::nullopt;
    }
    out.name = fs::path(folder).lexically_normal().filename().string();
    if (out.name.empty() || out.name == ".")
        out.name = fs::absolute(folder).lexically_normal().parent_path().filename().string();
    const fs::path about = fs::path(folder) / "import.json";
    if (fs::exists(about)) {
        const auto configuration = infer::read_configuration(whole_file(about));
        if (!configuration) {
            why = about.string() + ": is no JSON document";
            return std::nullopt;
        }
        out.configuration = *configuration;
    }
    return out;
}

int run_infer(const Arguments& arguments) {
    const std::string folder = arguments.positional(0), directory = arguments.text("out", folder);
    std::string why;
    std::optional<infer::Span> span;
    if (arguments.has("train") && !(span = read_span(arguments.text("train"), why))) return usage_error("infer", why);
    if (!fs::is_directory(folder)) return fail(folder + ": is no folder with entries.csv and runs.csv", kUnreadable);
    const auto choices = choices_of(arguments, why);
    if (!choices) return fail(why, kUsage);
    std::error_code error_code;
    const bool apart = !fs::equivalent(folder, directory, error_code);
    std::vector<std::string> names{infer::kScenarioFile, infer::kNotesFile, infer::kLoadFile, infer::kDurationsFile,
                                   infer::kWaitsFile};
    if (apart) names.push_back(import::kEntriesFile);
    const bool with_runs = apart && fs::exists(fs::path(folder) / import::kRunsFile);  // validate compares with them
    if (with_runs) names.push_back(import::kRunsFile);
    if (const std::string trouble = why_not_out(folder, directory, names); !trouble.empty())
        return fail(trouble, kUnreadable);

    import::Records records;
    LoadError error;
    if (!import::read_tables(folder, records, error))
        return fail(error.text, error.kind == LoadError::Kind::unreadable ? kUnreadable : kUsage);
    if (records.entries.empty()) return fail(folder + ": entries.csv has no row, so there is no load", kUsage);
    infer::Choices with_period = *choices;
    const std::string entries = apart ? import::entries_csv(records) : "";
    if (infer::lacks_enqueues(records)) {
        with_period.assumed_gate = infer::fastest_gate(records, span);
        if (with_period.assumed_gate.n == 0)
            return fail(
                folder + ": entries.csv does not say when changes came, nor of any when it was uploaded and landed",
                kUsage);
        infer::assume_enqueues(records, from_seconds(with_period.assumed_gate.value));
    }
    with_period.period = infer::whole_span(records);
    if (!span) span = with_period.period;
    for (const import::Entry& e : records.entries) with_period.projects.push_back(records.texts[e.project]);
    const std::string runs = with_runs ? import::runs_csv(records) : "";
    infer::keep_training(records, *span);
    if (records.entries.empty())
        return fail("no stay lies in the time of --train; the records go from " + format_when(with_period.period.from),
                    kUsage);

    const infer::Inference inference = infer::infer(records, *span);
    const infer::Documents documents = infer::documents_of(records, inference, with_period);
    const std::vector<Figure> figures = infer::figures_of(records, inference, with_period);
    std::vector<std::pair<std::string, std::string>> files{
        {infer::kScenarioFile, documents.scenario},
        {infer::kNotesFile, infer::notes_of(records, inference, with_period, documents)}};
    if (!documents.load.empty()) files.emplace_back(infer::kLoadFile, documents.load);
    if (!entries.empty()) files.emplace_back(import::kEntriesFile, entries);
    if (!runs.empty()) files.emplace_back(import::kRunsFile, runs);
    if (!documents.durations.empty()) files.emplace_back(infer::kDurationsFile, documents.durations);
    if (!documents.waits.empty()) files.emplace_back(infer::kWaitsFile, documents.waits);
    MadeFolders made;
    std::string trouble = made.make(directory);
    if (trouble.empty()) trouble = write_files(directory, files);
    if (!trouble.empty()) return fail(trouble, kUnreadable);

    if (arguments.has("json")) {
        print_out(document_text(records, inference, figures, documents));
    } else if (!arguments.has("quiet")) {
        print_out(table_text(inference, figures));
        print_out(fmt::format("\n{} guesses, and how each number was found: {}/{}\nnext: {} run {}\n",
                              documents.guessed.size(), directory, infer::kNotesFile, called_as(),
                              shell_quoted(directory)));
    }
    for (const std::string& warning : inference.warnings) print_err(fmt::format("! {}\n", warning));
    return kFine;
}

const bool kRegistered = register_command(
    {.name = "infer",
     .summary = "Make a scenario of a team's own records",
     .help =
         "Reads entries.csv and runs.csv of a folder (as import writes them) and writes scenario.json, the files it "
         "needs, and notes.md: each estimate with its value, 95 % interval, n, method and what was dropped, and what "
         "is guessed in a list of its own. Where entries.csv does not say when changes came, "
         "they come as long before their landing as the fastest took. Nothing later than the end of --train is looked "
         "at, so what comes then can "
         "test the scenario.",
     .examples = {"infer my-week", "infer my-week --strategy zuul --train 2025-10-28..2025-10-31",
                  "infer my-week --out my-scenario --json"},
     .positionals = {{"FOLDER", "a folder with entries.csv and, if there are runs, runs.csv", true}},
     .options = {{.name = "strategy",
                  .kind = OptionKind::text,
                  .value = "NAME",
                  .help = "The rule of the queue. Default: github."},
                 {.name = "train",
                  .kind = OptionKind::text,
                  .value = "FROM..TO",
                  .help = "Look at this time only: two dates or times. Default: all."},
                 {.name = "synthetic",
                  .kind = OptionKind::flag,
                  .help = "Draw the load from the hours of the week instead of replaying it."},
                 {.name = "recorded",
                  .kind = OptionKind::flag,
                  .help = "Take builds as they went, from runs.csv, before any is drawn. Such a scenario explains what "
                          "was; it cannot predict."},
                 {.name = "out",
                  .kind = OptionKind::text,
                  .value = "DIR",
                  .help = "Write there: a new or empty folder, or one of gatesim's. Default: FOLDER."},
                 {.name = "json", .kind = OptionKind::flag, .help = "Print one document instead of the table."}},
     .run = run_infer});

}  // namespace

}  // namespace gatesim
