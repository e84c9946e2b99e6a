// Pipelines and the strategies that work in them.
#include <fmt/format.h>

#include <algorithm>

#include "scenario/decode.hpp"
#include "scenario/field.hpp"

namespace gatesim::document {

namespace {

Manager manager_of(const std::string& word) {
    return word == "independent"   ? Manager::independent
           : word == "supercedent" ? Manager::supercedent
                                   : Manager::dependent;
}

Pipeline decode_pipeline(Context& context, const std::string& name, const Layers& keys,
                         const StrategyChoice& strategy) {
    Pipeline out;
    out.name = name;
    out.strategy = strategy;
    if (const auto v = keys.find("manager")) out.manager = manager_of(v->node->text);
    if (const auto v = keys.find("precedence")) {
        out.precedence = v->node->text == "high"  ? Precedence::high
                         : v->node->text == "low" ? Precedence::low
                                                  : Precedence::normal;
    }
    if (const auto v = keys.find("dequeue_on_new_patchset")) out.dequeue_on_new_patchset = v->node->flag;
    if (const auto v = keys.find("ignore_dependencies")) out.ignore_dependencies = v->node->flag;
    if (const auto v = keys.find("reject_after_failure")) out.reject_after_failure = v->node->flag;
    if (const auto v = keys.find("strategy")) {
        if (auto own = decode_strategy(*v, context.options.strategies, context.errors)) out.strategy = std::move(*own);
    }
    return out;
}

void decode_clean_check(Context& context, const View& view, Pipeline& out) {
    if (out.manager != Manager::dependent) return;
    const auto check = resolve(context, view, "pipeline", context.pipelines);
    if (!check) return;
    if (context.out.pipelines[*check].manager != Manager::independent) {
        std::vector<std::string> fit;
        for (const Pipeline& p : context.out.pipelines)
            if (p.manager == Manager::independent) fit.push_back(p.name);
        context.errors.add(view, fmt::format("{} does not test each change by itself", quote(view.node->text)), "",
                           fit.empty() ? "a pipeline with \"manager\": \"independent\"; there is none"
                                       : "an independent pipeline: " + listing(fit));
        return;
    }
    out.clean_check = *check;
}

}  // namespace

void decode_pipelines(Context& context) {
    StrategyChoice strategy;
    if (const auto view = context.root.find("strategy")) {
        if (auto chosen = decode_strategy(*view, context.options.strategies, context.errors))
            strategy = std::move(*chosen);
    }
    std::vector<View> defaults;
    if (const auto view = context.at({"defaults", "pipeline"})) defaults.push_back(*view);
    std::vector<std::optional<View>> checks;  // by pipeline: what it asks for, to be resolved when all are known
    const auto pipelines = context.root.find("pipelines");
    for (std::size_t i = 0; pipelines && i < pipelines->node->members.size(); ++i) {
        const Member& member = pipelines->node->members[i];
        if (member.key == "notes") continue;
        if (project_object().find(member.key) != nullptr) {
            context.errors.add(
                member.at, "/pipelines/" + member.key,
                fmt::format("a pipeline cannot be called {}: it is a key of projects", quote(member.key)), "",
                "another name");
            continue;
        }
        context.pipelines.add(member.key);
        Layers keys{{pipelines->child(i)}};
        keys.layers.insert(keys.layers.end(), defaults.begin(), defaults.end());
        context.out.pipelines.push_back(decode_pipeline(context, member.key, keys, strategy));
        checks.push_back(keys.find("clean_check"));
    }
    for (std::size_t i = 0; i < checks.size(); ++i)
        if (checks[i]) decode_clean_check(context, *checks[i], context.out.pipelines[i]);
    if (!context.out.pipelines.empty()) return;
    context.pipelines.add("gate");
    context.out.pipelines.push_back(decode_pipeline(context, "gate", Layers{defaults}, strategy));
}

PipelineId landing_pipeline(const Context& context) {
    const auto& pipelines = context.out.pipelines;
    const auto found = std::find_if(pipelines.begin(), pipelines.end(),
                                    [](const Pipeline& p) { return p.manager == Manager::dependent; });
    return found == pipelines.end() ? 0 : static_cast<PipelineId>(found - pipelines.begin());
}

}  // namespace gatesim::document
