// Jobs: from keys in layers to what the gate runs.
#include <fmt/format.h>

#include "model/pattern_text.hpp"
#include "scenario/decode.hpp"
#include "scenario/graph.hpp"

namespace gatesim::document {

namespace {

/// Compiles a pattern; reports one that is none.
std::shared_ptr<const Pattern> compile(Context& context, const View& view) {
    std::string problem;
    if (auto pattern = compile_pattern(view.node->text, problem)) return std::make_shared<Pattern>(std::move(*pattern));
    context.errors.add(view, fmt::format("{} is no regular expression: {}", quote(view.node->text), problem));
    return nullptr;
}

std::vector<PathPattern> decode_patterns(Context& context, const View& list) {
    std::vector<PathPattern> out;
    for (std::size_t i = 0; i < list.node->members.size(); ++i) {
        const View view = list.child(i);
        auto known = context.patterns.find(view.node->text);
        if (known == context.patterns.end()) {
            known = context.patterns.emplace(view.node->text, compile(context, view)).first;
        }
        out.push_back({view.node->text, known->second});
    }
    return out;
}

std::vector<JobNeed> decode_needs(Context& context, const View& list) {
    std::vector<JobNeed> out;
    for (std::size_t i = 0; i < list.node->members.size(); ++i) {
        const View need = list.child(i);
        const bool plain = need.node->kind == Node::Kind::text;
        const auto soft = plain ? std::nullopt : need.find("soft");
        for (const std::uint32_t job : resolve_jobs(context, plain ? need : *need.find("job")))
            out.push_back({job, soft && soft->node->flag});
    }
    return out;
}

SemaphoreUse decode_semaphore(Context& context, const View& view) {
    const bool plain = view.node->kind == Node::Kind::text;
    const View name = plain ? view : *view.find("name");
    SemaphoreUse out;
    out.semaphore = context.semaphores.add(name.node->text);
    // One that defaults.semaphores does not list can be held by one job at a time.
    if (context.out.semaphores.size() < context.semaphores.size()) context.out.semaphores.push_back({name.node->text});
    if (const auto first = plain ? std::nullopt : view.find("resources_first")) out.resources_first = first->node->flag;
    return out;
}

/// What a job runs on: what it says, or the default pool, or the only one.
std::uint32_t decode_label(Context& context, const Layers& keys, const View& where) {
    if (const auto view = keys.find("runs_on")) {
        const auto label = context.labels.find(view->node->text);
        if (!label) context.errors.unknown_name(*view, "pool or label", context.labels.list());
        return label.value_or(kNone);
    }
    if (const auto pool = context.pools.find("default")) return *context.labels.find("default");
    if (context.pools.size() == 1) return *context.labels.find(context.pools.list()[0]);
    context.errors.add(where, "it does not say what it runs on, and no pool is called \"default\"", "",
                       fmt::format("give runs_on here or in defaults.job: {}", listing(context.labels.list())));
    return kNone;
}

void decode_tests(const Layers& keys, Job& out) {
    if (const auto v = keys.find("retry_tests")) {
        const bool plain = v->node->kind == Node::Kind::number;
        out.retry_tests = static_cast<int>(plain ? v->node->number : v->find("times")->node->number);
        if (const auto cost = plain ? std::nullopt : v->find("cost")) out.retry_cost = decode_share(*cost);
    }
    if (const auto v = keys.find("selection"))
        out.selection = TestSelection{decode_share(*v->find("recall")), decode_share(*v->find("cost"))};
    if (const auto v = keys.find("duration_per")) out.duration_per_change = v->node->text == "change";
    if (const auto v = keys.find("flake_per")) out.flake_per_change = v->node->text == "change";
}

void decode_rules(Context& context, const Layers& keys, Job& out) {
    if (const auto v = keys.find("files")) out.files = decode_patterns(context, *v);
    if (const auto v = keys.find("irrelevant_files")) out.irrelevant_files = decode_patterns(context, *v);
    if (const auto v = keys.find("branches")) out.branches = decode_patterns(context, *v);
    if (const auto v = keys.find("kinds")) out.kinds = decode_texts(*v);
    if (const auto v = keys.find("flake")) out.flake = decode_share(*v);
    if (const auto v = keys.find("no_result")) out.no_result = decode_share(*v);
    if (const auto v = keys.find("never_reports")) out.never_reports = decode_share(*v);
    if (const auto v = keys.find("hangs")) out.hangs = decode_share(*v);
    if (const auto v = keys.find("catches")) out.catches = v->node->number;
    if (const auto v = keys.find("failure_shows_after")) out.failure_shows_after = decode_share(*v);
}

/// How long a build goes on that nobody needs.
Time decode_unneeded(const View& view) {
    if (view.node->kind != Node::Kind::text) return decode_time(*view.find("stopped_after"));
    return view.node->text == "never" ? kNever : 0;
}

/// One factor, or one from each of several times on.
void decode_scale(Context& context, const View& view, Job& out) {
    if (view.node->kind == Node::Kind::number) {
        out.duration_scale = view.node->number;
        out.duration.scale *= view.node->number;
        return;
    }
    for (std::size_t i = 0; i < view.node->members.size(); ++i) {
        const View step = view.child(i);
        const View from = *step.find("from");
        const auto at = decode_moment(context, from);
        if (!at) continue;
        auto& steps = out.duration_scale.steps;
        if (!steps.empty() && *at <= steps.back().from)
            context.errors.add(from, "it is not after the one before it", "", "steps in order of time");
        steps.push_back({*at, step.find("scale")->node->number});
    }
}

}  // namespace

Job decode_job(Context& context, std::uint32_t id, const Layers& keys, const View& where) {
    Job out;
    out.id = id;
    out.noop = context.jobs.list()[id] == "noop";
    if (const auto v = keys.find("count"); v && v->pointer.rfind("/jobs/", 0) != 0)
        context.errors.add(*v, "how many alike jobs there are is said where the job itself is", "", "/jobs/NAME/count");
    if (const auto v = keys.find("voting")) out.voting = v->node->flag;
    if (const auto v = keys.find("needs")) out.needs = decode_needs(context, *v);
    if (const auto v = keys.find("timeout")) out.timeout = decode_time(*v);
    if (const auto v = keys.find("nodes")) out.nodes = static_cast<int>(v->node->number);
    if (const auto v = keys.find("attempts")) out.attempts = static_cast<int>(v->node->number);
    if (const auto v = keys.find("hold_following_changes")) out.hold_following_changes = v->node->flag;
    if (const auto v = keys.find("semaphore")) out.semaphore = decode_semaphore(context, *v);
    if (const auto v = keys.find("concurrency")) out.concurrency = decode_concurrency(context, *v);
    if (const auto v = keys.find("reuses_green")) out.reuses_green = v->node->flag;
    if (const auto v = keys.find("unneeded_builds")) out.runs_on_unneeded = decode_unneeded(*v);
    decode_rules(context, keys, out);
    decode_tests(keys, out);
    if (out.noop) return out;
    if (const auto v = keys.find("duration")) {
        out.duration = decode_distribution(context, *v);
    } else {
        context.errors.add(where, "it has no duration", "",
                           "give it here or in defaults.job: a time (\"9m\") or a distribution", "/jobs/*/duration");
    }
    if (const auto v = keys.find("duration_scale")) decode_scale(context, *v, out);
    out.label = decode_label(context, keys, where);
    return out;
}

void decode_jobs(Context& context) {
    decode_semaphores(context);
    const View jobs = *context.root.find("jobs");
    std::vector<View> views;
    for (std::size_t i = 0; i < jobs.node->members.size(); ++i) {
        const Member& member = jobs.node->members[i];
        if (member.key == "notes") continue;
        if (member.key == "noop") {
            context.errors.add(member.at, "/jobs/noop",
                               "the job \"noop\" is built in: it succeeds at once and needs no node", "",
                               "another name");
            continue;
        }
        name_jobs(context, jobs, i);
        while (views.size() < context.job_members.size()) views.push_back(jobs.child(i));
    }
    if (views.empty() && !context.errors.any())
        context.errors.add(jobs, "there is no job", "", "at least one: {\"unit\": {\"duration\": \"9m\"}}");
    context.jobs.add("noop");  // last, so that the listed ones keep their places
    std::vector<std::vector<std::uint32_t>> needs(context.jobs.size());
    const auto defaults = context.at({"defaults", "job"});
    for (std::uint32_t id = 0; id < views.size(); ++id) {
        Layers keys{{views[id]}};
        if (defaults) keys.layers.push_back(*defaults);
        const Job job = decode_job(context, id, keys, views[id]);
        for (const JobNeed& need : job.needs) needs[id].push_back(need.job);
    }
    context.out.job_names = context.jobs.list();
    const std::vector<std::uint32_t> cycle = find_cycle(needs);
    if (cycle.empty()) return;
    const View first = views[cycle[0]];
    context.errors.add(first.find("needs").value_or(first),
                       "jobs need each other in a circle: " + circle(cycle, context.jobs.list(), "needs"), "",
                       "needs that end somewhere");
}

}  // namespace gatesim::document
