// One replication's world: calendar, load, gate, workers and truth, wired together.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "gate/door.hpp"
#include "kernel/calendar.hpp"
#include "load/footprints.hpp"
#include "load/past_queue.hpp"
#include "load/people/working_time.hpp"
#include "load/source.hpp"
#include "model/event.hpp"
#include "study/race_life.hpp"
#include "truth/truth.hpp"
#include "workers/workers.hpp"

namespace gatesim {

class World final : private Outside, private WorkerClient, private LoadDoor {
public:
    /// Everything is given by the scenario, the luck and nothing else. `cast` is filled; `observers` hear everything.
    World(const Scenario& scenario, Luck luck, Calendar& calendar, Cast& cast, std::vector<Observer*> observers,
          const ProcessorFactory& simgrid_processor);
    ~World() override;

    /// Takes changes from there instead of from the scenario's load; before start().
    void load_from(std::unique_ptr<Source> source) { source_ = std::move(source); }

    /// Schedules the load and the timeline. Empty, or what is wrong with a file the scenario names.
    std::string start();

    /// Why the replication cannot go on: a broken contract. Empty while all is well.
    const std::string& broken() const { return gate_->broken(); }
    bool blameless() const { return gate_->blameless(); }
    /// What went wrong with the load while running.
    std::string load_failure() const { return source_->failure(); }
    bool failed() const { return source_->failed(); }
    std::optional<LoadRows> load_rows() const;
    MissedEvents missed_events() const { return source_->missed(); }

    /// To be asked when nothing is left to happen, before end(): see Gate.
    std::string account_for_the_rest();

    /// To be called when nothing is left to happen in an instant.
    void instant_over() {
        gate_->tell_waits();
        if (turns_by_itself_) rest_if_idle();
    }

    /// The last word: told to the observers once, when time is over.
    void end(bool cut);

    const Gate& gate() const { return gate_->gate(); }

private:
    std::string take_recorded_builds();

    // Outside
    void merge(ItemId item, AttemptId attempt, const SharedList<ChangeId>& chain) override;
    bool joins(std::span<const ChangeId> chain) override { return truth_.joins({landings_.mark(), chain, 0}); }
    bool never_reports(const BuildOrder& order) override { return workers_->never_reports(order); }
    RequestId request_nodes(const NodeRequest& request) override { return workers_->request(request); }
    void revise_priority(RequestId request, std::uint32_t priority) override { workers_->revise(request, priority); }
    void withdraw_request(RequestId request) override { workers_->withdraw(request); }
    bool boots(RequestId request) const override { return workers_->boots(request); }
    void give_back(RequestId request) override { workers_->give_back(request); }
    void start(const BuildOrder& order) override { workers_->start(order); }
    bool abort(BuildId build, bool unneeded) override { return workers_->abort(build, unneeded); }
    bool submit(ChangeId change) override;
    void arm(QueueId queue, std::uint64_t tag, Time after) override;
    void arm_in_step(QueueId queue, std::uint64_t tag, Time first, Time every) override;
    void disarm(QueueId queue, std::uint64_t tag) override;
    const Foresight& foresight() const override { return truth_.foresight(); }
    const Omniscience& omniscience() const override { return truth_.omniscience(); }
    bool revert(ChangeId change) override;
    void wake() override;
    void tell(Event& event) override;

    // WorkerClient
    void nodes_done(const SlotRef& slot, RequestId request, bool ok) override { gate_->nodes_done(slot, request, ok); }
    void build_done(const SlotRef& slot, BuildId build, RequestId nodes, Result result, const Fault& fault,
                    const std::vector<std::string>* child_jobs) override {
        gate_->build_done(slot, build, nodes, result, fault, child_jobs);
    }
    bool build_failing(const SlotRef& slot, BuildId build, const Fault& fault) override {
        return gate_->build_failing(slot, build, fault);
    }

    // LoadDoor
    const Cast& cast() const override { return cast_; }
    ChangeId introduce(Change change) override;
    void enqueue(ChangeId change, PipelineId pipeline, Why why, Approves approves) override;
    void approve(ChangeId change) override { gate_->approve(change); }
    void abandon(ChangeId change) override { gate_->abandon(change); }
    void merge_outside(ChangeId change) override { gate_->merged_outside(change); }
    using LoadDoor::new_patchset;
    void new_patchset(ChangeId change, const ScriptedEvent& what, const NewPatchset& terms) override;
    void presubmits_passed(ChangeId change) override { gate_->presubmits_passed(change); }
    void set_priority(ChangeId change, int priority) override;
    void set_single(ChangeId change, bool single) override;
    void dequeue(ChangeId change, PipelineId pipeline) override { gate_->dequeue(change, pipeline); }
    void promote(const std::vector<ChangeId>& changes, PipelineId pipeline) override {
        gate_->promote(changes, pipeline);
    }

