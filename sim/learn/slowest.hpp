// What a change with several jobs side by side waits for: the slowest of them. Closed forms for lessons.
//
// The n jobs of a change take independent log-normal times with mean 1 and coefficient of variation `cv`; so all
// results are in units of the mean of one job. The integrals are done by Simpson's rule, to six digits for cv <= 1.
#pragma once

namespace gatesim::learn {

/// Mean time until all n jobs have ended: the integral of 1 - F(x)^n.
double slowest_of(int n, double cv);

/// Coefficient of variation of that time.
double slowest_spread(int n, double cv);

/// Mean time from arrival to landing in a gate that tests every change at once and lands them in order, when nothing
/// fails and `rate` changes arrive (Poisson) in the mean time of one job. A change has landed by x if its own jobs have
/// ended and so have those of all ahead of it: G(x) exp(-rate * integral of 1 - G from x on), with G = F^n.
double in_order_mean(double rate, int n, double cv);

/// The time by which that share (0 < share < 1) of the changes has landed.
double in_order_quantile(double rate, int n, double cv, double share);

}  // namespace gatesim::learn
