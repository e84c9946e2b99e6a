// Scripted events: what people do to changes at a stated time.
#include <fmt/format.h>

#include "scenario/change_parts.hpp"

namespace gatesim::document {

namespace {

ScriptedEventKind event_kind(const std::string& word) {
    if (word == "approve") return ScriptedEventKind::approve;
    if (word == "abandon") return ScriptedEventKind::abandon;
    if (word == "merge") return ScriptedEventKind::merge;
    if (word == "new_patchset") return ScriptedEventKind::new_patchset;
    if (word == "dequeue") return ScriptedEventKind::dequeue;
    if (word == "promote") return ScriptedEventKind::promote;
    if (word == "set_priority") return ScriptedEventKind::set_priority;
    if (word == "set_single") return ScriptedEventKind::set_single;
    return ScriptedEventKind::enqueue;
}

/// What only one type of event has to say.
void only_for(Context& context, const View& view, const char* key, const std::string& type, const char* of) {
    const auto v = view.find(key);
    if (v && type != of)
        context.errors.add(*v, fmt::format("{} takes no \"{}\"", type, key), "", fmt::format("only {} does", of));
}

/// What a new patch set brings, and what is set.
void decode_what(Context& context, const View& view, const std::string& type, ScriptedEvent& out) {
    for (const char* key : {"jobs", "breaks", "conflicts_with", "noticed_at", "keeps_approval", "rebased"})
        only_for(context, view, key, type, "new_patchset");
    only_for(context, view, "priority", type, "set_priority");
    only_for(context, view, "single", type, "set_single");
    if (const auto v = view.find("keeps_approval")) out.keeps_approval = v->node->flag;
    if (const auto v = view.find("rebased")) out.rebased = v->node->flag;
    out.jobs = decode_runs(context, view);
    if (const auto v = view.find("breaks")) {
        out.breaks.emplace();
        for (const std::string& job : decode_job_names(context, *v))
            out.breaks->push_back(context.jobs.find(job).value_or(0));
    }
    if (view.find("conflicts_with")) out.conflicts_with = decode_change_names(context, view, "conflicts_with");
    if (const auto v = view.find("noticed_at")) {
        out.noticed_at = decode_moment(context, *v);
        if (out.noticed_at && *out.noticed_at < out.at)
            context.errors.add(*v, "noticed before it is there", "", "a time after at");
    }
    const auto priority = view.find("priority");
    if (priority) out.priority = static_cast<int>(priority->node->number);
    const auto single = view.find("single");
    if (single) out.single = single->node->flag;
    if (type == "set_priority" && !priority)
        context.errors.add(view, "set_priority does not say which", "", "priority: a whole number");
    if (type == "set_single" && !single)
        context.errors.add(view, "set_single does not say whether", "", "single: true or false");
}

/// Names of changes to which something happens: listed ones, or what a stream may bring.
std::vector<std::string> decode_happening_to(Context& context, const std::vector<View>& names) {
    const View load = *context.root.find("load");
    std::vector<std::string> out;
    for (const View& name : names) {
        const std::string& id = name.node->text;
        out.push_back(id);
        if (context.changes.find(id) || is_name_of_stream(load, id)) continue;
        if (load.find("arrivals") || load.find("people"))
            context.errors.add(name, fmt::format("there is no change {}", quote(id)), "",
                               "changes arrive as c1, c2 and so on");
        else if (load.find("replay"))
            context.errors.add(name, fmt::format("there is no change {}", quote(id)), "",
                               "changes of a load file are called PROJECT/CHANGE/BRANCH");
        else
            resolve(context, name, "change", context.changes);
    }
    return out;
}

/// Authors who are modelled act for themselves; what others do to their changes is no news to them.
void check_people(Context& context, const View& view, ScriptedEventKind kind) {
    const bool others = kind == ScriptedEventKind::promote || kind == ScriptedEventKind::set_priority ||
                        kind == ScriptedEventKind::set_single;
    if (context.root.find("load")->find("people") && !others)
        context.errors.add(*view.find("type"), "people decide themselves about their changes (load.people)", "",
                           "promote, set_priority or set_single");
}

ScriptedEvent decode_event(Context& context, const View& view) {
    ScriptedEvent out;
    out.at = decode_moment(context, *view.find("at")).value_or(0);
    const std::string& type = view.find("type")->node->text;
    out.kind = event_kind(type);
    check_people(context, view, out.kind);
    std::vector<View> names;
    if (const auto list = view.find("changes"))
        for (std::size_t i = 0; i < list->node->members.size(); ++i) names.push_back(list->child(i));
    if (const auto change = view.find("change")) names = {*change};
    out.changes = decode_happening_to(context, names);
    if (!view.find("change") && (out.kind != ScriptedEventKind::promote || out.changes.empty())) {
        context.errors.add(view.find("changes").value_or(view), fmt::format("{} is about one change", type), "",
                           "change: the id of a change");
    }
    out.pipeline = landing_pipeline(context);
    if (const auto v = view.find("pipeline"))
        out.pipeline = resolve(context, *v, "pipeline", context.pipelines).value_or(0);
    const bool patchset = out.kind == ScriptedEventKind::new_patchset;
    if (const auto v = view.find("enqueue")) {
        if (!patchset)
            context.errors.add(*v, fmt::format("{} takes no \"enqueue\"", type), "", "only new_patchset does");
        for (std::size_t i = 0; i < v->node->members.size(); ++i) {
            if (const auto id = resolve(context, v->child(i), "pipeline", context.pipelines))
                out.enqueue.push_back(*id);
        }
    }
    only_for(context, view, "project", type, "a merge without change");
    only_for(context, view, "branch", type, "a merge without change");
    decode_what(context, view, type, out);
    return out;
}

/// Somebody pushes a change that is nowhere listed.
bool is_push(const View& event) {
    return event.find("type")->node->text == "merge" && !event.find("change") && !event.find("changes");
}

/// What is done to a pipeline, and to no change.
Hold hold_of(const View& event) {
    const std::string& type = event.find("type")->node->text;
    return type == "freeze"   ? Hold::freeze
           : type == "thaw"   ? Hold::thaw
           : type == "pause"  ? Hold::pause
           : type == "resume" ? Hold::resume
                              : Hold::none;
}

void decode_hold(Context& context, const View& view) {
    for (const Member& member : view.node->members)
        if (member.key != "at" && member.key != "type" && member.key != "pipeline" && member.key != "notes")
            context.errors.add(member.at, view.pointer,
                               fmt::format("{} takes no {}", view.find("type")->node->text, quote(member.key)), "",
                               "at, type and pipeline");
    PipelineId pipeline = landing_pipeline(context);
    const auto named = view.find("pipeline");
    if (named) pipeline = resolve(context, *named, "pipeline", context.pipelines).value_or(pipeline);
    const auto at = decode_moment(context, *view.find("at"));
    if (at && may_be_held(context, named.value_or(view), pipeline)) add_hold(context, *at, pipeline, hold_of(view));
}

Push decode_push(Context& context, const View& view) {
    Push out;
    out.at = decode_moment(context, *view.find("at")).value_or(0);
    out.project = decode_project_of(context, view);
    if (const auto v = view.find("branch")) out.branch = v->node->text;
    return out;
}

}  // namespace

void decode_events(Context& context, const View& events, Load& out) {
    for (std::size_t i = 0; i < events.node->members.size(); ++i) {
        const View event = events.child(i);
        if (hold_of(event) != Hold::none)
            decode_hold(context, event);
        else if (is_push(event))
            out.pushes.push_back(decode_push(context, event));
        else if (!out.listed)
            out.listed.emplace().events.push_back(decode_event(context, event));
        else
            out.listed->events.push_back(decode_event(context, event));
    }
}

}  // namespace gatesim::document
