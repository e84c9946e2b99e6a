// Listed changes and their scripts.
#include <fmt/format.h>

#include "scenario/change_parts.hpp"
#include "scenario/graph.hpp"

namespace gatesim::document {

std::vector<std::string> decode_change_names(Context& context, const View& holder, const char* key) {
    const auto list = holder.find(key);
    if (!list) return {};
    for (std::size_t i = 0; i < list->node->members.size(); ++i)
        resolve(context, list->child(i), "change", context.changes);
    return decode_texts(*list);
}

namespace {

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
    out.hangs_on_run = decode_run_numbers(view, "hangs_on_run");
    if (const auto v = view.find("never_reports")) out.never_reports = v->node->flag;
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

}  // namespace

std::vector<ScriptedRun> decode_runs(Context& context, const View& holder) {
    std::vector<ScriptedRun> out, of_all;  // what is said of one shard goes before what is said of all
    const auto jobs = holder.find("jobs");
    for (std::size_t i = 0; jobs && i < jobs->node->members.size(); ++i) {
        const Member& member = jobs->node->members[i];
        if (member.key == "notes") continue;
        const auto shards = context.shards.find(member.key);
        for (std::size_t n = 0; shards != context.shards.end() && n < shards->second.size(); ++n)
            of_all.push_back(decode_run(context, shards->second[n], jobs->child(i)));
        if (shards != context.shards.end()) continue;
        if (const auto job = resolve_key(context, *jobs, member, "job", context.jobs))
            out.push_back(decode_run(context, *job, jobs->child(i)));
    }
    out.insert(out.end(), of_all.begin(), of_all.end());
    return out;
}

namespace {

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
    out.project = decode_project_of(context, view);
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
    const auto first = changes.find(context.changes.list()[cycle[0]]);  // one of several that are alike has no key
    const auto parent = first ? first->find("git_depends_on") : std::nullopt;
    context.errors.add(parent.value_or(changes),
                       "changes stand on each other in a circle: " + circle(cycle, context.changes.list(), "on"), "",
                       "git parents that end somewhere (depends_on may go round; a gate then refuses the changes)");
}

/// The ids of a member of load.changes: one, or with count one for each of them.
std::vector<std::string> ids_of(const View& changes, std::size_t index) {
    const std::string& id = changes.node->members[index].key;
    const auto count = changes.child(index).find("count");
    if (!count) return {id};
    std::vector<std::string> out;
    for (int n = 1; n <= static_cast<int>(count->node->number); ++n) out.push_back(id + std::to_string(n));
    return out;
}

/// Makes the ids known; each stands for one change only.
void name_changes(Context& context, const View& changes, std::size_t index) {
    const Member& member = changes.node->members[index];
    if (member.key == "notes") return;
    const View load = *context.root.find("load");
    for (const std::string& id : ids_of(changes, index)) {
        const std::string pointer = below(changes.pointer, member.key);
        if (context.changes.find(id))
            context.errors.add(member.at, pointer, fmt::format("there are two changes {}", quote(id)), "",
                               "an id that no other change has; with count 3, NAME stands for NAME1, NAME2 and NAME3");
        else if (is_name_of_stream(load, id))
            context.errors.add(member.at, pointer,
                               fmt::format("{} is a name for changes that come by themselves", quote(id)), "",
                               load.find("replay") ? "an id without \"/\" (those of the load file have it)"
                                                   : "an id that is not c1, c2 and so on");
        context.changes.add(id);
    }
}

}  // namespace

bool is_name_of_stream(const View& load, const std::string& name) {
    if (load.find("replay")) return name.find('/') != std::string::npos;
    const bool digits = name.size() > 1 && name[0] == 'c' && name[1] != '0' &&
                        name.find_first_not_of("0123456789", 1) == std::string::npos;
    return digits && (load.find("arrivals") || load.find("people"));
}

void decode_changes(Context& context, const View& changes, ListedLoad& out) {
    for (std::size_t i = 0; i < changes.node->members.size(); ++i) name_changes(context, changes, i);
    for (std::size_t i = 0; i < changes.node->members.size(); ++i) {
        if (changes.node->members[i].key == "notes") continue;
        const std::vector<std::string> ids = ids_of(changes, i);
        ListedChange change = decode_change(context, ids.front(), changes.child(i));
        for (const std::string& id : ids) {
            change.id = id;
            out.changes.push_back(change);
        }
    }
    check_git_cycle(context, changes, out);
}

}  // namespace gatesim::document
