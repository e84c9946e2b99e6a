// The scenarios a lesson is checked with: its own, with somebody's work and a case's values on top.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "learn/work.hpp"
#include "model/scenario.hpp"
#include "scenario/load_scenario.hpp"

namespace gatesim::learn {

/// A scenario, and its document, from which names of "where" are read.
struct Staged {
    Scenario scenario;
    document::Node resolved;
};

class Stage {
public:
    /// Both must outlive it. `overlay`: "/pointer=value" of an organisation, below everything else.
    Stage(const Lesson& lesson, const Work& learner, std::vector<std::string> overlay = {});

    /// The scenario of a case; `between` stands on top of the work and below the case's own values. nullptr: it could
    /// not be made, see problems(). Kept, so that asking again costs nothing.
    const Staged* get(const std::string& id, const std::vector<std::string>& between = {});

    /// The bare scenario with these on top.
    const Staged* bare(const std::vector<std::string>& sets);

    /// A name of "where" in the run of its case; undefined if it is not there.
    Value alias(const Alias& alias, const std::vector<std::string>& between = {});

    /// The learner's lever; one that the work leaves out stands where the starter has it.
    Value lever(const std::string& id);

    /// "/pointer=value" of the learner's work, without the overlay.
    std::vector<std::string> learner_sets();

    /// What a case's work and values make of the scenario, as a file for `gatesim run`: by default the learner's.
    std::optional<std::string> file(const std::string& id = "learner");

    const std::vector<Diagnostic>& problems() const { return problems_; }
    const Lesson& lesson() const { return lesson_; }
    const Work& learner() const { return learner_; }

private:
    const Staged* load(const std::vector<std::string>& sets, const std::string& programs);
    std::vector<std::string> work_sets(const Work& work);
    const Work* work_of(Whose whose);
    void point_into_work(std::vector<Diagnostic>& found) const;

    const Lesson& lesson_;
    const Work& learner_;
    std::vector<std::string> overlay_;
    std::map<std::string, std::optional<Staged>> loaded_;  ///< by all that makes it what it is
    std::map<Whose, std::optional<Work>> works_;           ///< of the starter and of the solution
    std::vector<Diagnostic> problems_;
};

/// The value at a pointer of a document, as expressions see it; undefined if there is none.
Value value_at(const document::Node& document, const std::string& pointer);

}  // namespace gatesim::learn
