// A second pair of eyes: keeps its own books from the events alone and says when they do not add up.
//
// The gate checks every action of a strategy while it happens. The auditor trusts neither: it knows the scenario and
// hears what happened, works out for itself which jobs a change had to pass and what it was tested on, and compares.
// Used where strategies are put to the test (`verify --strategy`, property tests).
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "model/event.hpp"
#include "strategy/strategy.hpp"
#include "study/approvals.hpp"
#include "study/group_runs.hpp"
#include "study/holds.hpp"
#include "study/idle_nodes.hpp"
#include "study/lost_runs.hpp"
#include "study/reuses.hpp"

namespace gatesim {

class Auditor final : public Observer {
public:
    /// `cast` grows while the replication runs.
    explicit Auditor(const Cast& cast)
        : cast_(cast),
          idle_nodes_(cast),
          approvals_(cast),
          holds_(cast),
          lost_runs_(cast),
          group_runs_(cast),
          reuses_(cast) {}

    void on(const Event& event) override;

    /// The first thing that was wrong; empty while the books are in order.
    const std::string& fault() const { return fault_; }

    /// Items that were enqueued in a landing pipeline and have not left.
    std::size_t in_flight() const { return enqueued_ - landed_ - ejected_ - removed_; }

private:
    struct Book {  ///< of an item
        ChangeId change = kNone;
        PipelineId pipeline = kNone;
        QueueId queue = kNone;
        AttemptId attempt = kNone;
        int merged = -1;                  ///< the merger's answer: -1 none, 0 conflict, 1 clean
        std::vector<ChangeId> chain;      ///< what is ahead in the attempt's builds
        std::size_t queue_landings = 0;   ///< of its queue when the attempt was prepared
        std::map<JobId, Result> results;  ///< of the attempt
        Time red_at = kNever;             ///< when the attempt's first voting job was red
        bool reported = false;
        bool left = false;
        bool trial = false;
        bool passed = false;          ///< a trial that vouched for it was green
        std::vector<ItemId> members;  ///< of a trial
        std::size_t pushes = 0;       ///< past the queue to its project, when the trial was opened
    };
    struct QueueBook {
        std::vector<ChangeId> landed;
        ItemId last = kNone;
        bool restless = false;
    };
    struct PoolBook {
        std::int64_t size = kUnlimited;
        std::int64_t busy = 0;
    };

    void enqueued(const Event& e);
    void note_check(const Event& e);
    void note_waiting(const Event& e);
    void check_entry(const Event& e);
    void prepared(const Event& e, Book& book);
    void reported(const Event& e, Book& book);
    void dequeued(const Event& e, Book& book);
    void check_landing(const Event& e, Book& book);
    void check_needs(const Event& e, const Book& book);
    void check_jobs(const Event& e, const Book& tested);
    void check_trial_landing(const Event& e, Book& book, const Book& trial);
    void opened(const Event& e);
    void closed(const Event& e);
    bool vouched_for(const Book& member, const Book& trial) const;
    Book* trial_of(const Event& e);
    const Relaxations& relaxed(PipelineId pipeline);
    void check_ejection(const Event& e, const Book& book);
    void count_nodes(const Event& e);
    void ended(const Event& e);
    bool lands(PipelineId pipeline) const;
    bool needs(ChangeId change, ChangeId other) const;
    void collect_debts(const Event& e);
    const std::vector<Job>* jobs_of(const Book& book) const;
    void wrong(const Event& e, const std::string& what);

    const Cast& cast_;
    IdleNodes idle_nodes_;
    Approvals approvals_;
    Holds holds_;
    LostRuns lost_runs_;
    GroupRuns group_runs_;
    Reuses reuses_;
    Time now_ = 0;
    std::map<ItemId, Book> items_;
    std::map<AttemptId, ItemId> trials_;  ///< open ones, by their attempt
    std::map<PipelineId, Relaxations> relaxed_;
    std::map<QueueId, QueueBook> queues_;
    std::vector<PoolBook> pools_;
    std::map<RequestId, std::pair<PoolId, std::int64_t>> granted_;
    std::vector<bool> on_branch_;              ///< by change
    std::map<ProjectId, std::size_t> pushes_;  ///< landings that no queue did
    std::set<ChangeId> landed_elsewhere_;      ///< landed by another way
    std::vector<ChangeId> owed_;  ///< changes that have to land at this very instant: others of their cycle did
    std::map<std::pair<PipelineId, ChangeId>, int> clean_;  ///< the patch set that may enter the gate; 0 = none
    std::set<std::pair<PipelineId, ChangeId>> waiting_;     ///< for a check, at the door of a gate
    std::size_t enqueued_ = 0;
    std::size_t landed_ = 0;
    std::size_t ejected_ = 0;
    std::size_t removed_ = 0;
    std::int64_t elsewhere_ = 0;  ///< items in pipelines that land nothing
    std::string fault_;
};

}  // namespace gatesim
