// A second reading of the gate: what the states that an item is tested in are at, found without asking the gate why
// nobody moves (gate/standstill.hpp).
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "gate/gate.hpp"
#include "model/event.hpp"

namespace gatesim {

/// The last reason each item was told, which requests have been given nodes, and how many of each pool are busy.
class Told final : public Observer {
public:
    bool wants_waits() const override { return true; }

    void on(const Event& event) override {
        if (event.kind == EventKind::waits) {
            reasons[event.item] = event.reason;
            seen.insert(event.reason.why);
        }
        if (event.kind == EventKind::granted && granted.insert(event.request).second) {
            nodes[event.request] = {event.pool, asked[event.request]};
            busy[event.pool] += asked[event.request];
        }
        if (event.kind == EventKind::requested) asked[event.request] = event.value;
        if (event.kind != EventKind::released) return;
        if (const auto held = nodes.find(event.request); held != nodes.end()) {
            busy[held->second.first] -= held->second.second;
            nodes.erase(held);
        }
    }

    std::map<ItemId, Reason> reasons;
    std::set<RequestId> granted;
    std::map<RequestId, std::int64_t> asked;                     ///< nodes
    std::map<RequestId, std::pair<PoolId, std::int64_t>> nodes;  ///< in hand
    std::map<PoolId, std::int64_t> busy;
    std::set<Why> seen;
};

/// What the states that an item is tested in are at.
struct Reading {
    std::vector<const Item*> all;     ///< also those that cannot come to be any more
    std::vector<const Item*> states;  ///< those that can; if there are none, all
    std::set<BuildId> running;
    std::set<JobId> booting, without_node;
    bool merging = false, open = false;  ///< `open`: some job of some state has no result
};

inline Reading read_gate(const Item& item, const Told& told) {
    Reading reading;
    if (item.attempt.prepared) {
        reading.all = reading.states = {&item};
    } else {
        for (const Item* trial : item.queue->trials) {
            if (trial->probe) continue;
            const auto members = trial->vouched();
            if (std::find(members.begin(), members.end(), item.id) == members.end()) continue;
            reading.all.push_back(trial);
            if (!trial->refuted) reading.states.push_back(trial);
        }
        if (reading.states.empty()) reading.states = reading.all;
    }
    for (const Item* state : reading.states) {
        const Attempt& attempt = state->attempt;
        reading.merging |= attempt.merge == MergeState::pending || attempt.merge == MergeState::none;
        bool open = !attempt.graph && attempt.merge != MergeState::conflict && !attempt.config_error;
        for (std::size_t i = 0; i < attempt.slots.size(); ++i) {
            const JobSlot& slot = attempt.slots[i];
            if (slot.result != Result::none || slot.stopped) continue;
            open = true;
            const JobId job = attempt.graph->jobs[i]->id;
            if (slot.built)
                reading.running.insert(slot.build);
            else if (slot.request != kNone)
                (told.granted.count(slot.request) ? reading.booting : reading.without_node).insert(job);
        }
        reading.open |= open;
    }
    return reading;
}

/// Empty if the reason fits; else what is wrong with it.
inline std::string problem_with(const Reason& said, const Item& item, const Reading& reading, const Gate& gate) {
    const Why why = said.why;
    if (why == Why::need_failing) return gate.failing_need(item) ? "" : "nothing it needs is failing";
    if (!reading.running.empty())
        return (why == Why::testing || why == Why::still_running) && reading.running.count(said.build)
                   ? ""
                   : "one of its builds runs";
    if (!reading.booting.empty()) return why == Why::booting && reading.booting.count(said.job) ? "" : "its nodes boot";
    if (!reading.without_node.empty())
        return why == Why::no_node && reading.without_node.count(said.job) ? "" : "it waits for nodes";
    if (reading.merging) return why == Why::merging ? "" : "it is being merged";
    static const std::set<Why> of_untested = {
        Why::outside_window,  Why::not_its_turn,    Why::gathers,     Why::next_look,
        Why::in_search,       Why::need_not_tested, Why::tree_closed, Why::ahead_failed_waits,
        Why::ahead_undecided, Why::verdict_waits,   Why::frozen,      Why::paused};
    if (reading.states.empty()) return of_untested.count(why) ? "" : "nothing of it is under test";
    if (why == Why::semaphore || why == Why::held_by_job || why == Why::in_group)
        return reading.open ? "" : "its tests are over";
    static const std::set<Why> of_tested = {Why::ahead_undecided, Why::failed_waits, Why::verdict_waits, Why::gathers,
                                            Why::next_look,       Why::in_search,    Why::frozen,        Why::paused};
    if (!of_tested.count(why)) return "its tests are over";
    if (why != Why::ahead_undecided && why != Why::failed_waits) return "";
    const Item* ahead = gate.find(*item.queue, said.change);
    return ahead && ahead != &item ? "" : "who it waits for is not there";
}

}  // namespace gatesim
