// What GitHub's queue tested: groups, each a pull request on what stood ahead of it, and all jobs that ran for it.
#pragma once

#include <cstdint>
#include <vector>

#include "import/github_rows.hpp"

namespace gatesim::import::github {

/// One ref of the queue with one head. A rebuild has another.
struct Group {
    Texts::Id project = 0, branch = 0;        ///< branch: the target; 0: unknown
    std::uint32_t base = 0, head = 0;         ///< Rows::shas; 0: unknown
    std::uint32_t ref = 0;                    ///< Rows::refs; 0: unknown
    std::uint64_t pull = 0;                   ///< 0: unknown
    std::uint64_t workflow_run = 0;           ///< if nothing else says what it is
    Moment created = kNever, ended = kNever;  ///< first and last time of what ran; `ended` kNever: nothing has
    bool red = false, late = false, stopped = false,
         running = false;                                        ///< a failure, a timeout, a cancel, not all ended
    bool green = false;                                          ///< something succeeded
    bool merged = false, dequeued = false, invalidated = false;  ///< a webhook says that it is gone, and why
    std::uint32_t stay = kNone;                                  ///< index of the stay that it was for
    Members members;  ///< stays that were tested together, if those ahead are known
};

/// What ran: a job, or a workflow run of which no jobs are known. In the order of the rows.
struct Ran {
    std::uint32_t group = kNone;  ///< kNone: not for the queue
    std::uint32_t state = 0;      ///< Rows::shas: what was tested; 0: unknown
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
    void one_project();
    void index_refs();
    /// Of its last attempt; kNone: it is not there.
    std::size_t workflow_run_at(std::uint64_t id) const;
    std::uint32_t group_of(Texts::Id project, std::uint32_t ref, std::uint32_t sha, std::uint64_t run);
    Ran place(Texts::Id project, std::uint32_t ref, std::uint32_t sha, std::uint64_t run, bool for_queue);
    void place_jobs();
    void place_workflow_runs();
    void place_fates();
    void note(std::uint32_t group, Moment from, Moment to, RunResult result);
    void sort();

    Rows& rows_;
    KeyNumbers known_;                   ///< of a group its index + 1
    std::vector<std::uint32_t> ref_of_;  ///< a ref of the queue, by hash
};

}  // namespace gatesim::import::github
