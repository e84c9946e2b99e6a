// Freezes and pauses: whatever form they are written in, they become steps of the timeline.
#include <fmt/format.h>

#include <algorithm>

#include "scenario/decode.hpp"

namespace gatesim::document {

namespace {

struct Span {
    Time from = 0;
    Time until = 0;
};

std::optional<Span> decode_span(Context& context, const View& view) {
    const auto from = view.find("from"), until = view.find("until"), at = view.find("at"), lasts = view.find("for");
    if (!from != !until || !at != !lasts || !from == !at) {
        context.errors.add(view, "it is not clear when it begins and ends", "", "from and until, or at and for");
        return std::nullopt;
    }
    const auto begin = decode_moment(context, from ? *from : *at);
    const auto end = until ? decode_moment(context, *until) : begin;
    if (!begin || !end) return std::nullopt;
    if (until && *end <= *begin) {
        context.errors.add(*until, "it ends before it begins", "", "a moment after from");
        return std::nullopt;
    }
    return Span{*begin, until ? *end : *begin + decode_time(*lasts)};
}

/// In order, and one where they touch.
std::vector<Span> joined(std::vector<Span> spans) {
    std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.from < b.from; });
    std::vector<Span> out;
    for (const Span& span : spans)
        if (!out.empty() && span.from <= out.back().until)
            out.back().until = std::max(out.back().until, span.until);
        else
            out.push_back(span);
    return out;
}

void decode_spans(Context& context, const View& list, PipelineId pipeline, Hold begins, Hold ends) {
    std::vector<Span> spans;
    for (std::size_t i = 0; i < list.node->members.size(); ++i)
        if (const auto span = decode_span(context, list.child(i))) spans.push_back(*span);
    for (const Span& span : joined(spans)) {
        add_hold(context, span.from, pipeline, begins);
        add_hold(context, span.until, pipeline, ends);
    }
}

void decode_exempt(Context& context, const View& view, Exempt& out) {
    if (const auto v = view.find("kinds")) out.kinds = decode_texts(*v);
    if (const auto v = view.find("changes")) out.changes = decode_texts(*v);
    if (const auto v = view.find("priority")) out.priority = static_cast<int>(v->node->number);
    const auto& load = context.out.load;
    if (load.listed && !load.arrivals && !load.replay && !load.people)
        for (std::size_t i = 0; i < out.changes.size(); ++i)
            if (!context.changes.find(out.changes[i]))
                context.errors.unknown_name(view.find("changes")->child(i), "change", context.changes.list());
}

}  // namespace

void add_hold(Context& context, Time at, PipelineId pipeline, Hold hold) {
    TimelineStep step;
    step.at = at;
    step.pipeline = pipeline;
    step.hold = hold;
    const bool freezes = hold == Hold::freeze || hold == Hold::thaw;
    step.pointer = fmt::format("/pipelines/{}/{}", context.pipelines.list()[pipeline], freezes ? "frozen" : "paused");
    step.value = hold == Hold::freeze || hold == Hold::pause ? "true" : "false";
    context.out.timeline.push_back(step);
}

bool may_be_held(Context& context, const View& view, PipelineId pipeline) {
    if (context.out.pipelines[pipeline].manager == Manager::dependent) return true;
    context.errors.add(view, fmt::format("nothing lands in {}", quote(context.pipelines.list()[pipeline])), "",
                       "a pipeline with \"manager\": \"dependent\"");
    return false;
}

void decode_freezes(Context& context) {
    for (PipelineId id = 0; id < context.out.pipelines.size(); ++id) {
        Layers keys;
        if (const auto own = context.at({"pipelines", context.pipelines.list()[id].c_str()}))
            keys.layers.push_back(*own);
        const bool own_only = context.out.pipelines[id].manager != Manager::dependent;
        if (const auto view = context.at({"defaults", "pipeline"}); view && !own_only) keys.layers.push_back(*view);
        const auto given = [&](const char* key) {
            const auto view = keys.find(key);
            return view && may_be_held(context, *view, id) ? view : std::nullopt;
        };
        if (const auto v = given("exempt")) decode_exempt(context, *v, context.out.pipelines[id].exempt);
        if (const auto v = given("frozen"); v && v->node->flag) add_hold(context, 0, id, Hold::freeze);
        if (const auto v = given("paused"); v && v->node->flag) add_hold(context, 0, id, Hold::pause);
        if (const auto v = given("freeze")) decode_spans(context, *v, id, Hold::freeze, Hold::thaw);
        if (const auto v = given("pause")) decode_spans(context, *v, id, Hold::pause, Hold::resume);
    }
}

}  // namespace gatesim::document
