// What a learner hands in: work.json, held against what the lesson lets them touch.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "learn/lesson.hpp"
#include "scenario/diagnostic.hpp"

namespace gatesim::learn {

/// A value for a pointer of the scenario, and where it stands in the file.
struct Setting {
    std::string pointer;
    document::Node value;
};

struct Work {
    std::string path;    ///< of the file; empty: no work at all
    std::string folder;  ///< programs are looked for here
    std::vector<Setting> settings;
    std::map<std::string, Value> levers;   ///< by id, all of them that are given
    std::map<std::string, Value> answers;  ///< by id; those that are given and not null
    std::string must_say;                  ///< of a known wrong answer: CHECK.MESSAGE, or "refused"
    bool has_must_say = false;

    std::vector<std::string> unanswered(const Lesson& lesson, bool only_first) const;
};

/// Reads it. Nothing if the file is broken or touches what it must not; then `problems` says what would be right.
std::optional<Work> read_work(const Lesson& lesson, const std::string& path, std::vector<Diagnostic>& problems);

/// "/pointer=value" for everything that the work sets, levers included, in the order of the file. `aliases` gives the
/// names of the manifest's "where" in the bare scenario.
std::vector<std::string> sets_of(const Lesson& lesson, const Work& work, const Names& aliases);

}  // namespace gatesim::learn
