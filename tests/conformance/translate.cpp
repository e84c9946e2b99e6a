#include <algorithm>
#include <stdexcept>

#include "conformance/case.hpp"
#include "model/pattern_text.hpp"

namespace gatesim {
namespace {

using Json = nlohmann::ordered_json;

[[noreturn]] void bad(const std::string& what) {
    throw std::runtime_error(what);
}

Time time_of(const Json& value) {
    if (!value.is_number()) bad("a time must be a number: " + value.dump());
    return from_seconds(value.get<double>());
}

/// Every key must be one of `allowed`.
void check_keys(const Json& object, const std::string& what, std::initializer_list<const char*> allowed) {
    if (!object.is_object()) bad(what + " must be an object");
    for (const auto& [key, value] : object.items())
        if (std::find_if(allowed.begin(), allowed.end(), [&key = key](const char* a) { return key == a; }) ==
            allowed.end())
            bad("unknown key \"" + key + "\" in " + what);
}

std::vector<std::string> strings(const Json& array) {
    return array.get<std::vector<std::string>>();
}

class Translator {
public:
    explicit Translator(const Json& json) : json_(json) {}

    Scenario translate() {
        check_keys(json_, "scenario",
                   {"name", "pipeline", "pipelines", "queues", "projects", "workers", "relative_priority", "latency",
                    "semaphores", "changes", "events"});
        s_.name = json_.value("name", "case");
        s_.relative_priority = json_.value("relative_priority", false);
        pool();
        semaphores();
        pipelines();
        for (const auto& [name, project] : json_.at("projects").items()) {
            s_.projects.push_back({name, {}});
            projects_.push_back(name);
        }
        for (const auto& [name, project] : json_.at("projects").items()) jobs_of(name, project);
        for (const Json& queue : json_.value("queues", Json::array()))
            s_.queues.push_back({queue.at("name"), strings(queue.at("projects")), queue.value("pipeline", "")});
        changes();
        return std::move(s_);
    }

private:
    JobId job(const std::string& name) {
        auto known = std::find(s_.job_names.begin(), s_.job_names.end(), name);
        if (known == s_.job_names.end()) known = s_.job_names.insert(known, name);
        return static_cast<JobId>(known - s_.job_names.begin());
    }

    ProjectId project(const std::string& name) const {
        auto known = std::find(projects_.begin(), projects_.end(), name);
        if (known == projects_.end()) bad("unknown project " + name);
        return static_cast<ProjectId>(known - projects_.begin());
    }

    PipelineId pipeline(const std::string& name) const {
        for (PipelineId p = 0; p < s_.pipelines.size(); ++p)
            if (s_.pipelines[p].name == name) return p;
        bad("unknown pipeline " + name);
    }

    void pool() {
        const Json latency = json_.value("latency", Json::object());
        auto part = [&](const char* name) { return latency.contains(name) ? time_of(latency[name]) : 0; };
        Pool pool;
        pool.name = "workers";
        pool.labels = {0};
        pool.when_short = WhenShort::fail;  // Nodepool's way
        s_.labels = {"workers"};
        if (json_.contains("workers") && !json_["workers"].is_null()) pool.nodes = json_["workers"].get<std::int64_t>();
        pool.boot = constant(part("node"));
        pool.start_delay = part("start");
        pool.abort_delay = part("abort");
        s_.merge_time = constant(part("merge"));
        s_.pools.push_back(pool);
    }

    static Distribution constant(Time time) {
        Distribution result;
        result.a = seconds(time);
        return result;
    }

    void semaphores() {
        if (!json_.contains("semaphores")) return;
        for (const auto& [name, limit] : json_["semaphores"].items()) s_.semaphores.push_back({name, limit.get<int>()});
    }

    std::uint32_t semaphore(const std::string& name) {
        for (std::uint32_t i = 0; i < s_.semaphores.size(); ++i)
            if (s_.semaphores[i].name == name) return i;
        s_.semaphores.push_back({name, 1});
        return static_cast<std::uint32_t>(s_.semaphores.size() - 1);
    }

    void pipelines() {
        if (json_.contains("pipelines")) {
            for (const auto& [name, pipe] : json_["pipelines"].items()) add_pipeline(name, pipe);
        } else {
            const Json pipe = json_.value("pipeline", Json::object());
            add_pipeline(pipe.value("manager", "dependent") == "dependent" ? "gate" : "check", pipe);
        }
    }

