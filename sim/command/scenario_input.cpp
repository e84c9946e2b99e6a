#include "command/scenario_input.hpp"

#include <filesystem>
#include <set>

#include "command/command.hpp"
#include "command/terminal.hpp"
#include "measure/metric.hpp"
#include "scenario/errors.hpp"
#include "scenario/load_scenario.hpp"
#include "scenario/meant.hpp"
#include "scenario/node.hpp"
#include "scenario/source.hpp"
#include "strategy/registry.hpp"
#include "study/limits.hpp"

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

/// The option at which the value was typed that this is about: the last one that sets it, something in it, or what it
/// is in.
void name_option(Diagnostic& d, const std::vector<TypedSet>& sets) {
    if (d.file != document::kOverrideSource) return;
    const auto within = [](const std::string& inner, const std::string& outer) {
        return inner.rfind(outer, 0) == 0 && (inner.size() == outer.size() || inner[outer.size()] == '/');
    };
    for (const TypedSet& typed : sets) {
        const std::string pointer = typed.set.substr(0, typed.set.find('='));
        if (within(d.pointer, pointer) || within(pointer, d.pointer)) d.file = typed.option;
    }
}

/// Said before anything runs, and once, however many arms have the same limit.
void warn_of_limits(const Scenario& scenario) {
    static std::set<std::string> said;
    for (const std::string& text : limits_too_short(scenario))
        if (said.insert(text).second) print_err("! " + text + "\n");
}

std::optional<Scenario> told(Loaded loaded, int& exit_code) {
    if (!loaded.diagnostics.empty()) print_err(text(loaded.diagnostics));
    exit_code = loaded.exit_code();
    if (loaded.scenario && !find_programs(*loaded.scenario)) {
        exit_code = kUnreadable;
        return std::nullopt;
    }
    if (loaded.scenario) warn_of_limits(*loaded.scenario);
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

std::string fault_of_strategy(const std::string& typed) {
    if (typed.empty() || typed[0] == '{' || typed.find(':') != std::string::npos) return "";
    if (find_strategy(typed)) return "";
    const std::string near = document::meant_strategy(typed, strategy_descriptions());
    return "there is no strategy " + document::quote(typed) + document::did_you_mean(near) + "; see: " + called_as() +
           " list strategies";
}

std::optional<Scenario> load_input(const std::string& path, const Arguments& arguments, int& exit_code) {
    std::vector<TypedSet> sets;
    if (const std::string strategy = arguments.text("strategy"); !strategy.empty()) {
        if (const std::string fault = fault_of_strategy(strategy); !fault.empty()) {
            print_err("gatesim: --strategy: " + fault + "\n");
            exit_code = kUsage;
            return std::nullopt;
        }
        const bool object = strategy[0] == '{';
        sets.push_back(
            {"--strategy", "/strategy=" + (object ? strategy : "{\"name\": " + document::json_string(strategy) + "}")});
    }
    for (const std::string& set : arguments.all("set")) sets.push_back({"--set", set});
    return load_with_sets(path, sets, exit_code);
}

std::optional<Scenario> load_with_sets(const std::string& path, const std::vector<TypedSet>& sets, int& exit_code) {
    LoadOptions options = load_options();
    for (const TypedSet& typed : sets) options.sets.push_back(typed.set);
    Loaded loaded = load_scenario(path, options);
    for (Diagnostic& d : loaded.diagnostics) name_option(d, sets);
    return told(std::move(loaded), exit_code);
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
