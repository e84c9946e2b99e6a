// The answers to the questions about a practice run, for each practice seed: there must be one, and it must be one that
// a learner may give.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "learn/facts.hpp"
#include "learn/lesson.hpp"
#include "learn/work.hpp"

namespace gatesim::learn {

/// By question: all answers that are right, more than one where rows tie.
using RightAnswers = std::map<std::string, std::vector<std::string>>;

/// Whether any question is answered by the tables of the practice run.
bool asks_about_practice(const Lesson& lesson);

/// The right answers to the questions about a practice run, read from its tables.
RightAnswers right_answers(const Lesson& lesson, const Tables& tables);

/// The same for a practice seed: runs the learner's case of the stage. What went wrong is in `problem`.
RightAnswers practice_answers(const Lesson& lesson, Stage& stage, std::uint64_t seed, const std::string& scratch,
                              StudyProblem& problem);

/// What is wrong with the answers to one question: there is none, one is empty, is not one of the choices, or is not a
/// number where one is asked for. Empty: nothing.
std::string answer_trouble(const Question& question, const std::vector<std::string>& values);

/// The work with these answers (of several the first) in the place of its own.
Work with_answers(const Lesson& lesson, Work work, const RightAnswers& right);

/// The lesson's file (a work.json) with these answers in it, as text; nothing if it cannot be read.
std::optional<std::string> answered_file(const Lesson& lesson, const std::string& file, const RightAnswers& right);

}  // namespace gatesim::learn
