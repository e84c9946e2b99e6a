// describe: what a name means, whatever kind of name it is.

#include "scenario/describe.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "command/command.hpp"
#include "command/list.hpp"
#include "command/log_style_page.hpp"
#include "command/own_table_page.hpp"
#include "command/parameter_page.hpp"
#include "command/scenario_input.hpp"
#include "command/terminal.hpp"
#include "command/words_page.hpp"
#include "measure/metric.hpp"
#include "model/pool_life.hpp"
#include "model/review.hpp"
#include "record/columns.hpp"
#include "record/narrator.hpp"
#include "scenario/errors.hpp"
#include "scenario/meant.hpp"
#include "scenario/units.hpp"
#include "scenario/words.hpp"
#include "strategy/products.hpp"
#include "strategy/registry.hpp"

namespace gatesim {

namespace {

std::string titled(const std::string& title, const std::string& kind) {
    return styled(title, Style::strong) + "  (" + kind + ")\n\n";
}

std::string strategy_text(const std::string& name) {
    for (const StrategyDescription& d : strategy_descriptions()) {
        if (d.name != name) continue;
        std::string out =
            titled(name, d.preset_of.empty() ? "strategy" : "preset of " + d.preset_of) + wrap(d.summary, 80, 0) + "\n";
        if (!d.help.empty()) out += fmt::format("\n{}\n", wrap(d.help, 80, 0));
        for (const std::string& r : d.relaxations)
            out += fmt::format("\n{}\n", wrap(fmt::format("Departs from soundness: {}", r), 80, 2));
        if (!d.parameters.empty()) out += "\nParameters\n";
        for (const Parameter& p : d.parameters) out += parameter_text(d, p);
        const std::vector<std::string> missing = not_modelled(name);
        if (!missing.empty()) out += "\nNot modelled\n";
        for (const std::string& what : missing) out += "  - " + wrap(what + ".", 80, 4, 4) + "\n";
        if (!missing.empty()) out += "\nWhere each rule was read, and when: sim/strategy/SOURCES.md\n";
        return out + fmt::format("\nIn a scenario: \"strategy\": \"{0}\", or {{\"name\": \"{0}\", ...}}\n", name);
    }
    return "";
}

std::string assignment_text(const std::string& name) {
    for (const AssignmentDescription& d : known_assignments()) {
        if (d.name != name) continue;
        return titled(name, "assignment of reviewers") + wrap(d.summary, 80, 0) + "\n\n" + wrap(d.help, 80, 0) +
               fmt::format("\n\nIn a scenario, in load.people.review: \"assignment\": \"{}\"\n", name);
    }
    return "";
}

std::string scaling_text(const std::string& name) {
    for (const ScalingDescription& d : known_scaling_rules()) {
        if (d.name != name) continue;
        StrategyDescription described;
        described.name = d.name;
        described.parameters = d.parameters;
        std::string out = titled(name, "autoscaling rule of pools") + wrap(d.summary, 80, 0) + "\n\n";
        out += wrap(d.help, 80, 0) + "\n\n" + wrap("What it gets wrong: " + d.counter, 80, 0) + "\n\n";
        out += wrap("Read in: " + d.source, 80, 0) + "\n\nParameters\n";
        for (const Parameter& p : d.parameters) out += parameter_text(described, p);
        out += fmt::format("\nIts pool looks every {} (poll){}.\n", units::print_time(d.poll),
                           d.boot_timeout == kNever ? ""
                                                    : fmt::format(" and gives a node {} to come up (boot_timeout)",
                                                                  units::print_time(d.boot_timeout)));
        return out +
               fmt::format("In a scenario, in a pool: \"scaling\": \"{0}\", or {{\"rule\": \"{0}\", ...}}\n", name);
    }
    return "";
}

std::string metric_text(const std::string& name) {
    for (const Metric& m : metrics()) {
        if (m.name != name && m.family != name) continue;
        std::string out = titled(name, "metric, " + m.unit);
        out += "Of       " + wrap(m.population, 80, 9, 9) + "\n";
        out += "Formula  " + wrap(m.formula, 80, 9, 9) + "\n";
        if (!m.statistic.empty()) {
            out += "Ends in  " +
                   wrap(
                       ".mean, .p50, .p90, .p95 or .p99: over the times of one replication. A percentile is the "
                       "smallest measured time that at least that share does not exceed.",
                       80, 9, 9) +
                   "\n";
        }
        out += fmt::format("Better   {}\n", direction_text(m.direction));
        out += "Interval " +
               wrap(m.rare_count ? "exact Poisson, 95 %; wider where replications differ more than that allows; \"0 "
                                   "(below x)\" if it was never seen (about 3/n)"
                                 : "Student's over the replications' values, 95 %, or Hall's where values are skewed "
                                   "and that reaches farther; replications where it is undefined do not count",
                    80, 9, 9) +
               "\n";
        return out;
    }
    return "";
}

std::string column_line(const Column& c) {
    const std::string head = fmt::format("  {:<18}", c.name);
    const std::string unit = *c.unit ? fmt::format(" ({})", c.unit) : "";
    return head + wrap(c.meaning + unit, 80, 20, std::max<std::size_t>(20, head.size())) + "\n";
}

/// "changes", "changes.csv", "changes.away_s".
std::string table_text(const std::string& name) {
    const std::string table = name.substr(0, name.find('.'));
    const TableDoc* doc = find_table(table);
    if (!doc) return "";
    const std::string column = table == name ? "" : name.substr(table.size() + 1);
    std::string out = titled(doc->file(), "table of a run directory");
    if (column.empty() || column == "csv") {
        out += wrap(doc->row, 80, 0) + ". RFC 4180, lines end with LF. Empty fields: not\napplicable.\n\n";
        for (const Column& c : doc->columns) out += column_line(c);
        return out;
    }
    for (const Column& c : doc->columns) {
        if (column == c.name) return out + column_line(c);
    }
    return "";
}

std::string command_text(const std::string& name) {
    const Command* command = find_command(name);
    return command ? help_text(*command) : "";
}

/// "metrics": a line each, and how to go on.
std::string kind_text(const std::string& name) {
    const std::string list = list_of(name);
    return list.empty() ? "" : list + fmt::format("\n{} describe NAME explains any of them.\n", called_as());
}

/// A scenario's folder, or its name in scenarios/: its title, and the notes that its author wrote.
std::string scenario_text(const std::string& name) {
    namespace fs = std::filesystem;
    std::error_code error;
    fs::path folder = name;
    if (!fs::exists(folder / "scenario.json", error)) folder = fs::path(scenarios_folder()) / name;
    if (name == "schema" || !fs::is_regular_file(folder / "scenario.json", error)) return "";
    std::ifstream notes(folder / "notes.md", std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(notes)), std::istreambuf_iterator<char>());
    const std::string next = fmt::format("{} run {}\n", called_as(), folder.lexically_normal().string());
    return text.empty() ? next : text + "\n" + next;
}

std::vector<std::string> all_names() {
    std::vector<std::string> out = list_topics();
    out.emplace_back("words");
    out.emplace_back("log-style");
    for (const StrategyDescription& d : strategy_descriptions()) out.push_back(d.name);
    for (const AssignmentDescription& d : known_assignments()) out.push_back(d.name);
    for (const ScalingDescription& d : known_scaling_rules()) out.push_back(d.name);
    for (const Metric& m : metrics()) out.push_back(m.family);
    for (const auto* docs : {&table_docs(), &optional_table_docs()})
        for (const TableDoc& doc : *docs) {
            out.push_back(doc.name);
            for (const Column& c : doc.columns) out.push_back(std::string(doc.name) + "." + c.name);
        }
    for (const std::string& name : own_table_names()) out.push_back(name);
    for (const Command& c : commands()) out.push_back(c.name);
    for (const Term& term : terms()) out.push_back(term.word);
    return out;
}

int not_found(const std::string& topic) {
    const bool pointer = topic[0] == '/';
    std::string near = pointer ? nearest_pointer(topic) : document::meant(topic, all_names());
    if (near.empty() && !pointer) near = document::meant_strategy(topic, strategy_descriptions());
    return usage_error("describe",
                       fmt::format("nothing is called {}{}", document::quote(topic), document::did_you_mean(near)));
}

int run_describe(const Arguments& arguments) {
    const std::string topic = arguments.positional(0);
    if (topic[0] == '/') {
        const auto text = describe_pointer(topic, strategy_descriptions());
        if (!text) return not_found(topic);
        print_out(*text + (text->empty() || text->back() == '\n' ? "" : "\n"));
        return kFine;
    }
    std::string text = topic == "words" ? words_page() : "";
    for (auto describe : {strategy_text, assignment_text, scaling_text, metric_text, table_text, own_table_text,
                          command_text, log_style_text, word_text, kind_text, scenario_text, parameter_page}) {
        if (text.empty()) text = describe(topic);
    }
    if (text.empty()) return not_found(topic);
    print_out(text);
    return kFine;
}

const bool kRegistered = register_command(
    {.name = "describe",
     .summary = "Explain a strategy, a metric, a table, a key of scenarios, a word",
     .help = "Names are those that list prints; \"metrics\", \"tables\" and so on print a line for each of that kind. "
             "A key of scenario files is given by its pointer, with * for any name; \"words\" is the glossary. A "
             "product's own word (max_entries_to_build) leads to the parameter that it is here.",
     .examples = {"describe zuul", "describe gate_time_s", "describe changes.away_s", "describe /jobs/*/duration",
                  "describe max_entries_to_build", "describe words"},
     .positionals = {{"NAME",
                      "a strategy, assignment, autoscaling rule, metric, table, table.column, scenario, /pointer, "
                      "command or word; or "
                      "metrics, tables, strategies, assignments, scaling, scenarios, commands, words",
                      true}},
     .options = {},
     .run = run_describe});

}  // namespace

}  // namespace gatesim
