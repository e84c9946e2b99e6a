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
    std::map<std::string, double> means;  ///< of the figures, not rounded
    std::vector<std::string> untrue;      ///< claims that are not so, each with its sentence
    std::string document;                 ///< expected/golden.json, with its last line end
    std::vector<Diagnostic> problems;
    StudyProblem trouble;
};

struct GoldenOptions {
    std::vector<std::string> overlay;  ///< of an organisation
    unsigned jobs = 1;
    std::string scratch;  ///< an empty folder, for tables of practice runs
};

GoldenResult measure_golden(const Lesson& lesson, const GoldenOptions& options);

}  // namespace gatesim::learn
