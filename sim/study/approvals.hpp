// A law of the auditor: no patch set enters a gate that nobody has approved.
#pragma once

#include <map>
#include <set>
#include <string>

#include "model/event.hpp"

namespace gatesim {

/// Works out from the script alone which patch sets were approved, and when. Only for listed changes: who arrives by
/// himself has been approved.
class Approvals {
public:
    explicit Approvals(const Cast& cast) : cast_(cast) {}

    /// What is wrong with the event; empty if nothing is.
    std::string hear(const Event& event);

private:
    bool lands(PipelineId pipeline) const;
    bool is_approved(const Event& event) const;
    void new_patchset(const Event& event);

    const Cast& cast_;
    std::map<ChangeId, Time> since_;  ///< what was said before this time does not count for the present patch set
    std::set<ChangeId> unclear_;      ///< they came back by themselves: that approves, and nobody says when
};

}  // namespace gatesim
