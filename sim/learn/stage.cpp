#include "learn/stage.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "learn/reader.hpp"
#include "measure/metric.hpp"
#include "scenario/field.hpp"
#include "scenario/override.hpp"
#include "scenario/read_json.hpp"
#include "strategy/registry.hpp"
#include "study/question.hpp"

namespace gatesim::learn {

namespace {

/// Finds the programs that strategies name. They are part of what the results depend on, so they are part of its hash.
std::string find_programs(Scenario& scenario, const std::string& folder) {
    for (Pipeline& pipeline : scenario.pipelines) {
        const std::string missing = find_outside(pipeline.strategy, folder);
        if (!missing.empty()) return fmt::format("strategy {}: {}", pipeline.strategy.name, missing);
    }
    scenario.sha256 = sha256_of_arm(scenario);
    return "";
}

}  // namespace

Value value_at(const document::Node& document, const std::string& pointer) {
    const auto tokens = document::split_pointer(pointer);
    const Node* at = &document;
    for (const std::string& token : tokens.value_or(std::vector<std::string>{})) {
        const Node* next = at->find(token);
        if (at->kind == Node::Kind::list) {
            const auto index = read_quantity(token);
            if (index && *index >= 0 && *index < static_cast<double>(at->members.size()))
                next = &at->members[static_cast<std::size_t>(*index)].value;
        }
        if (!next) return {};
        at = next;
    }
    if (at->kind == Node::Kind::number) return Value::of(at->number);
    if (at->kind == Node::Kind::flag) return Value::of(at->flag);
    if (at->kind != Node::Kind::text) return {};
    if (const auto quantity = read_quantity(at->text)) return Value::of(*quantity);
    return {std::nullopt, at->text};
}

Stage::Stage(const Lesson& lesson, const Work& learner, std::vector<std::string> overlay)
    : lesson_(lesson), learner_(learner), overlay_(std::move(overlay)) {}

const Work* Stage::work_of(Whose whose) {
    static const Work kNone;
    if (whose == Whose::learner) return &learner_;
    if (whose == Whose::none) return &kNone;
    auto& work = works_[whose];
    const char* file = whose == Whose::starter ? "work.json" : "solution/work.json";
    if (!work) work = read_work(lesson_, lesson_.path(file), problems_);
    return work ? &*work : nullptr;
}

std::vector<std::string> Stage::work_sets(const Work& work) {
    const Names aliases = [&](const std::string& name) {
        const Alias* alias = lesson_.find_alias(name);
        const Staged* plain = alias ? bare({}) : nullptr;
        return plain ? value_at(plain->resolved, alias->pointer) : Value{};
    };
    return sets_of(lesson_, work, aliases);
}

std::vector<std::string> Stage::learner_sets() {
    return work_sets(learner_);
}

void Stage::point_into_work(std::vector<Diagnostic>& found) const {
    for (Diagnostic& d : found) {
        if (d.file != document::kOverrideSource) continue;
        for (const Setting& s : learner_.settings) {
            if (d.pointer != s.pointer && !d.pointer.starts_with(s.pointer + "/")) continue;
            d.file = learner_.path;
            d.line = s.value.at.line;
            d.column = s.value.at.column;
        }
    }
}

const Staged* Stage::load(const std::vector<std::string>& sets, const std::string& programs) {
    std::string key = programs;
    for (const std::string& set : sets) key += "\n" + set;
    const auto known = loaded_.find(key);
    if (known != loaded_.end()) return known->second ? &*known->second : nullptr;
    auto& kept = loaded_[key];
    LoadOptions options;
    options.strategies = strategy_descriptions();
    options.metric_names = metric_names();
    options.sets = sets;
    Loaded loaded = load_scenario(lesson_.path("scenario.json"), options);
    point_into_work(loaded.diagnostics);
    for (Diagnostic& d : loaded.diagnostics) problems_.push_back(std::move(d));
    if (!loaded.scenario) return nullptr;
    const std::string missing = find_programs(*loaded.scenario, programs);
    if (!missing.empty()) {
        Diagnostic d;
        d.file = learner_.path.empty() ? lesson_.path("scenario.json") : learner_.path;
        d.what = missing;
        d.exit_code = 4;
        problems_.push_back(std::move(d));
        return nullptr;
    }
    const document::Sources sources{{"resolved", ""}};
    document::Errors errors(sources);
    auto resolved = document::read_json(loaded.scenario->resolved, 0, errors);
    kept = Staged{std::move(*loaded.scenario), std::move(resolved).value_or(document::Node{})};
    return &*kept;
}

const Staged* Stage::bare(const std::vector<std::string>& sets) {
    std::vector<std::string> all = overlay_;
    all.insert(all.end(), sets.begin(), sets.end());
    return load(all, lesson_.folder);
}

const Staged* Stage::get(const std::string& id, const std::vector<std::string>& between) {
    const Case* wanted = lesson_.find_case(id);
    const Work* work = wanted ? work_of(wanted->work) : nullptr;
    if (!work) return nullptr;
    std::vector<std::string> sets = overlay_;
    for (std::string& set : work_sets(*work)) sets.push_back(std::move(set));
    sets.insert(sets.end(), between.begin(), between.end());
    sets.insert(sets.end(), wanted->sets.begin(), wanted->sets.end());
    return load(sets, work->folder.empty() ? lesson_.folder : work->folder);
}

Value Stage::lever(const std::string& id) {
    for (const Work* work : {&learner_, work_of(Whose::starter)}) {
        if (!work) continue;
        if (const auto it = work->levers.find(id); it != work->levers.end()) return it->second;
    }
    return {};
}

Value Stage::alias(const Alias& alias, const std::vector<std::string>& between) {
    const Staged* staged = get(alias.base, between);
    return staged ? value_at(staged->resolved, alias.pointer) : Value{};
}

std::optional<std::string> Stage::file(const std::string& id) {
    const Case* wanted = lesson_.find_case(id);
    const Work* work = wanted ? work_of(wanted->work) : nullptr;
    if (!work) return std::nullopt;
    const document::Sources sources{{lesson_.path("scenario.json"), lesson_.folder},
                                    {document::kOverrideSource, lesson_.folder}};
    document::Errors errors(sources);
    const auto file = document::read_file(lesson_.path("scenario.json"), document::kLargestScenario);
    auto document = document::read_json(file.content, 0, errors);
    std::vector<std::string> sets = overlay_;
    for (std::string& set : work_sets(*work)) sets.push_back(std::move(set));
    sets.insert(sets.end(), wanted->sets.begin(), wanted->sets.end());
    if (!document || !document::apply_overrides(*document, sets, 1, errors)) return std::nullopt;
    std::erase_if(document->members, [](const document::Member& m) { return m.key == "$schema"; });
    return document::to_json(*document) + "\n";
}

}  // namespace gatesim::learn