    void add_pipeline(const std::string& name, const Json& pipe) {
        check_keys(pipe, "pipeline",
                   {"manager", "window", "window_floor", "window_increase_type", "window_increase_factor",
                    "window_decrease_type", "window_decrease_factor", "precedence", "dequeue_on_new_patchset",
                    "ignore_dependencies", "reject_after_failure"});
        Pipeline p;
        p.name = name;
        const std::string manager = pipe.value("manager", "dependent");
        p.manager = manager == "dependent"     ? Manager::dependent
                    : manager == "independent" ? Manager::independent
                                               : Manager::supercedent;
        const std::string precedence = pipe.value("precedence", "normal");
        p.precedence = precedence == "high"  ? Precedence::high
                       : precedence == "low" ? Precedence::low
                                             : Precedence::normal;
        p.dequeue_on_new_patchset = pipe.value("dequeue_on_new_patchset", true);
        p.ignore_dependencies = pipe.value("ignore_dependencies", false);
        p.reject_after_failure = pipe.value("reject_after_failure", false);
        p.strategy.name = "zuul";
        for (const char* key : {"window", "window_floor", "window_increase_factor", "window_decrease_factor"})
            if (pipe.contains(key)) p.strategy.values.emplace_back(key, pipe[key].get<std::int64_t>());
        for (const char* key : {"window_increase_type", "window_decrease_type"})
            if (pipe.contains(key)) p.strategy.values.emplace_back(key, pipe[key].get<std::string>());
        s_.pipelines.push_back(p);
    }

    void jobs_of(const std::string& name, const Json& config) {
        const Json& jobs = config.at("jobs");
        Project& project = s_.projects[this->project(name)];
        for (PipelineId p = 0; p < s_.pipelines.size(); ++p) {
            const Json* list = jobs.is_array()                       ? &jobs
                               : jobs.contains(s_.pipelines[p].name) ? &jobs[s_.pipelines[p].name]
                                                                     : nullptr;
            if (!list) continue;
            ProjectPipeline pipeline;
            pipeline.pipeline = p;
            for (const Json& j : *list) pipeline.jobs.push_back(job_of(j));
            project.pipelines.push_back(std::move(pipeline));
        }
    }

    Job job_of(const Json& json) {
        Job result;
        result.label = 0;
        result.duration = constant(60 * kSecond);
        if (json.is_string()) {
            result.id = job(json);
            result.noop = json == "noop";
            return result;
        }
        check_keys(json, "job",
                   {"name", "voting", "depends_on", "duration", "attempts", "nodes", "hold_following_changes",
                    "semaphore", "files", "irrelevant_files"});
        result.id = job(json.at("name"));
        result.noop = json.at("name") == "noop";
        result.voting = json.value("voting", true);
        for (const Json& need : json.value("depends_on", Json::array()))
            result.needs.push_back(need.is_string() ? JobNeed{job(need), false}
                                                    : JobNeed{job(need.at("name")), need.value("soft", false)});
        if (json.contains("duration")) result.duration = constant(time_of(json["duration"]));
        result.attempts = json.value("attempts", 3);
        result.nodes = json.value("nodes", 1);
        result.hold_following_changes = json.value("hold_following_changes", false);
        if (json.contains("semaphore")) {
            const Json& use = json["semaphore"];
            result.semaphore = use.is_string()
                                   ? SemaphoreUse{semaphore(use), false}
                                   : SemaphoreUse{semaphore(use.at("name")), use.value("resources_first", false)};
        }
        for (const Json& f : json.value("files", Json::array())) result.files.push_back(pattern(f));
        for (const Json& f : json.value("irrelevant_files", Json::array()))
            result.irrelevant_files.push_back(pattern(f));
        return result;
    }

    static PathPattern pattern(const Json& text) {
        std::string problem;
        auto compiled = compile_pattern(text.get<std::string>(), problem);
        if (!compiled) throw std::runtime_error("pattern " + text.dump() + ": " + problem);
        return {text, std::make_shared<Pattern>(std::move(*compiled))};
    }

    void changes() {
        s_.load.listed.emplace();
        for (const Json& json : json_.at("changes")) s_.load.listed->changes.push_back(change(json));
        for (const Json& json : json_.value("events", Json::array())) s_.load.listed->events.push_back(event(json));
    }

