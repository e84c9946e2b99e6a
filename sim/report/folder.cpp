#include "report/folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <filesystem>
#include <sstream>

#include "record/csv_writer.hpp"
#include "report/documents.hpp"
#include "scenario/errors.hpp"
#include "scenario/meant.hpp"

namespace gatesim::report {

namespace fs = std::filesystem;

namespace {

/// From the report in text: the title, the answer, the cautions and the line that repeats it. A paragraph goes on in
/// lines that are indented.
void read_text(const std::string& text, StudyFolder& out) {
    std::istringstream lines(text);
    std::string line;
    std::string* open = nullptr;
    for (bool first = true; std::getline(lines, line); first = false) {
        if (first) out.title = line;
        // The last paragraph of a calibration has no indent.
        const bool goes_on = line.starts_with("  ") ||
                             (open == &out.answer && line.find_first_not_of(' ') == 0 && !line.starts_with("Again "));
        if (goes_on && open) {
            *open += " " + line.substr(line.find_first_not_of(' '));
            continue;
        }
        open = nullptr;
        if (line.starts_with("! ")) {
            out.cautions.push_back(line.substr(2));
            open = &out.cautions.back();
        } else if (line.starts_with("Answer (") || (line.find(" claims: ") != std::string::npos && line[0] != ' ')) {
            out.answer = line;
            open = &out.answer;
        } else if (line.starts_with("Again ")) {
            out.again = line.substr(line.find_first_not_of(' ', 6));
        }
    }
}

/// Seconds since 1970 of "2013-06-24T04:03:13.5Z"; nothing if it is not such a date.
std::optional<double> unix_of(const std::string& iso) {
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    double second = 0;
    if (std::sscanf(iso.c_str(), "%d-%d-%dT%d:%d:%lf", &year, &month, &day, &hour, &minute, &second) != 6)
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok()) return std::nullopt;
    const auto days = std::chrono::sys_days(date).time_since_epoch().count();
    return static_cast<double>(days) * 86400 + hour * 3600.0 + minute * 60.0 + second;
}

void read_start(const Tables& tables, StudyFolder& out) {
    if (!tables.queue || tables.queue->rows() == 0) return;
    const auto at = unix_of(tables.queue->text(0, "at"));
    if (!at) return;
    out.has_start = true;
    out.start_unix = static_cast<std::int64_t>(*at - tables.queue->number(0, "at_s") + 0.5);
}

/// `whole`: all of them, else what is drawn over time only.
std::string read_tables(const std::string& path, std::uint32_t replication, bool whole, Tables& out) {
    std::string problem;
    const auto read = [&](const char* name, std::optional<Table>& into, const std::vector<std::string>& columns) {
        if (problem.empty()) into = Table::read(fmt::format("{}/{}.csv", path, name), replication, columns, problem);
    };
    read("queue", out.queue, {"pipeline", "queue", "at_s", "at", "length", "window"});
    read("node_lives", out.node_lives, {"pool", "booting_s", "up_s", "left_s"});
    read("nodes", out.nodes,
         out.node_lives ? std::vector<std::string>{"pool", "nodes", "requested_s", "granted_s", "released_s"}
                        : std::vector<std::string>{"pool", "nodes", "granted_s", "released_s"});
    if (!whole) return problem;
    read("changes", out.changes,
         {"change", "outcome", "first_enqueued_s", "left_s", "gate_time_s", "tested_s", "node_wait_s", "queue_wait_s",
          "away_s", "ejections"});
    read("builds", out.builds, {"build", "attempt", "job", "end_s", "change"});
    read("resets", out.resets, {"at_s", "because_of", "job", "build", "changes", "builds", "reason"});
    read("stays", out.stays,
         {"item", "change", "label", "entered_s", "left_s", "outcome", "reason", "pipeline", "queue"});
    read("attempts", out.attempts,
         {"attempt", "pipeline", "queue", "kind", "item", "change", "opened_s", "tested_s", "ended_s", "result", "end",
          "build", "builds", "node_s"});
    return problem;
}

/// Replays that are asked for by names that no arm has.
std::string unknown_arms(const StudyFolder& study, const std::vector<std::string>& replays) {
    std::vector<std::string> labels;
    for (const ReportArm& arm : study.arms) labels.push_back(arm.label);
    for (const std::string& name : replays)
        if (std::find(labels.begin(), labels.end(), name) == labels.end())
            return fmt::format("--replay {}: is none of the arms ({}){}", name, document::listing(labels),
                               document::did_you_mean(document::nearest(name, labels)));
    return "";
}

/// What a comparison kept of its arms. Empty, or what went wrong.
std::string read_arms(StudyFolder& study, const std::vector<std::string>& replays) {
    std::vector<std::vector<PoolSize>> pools;
    for (std::size_t i = 0; i < study.arms.size(); ++i) {
        ReportArm& arm = study.arms[i];
        const std::string kept = arm_folder(study.path, i, arm.label);
        const bool wanted = std::find(replays.begin(), replays.end(), arm.label) != replays.end();
        if (wanted && !fs::is_regular_file(kept + "/stays.csv"))
            return fmt::format("--replay {}: {} keeps no tables of it; `compare --report` keeps those of all arms",
                               arm.label, study.path);
        if (const std::string trouble = read_tables(kept, 1, wanted, arm.tables); !trouble.empty()) return trouble;
        if (wanted) arm.folder = kept;
        StudyFolder alone;
        read_scenario(content_of(kept + "/scenario.json"), alone);
        pools.push_back(std::move(alone.pools));
        if (arm.tables.queue && !study.has_start) read_start(arm.tables, study);
    }
    const auto differs = [&](const auto& one) { return one != pools.front(); };
    if (!pools.empty() && std::none_of(pools.begin(), pools.end(), differs)) study.pools = pools.front();
    return "";
}

}  // namespace

