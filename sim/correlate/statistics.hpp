// The arithmetic of rare things: exact tests of association, false discoveries, and how many clean runs prove a fix.
#pragma once

#include <cstdint>
#include <vector>

namespace gatesim::correlate {

/// Logarithm of n over k.
double log_choose(std::uint64_t n, std::uint64_t k);

/// One stratum of a test: of `runs` builds `bad` are failed; `drawn` of them show a line.
struct Stratum {
    std::uint64_t runs = 0, bad = 0, drawn = 0;
};

/// Logarithm of the chance that at least `hits` of all drawn are failed if the line says nothing about failure:
/// Fisher's exact test, one-sided, over strata. Beyond 400 drawn builds an upper bound (Chernoff's; Hoeffding 1963
/// shows that it holds for draws without replacement).
double log_tail(const std::vector<Stratum>& strata, std::uint64_t hits);

/// The same of one stratum: at least `hits` of `drawn` in a part of `part` out of `runs`.
double log_tail(std::uint64_t runs, std::uint64_t part, std::uint64_t drawn, std::uint64_t hits);

/// Which of the tests are discoveries if at most a share `rate` of those may be false: Benjamini and Hochberg (1995).
/// Tests of lines depend on each other. The rule holds where lines that say nothing of failure are independent or come
/// together (positive dependence; Benjamini and Yekutieli 2001, theorem 1.2): long logs and lines of one event make
/// just that. Causes that exclude each other depend negatively, but those are no false ones. Yekutieli's rule for any
/// dependence would ask for p eight to ten times smaller, and miss causes of a dozen hits. A test that could not be
/// significant however it came out is none (Tarone 1990; for false discoveries Gilbert 2005). `log_best` is the
/// smallest p that each could have had.
std::vector<bool> discoveries(const std::vector<double>& log_p, const std::vector<double>& log_best, double rate);

/// The same by Benjamini and Hochberg, without leaving out any.
std::vector<bool> discoveries_simple(const std::vector<double>& log_p, double rate);

/// Runs without a hit that show, at 95 %, that a cause which hit a share `rate` of runs is gone: ln 0.05 / ln(1 -
/// rate); the rule of three is 3 / rate.
std::uint64_t clean_runs(double rate);

/// Wald's sequential test of "the rate is as it was" against "it is a tenth of that", both errors 5 %.
struct Sequential {
    double if_fixed = 0;      ///< runs that it takes in the mean if the rate is a tenth
    double if_not_fixed = 0;  ///< if it is as it was
    std::uint64_t clean = 0;  ///< runs without any hit after which it ends with "fixed"
};
Sequential sequential(double rate);

}  // namespace gatesim::correlate
