// The CPU of a pool's machines, shared by the builds on them.
#pragma once

#include <cstdint>

#include "kernel/calendar.hpp"

namespace gatesim {

/// Runs work on numbered machines. One of: full speed (none), processor sharing on the calendar (ps), SimGrid Exec
/// (simgrid).
class Processor {
public:
    virtual ~Processor() = default;

    /// Starts `work` (time at full speed) on `machine`; when it is done, `done(context, argument)` is posted on the
    /// calendar with Priority::deliver. Returns a ticket that stays unique over the processor's life.
    virtual std::uint64_t start(std::uint32_t machine, Time work, Calendar::Action done, void* context,
                                std::uint64_t argument) = 0;

    /// Takes work back before it is done; `done` will not be posted.
    virtual void cancel(std::uint64_t ticket) = 0;
};

}  // namespace gatesim
