// Where changes come from: a source introduces changes into the world and does to them what people do, at its times.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "chance/draw.hpp"
#include "kernel/calendar.hpp"
#include "load/load_rows.hpp"
#include "model/event.hpp"
#include "model/scenario.hpp"

namespace gatesim {

/// What a source may do to the world. Implemented by the replication; calls come from events of the calendar.
class LoadDoor {
public:
    virtual ~LoadDoor() = default;

    virtual const Cast& cast() const = 0;
    /// A change becomes known. Its parents and needs are known already, or become known before anything happens to it.
    virtual ChangeId introduce(Change change) = 0;
    virtual void enqueue(ChangeId change, PipelineId pipeline, Why why,
                         Approves approves = Approves::where_it_lands) = 0;
    virtual void approve(ChangeId change) = 0;
    virtual void abandon(ChangeId change) = 0;
    virtual void merge_outside(ChangeId change) = 0;
    /// `what`: where it is enqueued then, what is scripted of it, and when the gate hears of it. `terms`: what becomes
    /// of its approval.
    virtual void new_patchset(ChangeId change, const ScriptedEvent& what, const NewPatchset& terms) = 0;
    /// The same with no more to say than where it is enqueued.
    void new_patchset(ChangeId change, const std::vector<PipelineId>& enqueue, const NewPatchset& terms = {}) {
        ScriptedEvent what;
        what.enqueue = enqueue;
        new_patchset(change, what, terms);
    }
    virtual void presubmits_passed(ChangeId change) = 0;
    virtual void set_priority(ChangeId change, int priority) = 0;
    virtual void set_single(ChangeId change, bool single) = 0;
    virtual void dequeue(ChangeId change, PipelineId pipeline) = 0;
    virtual void promote(const std::vector<ChangeId>& changes, PipelineId pipeline) = 0;
    /// Strategy::lets_in_on_approval of a pipeline in which changes land; false for others.
    virtual bool lets_in_on_approval(PipelineId) const { return false; }

    /// Somebody joins the cast.
    virtual PersonId join(Person person) = 0;
    /// What people do, for the record; fills in the time.
    virtual void tell(Event& event) = 0;
    /// Whether the current patch set has a defect of its own: what a careful reader could find. For reviews only.
    virtual bool has_defect(ChangeId change) const = 0;
};

class Source {
public:
    virtual ~Source() = default;

    /// Schedules what it will do. An empty string, or what is wrong with its file.
    virtual std::string start(Calendar& calendar, LoadDoor& door) = 0;

    /// Hears every event. It must not act on the world from here: what follows from an event it schedules.
    virtual void hear(const Event&) {}

    /// What went wrong while running, with its place; empty while all is well.
    virtual std::string failure() const { return {}; }
    virtual bool failed() const { return false; }

    /// What became of the rows of its file so far; nothing if it has none.
    virtual std::optional<LoadRows> rows() const { return std::nullopt; }

    /// Scripted events whose change had not come yet, so that nothing happened.
    virtual MissedEvents missed() const { return {}; }
};

std::unique_ptr<Source> make_listed_source(const Scenario& scenario);
std::unique_ptr<Source> make_replay_source(const Scenario& scenario);
std::unique_ptr<Source> make_arrivals_source(const Scenario& scenario, Luck luck);
std::unique_ptr<Source> make_people_source(const Scenario& scenario, Luck luck);
/// Both at once; the first one introduces its changes first.
std::unique_ptr<Source> make_joint_source(std::unique_ptr<Source> first, std::unique_ptr<Source> second);

/// The one the scenario names.
std::unique_ptr<Source> make_source(const Scenario& scenario, Luck luck);

/// The first dependent pipeline; else the first one.
PipelineId landing_pipeline(const Scenario& scenario);

}  // namespace gatesim
