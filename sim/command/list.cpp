// list: what there is.

#include "command/list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "command/command.hpp"
#include "command/parameter_page.hpp"
#include "command/scenario_input.hpp"
#include "command/terminal.hpp"
#include "import/tables.hpp"
#include "measure/metric.hpp"
#include "model/pool_life.hpp"
#include "model/review.hpp"
#include "record/columns.hpp"
#include "record/narrator.hpp"
#include "scenario/errors.hpp"
#include "scenario/meant.hpp"
#include "strategy/registry.hpp"

namespace gatesim {

namespace {

namespace fs = std::filesystem;

std::string line(const std::string& name, const std::string& what) {
    const std::string head = name.size() < 22 ? fmt::format("  {:<22}", name) : "  " + name + "  ";
    return head + wrap(what, 80, 24, std::max<std::size_t>(24, head.size())) + "\n";
}

std::string strategies() {
    std::string out = styled("Strategies", Style::strong) + " (--strategy NAME)\n";
    for (const StrategyDescription& d : strategy_descriptions()) out += line(d.name, d.summary);
    return out;
}

std::string assignments() {
    std::string out = styled("Assignments", Style::strong) + " of reviewers (/load/people/review/assignment)\n";
    for (const AssignmentDescription& d : known_assignments()) out += line(d.name, d.summary);
    return out;
}

std::string scaling_rules() {
    std::string out = styled("Autoscaling rules", Style::strong) + " of pools (/pools/NAME/scaling)\n";
    for (const ScalingDescription& d : known_scaling_rules()) out += line(d.name, d.summary);
    return out;
}

std::string title_of(const fs::path& file) {
    std::ifstream in(file);
    const auto document = nlohmann::json::parse(in, nullptr, false, true);
    return document.is_object() && document.contains("title") && document["title"].is_string()
               ? document["title"].get<std::string>()
               : "";
}

std::string scenarios() {
    const std::string folder = scenarios_folder();
    std::string out = styled("Scenarios", Style::strong) + "\n";
    std::vector<fs::path> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder.empty() ? "scenarios" : folder, error)) {
        // scenarios/schema holds the schema of that name, not a scenario.
        if (entry.path().filename() != "schema" && fs::exists(entry.path() / "scenario.json", error))
            found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    for (const fs::path& path : found) out += line(path.string(), title_of(path / "scenario.json"));
    return found.empty() ? out + "  none: there is no folder scenarios/ here\n" : out;
}

std::string metric_list() {
    std::string out = styled("Metrics", Style::strong) + " (times end in .mean .p50 .p90 .p95 .p99)\n";
    std::string before;
    for (const Metric& m : metrics()) {
        if (m.family == before) continue;
        before = m.family;
        out += line(m.family, fmt::format("{}; {}", m.brief, m.unit));
    }
    return out;
}

std::string tables() {
    std::string out = styled("Tables", Style::strong) + " of a run directory\n";
    for (const auto* docs : {&table_docs(), &optional_table_docs()})
        for (const TableDoc& doc : *docs) out += line(doc.file(), doc.row);
    out += "\n" + styled("Tables", Style::strong) + " of a team's own records (import)\n";
    for (const import::OwnTable& table : import::own_tables()) out += line(table.file, table.row);
    return out;
}

std::string command_list() {
    std::string out = styled("Commands", Style::strong) + "\n";
    for (const Command& c : commands()) out += line(c.name, c.summary);
    return out;
}

struct Topic {
    const char* name;
    std::string (*text)();
};
constexpr Topic kTopics[] = {{"scenarios", scenarios},   {"strategies", strategies},    {"assignments", assignments},
                             {"scaling", scaling_rules}, {"metrics", metric_list},      {"tables", tables},
                             {"commands", command_list}, {"parameters", parameter_list}};

}  // namespace

std::string list_of(const std::string& topic) {
    for (const Topic& t : kTopics)
        if (topic == t.name) return t.text();
    return "";
}

std::vector<std::string> list_topics() {
    std::vector<std::string> out;
    for (const Topic& t : kTopics) out.emplace_back(t.name);
    return out;
}

namespace {

int run_list(const Arguments& arguments) {
    const std::string wanted = arguments.positional(0);
    bool found = false;
    for (const Topic& topic : kTopics) {
        if (wanted.empty() ? topic.text == parameter_list : wanted != topic.name) continue;  // long: only if asked for
        if (found) print_out("\n");
        print_out(topic.text());
        found = true;
    }
    if (!found && !wanted.empty()) {
        const std::string lines = word_lines(wanted);
        print_out(lines);
        found = !lines.empty();
    }
    if (!found) {
        const std::vector<std::string> names = list_topics();
        const std::string near = document::meant(wanted, names);
        return usage_error("list", fmt::format("it lists {}, not {}{}", document::listing(names),
                                               document::quote(wanted), document::did_you_mean(near)));
    }
    if (wanted.empty()) print_out(fmt::format("\n{} describe NAME explains any of these names.\n", called_as()));
    return kFine;
}

const bool kRegistered = register_command(
    {.name = "list",
     .summary = "List scenarios, strategies, metrics, tables, commands",
     .help = "",
     .examples = {"list", "list metrics"},
     .positionals =
         {{"WHAT",
           "scenarios, strategies, assignments, scaling, metrics, tables, commands or parameters, or a product's word "
           "(max_parallel_checks); default: all but parameters",
           false}},
     .options = {},
     .run = run_list});

}  // namespace

}  // namespace gatesim
