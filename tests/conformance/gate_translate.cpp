#include <algorithm>
#include <stdexcept>

#include "conformance/gate_case.hpp"

namespace gatesim {
namespace {

using Json = nlohmann::ordered_json;

void check_keys(const Json& object, const std::string& what, std::initializer_list<const char*> allowed) {
    if (!object.is_object()) throw std::runtime_error(what + " must be an object");
    for (const auto& [key, value] : object.items())
        if (std::find_if(allowed.begin(), allowed.end(), [&key = key](const char* a) { return key == a; }) ==
            allowed.end())
            throw std::runtime_error("unknown key \"" + key + "\" in " + what);
}

Time time_of(const Json& value) {
    return from_seconds(value.get<double>());
}

class Translator {
public:
    explicit Translator(const Json& json) : json_(json), tide_(is_tide_case(json)) {}

    Scenario translate() {
        check_keys(json_, "scenario",
                   {"sync_first", "sync_period", "batch_limit", "prioritize_existing_batches", "until", "batch_delay",
                    "poll_period", "poll_phase", "batch_poll_period", "timeout", "max_batch_size", "jobs", "changes",
                    "events"});
        s_.name = "case";
        Pool pool;
        pool.name = "nodes";
        pool.labels = {0};
        s_.labels = {"nodes"};
        s_.pools.push_back(pool);
        Pipeline gate;
        gate.name = "gate";
        gate.strategy = strategy();
        s_.pipelines.push_back(gate);
        jobs();
        changes();
        events();
        return std::move(s_);
    }

private:
    StrategyChoice strategy() const {
        StrategyChoice choice;
        const auto add = [&](const char* name, ParameterValue value) { choice.values.emplace_back(name, value); };
        if (tide_) {
            choice.name = "tide";
            add("first_sync", time_of(json_.at("sync_first")));
            add("sync", time_of(json_.at("sync_period")));
            add("batch_size_limit", json_.at("batch_limit").get<std::int64_t>());
            add("prioritize_existing_batches", json_.value("prioritize_existing_batches", true));
            return choice;
        }
        choice.name = "bors-ng";
        add("delay", time_of(json_.at("batch_delay")));
        add("timeout", time_of(json_.at("timeout")));
        add("poll_period", time_of(json_.at("poll_period")));
        add("poll_phase", json_.at("poll_phase").get<std::int64_t>());
        add("batch_poll_period", time_of(json_.at("batch_poll_period")));
        if (!json_.at("max_batch_size").is_null()) add("size", json_["max_batch_size"].get<std::int64_t>());
        return choice;
    }

    void jobs() {
        ProjectPipeline pipeline;
        pipeline.pipeline = 0;
        for (const Json& json : json_.at("jobs")) {
            check_keys(json, "job", {"name", "duration"});
            Job job;
            job.id = static_cast<JobId>(s_.job_names.size());
            job.label = 0;
            job.duration.a = json.at("duration").get<double>();
            s_.job_names.push_back(json.at("name"));
            pipeline.jobs.push_back(job);
        }
        s_.projects.push_back({"project", {pipeline}});
    }

    JobId job(const std::string& name) const {
        const auto known = std::find(s_.job_names.begin(), s_.job_names.end(), name);
        if (known == s_.job_names.end()) throw std::runtime_error("unknown job " + name);
        return static_cast<JobId>(known - s_.job_names.begin());
    }

    std::vector<JobId> breaks(const Json& names) const {
        std::vector<JobId> jobs;
        for (const Json& name : names) jobs.push_back(job(name));
        return jobs;
    }

    std::vector<ScriptedRun> runs(const Json& json) const {
        std::vector<ScriptedRun> runs;
        for (const auto& [name, run] : json.items()) {
            check_keys(run, "run", {"fails_on_run", "fails_with"});
            ScriptedRun r;
            r.job = job(name);
            r.fails_on_run = run.value("fails_on_run", Json::array()).get<std::vector<int>>();
            r.fails_with = run.value("fails_with", Json::array()).get<std::vector<std::string>>();
            runs.push_back(std::move(r));
        }
        return runs;
    }

