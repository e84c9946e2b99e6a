// What strategies that work with trials (gate/gate.hpp) have in common.
#pragma once

#include <vector>

#include "gate/gate.hpp"

namespace gatesim {

/// Ejects the changes whose need left without landing: they cannot stay. Looks only at those to which something
/// happened. True if any left.
bool drop_needy(Gate& gate, Queue& queue);

/// Drops the open trials whose state cannot come to be any more. `cause`: the item whose departure it was, for the
/// record; may be nullptr. True if any was dropped; their pointers are no good any more.
bool drop_refuted(Gate& gate, Queue& queue, const Item* cause = nullptr);

/// The first items of the queue that may be tested together on the branch, in queue order: at most `most`, none of
/// which is in `busy`, and none that needs a change which is neither landed nor among them.
std::vector<Item*> front_items(const Gate& gate, const Queue& queue, std::size_t most,
                               const std::vector<ChangeId>& busy = {});

/// Whether the trial has a verdict: every job of it has a result, or one that votes has failed and `early`.
bool has_verdict(const Gate& gate, const Item& trial, bool early = false);

/// The queue's open trial of that id; nullptr if it is closed.
Item* find_trial(const Queue& queue, ItemId id);

/// Whether `landed` shares no target with any change of the trial that has not landed: then it cannot have spoiled it.
bool shares_no_target(const Gate& gate, const Item& landed, const Item& trial);

/// That the item waits for one it needs, which has not landed; Why::none if there is none.
Reason need_not_landed(const Gate& gate, const Item& item);

/// Whether every voting job of the trial has passed.
inline bool passed(const Gate& gate, const Item& trial) {
    return gate.complete(trial) && gate.all_succeeded(trial);
}

}  // namespace gatesim