    ListedChange change(const Json& json) {
        check_keys(json, "change",
                   {"id", "project", "branch", "enqueue_at", "approved_at", "depends_on", "git_depends_on",
                    "conflicts_with", "merge_conflict", "fail_merge", "breaks", "files", "jobs"});
        ListedChange c;
        c.id = json.at("id");
        c.project = project(json.at("project"));
        c.branch = json.value("branch", "master");
        if (json.contains("enqueue_at")) {
            const Json& at = json["enqueue_at"];
            if (at.is_object())
                for (const auto& [name, t] : at.items()) c.enqueue_at.emplace_back(pipeline(name), time_of(t));
            else if (!at.is_null())
                c.enqueue_at.emplace_back(first_pipeline(), time_of(at));
        }
        if (json.contains("approved_at") && !json["approved_at"].is_null())
            c.approved_at = time_of(json["approved_at"]);
        c.depends_on = strings(json.value("depends_on", Json::array()));
        c.git_depends_on = strings(json.value("git_depends_on", Json::array()));
        c.conflicts_with = strings(json.value("conflicts_with", Json::array()));
        c.merge_conflict = json.value("merge_conflict", false);
        c.fail_merge = json.value("fail_merge", false);
        for (const Json& name : json.value("breaks", Json::array())) c.breaks.push_back(job(name));
        c.files = strings(json.value("files", Json::array()));
        if (json.contains("jobs")) c.jobs = runs(json["jobs"]);
        return c;
    }

    PipelineId first_pipeline() const {
        for (PipelineId p = 0; p < s_.pipelines.size(); ++p)
            if (s_.pipelines[p].manager == Manager::dependent) return p;
        return 0;
    }

    std::vector<ScriptedRun> runs(const Json& json) {
        std::vector<ScriptedRun> result;
        for (const auto& [name, run] : json.items()) {
            check_keys(run, "run",
                       {"duration", "fails", "fails_with", "fails_without", "fails_on_run", "retry_runs",
                        "node_failure", "child_jobs"});
            ScriptedRun r;
            r.job = job(name);
            if (run.contains("duration")) r.duration = time_of(run["duration"]);
            r.fails = run.value("fails", false);
            r.own_builds_only = true;  // what is behind both in a queue is not red for it, in these cases
            r.fails_with = strings(run.value("fails_with", Json::array()));
            r.fails_without = strings(run.value("fails_without", Json::array()));
            r.fails_on_run = run.value("fails_on_run", Json::array()).get<std::vector<int>>();
            r.retry_runs = run.value("retry_runs", Json::array()).get<std::vector<int>>();
            r.node_failure = run.value("node_failure", false);
            if (run.contains("child_jobs")) r.child_jobs = strings(run["child_jobs"]);
            result.push_back(std::move(r));
        }
        return result;
    }

    ScriptedEvent event(const Json& json) {
        check_keys(json, "event", {"at", "type", "change", "changes", "pipeline", "enqueue", "jobs"});
        static const std::pair<const char*, ScriptedEventKind> kKinds[] = {
            {"enqueue", ScriptedEventKind::enqueue},
            {"approve", ScriptedEventKind::approve},
            {"abandon", ScriptedEventKind::abandon},
            {"merge", ScriptedEventKind::merge},
            {"new_patchset", ScriptedEventKind::new_patchset},
            {"dequeue", ScriptedEventKind::dequeue},
            {"promote", ScriptedEventKind::promote}};
        ScriptedEvent e;
        e.at = time_of(json.at("at"));
        const std::string type = json.at("type");
        auto kind = std::find_if(std::begin(kKinds), std::end(kKinds), [&](const auto& k) { return type == k.first; });
        if (kind == std::end(kKinds)) bad("unknown event type " + type);
        e.kind = kind->second;
        if (json.contains("change")) e.changes = {json["change"].get<std::string>()};
        if (json.contains("changes")) e.changes = strings(json["changes"]);
        e.pipeline = json.contains("pipeline") ? pipeline(json["pipeline"]) : first_pipeline();
        for (const Json& name : json.value("enqueue", Json::array())) e.enqueue.push_back(pipeline(name));
        if (json.contains("jobs")) e.jobs = runs(json["jobs"]);
        return e;
    }

    const Json& json_;
    Scenario s_;
    std::vector<std::string> projects_;
};

}  // namespace

Scenario scenario_of_case(const nlohmann::ordered_json& scenario) {
    return Translator(scenario).translate();
}

}  // namespace gatesim
