// Projects and their job lists.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "scenario/decode.hpp"
#include "scenario/field.hpp"
#include "scenario/graph.hpp"

namespace gatesim::document {

namespace {

/// A job as lists name it: later mentions put their keys on top.
struct Entry {
    std::uint32_t job;
    std::vector<View> overrides;  ///< newest first
    View where;
};

std::optional<View> project_key(const Context& context, const View& project, const char* key) {
    Layers keys{{project}};
    if (const auto defaults = context.at({"defaults", "project"})) keys.layers.push_back(*defaults);
    return keys.find(key);
}

void add_list(Context& context, const View& list, std::vector<Entry>& entries) {
    for (std::size_t i = 0; i < list.node->members.size(); ++i) {
        const View view = list.child(i);
        const bool plain = view.node->kind == Node::Kind::text;
        std::size_t own = 0;
        while (!plain && view.node->members[own].key == "notes") ++own;
        const std::string& name = plain ? view.node->text : view.node->members[own].key;
        const std::vector<std::uint32_t> named = jobs_named(context, name);
        if (named.empty()) {
            const Position at = plain ? view.node->at : view.node->members[own].at;
            context.errors.add(at, view.pointer, fmt::format("there is no job {}", quote(name)),
                               nearest(name, job_words(context)), "known: " + listing(job_words(context)));
        }
        for (const std::uint32_t job : named) {
            auto known =
                std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.job == job; });
            if (known == entries.end()) known = entries.insert(entries.end(), {job, {}, view});
            if (!plain) known->overrides.insert(known->overrides.begin(), view.child(own));
        }
    }
}

void check_job_cycle(Context& context, const std::vector<Entry>& entries, const std::vector<Job>& jobs) {
    // Needs were checked for the jobs as defined; only overrides can close a new circle.
    if (std::none_of(entries.begin(), entries.end(), [](const Entry& entry) { return !entry.overrides.empty(); }))
        return;
    std::vector<std::vector<std::uint32_t>> needs(context.jobs.size());
    for (const Job& job : jobs) {
        for (const JobNeed& need : job.needs) needs[job.id].push_back(need.job);
    }
    const std::vector<std::uint32_t> cycle = find_cycle(needs);
    if (cycle.empty()) return;
    const auto entry = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.job == cycle[0]; });
    context.errors.add(entry->where, "jobs need each other in a circle: " + circle(cycle, context.jobs.list(), "needs"),
                       "", "needs that end somewhere");
}

std::vector<Job> make_jobs(Context& context, const std::vector<Entry>& entries) {
    std::vector<Job> out;
    const auto defaults = context.at({"defaults", "job"});
    const View jobs = *context.root.find("jobs");
    for (const Entry& entry : entries) {
        Layers keys{entry.overrides};
        if (entry.job < context.job_members.size()) keys.layers.push_back(jobs.child(context.job_members[entry.job]));
        if (defaults) keys.layers.push_back(*defaults);
        out.push_back(decode_job(context, entry.job, keys, entry.where));
    }
    check_job_cycle(context, entries, out);
    return out;
}

/// Whether a key of a project or template is a list of jobs; its pipeline if so. Reports one that names no pipeline.
std::optional<std::uint32_t> pipeline_of(Context& context, const View& holder, const Member& member) {
    if (member.key == "notes" ||
        (project_object().find(member.key) != nullptr && holder.pointer.rfind("/templates", 0) != 0))
        return std::nullopt;
    const auto pipeline = context.pipelines.find(member.key);
    if (!pipeline) {
        std::vector<std::string> allowed = context.pipelines.list();
        if (holder.pointer.rfind("/templates", 0) != 0) allowed.insert(allowed.end(), {"queue", "templates"});
        context.errors.add(member.at, below(holder.pointer, member.key),
                           fmt::format("there is no pipeline {}", quote(member.key)), nearest(member.key, allowed),
                           "known: " + listing(allowed));
    }
    return pipeline;
}

