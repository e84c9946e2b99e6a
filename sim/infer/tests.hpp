// Runs put together again to what they were part of: the test of one state.
#pragma once

#include <vector>

#include "import/records.hpp"
#include "infer/training.hpp"

namespace gatesim::infer {

/// All runs of one state that belong together.
struct Test {
    std::vector<const import::Run*> runs;  ///< by job, then by attempt
    std::uint32_t entry = kNone;           ///< the stay that it was for
    std::vector<std::uint32_t> ahead;      ///< the stays that it stood on, front first
    std::uint32_t state = kNone;
    Moment from = kNever, to = 0;  ///< first asked for, last ended; `to` is kNever while something runs
};

/// By time. Runs of one group are one test; those without a group are told apart by stay and state.
std::vector<Test> tests_of(const import::Records& records);

/// When a run was asked for, as far as is known: queued, else created, else started.
Moment asked(const import::Run& run);

/// Whose fault a red test is, if it is anybody's: the first stay of its chain that was ejected, else its own. kNone: it
/// is for no stay.
std::uint32_t suspect(const import::Records& records, const Test& test);

/// Whether all it stood on landed, so that what is red is its own change.
bool alone(const import::Records& records, const Test& test);

}  // namespace gatesim::infer
