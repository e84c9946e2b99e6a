#include <map>

#include "conformance/case.hpp"
#include "conformance/record.hpp"
#include "kernel/engine.hpp"
#include "study/world.hpp"

namespace gatesim {
namespace {

using Json = nlohmann::ordered_json;

const char* word(Outcome outcome) {
    switch (outcome) {
        case Outcome::landed:
            return "MERGED";
        case Outcome::success:
            return "SUCCESS";
        case Outcome::failure:
            return "FAILURE";
        case Outcome::conflict:
            return "MERGE_CONFLICT";
        case Outcome::submit_failed:
            return "MERGE_FAILED";
        case Outcome::dependency_failed:
            return "DEPENDENCY_FAILED";
        case Outcome::config_error:
            return "CONFIG_ERROR";
        case Outcome::no_jobs:
            return "NO_JOBS";
        case Outcome::removed:
            return "REMOVED";
        case Outcome::superseded:
            return "SUPERSEDED";
        case Outcome::withdrawn:
            return "REMOVED";
    }
    return "?";
}

const char* word(Result result) {
    switch (result) {
        case Result::success:
            return "SUCCESS";
        case Result::canceled:
            return "CANCELED";
        case Result::retry:
            return "RETRY";
        default:
            return "FAILURE";
    }
}

/// Writes down what the record of a case holds.
class Scribe final : public Observer {
public:
    explicit Scribe(const Cast& cast) : cast_(cast) {}

    void on(const Event& e) override {
        switch (e.kind) {
            case EventKind::enqueued:
                if (live_item(e)) enqueued(e);
                break;
            case EventKind::reported:
                reported(e);
                break;
            case EventKind::dequeued:
                if (e.outcome == Outcome::removed || e.outcome == Outcome::superseded) done(e);
                break;
            case EventKind::landed:
                merged_.push_back(name(e.change));
                break;
            case EventKind::window:
                window(e);
                break;
            case EventKind::build_started:
                started(e);
                break;
            case EventKind::build_ended:
                ended(e);
                break;
            default:
                break;
        }
    }

    Json result(const Gate& gate) {
        Json out;
        Json& changes = out["changes"] = Json::object();
        for (ChangeId c = 0; c < cast_.changes.size(); ++c) {
            Json& change = changes[name(c)] = Json::object();
            for (PipelineId p = 0; p < cast_.scenario->pipelines.size(); ++p) {
                const auto known = stays_.find({c, p});
                Json stay = {{"outcome", "NOT_ENQUEUED"}, {"enqueued_at", nullptr}, {"done_at", nullptr}};
                if (known != stays_.end())
                    stay = {{"outcome", known->second.done < 0 ? "STUCK" : word(known->second.outcome)},
                            {"enqueued_at", number(known->second.enqueued)},
                            {"done_at", known->second.done < 0 ? Json(nullptr) : number(known->second.done)}};
                if (several())
                    change[cast_.scenario->pipelines[p].name] = stay;
                else
                    change = stay;
            }
        }
        out["reports"] = reports_;
        out["merged"] = merged_;
        out["builds"] = Json::array();
        for (Json& build : builds_)
            if (build["result"].is_string() && !(build["result"] == "CANCELED" && build["start"] == build["end"]))
                out["builds"].push_back(build);
        out["windows"] = windows_;
        Json& stuck = out["stuck"] = Json::array();
        for (const Item* item : gate.remaining()) stuck.push_back(name(item->change));
        return out;
    }

private:
    struct Stay {
        Time enqueued = -1;
        Time done = -1;
        Outcome outcome = Outcome::landed;
        ItemId item = kNone;
    };  // first enqueue, outcome of the item that was enqueued last

    bool several() const { return cast_.scenario->pipelines.size() > 1; }
    const std::string& name(ChangeId change) const { return cast_.changes[change].name; }
    const std::string& pipeline(PipelineId p) const { return cast_.scenario->pipelines[p].name; }

    /// Non-live items stand for dependencies in a check: they are pulled in by another change.
    bool live_item(const Event& e) const {
        return cast_.scenario->pipelines[e.pipeline].manager != Manager::independent || e.reason.why != Why::needed_by;
    }

    void enqueued(const Event& e) {
        Stay& stay = stays_[{e.change, e.pipeline}];
        stay = {stay.enqueued < 0 ? e.at : stay.enqueued, -1, Outcome::landed, e.item};
    }

    void done(const Event& e) {
        const auto known = stays_.find({e.change, e.pipeline});
        if (known == stays_.end() || known->second.item != e.item)
            return;  // it only stood for a dependency, or for an older patch set
        Stay& stay = known->second;
        stay.done = e.at;
        stay.outcome = outcome_of(e);
    }

    void reported(const Event& e) {
        done(e);
        if (e.outcome == Outcome::no_jobs) return;
        Json report = {{"t", number(e.at)}, {"change", name(e.change)}, {"outcome", word(outcome_of(e))}};
        if (several()) report["pipeline"] = pipeline(e.pipeline);
        reports_.push_back(report);
    }

    /// The review system of the record also refuses what somebody has landed by another way.
    Outcome outcome_of(const Event& e) const {
        const bool refuses = cast_.scenario->load.listed->changes[cast_.changes[e.change].listed].fail_merge;
        return e.outcome == Outcome::landed && refuses ? Outcome::submit_failed : e.outcome;
    }

    void window(const Event& e) {
        Json row = {{"t", number(e.at)}};
        if (several()) row["pipeline"] = pipeline(e.pipeline);
        row["queue"] = cast_.queues[e.queue].name;
        row["window"] = e.value;
        windows_.push_back(row);
    }

    void started(const Event& e) {
        Json ahead = Json::array();
        for (ChangeId c : e.chain) ahead.push_back(name(c));
        Json build = {{"change", name(e.change)}, {"job", cast_.scenario->job_names[e.job]},
                      {"run", e.value},           {"ahead", ahead},
                      {"start", number(e.at)},    {"end", nullptr},
                      {"result", nullptr}};
        if (e.patchset > 1) build["patchset"] = e.patchset;
        if (several()) build["pipeline"] = pipeline(e.pipeline);
        build_index_[e.build] = builds_.size();
        builds_.push_back(build);
    }

    void ended(const Event& e) {
        Json& build = builds_[build_index_.at(e.build)];
        build["end"] = number(e.at);
        build["result"] = word(e.result);
    }

    const Cast& cast_;
    std::map<std::pair<ChangeId, PipelineId>, Stay> stays_;
    std::map<BuildId, std::size_t> build_index_;
    std::vector<Json> builds_;
    Json reports_ = Json::array();
    Json merged_ = Json::array();
    Json windows_ = Json::array();
};

}  // namespace

nlohmann::ordered_json run_case(const nlohmann::ordered_json& json) {
    const Scenario scenario = scenario_of_case(json);
    Calendar calendar;
    Cast cast;
    Scribe scribe(cast);
    World world(scenario, Luck(1, 1), calendar, cast, {&scribe}, {});
    if (const std::string trouble = world.start(); !trouble.empty()) throw std::runtime_error(trouble);
    make_heap_engine()->run(calendar, kNever, [&] { return !world.broken().empty(); });
    if (!world.broken().empty()) throw std::runtime_error("contract broken: " + world.broken());
    world.end(false);
    return scribe.result(world.gate());
}

}  // namespace gatesim
