// Changes written by people (`load.people`).
//
// A process for each contributor begins its changes; a process for each change is its author's side of its life.
#include <algorithm>
#include <deque>

#include "load/people/life.hpp"
#include "load/people/new_changes.hpp"
#include "load/people/population.hpp"
#include "load/source.hpp"

namespace gatesim {
namespace {

constexpr std::size_t kRecent = 64;  // changes that a new one may name in Depends-On
constexpr std::uint64_t kTries = 8;  // to find one among them that it can need

/// The gate's queue of each project, as a number; projects with the same one are tested together.
std::vector<std::size_t> queue_of_projects(const Scenario& scenario, PipelineId gate) {
    std::vector<std::string> names;
    std::vector<std::size_t> result;
    for (const Project& project : scenario.projects) {
        std::string name;
        for (const ProjectPipeline& config : project.pipelines)
            if (config.pipeline == gate) name = config.queue;
        for (const SharedQueue& shared : scenario.queues)
            if (name.empty() && (shared.pipeline.empty() || shared.pipeline == scenario.pipelines[gate].name) &&
                std::find(shared.projects.begin(), shared.projects.end(), project.name) != shared.projects.end())
                name = shared.name;
        if (name.empty()) name = "\n" + project.name;  // alone
        const auto known = std::find(names.begin(), names.end(), name);
        result.push_back(static_cast<std::size_t>(known - names.begin()));
        if (known == names.end()) names.push_back(name);
    }
    return result;
}

class PeopleSource final : public Source, private ReviewListener {
public:
    PeopleSource(const Scenario& scenario, Luck luck)
        : scenario_(scenario),
          load_(*scenario.load.people),
          luck_(luck),
          population_(scenario, luck),
          new_changes_(scenario, luck),
          queues_(queue_of_projects(scenario, load_.gate)) {}

    std::string start(Calendar& calendar, LoadDoor& door) override {
        calendar_ = &calendar;
        door_ = &door;
        desk_ = make_review_desk(load_.review, load_.rhythm, scenario_, luck_, calendar, door, *this);
        stage_.emplace(
            Stage{load_, luck_, calendar, door, *desk_, [this](ChangeId change) { return is_open(change); }});
        lists_ = population_.settle(door);
        for (const auto& list : lists_) {
            resume_what_is_under_way(list);
            if (list.back().at >= 0) processes_.start(contribute(list));
        }
        return {};
    }

    void hear(const Event& event) override {
        switch (event.kind) {
            case EventKind::reported:
                if (is_current(event)) hear_verdict(event);
                if (is_current(event) && life(event.change).outside)
                    life(event.change).in_gate = life(event.change).outside = false;
                break;
            case EventKind::landed:
                hear_landing(event.change);
                break;
            case EventKind::patchset:
                for (const ChangeId user : users_of(event.change)) life(user).tell(News::need_changed);
                break;
            case EventKind::withdrawn:
                for (const ChangeId user : users_of(event.change)) life(user).tell(News::need_given_up);
                break;
            case EventKind::reverted:
                if (has_life(event.change)) again(event.change);
                break;
            case EventKind::refused:
                if (event.pipeline == load_.gate && is_current(event) && event.reason.why != Why::check_failed)
                    life(event.change).tell(News::turned_away);
                break;
            case EventKind::enqueued:
            case EventKind::dequeued:
                if (event.pipeline != load_.gate || !is_current(event)) break;
                life(event.change).outside = runs_on(event);
                if (!life(event.change).outside) life(event.change).in_gate = event.kind == EventKind::enqueued;
                break;
            default:
                break;
        }
    }

private:
    /// A contributor: one upload of something new after the other.
    Process contribute(const std::vector<Beginning>& list) {
        ChangeId previous = kNone;
        for (const Beginning& next : list) {
            if (next.at < 0) continue;
            const Wait wait = co_await sleep_until(*calendar_, next.at);
            (void)wait;
            previous = upload(next, previous);
        }
    }

    ChangeId upload(const Beginning& next, ChangeId previous) {
        const bool stands_on = next.on_previous && previous != kNone && is_open(previous);
        Change change = new_changes_.draw(next, stands_on ? changes()[previous].project : kNone);
        if (stands_on)
            change.git_parents.push_back(previous);
        else
            need_something(change, next);
        const ChangeId id = introduce(std::move(change), *next.who);
        processes_.start(life(id).live(Life::From::upload));
        return id;
    }

    ChangeId introduce(Change change, const Contributor& who) {
        change.name = "c" + std::to_string(lives_.size() + 1);
        change.author = door_->cast().people[who.person].name;
        for (const ChangeId need : change.git_parents) add_user(need);
        for (const ChangeId need : change.depends_on) add_user(need);
        const ChangeId id = door_->introduce(std::move(change));
        life_of_.resize(id, kNone);  // others may push changes of their own past the queue
        life_of_.push_back(static_cast<std::uint32_t>(lives_.size()));
        lives_.emplace_back(*stage_, who, id);
        recent_.push_back(id);
        if (recent_.size() > kRecent) recent_.pop_front();
        return id;
    }

    /// The change about to be introduced is a user of `need`.
    void add_user(ChangeId need) {
        if (users_.size() <= need) users_.resize(need + 1);
        users_[need].push_back(static_cast<ChangeId>(changes().size()));
    }

    const std::vector<ChangeId>& users_of(ChangeId change) const {
        static const std::vector<ChangeId> kNobody;
        return change < users_.size() ? users_[change] : kNobody;
    }

