// One measured run in a process of its own: SimGrid's engine runs once a process, and peak memory belongs to a process.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gatesim::bench {

/// What one run cost.
struct Cost {
    std::uint64_t builds = 0;  ///< builds that started
    std::uint64_t events = 0;  ///< of the calendar
    double cpu_s = 0;          ///< user and system time of the run alone, without loading
    double peak_mib = 0;       ///< of the whole process

    double us_per_build() const { return cpu_s * 1e6 / static_cast<double>(builds); }
    double ns_per_event() const { return cpu_s * 1e9 / static_cast<double>(events); }
};

/// What hears the run: nobody but a counter, the ledger and meter, or those and all tables as CSV.
enum class Listening { nobody, meter, tables };

/// Starts this program again as `arguments` and reads the line it prints; nothing if it failed.
std::optional<Cost> measured(const std::vector<std::string>& arguments);

/// `--child year SCENARIO ENGINE CHANGES LISTENING`: runs the scenario with so many changes.
/// `--child calendar EVENTS PENDING`: the bare calendar on the plain heap.
/// Prints a Cost; returns the exit code.
int child(const std::vector<std::string>& arguments);

}  // namespace gatesim::bench
