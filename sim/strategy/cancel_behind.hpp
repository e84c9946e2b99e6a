// The rule in force at OpenStack until 20 September 2013: a failure stops everything behind it.
#pragma once

#include "gate/gate.hpp"

namespace gatesim {

/// One pass of that rule over a queue. The first failed item in the queue (a voting job failed, or it does not merge)
/// stops all builds behind it and nothing behind it starts. Once it is the front and something is behind it, it leaves;
/// its other jobs run on outside, it is reported when they have ended, and everything behind starts anew on the branch.
/// Without anything behind it stays until its jobs ended. No window. (Published timeline: openstack_timeline,
/// 2013-09-20.)
bool cancel_behind_pass(Gate& gate, Queue& queue);

}  // namespace gatesim
