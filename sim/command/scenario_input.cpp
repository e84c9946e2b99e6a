#include "command/scenario_input.hpp"

#include <filesystem>

#include "command/command.hpp"
#include "command/terminal.hpp"
#include "measure/metric.hpp"
#include "scenario/load_scenario.hpp"
#include "scenario/node.hpp"
#include "strategy/registry.hpp"

namespace gatesim {

namespace fs = std::filesystem;

namespace {

LoadOptions load_options() {
    LoadOptions options;
    options.strategies = strategy_descriptions();
    options.metric_names = metric_names();
    return options;
}

/// Finds the programs that strategies name; what is missing is told.
bool find_programs(Scenario& scenario) {
    std::vector<StrategyChoice*> choices;
    for (Pipeline& pipeline : scenario.pipelines) choices.push_back(&pipeline.strategy);
    for (auto& [name, choice] : scenario.observed_rules) choices.push_back(&choice);
    for (StrategyChoice* choice : choices) {
        const std::string missing = find_outside(*choice, scenario.folder);
        if (missing.empty()) continue;
        print_err("gatesim: strategy " + choice->name + ": " + missing + "\n");
        return false;
    }
    return true;
}

std::optional<Scenario> told(Loaded loaded, int& exit_code) {
    if (!loaded.diagnostics.empty()) print_err(text(loaded.diagnostics));
    exit_code = loaded.exit_code();
    if (loaded.scenario && !find_programs(*loaded.scenario)) {
        exit_code = kUnreadable;
        return std::nullopt;
    }
    return std::move(loaded.scenario);
}

}  // namespace

Option set_option() {
    return {.name = "set",
            .kind = OptionKind::text,
            .value = "/POINTER=VALUE",
            .help = "Change one value of the scenario for this run: --set /jobs/full/flake=2%. May be repeated.",
            .repeatable = true};
}

Option jobs_option() {
    return {.name = "jobs",
            .kind = OptionKind::count,
            .value = "N",
            .help = "Replications at once. Default: all processors.",
            .low = 1,
            .high = 4096};
}

Option engine_option(const std::string& usual) {
    return {.name = "engine",
            .kind = OptionKind::choice,
            .value = "NAME",
            .help =
                "simgrid, or heap (the same numbers without SimGrid; pools that compute with simgrid need simgrid). "
                "Default: " +
                usual + ".",
            .choices = {"simgrid", "heap"}};
}

Option strategy_option() {
    return {.name = "strategy",
            .kind = OptionKind::text,
            .value = "NAME",
            .help =
                "Another strategy for the gate (a name, or exec:PROGRAM), with its defaults; --set /strategy/... then "
                "changes parameters."};
}

std::optional<Scenario> load_input(const std::string& path, const Arguments& arguments, int& exit_code) {
    LoadOptions options = load_options();
    if (const std::string strategy = arguments.text("strategy"); !strategy.empty()) {
        const bool object = strategy[0] == '{';
        options.sets.push_back("/strategy=" +
                               (object ? strategy : "{\"name\": " + document::json_string(strategy) + "}"));
    }
    for (const std::string& set : arguments.all("set")) options.sets.push_back(set);
    return told(load_scenario(path, options), exit_code);
}

std::optional<Scenario> load_with_sets(const std::string& path, const std::vector<std::string>& sets, int& exit_code) {
    LoadOptions options = load_options();
    options.sets = sets;
    return told(load_scenario(path, options), exit_code);
}

std::optional<Scenario> load_resolved(const std::string& text, const std::string& name, const std::string& folder,
                                      int& exit_code) {
    return told(load_scenario_text(text, name, folder, load_options()), exit_code);
}

std::string scenarios_folder() {
    std::error_code error;
    if (fs::is_directory("scenarios", error)) return "scenarios";
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    for (fs::path at = program.parent_path(); !error && at.has_relative_path(); at = at.parent_path()) {
        if (fs::is_directory(at / "scenarios", error)) return (at / "scenarios").string();
    }
    return "";
}

}  // namespace gatesim