    bool lets_in_on_approval(PipelineId pipeline) const override { return hears_approvals_[pipeline]; }

    PersonId join(Person person) override;
    bool has_defect(ChangeId change) const override { return truth_.has_defect(change); }

    void iterate();
    std::uint16_t merges_of(ChangeId change);
    void merged(std::uint64_t ticket);
    void after_report(const Event& event);
    void come_back(ChangeId change);
    void mend_later(const Event& landing);
    void notice(ChangeId change, Landings::Mark landed);
    void repair_after(Time wait, ChangeId change, Landings::Mark landed);
    bool undone_since(ChangeId change, Landings::Mark landed) const;
    void tell_outside();
    void tell_troubles(Time until);
    void pass_on(const Event& event);
    void revert_soon(ChangeId change);
    void tell_undone(EventKind kind, ChangeId change);
    void arm_timeline(std::size_t step);
    void act_on(const TimelineStep& step);
    // world_holds.cpp
    void settle_holds();
    void arm_hours();
    void arm_hours(std::size_t index, Time at);
    void turn_hours(std::size_t index);
    void note_progress(const Event& event);
    void rest_if_idle();
    void arm_at(QueueId queue, std::uint64_t tag, Time at);
    void notice_patchset(ChangeId change);
    void next_patchset(ChangeId change, const ScriptedEvent& what);
    void forget_timer(std::uint32_t ticket);

    struct Merge {
        ItemId item = kNone;
        AttemptId attempt = kNone;
        SharedList<ChangeId> chain;
    };

    const Scenario& scenario_;
    Luck luck_;
    Calendar& calendar_;
    Cast& cast_;
    std::vector<Observer*> observers_;
    Landings landings_;
    Truth truth_;
    Footprints footprints_;
    std::unique_ptr<Workers> workers_;
    std::unique_ptr<GateDoor> gate_;
    std::unique_ptr<RaceLife> races_;  ///< none: the branch has no races
    std::unique_ptr<Source> source_;
    PastQueuePushes pushes_;
    PipelineId landing_;
    struct Timer {
        QueueId queue = kNone;
        std::uint64_t tag = 0;
        Calendar::Handle entry{};
    };
    IdRing<Timer> timers_;
    std::map<std::pair<QueueId, std::uint64_t>, std::uint32_t> armed_;  // the latest timer of a tag
    std::map<std::pair<QueueId, std::uint64_t>, Time> last_step_;       // when a timer in steps rang last
    struct Unseen {
        ChangeId change;
        ScriptedEvent what;
        NewPatchset terms;
    };
    std::vector<Unseen> unseen_;  // patch sets of which the gate has not heard
    IdRing<Merge> merges_;
    std::vector<std::uint16_t> merge_counts_;     // by change: attempts a merger put together, the key of their luck
    std::vector<bool> arrived_;                   // by change
    std::vector<std::uint16_t> returns_;          // by change: how often it came back
    std::set<ChangeId> blamed_;                   // somebody noticed that they broke the branch: they have to change
    std::vector<StrategyChoice> strategies_now_;  // by pipeline: with what the timeline has set so far
    std::vector<bool> hears_approvals_;           // by pipeline: Strategy::lets_in_on_approval
    std::size_t settings_told_ = 0;               // steps of the timeline that the observers have heard of
    /// Hours of the week in which a pipeline is frozen or paused.
    struct HoldHours {
        PipelineId pipeline = kNone;
        Hold begins = Hold::freeze, ends = Hold::thaw;
        WorkingTime hours;
        Time next = kNever;        // turn
        Calendar::Handle entry{};  // of that
        bool on = false;           // as of the last turn
    };
    std::vector<HoldHours> hours_;
    std::size_t armed_hours_ = 0;    // of them, in the calendar
    bool turns_by_itself_ = false;   // there are hours, or pools that live: they would go on for ever
    std::vector<HeldNow> held_;      // by pipeline: what is said of it by now
    std::vector<HeldNow> held_set_;  // by pipeline: what the gate was told
    std::size_t holds_taken_ = 0;    // steps of the timeline that are in held_
    Time progress_at_ = 0;           // when anybody got anywhere
    bool deciding_ = false;
    bool iteration_due_ = false;
};

}  // namespace gatesim
