// The processors that need no SimGrid.
#pragma once

#include <memory>

#include "workers/processor.hpp"

namespace gatesim {

/// Every piece of work runs at full speed, whatever else runs on its machine.
std::unique_ptr<Processor> make_plain_processor(Calendar& calendar);

/// Processor sharing: k pieces of work on a machine with `cores` (> 0, may be fractional) run at speed min(1, cores /
/// k) each. Machines need not be announced. Shares are exact; what ends between two microseconds is done at the later
/// one. Agrees with SimGrid's Exec on hosts to 2 microseconds.
std::unique_ptr<Processor> make_ps_processor(Calendar& calendar, double cores);

}  // namespace gatesim
