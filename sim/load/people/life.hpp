// The life of one change, as its author lives it: from the first upload until it has landed or is given up.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "chance/draw.hpp"
#include "kernel/calendar.hpp"
#include "kernel/process.hpp"
#include "load/people/mailbox.hpp"
#include "load/people/population.hpp"
#include "load/people/review_desk.hpp"
#include "load/source.hpp"
#include "model/people.hpp"

namespace gatesim {

/// What all lives share.
struct Stage {
    const PeopleLoad& load;
    Luck luck;
    Calendar& calendar;
    LoadDoor& door;
    ReviewDesk& desk;
    std::function<bool(ChangeId)> is_open;  ///< it has neither landed nor been given up
};

/// What an author hears of a change.
enum class News : std::uint8_t {
    due = Mailbox::kDue,  ///< the time has come for what was planned
    check_passed,
    check_failed,
    approved,
    sent_back,  ///< a reviewer asks for rework
    landed,
    ejected,
    conflicting,   ///< a verdict says that it cannot be merged any more
    turned_away,   ///< the gate does not take it: it needs what is not there, or its parent has a newer patch set
    need_landed,   ///< a change it needs has landed
    need_changed,  ///< a change it needs has a new patch set
    need_given_up,
};

/// A change and its author's side of it. What the author does next follows from the news; when, from the author's
/// hours. Everything is done by events of the calendar.
class Life {
public:
    /// Where it stands when it becomes known.
    enum class From : std::uint8_t {
        upload,    ///< a patch set is put up now
        approval,  ///< its patch set was approved now, and goes to the gate
        revert,    ///< it had landed, and was taken off the branch again
    };

    Life(const Stage& stage, const Contributor& author, ChangeId change);

    /// Goes on until nothing is left to do.
    Process live(From from);

    void tell(News news) { mailbox_.put(static_cast<std::uint64_t>(news)); }

    bool over() const { return over_; }
    bool in_gate = false;  ///< it stands in the gate's queue, or has left it and waits for its report
    bool outside = false;  ///< the latter

private:
    enum class Plan : std::uint8_t { none, rework, rebase, recheck_check, recheck_gate, give_up };

    void begin(From from);
    void consider(News news);
    void carry_out();
    void intend(Plan plan, Time when);
    void answer_red(const AfterRed& rule, Plan recheck);
    void answer_reader();
    void put_up(bool first);
    void next_patchset(bool keeps_approval);
    void ask_for_review();
    void note_parents();
    bool has_to_be_reworked() const;
    void put_aside();
    bool may_enter() const;
    void enter_gate();
    void recheck(PipelineId pipeline);
    void give_up();
    bool is_outdated() const;
    bool waits_for_others() const;
    void tell_event(EventKind kind, PipelineId pipeline, std::int64_t value);
    const Change& change() const { return stage_.door.cast().changes[change_]; }
    std::uint64_t patch() const;
    Time at_once();
    Time in_work(const Distribution& length, Purpose purpose);

    const Stage& stage_;
    const Contributor& author_;
    ChangeId change_;
    Mailbox mailbox_;
    Plan plan_ = Plan::none;
    Time due_ = kNever;
    std::uint32_t answers_ = 0;  ///< decisions and delays drawn for this patch set
    int rechecks_ = 0;           ///< of this patch set
    bool checked_ = false;       ///< green in check, or there is none
    bool asked_ = false;         ///< review was asked for
    bool red_ = false;           ///< check has failed
    bool approved_ = false;
    bool was_in_gate_ = false;  ///< this patch set
    bool was_ejected_ = false;
    bool stalled_ = false;  ///< it does not merge, and a change it needs may be the reason
    bool doomed_ = false;   ///< what it needs was given up
    bool over_ = false;
    int first_patchset_ = 1;             ///< with which it became known
    std::vector<int> parent_patchsets_;  ///< of its git parents, when its own patch set was put up
};

}  // namespace gatesim
