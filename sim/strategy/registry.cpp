#include "strategy/registry.hpp"

#include <algorithm>

namespace gatesim {
namespace {

struct Preset {
    std::string name;
    std::string of;
    std::string summary;
    ParameterValues values;
};

std::vector<StrategyEntry>& entries() {
    static std::vector<StrategyEntry> all;
    return all;
}

std::vector<Preset>& presets() {
    static std::vector<Preset> all;
    return all;
}

const StrategyEntry* find_entry(const std::string& name) {
    for (const StrategyEntry& entry : entries())
        if (entry.description.name == name) return &entry;
    return nullptr;
}

StrategyDescription description_of(const Preset& preset, const StrategyEntry& of) {
    StrategyDescription out = of.description;
    out.name = preset.name;
    out.summary = preset.summary;
    out.preset_of = preset.of;
    out.preset_values = preset.values;
    for (Parameter& parameter : out.parameters)
        for (const auto& [name, value] : preset.values)
            if (parameter.name == name) {
                parameter.value = value;
                parameter.tries.clear();  // what a preset sets is what it is
            }
    return out;
}

}  // namespace

bool register_strategy(StrategyEntry entry) {
    entries().push_back(std::move(entry));
    return true;
}

bool register_preset(const std::string& name, const std::string& of, const std::string& summary,
                     ParameterValues values) {
    presets().push_back({name, of, summary, std::move(values)});
    return true;
}

std::vector<StrategyDescription> strategy_descriptions() {
    std::vector<StrategyDescription> all;
    for (const StrategyEntry& entry : entries()) all.push_back(entry.description);
    for (const Preset& preset : presets())
        if (const StrategyEntry* entry = find_entry(preset.of)) all.push_back(description_of(preset, *entry));
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return all;
}

std::optional<StrategyDescription> find_strategy(const std::string& name) {
    if (const StrategyEntry* entry = find_entry(name)) return entry->description;
    for (const Preset& preset : presets()) {
        if (preset.name != name) continue;
        if (const StrategyEntry* entry = find_entry(preset.of)) return description_of(preset, *entry);
    }
    return std::nullopt;
}

namespace {

const Parameter* text_parameter(const StrategyEntry& entry) {
    for (const Parameter& parameter : entry.description.parameters)
        if (parameter.kind == ParameterKind::text) return &parameter;
    return nullptr;
}

}  // namespace

StrategyChoice choice_of(const std::string& text) {
    const std::size_t colon = text.find(':');
    const StrategyEntry* entry = colon == std::string::npos ? nullptr : find_entry(text.substr(0, colon));
    if (!entry || !text_parameter(*entry)) return {text, {}};
    return {entry->description.name, {{text_parameter(*entry)->name, text.substr(colon + 1)}}};
}

std::string problem_of(const StrategyChoice& choice) {
    const StrategyEntry* entry = find_entry(choice.name);
    if (!entry) {
        return find_strategy(choice.name) ? "" : "there is no strategy " + choice.name;
    }
    if (const Parameter* text = text_parameter(*entry); text && choice.values.empty())
        return choice.name + " needs a " + text->name + ": " + choice.name + ":" + text->name;
    return "";
}

std::string find_outside(StrategyChoice& choice, const std::string& folder) {
    const StrategyEntry* entry = find_entry(choice.name);
    return entry && entry->find ? entry->find(choice.values, folder) : "";
}

std::unique_ptr<Strategy> make_strategy(const StrategyChoice& choice) {
    if (const StrategyEntry* entry = find_entry(choice.name)) return entry->make(choice.values);
    for (const Preset& preset : presets())
        if (preset.name == choice.name) {
            ParameterValues values = preset.values;  // later ones override
            values.insert(values.end(), choice.values.begin(), choice.values.end());
            const StrategyEntry* entry = find_entry(preset.of);
            return entry ? entry->make(values) : nullptr;
        }
    return nullptr;
}

void take_step(StrategyChoice& choice, const TimelineStep& step) {
    choice.values.insert(choice.values.end(), step.values.begin(), step.values.end());  // later ones override
}

Relaxations relaxations_in(const Scenario& scenario, PipelineId pipeline) {
    StrategyChoice choice = scenario.pipelines[pipeline].strategy;
    Relaxations out = make_strategy(choice)->relaxations();
    for (const TimelineStep& step : scenario.timeline) {
        if (step.pipeline != pipeline || step.values.empty()) continue;
        take_step(choice, step);
        out |= make_strategy(choice)->relaxations();
    }
    return out;
}

}  // namespace gatesim
