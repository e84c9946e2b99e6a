// Ctrl-C, and its kin: the first one asks everything to end cleanly, the second one ends it.
#pragma once

namespace gatesim {

/// Catches SIGINT, SIGTERM and SIGHUP (the terminal is gone) from now on until it is destroyed. A SIGHUP that is to be
/// ignored (nohup) is ignored on.
class InterruptGuard {
public:
    InterruptGuard();
    ~InterruptGuard();
    InterruptGuard(const InterruptGuard&) = delete;
    InterruptGuard& operator=(const InterruptGuard&) = delete;

    /// How often somebody asked to end.
    static int count();

    /// In a worker: what the terminal sends to everybody is the parent's business; SIGTERM from the parent counts.
    static void in_worker();
};

}  // namespace gatesim
