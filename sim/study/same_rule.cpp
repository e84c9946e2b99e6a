// Two scenarios that are the same but for words.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "strategy/registry.hpp"
#include "study/grid.hpp"

namespace gatesim {

namespace {

std::string printed(const ParameterValue& value) {
    return std::visit([](const auto& v) { return nlohmann::json(v).dump(); }, value);
}

/// The strategy under its own name, with every parameter.
std::string in_full(const StrategyChoice& choice) {
    const auto known = find_strategy(choice.name);
    if (!known) return choice.name;
    std::string out = known->preset_of.empty() ? known->name : known->preset_of;
    for (const Parameter& parameter : known->parameters) {
        const auto given = std::find_if(choice.values.rbegin(), choice.values.rend(),
                                        [&](const auto& v) { return v.first == parameter.name; });
        out += " " + parameter.name + "=" + printed(given == choice.values.rend() ? parameter.value : given->second);
    }
    return out;
}

}  // namespace

std::string what_runs(const Scenario& scenario) {
    nlohmann::json document = nlohmann::json::parse(scenario.resolved, nullptr, false);
    if (!document.is_object()) return scenario.sha256;
    for (const char* words : {"title", "description", "strategy", "expect", "facts", "replications"})
        document.erase(words);
    std::string out = document.dump();
    for (const Pipeline& pipeline : scenario.pipelines) out += "\n" + in_full(pipeline.strategy);
    return out;
}

}  // namespace gatesim
