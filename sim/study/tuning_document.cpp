// What came of a tuning, as a part of compare.json.
#include <nlohmann/json.hpp>

#include "scenario/parameter_text.hpp"
#include "study/tuning.hpp"

namespace gatesim {

namespace {

using Json = nlohmann::ordered_json;

Json values_json(const TunedArm& arm, const ParameterValues& values) {
    Json out = Json::object();
    for (std::size_t p = 0; p < values.size(); ++p)
        out[values[p].first] = Json::parse(value_json(arm.main[p], values[p].second));
    return out;
}

Json mean_json(const TuneScore& score) {
    return score.mean ? Json(*score.mean) : Json(nullptr);
}

Json arm_json(const TunedArm& arm) {
    Json out = {{"strategy", arm.strategy}, {"tried", Json::object()}};
    for (const Parameter& parameter : arm.main)
        for (const ParameterValue& value : parameter.tries)
            out["tried"][parameter.name].push_back(Json::parse(value_json(parameter, value)));
    if (arm.main.empty()) return out;
    const TuneScore& chosen = arm.scores[arm.chosen];
    out["chosen"] = values_json(arm, chosen.values);
    out["chosen_mean"] = mean_json(chosen);
    out["default"] = values_json(arm, arm.scores.front().values);
    out["default_mean"] = mean_json(arm.scores.front());
    out["settings"] = Json::array();
    for (const TuneScore& score : arm.scores)
        out["settings"].push_back({{"values", values_json(arm, score.values)},
                                   {"replications", score.runs},
                                   {"defined", score.defined},
                                   {"mean", mean_json(score)}});
    return out;
}

}  // namespace

std::string tuning_json(const Tuning& tuning) {
    Json out = {{"metric", metrics()[tuning.metric].name},
                {"replications", tuning.rounds.back()},
                {"first_replication", kFirstTrainingRun},
                {"rounds", tuning.rounds},
                {"arms", Json::object()}};
    for (const TunedArm& arm : tuning.arms) out["arms"][arm.label] = arm_json(arm);
    return out.dump();
}

}  // namespace gatesim
