// Freezes and pauses: whatever form they are written in, they become steps of the timeline. Those of hours of the week
// have two that are taken again and again.
#include <fmt/format.h>

#include <algorithm>

#include "scenario/decode.hpp"
#include "scenario/hours_form.hpp"

namespace gatesim::document {

namespace {

struct Span {
    Time from = 0;
    Time until = 0;
};

std::optional<Span> decode_span(Context& context, const View& view) {
    const auto from = view.find("from"), until = view.find("until"), at = view.find("at"), lasts = view.find("for");
    if (!from != !until || !at != !lasts || !from == !at) {
        context.errors.add(view, "it is not clear when it begins and ends", "",
                           "from and until, or at and for, or hours");
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

/// Hours of one hold, beside those of the others.
void add_hours(Context& context, const View& view, std::optional<WeeklyHours>& out) {
    WeeklyHours hours = decode_hours(context, view);
    if (!out) {
        out = std::move(hours);
        return;
    }
    if (hours.zone != out->zone)
        context.errors.add(view, "its time zone is not that of the hours before", "",
                           "one time zone for all hours of a freeze, or of a pause");
    std::vector<WeeklyHours::Span> shifts = out->shifts;
    shifts.insert(shifts.end(), hours.shifts.begin(), hours.shifts.end());
    out = WeeklyHours::of(std::move(shifts));
    out->zone = hours.zone;
}

/// One of a list, or the only one.
void decode_hold(Context& context, const View& view, std::vector<Span>& spans, std::optional<WeeklyHours>& hours) {
    if (view.node->kind == Node::Kind::text) return add_hours(context, view, hours);
    const auto weekly = view.find("hours");
    if (!weekly) {
        if (const auto span = decode_span(context, view)) spans.push_back(*span);
        return;
    }
    for (const char* key : {"from", "until", "at", "for"})
        if (const auto other = view.find(key))
            context.errors.add(*other, "hours of the week have no other beginning and end", "",
                               "hours alone; a list can hold both");
    add_hours(context, *weekly, hours);
}

void decode_holds(Context& context, const View& view, PipelineId pipeline, Hold begins, Hold ends) {
    std::vector<Span> spans;
    Pipeline& of = context.out.pipelines[pipeline];
    std::optional<WeeklyHours>& hours = begins == Hold::freeze ? of.freeze_hours : of.pause_hours;
    if (view.node->kind == Node::Kind::list)
        for (std::size_t i = 0; i < view.node->members.size(); ++i) decode_hold(context, view.child(i), spans, hours);
    else
        decode_hold(context, view, spans, hours);
    for (const Span& span : joined(spans)) {
        add_hold(context, span.from, pipeline, begins);
        add_hold(context, span.until, pipeline, ends);
    }
    for (const Hold hold : {begins, ends}) {
        if (!hours) break;
        add_hold(context, kNever, pipeline, hold);
        context.out.timeline.back().by_hours = true;
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
        if (const auto v = given("freeze")) decode_holds(context, *v, id, Hold::freeze, Hold::thaw);
        if (const auto v = given("pause")) decode_holds(context, *v, id, Hold::pause, Hold::resume);
    }
}

}  // namespace gatesim::document
