// Tide: at every look, it takes one action: merges what is green on the branch as it is, or tests a batch, or the next
// change alone.
//
// Source: kubernetes-sigs/prow, commit a619408973 (2026-08-21), pkg/tide/tide.go: syncSubpool, takeAction, pickBatch,
// pickHighestPriorityPR, accumulate, accumulateBatch, trigger; pkg/pjutil/abort.go. It keeps nothing in mind from one
// look to the next but builds and statuses (strategy/tide_pool.hpp).
#include <algorithm>
#include <utility>

#include "strategy/fields.hpp"
#include "strategy/registry.hpp"
#include "strategy/tide_pool.hpp"
#include "strategy/trials.hpp"

namespace gatesim {
namespace {

using namespace tide;

struct Parameters {
    Time sync = kMinute;
    Time first_sync = 0;
    std::int64_t batch_size_limit = 0;
    bool prioritize_existing_batches = true;
};

const std::vector<Field<Parameters>> kFields = {
    time_field("sync", &Parameters::sync, kSecond, kDay, "The time between two looks."),
    time_field("first_sync", &Parameters::first_sync, 0, kDay,
               "When it looks first; 0 = when the time between two looks has passed once."),
    field("batch_size_limit", &Parameters::batch_size_limit, -1, 1e6,
          "The most changes in a batch; 0 = all that wait, -1 = no batches."),
    field("prioritize_existing_batches", &Parameters::prioritize_existing_batches,
          "When a red batch has builds that passed or still run, make the same batch again rather than a new one."),
};

/// So many tests after which nobody landed, left or came are enough: it would go on like that for ever.
constexpr int kMostFruitless = 700;
/// Of tests that are made again because the machines or the branch were in trouble: that may pass.
constexpr int kMostInTrouble = 9000;

struct TideQueue final : StrategyState {
    TideQueue(Gate& gate, Queue& queue) : pool(gate, queue) {}

    Knowledge pool;
    std::vector<Item*> jobless;  ///< trials of changes to which no job applies: their verdict needs no build
    bool armed = false;          ///< a look is due
    bool news = true;            ///< something happened since the last look: one more may find something
    std::uint64_t newest = 0;    ///< sequence of the last in the queue that was seen
    std::uint64_t branch = 0;    ///< as it was seen
    int fruitless = 0;           ///< tests made since anybody landed, left or came
    int in_trouble = 0;          ///< of them: again, after trouble that was not theirs; not among the fruitless ones
    bool starving() const { return fruitless >= kMostFruitless || in_trouble >= kMostInTrouble; }
};

class Tide final : public Strategy {
public:
    explicit Tide(const Parameters& parameters) : p_(parameters) {}
    void take_parameters(const Strategy& like) override { *this = static_cast<const Tide&>(like); }

    bool listens() const override { return true; }
    bool promotes_by_priority() const override { return true; }
    bool pull_requests() const override { return true; }
    bool lands_each_alone() const override { return true; }  // a blocked one is in no batch
    std::int64_t repeats() const override { return 2 * kMostFruitless; }

    Relaxations relaxations() const override {
        Relaxations relax;
        relax.reorders = true;
        relax.old_reds = true;
        return relax;
    }

    std::string waits_for_ever(const Queue& queue) const override {
        if (!queue.state || !static_cast<const TideQueue&>(*queue.state).starving()) return {};
        return "the same batch is red at every look, so that no change is ever tested alone; Tide goes on like that";
    }

    std::size_t next_up(const Queue& queue) const override {
        return p_.batch_size_limit > 0 ? static_cast<std::size_t>(p_.batch_size_limit) : std::size_t{queue.length};
    }
    Reason why_untested(const Gate& gate, const Queue& queue, const Item&) const override {
        const auto runs = [&](const Item* trial) { return !gate.complete(*trial) && !trial->refuted; };
        const bool busy = std::any_of(queue.trials.begin(), queue.trials.end(), runs);
        return {busy ? far_back() : Why::next_look, kNone, kNone, kNone};
    }
    Reason why_undecided(const Gate&, const Queue&, const Item&) const override {
        return {Why::next_look, kNone, kNone, kNone};
    }

    void opened(Gate& gate, Queue& queue) override { queue.state = std::make_unique<TideQueue>(gate, queue); }

