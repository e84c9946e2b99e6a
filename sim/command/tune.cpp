#include "command/tune.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "command/arms.hpp"
#include "scenario/errors.hpp"
#include "scenario/parameter_text.hpp"
#include "strategy/registry.hpp"

namespace gatesim {

namespace {

constexpr std::uint32_t kTraining = 16;  // unless the user says otherwise

/// {"name": "zuul", "window": 5}, as --strategy takes it.
std::string strategy_text(const std::string& name, const std::vector<Parameter>& main, const ParameterValues& values) {
    std::string out = "{\"name\": " + document::json_string(name);
    for (std::size_t p = 0; p < main.size(); ++p)
        out += fmt::format(", {}: {}", document::json_string(main[p].name), value_json(main[p], values[p].second));
    return out + "}";
}

/// One arm of --strategies with all its settings. A program, or a strategy in JSON, has nothing to choose.
std::optional<TuneSubject> load_subject(const Arm& arm, const Arguments& arguments, int& exit_code) {
    const auto strategy = find_strategy(arm.label);
    TuneSubject out{arm.label, strategy ? strategy->name : strategy_of(arm.scenario), {}, {}, {}};
    if (strategy) out.main = main_parameters(*strategy);
    if (out.main.empty()) return out;
    out.settings = settings_of(out.main);
    out.scenarios.push_back(arm.scenario);
    for (std::size_t s = 1; s < out.settings.size(); ++s) {
        const std::string set = "/strategy=" + strategy_text(out.strategy, out.main, out.settings[s]);
        auto tried = load_arm(arm.label, arguments.positional(0), {{"--tune", set}}, arguments, exit_code);
        if (!tried) return std::nullopt;
        out.scenarios.push_back(std::move(tried->scenario));
    }
    return out;
}

}  // namespace

std::vector<Option> tune_options() {
    return {
        {.name = "tune",
         .kind = OptionKind::flag,
         .help = "First choose the main parameters of each of --strategies, on training replications of their own."},
        {.name = "training",
         .kind = OptionKind::count,
         .value = "N",
         .help = "With --tune: how many training replications the best settings get. Default: 16.",
         .low = 2,
         .high = 100000},
    };
}

std::string tune_help() {
    return "Without --tune each strategy has its defaults, and may lose by them. With it, its one or two main "
           "parameters (describe STRATEGY names them with the values that are tried) are chosen by the first --metric, "
           "on training replications whose luck is none of those that are judged: all settings run a quarter of "
           "--training, the better half of them half of it, and the best of those all of it. Presets keep what they "
           "set; the scenario as it is and variants are not touched. The report says what was chosen, from what, and "
           "what the defaults gave. A tuned comparison cannot run in shards; name what it chose as variants there.";
}

std::string fault_of_tuning(const Arguments& arguments, std::size_t metric) {
    if (!arguments.has("tune"))
        return arguments.has("training") ? "--training says how long --tune trains; it needs --tune" : "";
    for (const char* name : {"shard", "merge", "print-tasks"})
        if (arguments.has(name))
            return fmt::format(
                "--tune cannot stand with --{}: every shard would have to train by itself. Tune on one machine "
                "(--replications 2 judges little), then run shards of what was chosen: --variant "
                "'LABEL:/strategy={{\"name\": …}}'",
                name);
    if (arguments.all("strategies").empty()) return "--tune chooses for --strategies, and none is named";
    if (metrics()[metric].direction == Direction::neither)
        return fmt::format(
            "of {} neither more nor less is better, so --tune cannot choose by it; name another --metric first",
            metrics()[metric].name);
    return "";
}

std::optional<Tuned> plan_tuning(const std::vector<Arm>& arms, const Arguments& arguments, std::size_t metric,
                                 int& exit_code) {
    Tuned out;
    out.tuning.metric = metric;
    out.tuning.rounds = training_rounds(static_cast<std::uint32_t>(arguments.count("training", kTraining)));
    const std::vector<std::string> named = named_strategies(arguments);
    for (const Arm& arm : arms) {
        if (std::find(named.begin(), named.end(), arm.label) == named.end()) continue;
        auto subject = load_subject(arm, arguments, exit_code);
        if (!subject) return std::nullopt;
        out.subjects.push_back(std::move(*subject));
    }
    return out;
}

void tune_first(Tuned& tuned, std::vector<Arm>& arms, GridCall& call) {
    for (const TuneSubject& subject : tuned.subjects)
        for (const Scenario& scenario : subject.scenarios) call.tried.push_back(&scenario);
    call.before = [&tuned, &arms](Journal& journal, const GridOptions& options) {
        StudyProblem problem = tune(tuned.subjects, options, journal, tuned.tuning);
        for (std::size_t s = 0; s < tuned.subjects.size() && problem.text.empty(); ++s)
            for (Arm& arm : arms)
                if (arm.label == tuned.subjects[s].label && !tuned.subjects[s].main.empty())
                    arm.scenario = tuned.subjects[s].scenarios[tuned.tuning.arms[s].chosen];
        return problem;
    };
}

}  // namespace gatesim
