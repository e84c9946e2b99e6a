// The figures of a lesson's texts, measured.
#pragma once

#include <string>

#include "learn/texts.hpp"
#include "study/study.hpp"

namespace gatesim::learn {

/// Replications that figures rest on.
inline constexpr std::uint32_t kGoldenRuns = 30;

struct GoldenResult {
    Figures figures;
    std::string document;  ///< expected/golden.json, with its last line end
    std::vector<Diagnostic> problems;
    StudyProblem trouble;
};

GoldenResult measure_golden(const Lesson& lesson, const std::vector<std::string>& overlay, unsigned jobs);

}  // namespace gatesim::learn
