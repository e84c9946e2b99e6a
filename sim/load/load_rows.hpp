// What became of the rows of a load file.
#pragma once

#include <cstdint>
#include <string>

namespace gatesim {

/// Rows of one replication, each counted once. Those that are not used are left out by reason.
struct LoadRows {
    std::uint64_t read = 0;
    std::uint64_t before_start = 0;     ///< before the period begins
    std::uint64_t after_end = 0;        ///< after it has ended
    std::uint64_t in_gate = 0;          ///< an enqueue of a change that was in the gate: nothing to do
    std::uint64_t landed = 0;           ///< an enqueue of a change that had landed
    std::uint64_t builds_recorded = 0;  ///< builds that went as they did in the table of builds (ReplayLoad::builds)
    std::uint64_t builds_drawn = 0;     ///< and those of which it says nothing, or not enough

    std::uint64_t left_out() const { return before_start + after_end + in_gate + landed; }
    std::uint64_t used() const { return read - left_out(); }
};

/// Scripted events that named a change which had not come yet when their time came.
struct MissedEvents {
    std::uint64_t count = 0;
    std::string first;  ///< "promote of c17"
};

}  // namespace gatesim
