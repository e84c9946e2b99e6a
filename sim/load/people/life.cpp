#include "load/people/life.hpp"

#include <algorithm>
#include <utility>

#include "load/people/rework.hpp"

namespace gatesim {

Life::Life(const Stage& stage, const Contributor& author, ChangeId change)
    : stage_(stage), author_(author), change_(change), mailbox_(stage.calendar) {
    first_patchset_ = this->change().patchset;
    note_parents();
}

Process Life::live(From from) {
    over_ = false;
    begin(from);
    while (!over_) {
        const Answer answer = co_await next_news(stage_.calendar, mailbox_, due_);
        const News news = static_cast<News>(answer.argument);
        if (news == News::due)
            carry_out();
        else
            consider(news);
    }
}

void Life::begin(From from) {
    switch (from) {
        case From::upload:
            put_up(change().patchset == 1);
            break;
        case From::approval:
            checked_ = asked_ = approved_ = true;
            enter_gate();
            break;
        case From::revert:
            intend(Plan::rework, in_work(stage_.load.after_gate.rework_after, Purpose::patchset_gap));
            break;
    }
}

void Life::consider(News news) {
    switch (news) {
        case News::check_passed:
            checked_ = true;
            red_ = false;
            if (!approved_)
                ask_for_review();
            else if (!in_gate && plan_ != Plan::recheck_gate)
                enter_gate();
            break;
        case News::check_failed:
            if (in_gate) break;  // what the gate says will count
            checked_ = false;
            red_ = true;
            if (asked_ && !approved_) put_aside();
            answer_red(stage_.load.after_check, Plan::recheck_check);
            break;
        case News::approved:
            approved_ = true;
            if (may_enter()) enter_gate();
            break;
        case News::sent_back:
            answer_reader();
            break;
        case News::landed:
            over_ = true;
            break;
        case News::ejected:
            was_ejected_ = true;
            answer_red(stage_.load.after_gate, Plan::recheck_gate);
            break;
        case News::conflicting:  // to send it in once more would not help
            was_ejected_ |= was_in_gate_;
            stalled_ = waits_for_others();
            if (stalled_) break;
            intend(Plan::rework, in_work(stage_.load.after_gate.rework_after, Purpose::patchset_gap));
            break;
        case News::turned_away:
            if (is_outdated()) intend(Plan::rebase, in_work(stage_.load.after_gate.recheck_after, Purpose::recheck));
            break;
        case News::need_changed:
            if (stalled_)
                intend(Plan::rebase, in_work(stage_.load.after_gate.recheck_after, Purpose::recheck));
            else if (is_outdated() && stage_.luck.chance(stage_.load.changes.together, Purpose::change_series, patch()))
                intend(Plan::rebase, at_once());
            break;
        case News::need_landed:
            if (stalled_) {
                intend(Plan::rebase, in_work(stage_.load.after_gate.recheck_after, Purpose::recheck));
                break;
            }
            if (!approved_ || in_gate) break;
            if (is_outdated())
                intend(Plan::rebase, in_work(stage_.load.after_gate.recheck_after, Purpose::recheck));
            else if (may_enter())
                enter_gate();
            break;
        case News::need_given_up:
            doomed_ = true;
            intend(Plan::give_up, in_work(stage_.load.rework.after, Purpose::patchset_gap));
            break;
        case News::due:
            break;
    }
}

/// The earlier of two plans holds: who is about to upload a patch set does not think about rechecks.
void Life::intend(Plan plan, Time when) {
    if (when >= due_) return;
    plan_ = plan;
    due_ = when;
}

void Life::answer_red(const AfterRed& rule, Plan recheck) {
    const double u = stage_.luck.uniform(Purpose::reaction, patch(), answers_++);
    if (u < rule.give_up) {
        intend(Plan::give_up, in_work(rule.rework_after, Purpose::patchset_gap));
    } else if (u < rule.give_up + rule.recheck && rechecks_ < rule.most) {
        intend(recheck, in_work(rule.recheck_after, Purpose::recheck));
    } else {
        intend(Plan::rework, in_work(rule.rework_after, Purpose::patchset_gap));
    }
}

void Life::answer_reader() {
    const Rework& rule = stage_.load.rework;
    const bool turned_down = !has_to_be_reworked() && is_unwanted(stage_.luck, rule.unwanted, change_);
    const bool ends = turned_down || stage_.luck.chance(rule.give_up, Purpose::give_up, patch());
    intend(ends ? Plan::give_up : Plan::rework, in_work(rule.after, Purpose::patchset_gap));
}

void Life::carry_out() {
    Plan plan = std::exchange(plan_, Plan::none);
    const bool uploads = plan == Plan::rework || plan == Plan::rebase;
    if (doomed_ || (uploads && change().patchset >= stage_.load.rework.most)) plan = Plan::give_up;
    due_ = kNever;
    switch (plan) {
        case Plan::rework:
            next_patchset(was_in_gate_ && approved_ &&
                          stage_.luck.chance(stage_.load.after_gate.keeps_approval, Purpose::rework, patch(), 1));
            break;
        case Plan::rebase:
            next_patchset(approved_);
            break;
        case Plan::recheck_check:
            recheck(stage_.load.check);
            break;
        case Plan::recheck_gate:
            recheck(stage_.load.gate);
            break;
        case Plan::give_up:
            give_up();
            break;
        case Plan::none:
            break;
    }
}

void Life::next_patchset(bool keeps_approval) {
    if (asked_) stage_.desk.withdraw(change_);
    checked_ = red_ = asked_ = was_in_gate_ = stalled_ = false;
    approved_ = keeps_approval;
    answers_ = 0;
    rechecks_ = 0;
    std::vector<PipelineId> pipelines;
    if (stage_.load.check != kNone) pipelines.push_back(stage_.load.check);
    NewPatchset terms;
    terms.keeps_approval = keeps_approval;
    stage_.door.new_patchset(change_, pipelines, terms);
    note_parents();
    put_up(false);
}

/// The patch set is up: it is tested and read, unless its author thinks better of it first.
void Life::put_up(bool first) {
    const PeopleLoad& load = stage_.load;
    tell_event(EventKind::uploaded, kNone, first ? 1 : 0);
    if (!approved_ && has_to_be_reworked() && stage_.luck.chance(load.rework.unasked, Purpose::rework, patch(), 2))
        intend(Plan::rework, in_work(load.rework.unasked_after, Purpose::patchset_gap));
    if (load.check == kNone) {
        checked_ = true;
        if (approved_) return enter_gate();
    } else if (change().patchset == first_patchset_) {
        stage_.door.enqueue(change_, load.check, Why::arrived);
    }
    if (!approved_ && (checked_ || !load.review_after_check)) ask_for_review();
}

void Life::ask_for_review() {
    if (asked_) return;
    asked_ = true;
    const bool lacking = has_to_be_reworked() || is_unwanted(stage_.luck, stage_.load.rework.unwanted, change_);
    stage_.desk.ask(change_, change().patchset, lacking);
}

/// Nobody reads on before it is green.
void Life::put_aside() {
    stage_.desk.withdraw(change_);
    asked_ = false;
}

/// Whether the gate may have it, once it is approved.
bool Life::may_enter() const {
    return checked_ || stage_.load.check == kNone || (!stage_.load.gate_after_check && !red_);
}

void Life::enter_gate() {
    stage_.door.enqueue(change_, stage_.load.gate, was_ejected_ ? Why::came_back : Why::arrived);
    was_in_gate_ = true;
}

void Life::recheck(PipelineId pipeline) {
    tell_event(EventKind::rechecked, pipeline, ++rechecks_);
    if (pipeline == stage_.load.gate)
        enter_gate();
    else
        stage_.door.enqueue(change_, pipeline, Why::came_back);
}

void Life::give_up() {
    stage_.desk.withdraw(change_);
    stage_.door.abandon(change_);
    over_ = true;
}

bool Life::has_to_be_reworked() const {
    return needs_rework(stage_.luck, stage_.door.cast(), change_, change().patchset);
}

void Life::note_parents() {
    parent_patchsets_.clear();
    for (const ChangeId parent : change().git_parents)
        parent_patchsets_.push_back(stage_.door.cast().changes[parent].patchset);
}

/// Whether something it needs is still on its way.
bool Life::waits_for_others() const {
    const auto open = [&](ChangeId need) { return stage_.is_open(need); };
    const Change& c = change();
    return std::any_of(c.git_parents.begin(), c.git_parents.end(), open) ||
           std::any_of(c.depends_on.begin(), c.depends_on.end(), open);
}

/// Whether a git parent has a newer patch set than the one this patch set was built on.
bool Life::is_outdated() const {
    const auto& parents = change().git_parents;
    for (std::size_t i = 0; i < parents.size(); ++i)
        if (stage_.door.cast().changes[parents[i]].patchset != parent_patchsets_[i]) return true;
    return false;
}

void Life::tell_event(EventKind kind, PipelineId pipeline, std::int64_t value) {
    Event e;
    e.kind = kind;
    e.pipeline = pipeline;
    e.change = change_;
    e.patchset = change().patchset;
    e.person = author_.person;
    e.value = value;
    stage_.door.tell(e);
}

std::uint64_t Life::patch() const {
    return patch_key(change_, change().patchset);
}

/// In the sitting in which the author does something else.
Time Life::at_once() {
    const double gap =
        stage_.load.changes.in_sitting.quantile(stage_.luck.uniform(Purpose::change_series, patch(), ++answers_));
    return stage_.calendar.now() + from_seconds(gap);
}

/// When the author gets to it: so much working time from now.
Time Life::in_work(const Distribution& length, Purpose purpose) {
    const double work = length.quantile(stage_.luck.uniform(purpose, patch(), answers_++));
    return author_.clock->after(stage_.calendar.now(), from_seconds(work));
}

}  // namespace gatesim
