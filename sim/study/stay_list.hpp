// Who was in the gate from when to when, in one replication: what a record of a real queue is compared with.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "record/ledger.hpp"

namespace gatesim {

struct SimulatedStay {
    std::string change;
    Time entered = 0;
    Time left = kNever;  ///< kNever: it was there at the end
    bool landed = false;
};

using SimulatedStays = std::vector<SimulatedStay>;

/// Notes them, in the order in which they began.
class StayList : public LedgerListener {
public:
    explicit StayList(const Cast& cast) : cast_(cast) {}

    void on(const Event& event, const Ledger& ledger) override {
        if (!ledger.lands(event.pipeline)) return;
        if (event.kind == EventKind::enqueued) {
            place_[event.item] = list_.size();
            list_.push_back({cast_.changes[event.change].name, event.at, kNever, false});
            return;
        }
        const auto found = place_.find(event.item);
        if (found == place_.end()) return;
        if (event.kind == EventKind::dequeued) list_[found->second].left = event.at;
        if (event.kind == EventKind::reported) list_[found->second].landed = event.outcome == Outcome::landed;
    }
    SimulatedStays list() && { return std::move(list_); }

private:
    const Cast& cast_;
    SimulatedStays list_;
    std::unordered_map<ItemId, std::size_t> place_;
};

}  // namespace gatesim
