// How large a replication is going to be, before it begins: from the scenario alone, in no time.
#pragma once

#include <cstdint>
#include <string>

#include "model/scenario.hpp"

namespace gatesim {

/// An estimate, good for a word of warning: meant to be right within a factor of three.
struct Forecast {
    double changes = 0;
    double builds = 0;
    double bytes = 0;    ///< memory of one replication, at its peak
    double seconds = 0;  ///< of processor time for one replication, without tables
    std::string key;     ///< JSON pointer of what makes it so large
};

/// One replication of the scenario that ends at `until` at the latest. Reads at most the load file (to count its rows).
Forecast forecast(const Scenario& scenario, Time until);

/// The memory that a process may have here at most: the machine's, or what a limit leaves of it (cgroup), in bytes.
double memory_of_machine();
/// The same for each process alone (ulimit -v, ulimit -d); infinite if there is no such limit.
double memory_of_process();

}  // namespace gatesim