    /// By number: that is the order in which they become known, and what the strategies go by.
    void changes() {
        s_.load.listed.emplace();
        std::vector<Json> sorted(json_.at("changes").begin(), json_.at("changes").end());
        std::sort(sorted.begin(), sorted.end(),
                  [](const Json& a, const Json& b) { return a.at("number").get<int>() < b.at("number").get<int>(); });
        for (const Json& json : sorted) {
            check_keys(json, "change",
                       {"id", "number", "enqueue_at", "breaks", "jobs", "conflicts_with", "priority", "presubmits_at",
                        "single"});
            ListedChange c;
            c.id = json.at("id");
            if (const Json& at = json.value("enqueue_at", Json()); !at.is_null())
                c.enqueue_at.emplace_back(0, time_of(at));
            c.breaks = breaks(json.value("breaks", Json::array()));
            c.jobs = runs(json.value("jobs", Json::object()));
            c.conflicts_with = json.value("conflicts_with", Json::array()).get<std::vector<std::string>>();
            c.priority = json.value("priority", 0);
            c.single = json.value("single", false);
            if (const Json& at = json.value("presubmits_at", Json()); !at.is_null()) c.presubmits_at = time_of(at);
            s_.load.listed->changes.push_back(std::move(c));
        }
    }

    void events() {
        for (const Json& json : json_.value("events", Json::array())) {
            check_keys(json, "event",
                       {"at", "type", "change", "enqueue_at", "breaks", "conflicts_with", "jobs", "noticed_at",
                        "priority", "single"});
            const std::string type = json.at("type");
            ScriptedEvent e;
            e.at = time_of(json.at("at"));
            e.pipeline = 0;
            if (json.contains("change")) e.changes = {json["change"].get<std::string>()};
            if (type == "push")
                push(e);
            else if (type == "dequeue")
                e.kind = ScriptedEventKind::dequeue;
            else if (type == "enqueue")
                e.kind = ScriptedEventKind::enqueue;
            else if (type == "new_patchset")
                patchset(json, e);
            else if (type == "set_priority")
                e.kind = ScriptedEventKind::set_priority;
            else if (type == "set_single")
                e.kind = ScriptedEventKind::set_single;
            else
                throw std::runtime_error("unknown event " + type);
            e.priority = json.value("priority", 0);
            e.single = json.value("single", false);
            const bool again = type == "new_patchset" && comes_back(json);
            s_.load.listed->events.push_back(e);
            if (!again) continue;
            ScriptedEvent back;
            back.at = time_of(json.at("enqueue_at"));
            back.changes = e.changes;
            back.pipeline = 0;
            back.of_patchset = true;
            s_.load.listed->events.push_back(back);
        }
        std::stable_sort(s_.load.listed->events.begin(), s_.load.listed->events.end(),
                         [](const ScriptedEvent& a, const ScriptedEvent& b) { return a.at < b.at; });
    }

    /// What somebody pushes is a change of nobody's.
    void push(ScriptedEvent& e) {
        ListedChange c;
        c.id = "push " + std::to_string(s_.load.listed->changes.size());
        e.changes = {c.id};
        e.kind = ScriptedEventKind::merge;
        s_.load.listed->changes.push_back(std::move(c));
    }

    void patchset(const Json& json, ScriptedEvent& e) const {
        e.kind = ScriptedEventKind::new_patchset;
        if (json.contains("breaks")) e.breaks = breaks(json["breaks"]);
        if (json.contains("conflicts_with")) e.conflicts_with = json["conflicts_with"].get<std::vector<std::string>>();
        if (json.contains("jobs")) {
            e.jobs = runs(json["jobs"]);
            if (e.jobs.empty()) e.jobs.push_back({});  // none, and not "as before"
            if (e.jobs.front().job == kNone) e.jobs.front().job = 0;
        }
        if (json.contains("noticed_at")) e.noticed_at = time_of(json["noticed_at"]);
    }

    /// In Tide's cases a later patch set takes the approval of an earlier one away before it is given.
    bool comes_back(const Json& json) const {
        const Json at = json.value("enqueue_at", Json());
        if (at.is_null() || !tide_) return !at.is_null();
        const auto events = json_.at("events");
        return std::none_of(events.begin(), events.end(), [&](const Json& other) {
            return other.at("type") == "new_patchset" && other.at("change") == json.at("change") &&
                   other.at("at").get<double>() > json.at("at").get<double>() &&
                   other.at("at").get<double>() < at.get<double>();
        });
    }

    const Json& json_;
    bool tide_;
    Scenario s_;
};

}  // namespace

bool is_tide_case(const nlohmann::ordered_json& scenario) {
    return scenario.contains("sync_period");
}

Scenario scenario_of_gate_case(const nlohmann::ordered_json& scenario) {
    return Translator(scenario).translate();
}

}  // namespace gatesim
