// Shared queues, whether named by themselves or by their projects.
#include <fmt/format.h>

#include <algorithm>

#include "scenario/decode.hpp"

namespace gatesim::document {

namespace {

/// The pipeline of a project, if it takes part in it.
ProjectPipeline* part(Context& context, std::uint32_t project, PipelineId pipeline) {
    for (ProjectPipeline& p : context.out.projects[project].pipelines) {
        if (p.pipeline == pipeline) return &p;
    }
    return nullptr;
}

SharedQueue& queue_called(Context& context, const std::string& name, const std::string& pipeline) {
    auto& queues = context.out.queues;
    auto found = std::find_if(queues.begin(), queues.end(),
                              [&](const SharedQueue& q) { return q.name == name && q.pipeline == pipeline; });
    if (found == queues.end()) found = queues.insert(queues.end(), {name, {}, pipeline});
    return *found;
}

void join_queue(Context& context, const View& project, const std::string& queue, std::optional<std::uint32_t> only) {
    const auto id = resolve(context, project, "project", context.projects);
    if (!id) return;
    for (PipelineId p = 0; p < context.out.pipelines.size(); ++p) {
        if (context.out.pipelines[p].manager != Manager::dependent || (only && *only != p)) continue;
        ProjectPipeline* member = part(context, *id, p);
        if (member == nullptr) continue;
        if (!member->queue.empty() && member->queue != queue) {
            context.errors.add(project,
                               fmt::format("{} is already in the queue {} of {}", quote(project.node->text),
                                           quote(member->queue), context.out.pipelines[p].name),
                               "", "one queue for a project in a pipeline");
        }
        member->queue = queue;
    }
}

}  // namespace

void decode_queues(Context& context) {
    const auto queues = context.root.find("queues");
    for (std::size_t i = 0; queues && i < queues->node->members.size(); ++i) {
        const std::string& name = queues->node->members[i].key;
        if (name == "notes") continue;
        const View queue = queues->child(i);
        std::optional<std::uint32_t> only;
        if (const auto pipeline = queue.find("pipeline")) {
            only = resolve(context, *pipeline, "pipeline", context.pipelines);
            if (only && context.out.pipelines[*only].manager != Manager::dependent) {
                context.errors.add(
                    *pipeline, fmt::format("{} has no shared queues: it is not dependent", quote(pipeline->node->text)),
                    "", "a dependent pipeline");
            }
        }
        const View projects = *queue.find("projects");
        SharedQueue& shared = queue_called(context, name, only ? context.pipelines.list()[*only] : "");
        shared.projects = decode_texts(projects);
        for (std::size_t k = 0; k < projects.node->members.size(); ++k)
            join_queue(context, projects.child(k), name, only);
    }
    // Queues that projects name by themselves.
    for (const Project& project : context.out.projects) {
        for (const ProjectPipeline& p : project.pipelines) {
            if (p.queue.empty()) continue;
            const bool known =
                std::any_of(context.out.queues.begin(), context.out.queues.end(), [&](const SharedQueue& q) {
                    return q.name == p.queue &&
                           std::find(q.projects.begin(), q.projects.end(), project.name) != q.projects.end();
                });
            if (!known) queue_called(context, p.queue, "").projects.push_back(project.name);
        }
    }
}

}  // namespace gatesim::document
