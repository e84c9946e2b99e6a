// Runs numbered tasks in worker processes, a few at a time, and hears what they say line by line. Processes, not
// threads: SimGrid allows one engine a process.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace gatesim {

/// How the pool ended.
struct PoolEnd {
    bool interrupted = false;
    long peak_rss_kib = 0;  ///< largest resident set of any worker
};

struct PoolTask {
    /// Runs in the worker; what it says goes line by line to `say` (without line ends).
    std::function<void(std::uint32_t task, const std::function<void(const std::string&)>& say)> work;
    /// Runs in the parent, for every line a worker said.
    std::function<void(std::uint32_t task, const std::string& line)> hear;
    /// Runs in the parent when a worker has ended; `problem` is empty if it ended well, else a sentence ("the worker
    /// process was killed by signal 11 (Segmentation fault)"). What ends a worker that way is never the fault of what
    /// it simulates: out of memory, a limit, somebody's kill, a mistake of gatesim itself. Exit code 4.
    std::function<void(std::uint32_t task, const std::string& problem)> ended;
    /// Runs in the parent about five times a second. May be empty.
    std::function<void()> tick;
    /// Asked before every start: true starts no more (those that run go on). May be empty.
    std::function<bool()> enough;
};

/// Runs tasks 0 .. count-1 in order of number, at most `jobs` at once. The first interrupt asks the workers to end
/// (SIGTERM) and starts no more; the second kills them.
PoolEnd run_in_processes(std::uint32_t count, unsigned jobs, const PoolTask& task);

/// Number of processors this process may use.
unsigned available_processors();

}  // namespace gatesim
