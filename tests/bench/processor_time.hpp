// Processor time of this program, for benchmarks.
#pragma once

#include <sys/resource.h>

namespace gatesim::bench {

/// Seconds so far, in the program and in the kernel for it.
inline double cpu_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto value = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    return value(usage.ru_utime) + value(usage.ru_stime);
}

}  // namespace gatesim::bench