void add_lists(Context& context, const View& holder, std::vector<std::optional<std::vector<Entry>>>& lists) {
    for (std::size_t i = 0; i < holder.node->members.size(); ++i) {
        const auto pipeline = pipeline_of(context, holder, holder.node->members[i]);
        if (!pipeline) continue;
        if (!lists[*pipeline]) lists[*pipeline].emplace();
        add_list(context, holder.child(i), *lists[*pipeline]);
    }
}

std::vector<Entry> all_jobs(Context& context) {
    std::vector<Entry> out;
    const View jobs = *context.root.find("jobs");
    for (std::uint32_t job = 0; job < context.job_members.size(); ++job)
        out.push_back({job, {}, jobs.child(context.job_members[job])});
    return out;
}

Project decode_project(Context& context, const std::string& name, const View& view) {
    Project out;
    out.name = name;
    std::vector<std::optional<std::vector<Entry>>> lists(context.pipelines.size());
    const auto templates = project_key(context, view, "templates");
    for (std::size_t i = 0; templates && i < templates->node->members.size(); ++i) {
        const View named = templates->child(i);
        const auto all = context.root.find("templates");
        const auto found = all ? all->find(named.node->text) : std::nullopt;
        if (found && named.node->text != "notes") {
            add_lists(context, *found, lists);
        } else {
            std::vector<std::string> known;
            for (std::size_t k = 0; all && k < all->node->members.size(); ++k)
                known.push_back(all->node->members[k].key);
            context.errors.unknown_name(named, "template", known);
        }
    }
    const auto defaults = context.at({"defaults", "project"});
    if (defaults) add_lists(context, *defaults, lists);
    add_lists(context, view, lists);
    const bool any =
        templates || std::any_of(lists.begin(), lists.end(), [](const auto& list) { return list.has_value(); });
    const auto queue = project_key(context, view, "queue");
    for (PipelineId id = 0; id < context.pipelines.size(); ++id) {
        if (any && !lists[id]) continue;
        ProjectPipeline pipeline;
        pipeline.pipeline = id;
        pipeline.jobs = make_jobs(context, any ? *lists[id] : all_jobs(context));
        if (queue && context.out.pipelines[id].manager == Manager::dependent) pipeline.queue = queue->node->text;
        out.pipelines.push_back(std::move(pipeline));
    }
    return out;
}

}  // namespace

void decode_projects(Context& context) {
    constexpr std::size_t kMostJobs = 1'000'000;  // a quarter of a kilobyte each
    std::size_t jobs = 0;
    const auto projects = context.root.find("projects");
    static const Node nothing = [] {
        Node node;
        node.kind = Node::Kind::object;
        return node;
    }();
    for (std::size_t i = 0; projects && i < projects->node->members.size(); ++i) {
        const std::string& name = projects->node->members[i].key;
        if (name == "notes") continue;
        context.projects.add(name);
        context.out.projects.push_back(decode_project(context, name, projects->child(i)));
        for (const ProjectPipeline& pipeline : context.out.projects.back().pipelines) jobs += pipeline.jobs.size();
        if (jobs <= kMostJobs) continue;
        context.errors.add(projects->child(i),
                           "too many jobs: with this project there are more than 1,000,000, over "
                           "all projects and pipelines",
                           "", "fewer projects, or templates with the jobs that each of them has");
        return;
    }
    if (context.out.projects.empty()) {
        context.projects.add("project");
        context.out.projects.push_back(decode_project(context, "project", View{&nothing, "/projects/project"}));
    }
    // Templates nobody uses are checked all the same.
    if (const auto templates = context.root.find("templates")) {
        for (std::size_t i = 0; i < templates->node->members.size(); ++i) {
            if (templates->node->members[i].key == "notes") continue;
            std::vector<std::optional<std::vector<Entry>>> ignored(context.pipelines.size());
            add_lists(context, templates->child(i), ignored);
        }
    }
}

ProjectId decode_project_of(Context& context, const View& view) {
    if (const auto v = view.find("project")) return resolve(context, *v, "project", context.projects).value_or(0);
    if (context.projects.size() > 1)
        context.errors.add(view, "it does not say of which project it is", "",
                           "give project: " + listing(context.projects.list()));
    return 0;
}

}  // namespace gatesim::document
