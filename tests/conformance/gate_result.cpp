#include <algorithm>
#include <map>

#include "conformance/gate_case.hpp"
#include "conformance/record.hpp"
#include "kernel/engine.hpp"
#include "study/world.hpp"

namespace gatesim {
namespace {

using Json = nlohmann::ordered_json;

const char* word(Why why) {
    switch (why) {
        case Why::all_passed:
            return "success";
        case Why::job_failed:
            return "failure";
        case Why::timed_out:
            return "timeout";
        case Why::member_left:
            return "canceled";
        case Why::held:
            return "held";
        case Why::conflict:
            return "conflict";
        case Why::unknown_head:
            return "race";
        case Why::branch_moved:
            return "moved";
        case Why::nothing_left:
            return "empty";
        default:
            return "?";
    }
}

/// Writes down what the record of a case holds.
class Scribe final : public Observer {
public:
    Scribe(const Cast& cast, bool tide) : cast_(cast), tide_(tide) {}

    void on(const Event& e) override {
        switch (e.kind) {
            case EventKind::trial_opened: {
                Json& changes = tested_[e.item] = Json::array();
                for (ChangeId c : e.chain) changes.push_back(name(c));
                changes.push_back(name(e.change));
                break;
            }
            case EventKind::build_started:
                if (tide_) started(e);
                break;
            case EventKind::build_ended:
                if (tide_) ended(e);
                break;
            case EventKind::batch_began:
                began(e);
                break;
            case EventKind::batch_over:
                over(e);
                break;
            case EventKind::landed:
                ++commits_;
                if (e.item != kNone) landed(e);
                break;
            case EventKind::reported:
                if (e.outcome != Outcome::landed) left(e, e.outcome == Outcome::conflict ? "conflict" : red_);
                break;
            case EventKind::dequeued:
                if (e.outcome == Outcome::removed) removed(e);
                break;
            default:
                break;
        }
    }

    /// What began at that instant or later is not told.
    void forget_from(Time instant) {
        const auto late = [&](const Json& row, const char* key) {
            return row.at(key).get<double>() >= seconds(instant);
        };
        std::erase_if(tests_, [&](const Json& row) { return late(row, "start"); });
        std::vector<Json> before;
        for (const Json& row : ejected_)
            if (!late(row, "t")) before.push_back(row);
        ejected_ = before;
        while (!landed_.empty() && late(landed_.back(), "t")) landed_.pop_back();
    }

    Json result() {
        for (Json& test : tests_)
            if (tide_) finish(test);
        for (Json& row : landed_) {
            std::vector<ChangeId>& changes = landed_changes_[static_cast<std::size_t>(&row - &landed_[0])];
            std::sort(changes.begin(), changes.end());
            if (tide_) row["kind"] = changes.size() > 1 ? "batch" : "single";
            row["changes"] = Json::array();
            for (ChangeId change : changes) row["changes"].push_back(name(change));
        }
        return {{"tests", tests_}, {"landed", landed_}, {"ejected", ejected_}};
    }

private:
    const std::string& name(ChangeId change) const { return cast_.changes[change].name; }

    /// Builds of one trial that start together are a test.
    void started(const Event& e) {
        const auto [known, fresh] = test_of_.try_emplace({e.item, e.at}, tests_.size());
        if (fresh) {
            const Json& changes = tested_.at(e.item);
            tests_.push_back({{"kind", changes.size() > 1 ? "batch" : "single"},
                              {"changes", changes},
                              {"base", commits_},
                              {"start", number(e.at)},
                              {"end", nullptr},
                              {"result", nullptr},
                              {"builds", Json::array()}});
        }
        Json& builds = tests_[known->second]["builds"];
        place_of_[e.build] = {known->second, builds.size()};
        builds.push_back({{"job", cast_.scenario->job_names[e.job]}, {"end", nullptr}, {"result", nullptr}});
    }

