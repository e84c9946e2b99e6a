// lesson verify --org: the course under an organisation of a teacher's own.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "learn/org_fit.hpp"
#include "learn/track.hpp"
#include "study/own_files.hpp"

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

/// The folder of --into. What somebody changed in it since it was written is theirs: it stays as it is, and is named.
class IntoFolder {
public:
    explicit IntoFolder(std::string folder);
    /// Makes it, and marks it as gatesim's. What went wrong has been printed if this is false; so below.
    bool begin();
    /// Writes the file of that name ("05-bet/README.md"), unless there is one of that name that is not ours.
    bool put(const std::string& name, const std::string& content);

    const std::string& folder() const { return folder_; }
    /// Files that are not what would have been written, and were left as they are.
    const std::vector<std::string>& kept() const { return kept_; }

private:
    static bool told(const std::string& path, const std::string& problem);

    std::string folder_;
    Manifest ours_;
    std::vector<std::string> kept_;
};

/// Copies a lesson with what it bears of the organisation in its scenario, its answers and its figures.
bool put_for_org(const learn::Track& track, const learn::LessonReport& report, const learn::OrgFit& fit,
                 IntoFolder& into);
bool copy_track_file(const learn::Track& track, IntoFolder& into);

}  // namespace gatesim
