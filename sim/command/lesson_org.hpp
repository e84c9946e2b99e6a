// lesson verify --org: the course under an organisation of a teacher's own.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "learn/org_fit.hpp"
#include "learn/track.hpp"

namespace gatesim {

struct OrgPlan {
    std::string path;
    std::vector<learn::OrgKey> keys;
    std::map<std::string, learn::OrgFit> fits;  ///< by lesson

    /// "org.json:1:13"
    std::string place(const learn::OrgKey& key) const;
    /// A value that no lesson has, though one at least has tried it: not what a teacher meant.
    std::vector<learn::OrgKey> borne_by_none() const;
};

/// Reads the file. What is wrong with it has been printed if there is nothing.
std::optional<OrgPlan> read_org(const std::string& path);

/// Tries the organisation on each lesson. Prints a table (unless `silent`), a line as soon as it is known, and then why
/// a lesson keeps what it has, one line a cause. False: interrupted.
bool fit_lessons(OrgPlan& plan, const learn::Track& track, const std::vector<std::string>& lessons,
                 const learn::AuthorOptions& options, bool silent);

/// Copies a lesson with what it bears of the organisation in its scenario, its answers and its figures.
bool put_for_org(const learn::Track& track, const learn::LessonReport& report, const learn::OrgFit& fit,
                 const std::string& into);
bool copy_track_file(const learn::Track& track, const std::string& into);

}  // namespace gatesim
