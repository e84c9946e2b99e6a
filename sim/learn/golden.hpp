// The figures of a lesson's texts, measured.
#pragma once

#include <memory>
#include <string>

#include "learn/bench.hpp"
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

/// How whatever stands in golden.json is run: figures, claims and the reference share their luck and their runs.
BenchOptions golden_bench(const Lesson& lesson, const GoldenOptions& how, const std::shared_ptr<Journal>& journal);

GoldenResult measure_golden(const Lesson& lesson, const GoldenOptions& options);

}  // namespace gatesim::learn
