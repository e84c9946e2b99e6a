// One replication of a scenario, from its first event to its last.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "load/source.hpp"
#include "model/event.hpp"
#include "model/scenario.hpp"
#include "model/time.hpp"

namespace gatesim {

struct ReplicationOptions {
    std::uint64_t seed = 1;
    std::uint32_t replication = 1;   ///< counts from 1; part of the key of every draw
    Time until = kNever;             ///< stop here, whatever is left
    std::string engine = "simgrid";  ///< "simgrid" or "heap"; both give the same events
    std::function<bool()> stop;      ///< asked between instants; true ends the replication, marked as cut. May be empty
    /// Where changes come from instead of the scenario's load: for systems that no load can write. May be empty.
    std::function<std::unique_ptr<Source>(const Scenario&, Luck)> source = {};
};

struct ReplicationResult {
    bool cut = false;          ///< ended by `until` or `stop` with something left to happen
    std::uint64_t events = 0;  ///< events of the calendar that fired
    std::string broken;        ///< the contract was broken: reason and last events. Empty = fine
    std::string unavailable;   ///< a program the strategy needs could not be started, or was killed. Empty = fine
    std::string stuck;         ///< changes no strategy could have decided when nothing was left to happen. Empty = none
    std::optional<LoadRows> rows;  ///< of the load file, if there is one
    MissedEvents missed;           ///< scripted events whose change had not come yet
    std::string unreadable;        ///< a file the scenario names cannot be read or is wrong. Empty = fine
};

/// Runs one replication. `cast` must be empty and is filled; observers hear everything, in order. After the load is
/// exhausted the replication goes on until nothing is left to happen. SimGrid's engine runs once a process: call this
/// in a process of its own. Throws what is no strategy's fault: std::bad_alloc, or a mistake of gatesim itself.
ReplicationResult run_replication(const Scenario& scenario, const ReplicationOptions& options, Cast& cast,
                                  std::vector<Observer*> observers);

}  // namespace gatesim
