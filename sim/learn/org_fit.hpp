// An organisation of a teacher's own, lesson by lesson: which of its values a lesson can bear.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "learn/author_test.hpp"
#include "learn/reader.hpp"

namespace gatesim::learn {

/// One value of the organisation's file.
struct OrgKey {
    std::string pointer;
    std::string value;      ///< in one line
    std::string set;        ///< "/pointer=value"
    document::Position at;  ///< in the file
};

/// The leaves of a merge patch. What is one thing (a duration with its distribution, a list) is one leaf.
std::vector<OrgKey> org_keys(const Node& org);

/// What a lesson does with the organisation's values.
struct OrgFit {
    std::vector<OrgKey> applied;
    /// With a word why; each the lesson keeps as it has it.
    std::vector<std::pair<OrgKey, std::string>> kept;
    /// Some were tried and left out: with them the lesson is too hard (the solution does not pass), too easy (what is
    /// handed out passes), or what its texts say of the runs is not so.
    bool too_hard = false, too_easy = false, untrue = false;
    bool interrupted = false;

    std::vector<std::string> sets() const;
};

/// Left out at once is what learners turn themselves, what its scenario cannot have (two kinds of load), what
/// stands below a name that it has not, and a kind of failure that its story has not. The rest is tried together, and,
/// where the lesson cannot bear that, value by value in the order of the file.
OrgFit fit_org(const std::string& folder, const std::vector<OrgKey>& keys, const AuthorOptions& options);

}  // namespace gatesim::learn
