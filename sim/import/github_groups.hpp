// What GitHub's queue tested: groups, each a pull request on what stood ahead of it, and all jobs that ran for it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "import/github_rows.hpp"

namespace gatesim::import::github {

/// One ref of the queue with one head. A rebuild has another.
struct Group {
    Texts::Id project = 0, branch = 0;        ///< branch: the target; 0: unknown
    Texts::Id base = 0, head = 0;             ///< hashes; 0: unknown
    std::uint64_t pull = 0;                   ///< 0: unknown
    std::string name;                         ///< what orders groups of one instant
    Moment created = kNever, ended = kNever;  ///< first and last time of what ran; `ended` kNever: nothing has
    bool red = false, late = false, stopped = false,
         running = false;        ///< a failure, a timeout, a cancel, not all ended
    bool green = false;          ///< something succeeded
    std::uint32_t stay = kNone;  ///< index of the stay that it was for
    Members members;             ///< stays that were tested together, if those ahead are known
};

/// What ran: a job, or a workflow run of which no jobs are known. In the order of the rows.
struct Ran {
    std::uint32_t group = kNone;  ///< kNone: not for the queue
    Texts::Id state = 0;          ///< the hash of what was tested; 0: unknown
};

class Groups {
public:
    /// Looks at all rows, after they were folded. A repository that only some of them name is that of all.
    explicit Groups(Rows& rows);

    /// In the order in which they came.
    std::vector<Group> list;
    std::vector<Ran> jobs;           ///< a value a job
    std::vector<Ran> workflow_runs;  ///< a value a workflow run
    std::vector<bool> has_jobs;      ///< of each workflow run: so it is no row of its own

    /// When an attempt of a workflow run began; kNever: unknown.
    Moment attempt_began(std::uint64_t workflow_run, std::uint16_t attempt) const;

private:
    using Name = std::tuple<Texts::Id, Texts::Id, Texts::Id, std::uint64_t>;  ///< project, ref, hash, or workflow run

    void one_project(Rows& rows) const;
    void index_runs(const Rows& rows);
    std::uint32_t group_of(Rows& rows, Name name);
    Ran place(Rows& rows, Texts::Id project, Texts::Id ref, Texts::Id sha, std::uint64_t run, bool for_queue);
    void place_all(Rows& rows);
    void note(std::uint32_t group, Moment from, Moment to, RunResult result);
    void sort(const Rows& rows);

    std::map<Name, std::uint32_t> known_;
    std::unordered_map<std::uint64_t, std::size_t> run_at_;  ///< index of the last attempt, by id
    std::map<std::pair<std::uint64_t, std::uint16_t>, Moment> began_;
    std::unordered_map<Texts::Id, Texts::Id> ref_of_;  ///< a ref of the queue, by hash
};

}  // namespace gatesim::import::github