    /// Depends-On: one of the recent changes that has not landed, of another project of the same queue.
    void need_something(Change& change, const Beginning& next) {
        if (recent_.empty() || !luck_.chance(load_.changes.depends_on, Purpose::change_needs, next.key)) return;
        for (std::uint64_t attempt = 1; attempt <= kTries; ++attempt) {
            const double u = luck_.uniform(Purpose::change_needs, next.key, attempt);
            const ChangeId other = recent_[static_cast<std::size_t>(u * static_cast<double>(recent_.size()))];
            const ProjectId its = changes()[other].project;
            if (its == change.project || queues_[its] != queues_[change.project] || !is_open(other)) continue;
            change.depends_on.push_back(other);
            return;
        }
    }

    /// Changes begun before the period are followed through the patch sets of those days. The ones that had not ended
    /// go on with their next step: another patch set, or the approval of the one they have.
    void resume_what_is_under_way(const std::vector<Beginning>& list) {
        for (const Beginning& next : list) {
            if (next.at >= 0) break;
            Change change = new_changes_.draw(next, kNone);
            double at = seconds(next.at);
            for (;; ++change.patchset) {
                const auto patchset = static_cast<std::uint64_t>(change.patchset);
                const Time uploaded = -from_seconds(-at);
                at += load_.under_way.gap.quantile(luck_.uniform(Purpose::patchset_gap, next.key, patchset));
                const bool last = !luck_.chance(change.rework, Purpose::rework, next.key, patchset);
                const double ends_here = last ? load_.rework.unwanted : load_.rework.give_up;
                const bool ends = luck_.chance(ends_here, Purpose::give_up, next.key, patchset);
                if (at >= 0) {
                    if (last) change.uploaded = uploaded;
                    if (!ends) processes_.start(go_on(next, std::move(change), from_seconds(at), last));
                    break;
                }
                if (last || ends) break;
            }
        }
    }

    Process go_on(const Beginning& begun, Change change, Time at, bool approved) {
        const Wait wait = co_await sleep_until(*calendar_, approved ? at : begun.who->clock->after(at, 0));
        (void)wait;
        if (!approved) ++change.patchset;
        const ChangeId id = introduce(std::move(change), *begun.who);
        processes_.start(life(id).live(approved ? Life::From::approval : Life::From::upload));
    }

    /// Whether somebody of the people wrote it.
    bool has_life(ChangeId change) const { return change < life_of_.size() && life_of_[change] != kNone; }
    Life& life(ChangeId change) { return lives_[life_of_[change]]; }

    bool is_current(const Event& event) const {
        return has_life(event.change) && event.patchset == changes()[event.change].patchset;
    }

    void hear_verdict(const Event& event) {
        Life& mine = life(event.change);
        if (event.outcome == Outcome::conflict && (event.pipeline == load_.check || event.pipeline == load_.gate)) {
            mine.tell(News::conflicting);
        } else if (event.pipeline == load_.check) {
            const bool passed = event.outcome == Outcome::success || event.outcome == Outcome::no_jobs;
            mine.tell(passed ? News::check_passed : News::check_failed);
        } else if (event.pipeline == load_.gate && event.outcome != Outcome::landed) {
            mine.tell(event.outcome == Outcome::no_jobs ? News::need_given_up : News::ejected);
        }
    }

    void hear_landing(ChangeId change) {
        if (!has_life(change)) return;
        life(change).tell(News::landed);
        landed_.resize(changes().size());
        landed_[change] = true;
        for (const ChangeId user : users_of(change)) life(user).tell(News::need_landed);
    }

    /// Its author takes it up again, in an event of its own.
    void again(ChangeId change) {
        if (landed_.size() > change) landed_[change] = false;
        calendar_->at(
            calendar_->now(), Priority::deliver,
            [](void* self, std::uint64_t c) {
                auto& source = *static_cast<PeopleSource*>(self);
                Life& mine = source.life(static_cast<ChangeId>(c));
                if (mine.over()) source.processes_.start(mine.live(Life::From::revert));
            },
            this, change);
    }

    void reviewed(ChangeId change, int patchset, bool approved) override {
        if (patchset == changes()[change].patchset) life(change).tell(approved ? News::approved : News::sent_back);
    }

    bool is_open(ChangeId change) const {
        return !changes()[change].withdrawn && !(change < landed_.size() && landed_[change]);
    }

    const std::vector<Change>& changes() const { return door_->cast().changes; }

    const Scenario& scenario_;
    const PeopleLoad& load_;
    Luck luck_;
    Population population_;
    NewChangeRule new_changes_;
    std::vector<std::size_t> queues_;  // by project
    Calendar* calendar_ = nullptr;
    LoadDoor* door_ = nullptr;
    std::unique_ptr<ReviewDesk> desk_;
    std::optional<Stage> stage_;
    std::vector<std::vector<Beginning>> lists_;
    std::deque<Life> lives_;                    // by change; they stay where they are
    std::vector<std::uint32_t> life_of_;  // by ChangeId: index of its life; kNone = it has none
    std::vector<std::vector<ChangeId>> users_;  // by change: those that need it
    std::vector<bool> landed_;                  // by change
    std::deque<ChangeId> recent_;
    Processes processes_;  // last: processes end before what they refer to
};

}  // namespace

std::unique_ptr<Source> make_people_source(const Scenario& scenario, Luck luck) {
    return std::make_unique<PeopleSource>(scenario, luck);
}

}  // namespace gatesim