    bool pass(Gate& gate, Queue& queue) override {
        auto& state = static_cast<TideQueue&>(*queue.state);
        bool changed = drop_needy(gate, queue);
        const bool look = !std::exchange(queue.rung, {}).empty();  // one timer runs at most, so any that rings is it
        if (look) state.armed = false;
        hear(queue, state);
        changed |= decide_jobless(gate, state);
        for (const Test& test : state.pool.tests()) changed |= gate.advance(*test.trial);
        state.news |= state.pool.note_results();
        if (look && state.news) {
            state.news = sync(gate, queue, state);
            changed |= state.news;
        }
        if (!state.armed && queue.first && state.news && !state.starving()) {
            gate.arm_in_step(queue, 0, p_.first_sync > 0 ? p_.first_sync : p_.sync, p_.sync);
            state.armed = true;
        }
        return changed;
    }

private:
    static void hear(Queue& queue, TideQueue& state) {
        bool progress = std::exchange(state.branch, queue.branch) != queue.branch;
        const std::uint64_t newest = queue.last ? std::uint64_t{queue.last->sequence} : state.newest;
        progress |= std::exchange(state.newest, newest) != newest;
        for (const Heard& notice : std::exchange(queue.heard, {})) {
            state.news |= notice.kind == Heard::Kind::hold;  // worth a look, but nobody got anywhere by it
            if (notice.kind == Heard::Kind::hold) continue;
            progress = true;
            if (notice.kind == Heard::Kind::enqueued && notice.news) state.pool.green_again(notice.change);
            if (notice.kind == Heard::Kind::new_patchset) state.pool.forget(notice.change);
        }
        state.news |= progress;
        if (progress) state.fruitless = state.in_trouble = 0;
    }

    // ------------------------------------------------------------ one look

    /// True if it did anything.
    bool sync(Gate& gate, Queue& queue, TideQueue& state) const {
        bool changed = false;
        std::vector<Entry> pool = form_pool(gate, queue, state, changed);
        state.pool.close_stale();
        return act(gate, queue, state, pool) || changed;
    }

    /// Who may be merged, by number; those who may not any more leave.
    static std::vector<Entry> form_pool(Gate& gate, Queue& queue, TideQueue& state, bool& changed) {
        std::vector<Entry> pool;
        for (Item* item = queue.first; item;) {
            Item& one = *std::exchange(item, item->next);
            if (!one.live) continue;
            const std::uint64_t clean = gate.landings().mark() + 1;  // on all that landed by now it is known to merge
            if (one.mark != clean && gate.joins({}, one)) one.mark = clean;
            const bool red = state.pool.any({one.change, one.patchset}, Knowledge::Colour::red);
            const Item* proof = red ? state.pool.red_single({one.change, one.patchset}) : nullptr;
            const JobGraph& jobs = gate.jobs_of(one);
            if (one.mark != clean) {
                if (!gate.may_follow({}, one)) continue;  // nothing can be said of it as long as its needs are out
                gate.eject_conflicting(one);
                changed = true;
            } else if (proof) {
                gate.eject_for_old_red(one, *proof);
                changed = true;
            } else if (jobs.broken || state.pool.jobs_of(one).empty()) {
                changed |= open_jobless(gate, queue, state, one);
            } else if (!gate.held_back(one)) {  // else a blocker keeps it out of the pool
                pool.push_back(state.pool.entry_of(one));
            }
        }
        std::sort(pool.begin(), pool.end(),
                  [](const Entry& a, const Entry& b) { return a.item->change < b.item->change; });
        return pool;
    }

    bool act(Gate& gate, Queue& queue, TideQueue& state, std::vector<Entry>& pool) const {
        std::vector<Group> groups = state.pool.groups(pool);
        // Prow knows no needs: a new patch set of a need can leave a batch that may not be tested or land as it is.
        std::erase_if(groups, [&](const Group& group) { return !may_stand(gate, pool, group); });
        const auto in = [&](State wanted) {
            return std::find_if(groups.rbegin(), groups.rend(), [&](const Group& g) { return g.state == wanted; });
        };
        if (const auto green = in(State::success); green != groups.rend()) {
            std::vector<Item*> members;
            for (const Entry& entry : pool)
                if (std::find(green->heads.begin(), green->heads.end(), entry.head()) != green->heads.end())
                    members.push_back(entry.item);
            return land(gate, queue, state, members, green->tests);
        }
        const bool waits = in(State::pending) != groups.rend();
        if (!waits && land_single(gate, queue, state, pool)) return true;
        if (pool.size() > 1 && !waits) {
            const std::vector<Item*> batch = pick(gate, pool, groups);
            if (batch.size() > 1) return make_batch(gate, queue, state, batch, groups);
        }
        return test_single(gate, queue, state, pool);
    }

    // ------------------------------------------------------------ merging

