// The eight questions of `gatesim new`: what is asked, what may be answered, and what each answer becomes in a
// scenario.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenario/diagnostic.hpp"

namespace gatesim {

struct Question {
    std::string option;   ///< without dashes: "changes"
    std::string value;    ///< how help names the answer
    std::string ask;      ///< as asked on a terminal
    std::string allowed;  ///< what may be answered, with examples
    std::string usual;    ///< the default
};

/// In the order in which they are asked.
const std::vector<Question>& questions();

/// What was answered, by question.
using Answers = std::vector<std::string>;

/// What an answer became, for notes.md: "rate 40/day".
struct Became {
    std::string what;     ///< in the scenario
    std::string assumed;  ///< what the answer leaves open, and how it was filled; may be empty
};

/// A scenario, and what it was made of; or what is wrong with an answer.
struct NewScenario {
    std::string document;        ///< scenario.json
    std::vector<Became> became;  ///< by question
    std::string problem;         ///< why not; empty = it is whole
    std::size_t at = 0;          ///< the question that the problem is about
};

/// Makes it; `name` is what it is called. What it makes has passed the loader.
NewScenario make_scenario(const std::string& name, const Answers& answers);

/// notes.md. `from` says of each answer where it came from: "answered", "by option", "default".
std::string notes_of(const std::string& name, const Answers& answers, const std::vector<std::string>& from,
                     const NewScenario& made);

/// The commands to type next, each with what it is for. `path` is how the scenario is called.
std::vector<std::pair<std::string, std::string>> next_commands(const std::string& path, const Answers& answers);

}  // namespace gatesim
