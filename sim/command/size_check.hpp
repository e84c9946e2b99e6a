// Before a run: how large it is going to be. Who typed 8/s for 8/h hears of it before the machine stands still.
#pragma once

#include <cstdint>
#include <vector>

#include "command/option.hpp"
#include "study/grid.hpp"

namespace gatesim {

/// --force: run what is too large all the same.
Option force_option();

/// What is to be run.
struct SizeQuestion {
    std::string command;
    std::string scenario;  ///< as it was typed
    std::vector<const Scenario*> arms;
    Time until = kNever;
    std::uint64_t replications = 1;  ///< of each arm, at least
    unsigned jobs = 1;
};

/// Says one line on stderr ("! about ...") if it takes more than 1 GiB or ten minutes. False if it is more than there
/// is memory, or than 20 million changes, and --force was not given: then that has been said, too.
bool size_is_fine(const SizeQuestion& question, const Arguments& arguments);

}  // namespace gatesim
