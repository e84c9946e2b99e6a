// Pools of Tide: what its history says about the stays of changes.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "import/gather.hpp"

namespace gatesim::import {

struct ProwPull {
    std::string number, sha;
};

/// What a job of Prow tested: changes on a base.
struct ProwTested {
    std::string pool;  ///< "o/a:main", as Tide calls it
    std::string base;
    std::vector<ProwPull> pulls;

    /// Equal for equal code.
    Key key() const;
    /// As finished.json calls it: the last change's commit.
    std::string revision() const { return pulls.empty() ? base : pulls.back().sha; }
};

/// Of a job's refs: {org, repo, base_ref, base_sha, pulls: [{number, sha}]}.
ProwTested tested_by(const Json& refs);
/// Of started.json: {"o/a": "main:b0,101:p1,102:p2"}; `pull` says which of several repositories is meant.
ProwTested tested_in(const Json& repos, const std::string& pull);

/// The stays, and which of them a change was in at an instant.
struct ProwStays {
    RowList<Stay> list;
    std::map<std::pair<Key, Moment>, std::pair<Moment, Key>> by_time;  ///< (change, enqueued): (left, stay)

    /// 0 if there is none.
    Key at(Key change, Moment when) const;
};

/// Gathers the records of Tide's history: {time, action, baseSHA, target: [{number, author, sha}], err}.
class ProwPool {
public:
    explicit ProwPool(Texts& texts) : texts_(texts) {}
    void take(const std::string& pool, const Json& record, Intake& intake);
    ProwStays stays(Intake& intake);

private:
    /// One change in one action.
    struct Named {
        Key id = 0, change = 0, sha = 0;
        Moment at = kNever;
        Texts::Id number = 0, pool = 0, author = 0;
        bool merged = false, counted = false;

        bool later_than(const Named& other) const {
            return std::tuple(merged, author != 0, !counted) >
                   std::tuple(other.merged, other.author != 0, !other.counted);
        }
    };
    void walk(const Named* from, const Named* to, ProwStays& out, Intake& intake) const;

    Texts& texts_;
    Once<Named> named_;
};

}  // namespace gatesim::import