    void ended(const Event& e) {
        const auto [test, build] = place_of_.at(e.build);
        Json& row = tests_[test]["builds"][build];
        row["end"] = number(e.at);
        row["result"] = e.result == Result::success ? "success" : e.result == Result::canceled ? "aborted" : "failure";
    }

    static void finish(Json& test) {
        bool failed = false, aborted = false;
        for (const Json& build : test["builds"]) {
            failed |= build["result"] == "failure";
            aborted |= build["result"] == "aborted";
            if (test["end"].is_null() || (!build["end"].is_null() && build["end"] > test["end"]))
                test["end"] = build["end"];
        }
        test["result"] = failed ? "failure" : aborted ? "aborted" : "success";
    }

    void began(const Event& e) {
        batch_of_[e.value] = tests_.size();
        Json changes = Json::array();
        for (ChangeId change : e.chain) changes.push_back(name(change));
        tests_.push_back({{"changes", changes}, {"start", number(e.at)}});
    }

    void over(const Event& e) {
        Json& test = tests_[batch_of_.at(e.value)];
        test["end"] = number(e.at);
        test["result"] = word(e.reason.why);
        red_ = e.reason.why == Why::timed_out ? "timeout" : "failure";
    }

    void landed(const Event& e) {
        if (landed_.empty() || landed_.back()["t"] != number(e.at)) {
            landed_.push_back({{"t", number(e.at)}});
            landed_changes_.emplace_back();
        }
        landed_changes_.back().push_back(e.change);
    }

    void removed(const Event& e) {
        left(e, e.reason.why == Why::new_patchset   ? "new_patchset"
                : e.reason.why == Why::unknown_head ? "race"
                                                    : "dequeued");
    }

    void left(const Event& e, const std::string& why) {
        ejected_.push_back({{"t", number(e.at)}, {"change", name(e.change)}, {"why", why}});
    }

    const Cast& cast_;
    bool tide_;
    int commits_ = 0;
    std::string red_ = "failure";  ///< what the last batch was red for
    std::map<ItemId, Json> tested_;
    std::map<std::pair<ItemId, Time>, std::size_t> test_of_;
    std::map<BuildId, std::pair<std::size_t, std::size_t>> place_of_;
    std::map<std::int64_t, std::size_t> batch_of_;
    std::vector<Json> tests_, landed_;
    std::vector<std::vector<ChangeId>> landed_changes_;
    Json ejected_ = Json::array();
};

}  // namespace

nlohmann::ordered_json run_gate_case(const nlohmann::ordered_json& json) {
    const Scenario scenario = scenario_of_gate_case(json);
    Calendar calendar;
    Cast cast;
    Scribe scribe(cast, is_tide_case(json));
    World world(scenario, Luck(1, 1), calendar, cast, {&scribe}, {});
    if (const std::string trouble = world.start(); !trouble.empty()) throw std::runtime_error(trouble);
    // Tide looks on for as long as somebody waits. Its cases end at an instant; what runs then ends by itself.
    const bool ends = json.contains("sync_first");
    const Time end = ends ? from_seconds(json.value("until", 60'000.0)) : kNever;
    Time longest = 0;
    for (const auto& job : json.at("jobs")) longest = std::max(longest, from_seconds(job.at("duration").get<double>()));
    make_heap_engine()->run(calendar, ends ? end + longest : kNever, [&] { return !world.broken().empty(); });
    if (!world.broken().empty()) throw std::runtime_error("contract broken: " + world.broken());
    world.end(false);
    if (ends) scribe.forget_from(end);
    return scribe.result();
}

nlohmann::json comparable(const nlohmann::ordered_json& result) {
    nlohmann::json out;
    for (const char* key : {"tests", "landed", "ejected"}) {
        std::vector<std::string> rows;
        for (const nlohmann::ordered_json& row : result.at(key)) rows.push_back(nlohmann::json(row).dump());
        std::sort(rows.begin(), rows.end());
        out[key] = rows;
    }
    return out;
}

}  // namespace gatesim