    /// The trial that proves it, or one made of all that prove it together.
    static bool land(Gate& gate, Queue& queue, TideQueue& state, const std::vector<Item*>& members,
                     const std::vector<Test*>& proofs) {
        Item* proof = nullptr;
        std::vector<Item*> evidence;
        for (const Test* test : proofs) {
            evidence.push_back(test->trial);
            if (passed(gate, *test->trial) && !test->trial->refuted) proof = test->trial;
        }
        if (proof)
            std::erase_if(state.pool.tests(), [&](const Test& test) { return test.trial == proof; });
        else
            proof = gate.open_proven(queue, members, evidence);
        std::vector<ChangeId> changes;
        for (const Item* member : members) changes.push_back(member->change);
        // What the review system refused is tested again if it comes back: its proof is spent.
        if (proof && !gate.land(*proof))
            for (ChangeId change : changes) state.pool.forget(change);
        return true;
    }

    static bool first(const Entry& a, const Entry& b, const Gate& gate) {
        const int one = gate.change(*a.item).priority, other = gate.change(*b.item).priority;
        return one != other ? one > other : a.item->change < b.item->change;
    }

    bool land_single(Gate& gate, Queue& queue, TideQueue& state, const std::vector<Entry>& pool) const {
        const Entry* best = nullptr;
        for (const Entry& entry : pool) {
            if (entry.lacks || entry.pending || !entry.statuses_green || !gate.may_follow({}, *entry.item)) continue;
            if (!best || first(entry, *best, gate)) best = &entry;
        }
        if (!best) return false;
        std::vector<Test*> proofs;
        for (Test& test : state.pool.tests())
            if (!test.batch() && test.heads[0] == best->head() && state.pool.counts(test)) proofs.push_back(&test);
        return land(gate, queue, state, {best->item}, proofs);
    }

    // ------------------------------------------------------------ testing

    static bool may_stand(const Gate& gate, const std::vector<Entry>& pool, const Group& group) {
        std::vector<Item*> before;
        for (const Entry& entry : pool) {
            if (std::find(group.heads.begin(), group.heads.end(), entry.head()) == group.heads.end()) continue;
            if (!gate.may_follow(before, *entry.item)) return false;
            before.push_back(entry.item);
        }
        return true;
    }

    std::vector<Item*> pick(Gate& gate, const std::vector<Entry>& pool, const std::vector<Group>& groups) const {
        if (p_.batch_size_limit < 0) return {};
        const auto limit = static_cast<std::size_t>(p_.batch_size_limit);
        std::vector<Item*> taken;
        const Group* most = nullptr;
        for (const auto count : {&Group::succeeded, &Group::running}) {
            if (!p_.prioritize_existing_batches || most) break;
            for (const Group& group : groups)
                if (group.*count > (most ? most->*count : 0) && (limit == 0 || group.heads.size() <= limit))
                    most = &group;
        }
        for (const Entry& entry : pool) {
            if (most) {
                if (std::find(most->heads.begin(), most->heads.end(), entry.head()) != most->heads.end())
                    taken.push_back(entry.item);
            } else if (gate.may_follow(taken, *entry.item) && gate.joins(taken, *entry.item)) {
                taken.push_back(entry.item);
                if (limit > 0 && taken.size() == limit) break;
            }
        }
        return taken;
    }

    bool make_batch(Gate& gate, Queue& queue, TideQueue& state, const std::vector<Item*>& batch,
                    const std::vector<Group>& groups) const {
        std::vector<Head> heads;
        for (const Item* item : batch) heads.emplace_back(item->change, item->patchset);
        const auto group = std::find_if(groups.begin(), groups.end(), [&](const Group& g) { return g.heads == heads; });
        std::vector<JobId> jobs = state.pool.jobs_of(batch);
        if (group == groups.end()) return make(gate, queue, state, batch, {}, {});
        std::erase_if(jobs, [&](JobId job) {
            return std::any_of(group->tests.begin(), group->tests.end(), [&](const Test* test) {
                return state.pool.state_of(*test, job).value_or(State::none) >= State::pending;
            });
        });
        return !jobs.empty() && make(gate, queue, state, batch, jobs, group->tests);
    }

    bool test_single(Gate& gate, Queue& queue, TideQueue& state, std::vector<Entry>& pool) const {
        Entry* next = nullptr;
        for (Entry& entry : pool) {
            if (!entry.lacks) return false;  // another one is pending or may land
            if (gate.may_follow({}, *entry.item) && (!next || first(entry, *next, gate))) next = &entry;
        }
        if (!next) return false;
        const std::vector<JobId> jobs = next->missing.empty() ? state.pool.jobs_of(*next->item) : next->missing;
        std::vector<Test*> before;
        for (Test& test : state.pool.tests()) {
            if (test.batch() || test.heads[0].first != next->item->change) continue;
            for (JobId job : jobs) gate.stop_job(*test.trial, job);  // the newer build of a job stops the older one
            if (test.heads[0] == next->head() && state.pool.counts(test)) before.push_back(&test);
        }
        for (JobId job : jobs) state.pool.set(next->head(), job, Knowledge::Colour::pending);
        const bool all = before.empty();
        return make(gate, queue, state, {next->item}, all ? std::vector<JobId>{} : jobs, before);
    }