std::string arm_folder(const std::string& study, std::size_t index, const std::string& label) {
    std::string name;
    for (char c : label) name += std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '.' ? c : '_';
    return fmt::format("{}/arms/{}-{}", study, index + 1, name);
}

std::optional<StudyFolder> read_folder(const std::string& path, std::uint32_t replication, FolderProblem& problem,
                                       const std::vector<std::string>& replays) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
        problem = {fmt::format("{}: {}", path, fs::exists(path, error) ? "is not a folder" : "there is no such folder"),
                   4};
        return std::nullopt;
    }
    StudyFolder out;
    out.path = path;
    out.shown = replication;
    std::string name;
    for (const auto& [file, kind] : {std::pair{"summary", FolderKind::run},
                                     {"compare", FolderKind::compare},
                                     {"sweep", FolderKind::sweep},
                                     {"calibrate", FolderKind::calibrate}}) {
        if (!fs::is_regular_file(fmt::format("{}/{}.json", path, file), error)) continue;
        name = file;
        out.kind = kind;
        break;
    }
    if (name.empty() && fs::is_regular_file(path + "/plan.json", error)) {
        problem = {fmt::format("{}: is a plan; `plan` makes its page itself: the same line again, with --resume and "
                               "--report",
                               path),
                   2};
        return std::nullopt;
    }
    if (name.empty()) {
        problem = {fmt::format("{}: is no folder of gatesim: it holds no summary.json, compare.json, sweep.json or "
                               "calibrate.json\n  `run`, `compare` and `sweep` write such a folder; --out names it",
                               path),
                   2};
        return std::nullopt;
    }
    const std::string document = fmt::format("{}/{}.json", path, name);
    if (const std::string trouble = read_document(content_of(document), out); !trouble.empty()) {
        problem = {fmt::format("{}: {}", document, trouble), 4};
        return std::nullopt;
    }
    read_text(content_of(fmt::format("{}/{}.txt", path, name)), out);
    if (!replays.empty() && out.kind != FolderKind::compare) {
        problem = {fmt::format("--replay: is for a comparison, and {} is none; the page of a run has its replay", path),
                   2};
        return std::nullopt;
    }
    if (out.kind == FolderKind::compare) {
        const std::string unknown = unknown_arms(out, replays);
        const std::string trouble = unknown.empty() ? read_arms(out, replays) : unknown;
        if (!trouble.empty()) {
            problem = {trouble, trouble.starts_with("--replay") ? 2 : 4};
            return std::nullopt;
        }
    }
    if (out.title.empty()) out.title = out.scenario;
    if (out.kind == FolderKind::run) {
        out.cautions.clear();
        for (const Warning& w : out.arms.front().summary.warnings)
            if (w.code != "relaxation") out.cautions.push_back(w.text);
        read_scenario(content_of(path + "/scenario.json"), out);
        if (const std::string trouble = read_tables(path, replication, true, out.arms.front().tables);
            !trouble.empty()) {
            problem = {trouble, 4};
            return std::nullopt;
        }
        read_start(out.arms.front().tables, out);
        out.arms.front().folder = path;
    }
    return out;
}

}  // namespace gatesim::report
