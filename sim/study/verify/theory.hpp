// Closed forms and exact chains, computed from their formulas. Waits are in mean service times.
#pragma once

#include <functional>

namespace gatesim::theory {

/// Chance that a request waits for one of `servers` (Erlang's C), offered `load` service times a service time, load <
/// servers. By recursion over Erlang's B: factorials would overflow.
double erlang_c(int servers, double load);

/// Mean wait in M/M/c.
double erlang_wait(int servers, double load);

/// Mean wait in M/G/1 at utilisation `rho` < 1 with that coefficient of variation (Pollaczek and Khinchine).
double single_server_wait(double rho, double cv);

/// Changes resolved a round when `window` changes are tested at once, all start together and each fails with chance
/// `fails`: everything up to and including the first failure, or all. (1 - (1-p)^w) / p.
double resolved_per_round(double fails, int window);

/// Unlimited window and nodes, Poisson arrivals, all builds equally long: the changes that will fail are the customers
/// of an M/D/1 queue with utilisation `rho` = arrival rate x chance to fail x duration. A change waits as long as that
/// queue's work when it arrives, and is started again once for each customer there.
struct Unlimited {
    double time;    ///< mean time in the gate, in build durations
    double builds;  ///< mean builds a change
};
Unlimited unlimited_window(double rho);

/// How a window moves: + `up` on a landing, halved (rounded down, not below `floor`) on a failure.
struct WindowRule {
    int up = 1;
    int floor = 3;
};

/// The window as the changes that leave the queue see it: a chain with a step for every change.
struct ReportChain {
    double mean;
    double at_floor;  ///< share of reports
};
ReportChain window_at_reports(const WindowRule& rule, double fails);

/// The window in rounds of equal length: a queue that never runs dry, all builds equally long. A step is a round: all
/// up to the first failure land, that one leaves, the rest starts again.
struct RoundChain {
    double window;    ///< mean over rounds = mean over time
    double resolved;  ///< changes that leave a round
    double landed;
    double builds_per_resolved;
};
RoundChain window_in_rounds(const WindowRule& rule, double fails);

/// A tree of guesses in rounds of equal length, everything conflicts, each change fails with chance `fails`: changes
/// resolved a round by the `builds` likeliest paths. A set of paths that holds all prefixes of each resolves the sum of
/// their probabilities, so the best set is the largest ones. After a passes and j failures that is (1-p)^a p^j, and
/// there are C(a+j, j) such paths.
double resolved_by_best_paths(double fails, int builds);

}  // namespace gatesim::theory
