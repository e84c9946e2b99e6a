// Sentences about runs, held against the runs themselves.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "learn/golden.hpp"
#include "learn/work.hpp"
#include "study/journal.hpp"

namespace gatesim::learn {

/// The work that a figure or a claim is about: "solution", "starter", "none" or "wrong/NAME". Nothing: it cannot be
/// read.
std::optional<Work> work_named(const Lesson& lesson, const std::string& whose, std::vector<Diagnostic>& problems);

/// Evaluates the lesson's claims on the runs of its figures, which must have been measured. Those that are not so go
/// into `out.untrue`. False: a run failed, see `out`.
bool judge_claims(const Lesson& lesson, const GoldenOptions& how, const std::shared_ptr<Journal>& journal,
                  GoldenResult& out);

/// A text in which any run of blanks and line ends is one blank.
std::string in_one_line(const std::string& text);

}  // namespace gatesim::learn