    /// Makes builds of these jobs (none: of all). `before`: tests of the same heads on the branch as it is.
    static bool make(Gate& gate, Queue& queue, TideQueue& state, const std::vector<Item*>& items,
                     const std::vector<JobId>& jobs, const std::vector<Test*>& before) {
        for (Test* test : before) {
            Item& trial = *test->trial;
            if (trial.refuted || !trial.attempt.graph || !trial.only.empty()) continue;
            std::vector<JobId> red;
            for (std::size_t i = 0; i < trial.attempt.slots.size(); ++i)
                if (trial.attempt.graph->jobs[i]->voting && is_red(trial.attempt.slots[i].result))
                    red.push_back(trial.attempt.graph->jobs[i]->id);
            const bool trouble = gate.red_from_outside(trial);
            if (!std::is_permutation(red.begin(), red.end(), jobs.begin(), jobs.end()) || !gate.retry(trial)) continue;
            ++(trouble ? state.in_trouble : state.fruitless);
            for (std::size_t i = 0; i < trial.attempt.slots.size(); ++i)
                test->told[i] = test->told[i] && trial.attempt.slots[i].result != Result::none;
            gate.advance(trial);
            return true;
        }
        ++state.fruitless;
        const bool chained = std::any_of(items.begin(), items.end(), [&](const Item* item) {
            const auto& parents = gate.jobs_of(*item).parents;
            return std::any_of(parents.begin(), parents.end(), [](const auto& p) { return !p.empty(); });
        });
        Test test;
        test.trial = gate.open_trial(queue, items, items.size(), chained ? std::vector<JobId>{} : jobs);
        if (!test.trial) return false;
        for (const Item* item : items) test.heads.emplace_back(item->change, item->patchset);
        gate.advance(*test.trial);
        state.pool.tests().push_back(std::move(test));
        return true;
    }

    // ------------------------------------------------------------ changes without jobs

    static bool open_jobless(Gate& gate, Queue& queue, TideQueue& state, Item& item) {
        for (const Item* trial : state.jobless)
            if (trial->parts.back() == item.id) return false;
        Item* alone = &item;
        if (!gate.may_follow({}, item)) return false;
        if (Item* trial = gate.open_trial(queue, {&alone, 1}, 1)) state.jobless.push_back(trial);
        return true;
    }

    /// With jobs that do not vote only, it lands when those have ended.
    static bool decide_jobless(Gate& gate, TideQueue& state) {
        bool changed = false;
        std::erase_if(state.jobless, [&](Item* trial) {
            if (!trial->refuted) {
                changed |= gate.advance(*trial);
                if (!gate.complete(*trial)) return false;
            }
            changed = true;
            if (trial->refuted) {
                gate.drop(*trial, {Why::refuted, kNone, kNone, kNone});
            } else if (passed(gate, *trial)) {
                gate.land(*trial);
            } else {
                if (Item* item = gate.tip(*trial)) gate.eject(*item, *trial);
                gate.settle(*trial);
            }
            return true;
        });
        return changed;
    }

    Parameters p_;
};

const bool kRegistered = register_strategy(
    {{"tide",
      "Once a minute: merge what is green on the branch as it is, or else test a batch, or else the next change alone",
      "At every look it takes one action, the first that applies: a green batch is merged; a green single change is, "
      "unless a batch is under test; a batch of all changes that merge together, by number, is tested; the first "
      "change "
      "is tested alone. Only builds on the branch as it is count, so a landing makes all others stale; they run on all "
      "the same. A red batch is not searched: it is made again, only its failed jobs, until it is green or the branch "
      "has moved. A change whose own test is red is ejected, also when the branch has moved since. Priority decides "
      "who "
      "is tested and merged alone first; batches go by number. A push past the queue makes every result stale. Source: "
      "Tide, of Kubernetes' Prow. Use it when most changes pass and simplicity counts; one broken change slows all "
      "others down, and with tests that are red before the next look, nothing lands any more. Counter-strategy: batch, "
      "which finds the culprit of a red batch.",
      "",
      {},
      {"reorders: batches go by number, single changes by priority",
       "old_reds: a change that is red alone is ejected although the branch has moved on since"},
      parameters_of(kFields, {tries("batch_size_limit", {-1, 2, 5, 10, 0})})},
     [](const ParameterValues& values) -> std::unique_ptr<Strategy> {
         return std::make_unique<Tide>(filled(kFields, values));
     }});

}  // namespace
}  // namespace gatesim
