// Figures about two cases at once, and about the practice seeds.
#pragma once

#include <string>
#include <vector>

#include "learn/judge.hpp"
#include "learn/lesson.hpp"
#include "learn/stage.hpp"
#include "measure/interval.hpp"
#include "study/study.hpp"

namespace gatesim::learn {

/// How often one run of each, with luck of its own, puts the two in the wrong order (a tie is wrong, too): the share
/// over all pairs of different replications. A share has no value by replication, so these are the pseudo-values of
/// the jackknife: their mean is the share, and their spread gives its interval (Tukey, 1958).
Series mistaken(const Series& a, const Series& b);

/// By how much the variance of the difference falls when both meet the same luck: the logarithm of
/// (var a + var b) / var (a - b), again as pseudo-values. A ratio is never below 0, and its logarithm is less skewed.
Series gain(const Series& a, const Series& b);

/// The figure with its interval: the mean of its series; of a gain, what its logarithm stands for; of a share of runs
/// (values that are 0 or 1, and not all the same), the exact interval.
Estimate golden_estimate(const Golden& golden, const Series& series);

/// On how many of the lesson's practice seeds `golden.answer` is right for `golden.question`: one number.
Series practice_count(const Lesson& lesson, const Golden& golden, Stage& stage, const std::string& scratch,
                      StudyProblem& trouble);

}  // namespace gatesim::learn
