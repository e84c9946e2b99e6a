// Ctrl-C: the first one asks everything to end cleanly, the second one ends it.
#pragma once

namespace gatesim {

/// Catches SIGINT and SIGTERM from now on until it is destroyed.
class InterruptGuard {
public:
    InterruptGuard();
    ~InterruptGuard();
    InterruptGuard(const InterruptGuard&) = delete;
    InterruptGuard& operator=(const InterruptGuard&) = delete;

    /// How often somebody asked to end.
    static int count();

    /// In a worker: the terminal's Ctrl-C is the parent's business; SIGTERM from the parent counts.
    static void in_worker();
};

}  // namespace gatesim
