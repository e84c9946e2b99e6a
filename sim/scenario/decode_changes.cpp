// Listed changes, their scripts, and scripted events.
#include <fmt/format.h>

#include "scenario/decode.hpp"
#include "scenario/graph.hpp"

namespace gatesim::document {

std::vector<std::string> decode_job_names(Context& context, const View& list) {
    for (std::size_t i = 0; i < list.node->members.size(); ++i) resolve(context, list.child(i), "job", context.jobs);
    return decode_texts(list);
}

namespace {

/// A list of names of other changes; unknown ones are reported.
std::vector<std::string> decode_change_names(Context& context, const View& holder, const char* key) {
    const auto list = holder.find(key);
    if (!list) return {};
    for (std::size_t i = 0; i < list->node->members.size(); ++i)
        resolve(context, list->child(i), "change", context.changes);
    return decode_texts(*list);
}

std::vector<int> decode_run_numbers(const View& holder, const char* key) {
    std::vector<int> out;
    if (const auto list = holder.find(key)) {
        for (const Member& member : list->node->members) out.push_back(static_cast<int>(member.value.number));
    }
    return out;
}

ScriptedRun decode_run(Context& context, JobId job, const View& view) {
    ScriptedRun out;
    out.job = job;
    if (const auto v = view.find("duration")) out.duration = decode_time(*v);
    if (const auto v = view.find("fails")) out.fails = v->node->flag;
    out.fails_with = decode_change_names(context, view, "fails_with");
    out.fails_without = decode_change_names(context, view, "fails_without");
    out.fails_on_run = decode_run_numbers(view, "fails_on_run");
    out.retry_runs = decode_run_numbers(view, "retry_runs");
    if (const auto v = view.find("node_failure")) out.node_failure = v->node->flag;
    if (const auto v = view.find("child_jobs")) out.child_jobs = decode_job_names(context, *v);
    return out;
}

/// The index that a key names; reports an unknown one where the key stands.
std::optional<std::uint32_t> resolve_key(Context& context, const View& holder, const Member& member, const char* what,
                                         const Names& names) {
    const auto found = names.find(member.key);
    if (!found) {
        context.errors.add(member.at, below(holder.pointer, member.key),
                           fmt::format("there is no {} {}", what, quote(member.key)), nearest(member.key, names.list()),
                           "known: " + listing(names.list()));
    }
    return found;
}

std::vector<ScriptedRun> decode_runs(Context& context, const View& holder) {
    std::vector<ScriptedRun> out;
    const auto jobs = holder.find("jobs");
    for (std::size_t i = 0; jobs && i < jobs->node->members.size(); ++i) {
        const Member& member = jobs->node->members[i];
        if (member.key == "notes") continue;
        if (const auto job = resolve_key(context, *jobs, member, "job", context.jobs))
            out.push_back(decode_run(context, *job, jobs->child(i)));
    }
    return out;
}

void decode_enqueue_at(Context& context, const View& view, ListedChange& out) {
    if (view.node->kind == Node::Kind::text) {
        if (const auto at = decode_moment(context, view)) out.enqueue_at.emplace_back(landing_pipeline(context), *at);
        return;
    }
    for (std::size_t i = 0; i < view.node->members.size(); ++i) {
        const Member& member = view.node->members[i];
        if (member.key == "notes") continue;
        const auto pipeline = resolve_key(context, view, member, "pipeline", context.pipelines);
        const auto at = decode_moment(context, view.child(i));
        if (pipeline && at) out.enqueue_at.emplace_back(*pipeline, *at);
    }
}

ListedChange decode_change(Context& context, const std::string& id, const View& view) {
    ListedChange out;
    out.id = id;
    if (const auto v = view.find("project")) {
        out.project = resolve(context, *v, "project", context.projects).value_or(0);
    } else if (context.projects.size() > 1) {
        context.errors.add(view, "it does not say of which project it is", "",
                           "give project: " + listing(context.projects.list()));
    }
    if (const auto v = view.find("branch")) out.branch = v->node->text;
    if (const auto v = view.find("author")) out.author = v->node->text;
    if (const auto v = view.find("kind")) out.kind = v->node->text;
    if (const auto v = view.find("enqueue_at")) decode_enqueue_at(context, *v, out);
    if (const auto v = view.find("approved_at")) out.approved_at = decode_moment(context, *v);
    out.depends_on = decode_change_names(context, view, "depends_on");
    out.git_depends_on = decode_change_names(context, view, "git_depends_on");
    out.conflicts_with = decode_change_names(context, view, "conflicts_with");
    if (const auto v = view.find("merge_conflict")) out.merge_conflict = v->node->flag;
    if (const auto v = view.find("fail_merge")) out.fail_merge = v->node->flag;
    if (const auto v = view.find("files")) out.files = decode_texts(*v);
    if (const auto v = view.find("touches")) out.touches = decode_texts(*v);
    if (const auto v = view.find("breaks")) {
        for (const std::string& job : decode_job_names(context, *v))
            out.breaks.push_back(context.jobs.find(job).value_or(0));
    }
    if (const auto v = view.find("priority")) out.priority = static_cast<int>(v->node->number);
    if (const auto v = view.find("single")) out.single = v->node->flag;
    if (const auto v = view.find("jumps")) out.jumps = v->node->flag;
    if (const auto v = view.find("presubmits_at")) out.presubmits_at = decode_moment(context, *v);
    out.jobs = decode_runs(context, view);
    return out;
}

void check_git_cycle(Context& context, const View& changes, const ListedLoad& load) {
    std::vector<std::vector<std::uint32_t>> parents(load.changes.size());
    for (std::uint32_t i = 0; i < load.changes.size(); ++i) {
        for (const std::string& parent : load.changes[i].git_depends_on) {
            if (const auto id = context.changes.find(parent)) parents[i].push_back(*id);
        }
    }
    const std::vector<std::uint32_t> cycle = find_cycle(parents);
    if (cycle.empty()) return;
    const View first = *changes.find(context.changes.list()[cycle[0]]);
    context.errors.add(*first.find("git_depends_on"),
                       "changes stand on each other in a circle: " + circle(cycle, context.changes.list(), "on"), "",
                       "git parents that end somewhere (depends_on may go round; a gate then refuses the changes)");
}

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

ScriptedEvent decode_event(Context& context, const View& view) {
    ScriptedEvent out;
    out.at = decode_moment(context, *view.find("at")).value_or(0);
    const std::string& type = view.find("type")->node->text;
    out.kind = event_kind(type);
    out.changes = decode_change_names(context, view, "changes");
    if (const auto change = view.find("change")) {
        resolve(context, *change, "change", context.changes);
        out.changes = {change->node->text};
    } else if (out.kind != ScriptedEventKind::promote || out.changes.empty()) {
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
    if (const auto v = view.find("project")) {
        out.project = resolve(context, *v, "project", context.projects).value_or(0);
    } else if (context.projects.size() > 1) {
        context.errors.add(view, "it does not say of which project it is", "",
                           "give project: " + listing(context.projects.list()));
    }
    if (const auto v = view.find("branch")) out.branch = v->node->text;
    return out;
}

}  // namespace

void decode_changes(Context& context, const View& changes, ListedLoad& out) {
    for (const Member& member : changes.node->members) {
        if (member.key != "notes") context.changes.add(member.key);
    }
    for (std::size_t i = 0; i < changes.node->members.size(); ++i) {
        const std::string& id = changes.node->members[i].key;
        if (id != "notes") out.changes.push_back(decode_change(context, id, changes.child(i)));
    }
    check_git_cycle(context, changes, out);
}

void decode_events(Context& context, const View& events, Load& out) {
    for (std::size_t i = 0; i < events.node->members.size(); ++i) {
        const View event = events.child(i);
        if (hold_of(event) != Hold::none)
            decode_hold(context, event);
        else if (is_push(event))
            out.pushes.push_back(decode_push(context, event));
        else if (out.listed)
            out.listed->events.push_back(decode_event(context, event));
        else
            context.errors.add(event, "it happens to a listed change, and there are none", "",
                               "load.changes, or a merge without change: a push past the queue");
    }
}

}  // namespace gatesim::document
