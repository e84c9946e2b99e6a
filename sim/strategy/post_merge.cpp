// Post-merge: no gate. Everything lands at once; the branch is tested from time to time, and when it is red, whoever
// broke it is searched among what landed since it was green.
//
// Source: Google's TAP, Chromium's and Mozilla's sheriffs, Uber's Stovepipe (SOURCES.md).
#include <algorithm>
#include <utility>

#include "strategy/culprit_search.hpp"
#include "strategy/fields.hpp"
#include "strategy/registry.hpp"
#include "strategy/trials.hpp"

namespace gatesim {
namespace {

struct Parameters {
    Time milestone = 45 * kMinute;
    std::int64_t reruns = 1;
    std::int64_t arity = 2;
    std::int64_t repeats = 0;
    bool revert = true;
    Time close_tree = 0;
};

const std::vector<Field<Parameters>> kFields = {
    time_field(
        "milestone", &Parameters::milestone, 0, 30 * kDay,
        "How long after the first untested landing the branch is tested; 0 = as soon as the previous test is over."),
    field("reruns", &Parameters::reruns, 0, 20,
          "How many times a red milestone is tested again before the search for a culprit begins."),
    field("arity", &Parameters::arity, 2, 64,
          "Into how many parts the suspects are divided at each step of the search; the states at the ends of the "
          "parts are tested side by side. 2 = plain bisection."),
    field("repeats", &Parameters::repeats, 0, 20,
          "How many times a red step of the search is repeated; it counts only if it stays red, so that a flake blames "
          "nobody."),
    field("revert", &Parameters::revert,
          "Revert the culprit, and with it the changes that need it. Otherwise its author is told and may mend it "
          "(`repair` in the scenario)."),
    time_field("close_tree", &Parameters::close_tree, 0, 30 * kDay,
               "The longest time during which nothing may land after a red milestone; a green one opens the tree "
               "earlier. 0 = the tree is never closed."),
};

struct PostMergeQueue final : StrategyState {
    Item* merging = nullptr;      ///< the change whose turn it is
    Landings::Mark green = 0;     ///< the branch was last seen green there
    std::vector<ChangeId> since;  ///< what this queue landed since, but for culprits
    std::size_t good = 0;         ///< so many of them are green together on top of `green`
    std::vector<ChangeId> known;  ///< culprits that are still on the branch
    Item* probe = nullptr;        ///< a milestone
    bool head = false;            ///< it tests the branch as it is, not one without the known culprits
    Landings::Mark mark = 0;      ///< where
    std::size_t length = 0;       ///< how many of `since` are in it
    std::int64_t reds = 0;        ///< how often it was red in a row
    CulpritSearch search;
    bool armed = false, due = false, closed = false;
    std::uint64_t timer = 0, opening = 0;  ///< tags: odd ones of milestones, even ones of the tree
};

class PostMerge final : public Strategy {
public:
    explicit PostMerge(const Parameters& parameters) : p_(parameters) {}
    void take_parameters(const Strategy& like) override { *this = static_cast<const PostMerge&>(like); }

    void opened(Gate&, Queue& queue) override {
        auto state = std::make_unique<PostMergeQueue>();
        state->search.arity = static_cast<std::size_t>(p_.arity);
        state->search.repeats = p_.repeats;
        state->timer = 1;
        queue.state = std::move(state);
    }

    Relaxations relaxations() const override {
        Relaxations relaxed;
        relaxed.untested = true;
        return relaxed;
    }

    Reason why_untested(const Gate&, const Queue& queue, const Item&) const override {
        const bool closed = static_cast<const PostMergeQueue&>(*queue.state).closed;
        return {closed ? Why::tree_closed : far_back(), kNone, kNone, kNone};
    }
    std::size_t next_up(const Queue& queue) const override { return queue.length; }

    std::int64_t repeats() const override { return (p_.reruns + 1) * (p_.repeats + 1); }

    bool pass(Gate& gate, Queue& queue) override {
        auto& state = static_cast<PostMergeQueue&>(*queue.state);
        bool changed = drop_needy(gate, queue);
        for (std::uint64_t tag : std::exchange(queue.rung, {})) {
            state.due |= tag == state.timer;
            if (tag == state.opening) state.closed = false;
        }
        if (!state.closed || state.merging) changed |= merge(gate, queue, state);
        if (state.search.active())
            changed |= search(gate, queue, state);
        else
            changed |= milestone(gate, queue, state);
        return changed;
    }

private:
    /// One after the other, as the review system does.
    static bool merge(Gate& gate, Queue& queue, PostMergeQueue& state) {
        bool changed = false;
        if (state.merging && state.merging->refuted) {
            gate.drop(*std::exchange(state.merging, nullptr), {Why::refuted, kNone, kNone, kNone});
            changed = true;
        }
        if (!state.merging) {
            const auto front = front_items(gate, queue, 1);
            if (front.empty()) return changed;
            state.merging = gate.open_trial(queue, front, 1);
            if (!state.merging) return changed;
        }
        gate.prepare(*state.merging);
        const Attempt& attempt = state.merging->attempt;
        if (attempt.merge == MergeState::none || attempt.merge == MergeState::pending) return changed;
        if (attempt.merge == MergeState::clean && gate.held_back(*state.merging)) return changed;
        Item& trial = *std::exchange(state.merging, nullptr);
        const ChangeId change = trial.change;
        if (attempt.merge == MergeState::conflict || attempt.config_error) {
            if (Item* item = gate.tip(trial)) gate.eject(*item, trial);
            gate.settle(trial);
        } else if (gate.land(trial)) {
            state.since.push_back(change);
        }
        return true;
    }

    // ------------------------------------------------------------ milestones

    bool milestone(Gate& gate, Queue& queue, PostMergeQueue& state) const {
        if (state.probe) return watch(gate, queue, state);
        if (state.since.size() > state.good && !state.due && p_.milestone > 0) {
            if (!state.armed) gate.arm(queue, state.timer += 2, p_.milestone);
            state.armed = true;
            return false;
        }
        if (state.since.size() > state.good || state.closed) forget_mended(gate, state);
        if (state.since.size() <= state.good) {  // nothing is untested
            state.due = state.armed = false;
            if (state.known.empty()) state.closed = false;
            return false;
        }
        state.due = state.armed = false;
        state.reds = 0;
        state.head = state.known.empty();
        state.mark = gate.landings().mark();
        state.length = state.since.size();
        return open(gate, queue, state);
    }

    static bool open(Gate& gate, Queue& queue, PostMergeQueue& state) {
        const std::span<const ChangeId> all(state.since.data(), state.length);
        state.probe = state.head ? gate.open_probe(queue, state.mark, all.subspan(state.good))
                                 : gate.open_probe(queue, state.green, all);
        return state.probe && gate.advance(*state.probe);
    }

    /// Culprits that somebody has mended, or taken off the branch, are none any more.
    static void forget_mended(const Gate& gate, PostMergeQueue& state) {
        const Landings& landings = gate.landings();
        const auto mended = [&](ChangeId change) {
            return !landings.landed(change) || landings.repaired_before(change, landings.mark());
        };
        std::erase_if(state.known, mended);
        for (std::size_t i = 0; i < state.since.size();) {
            if (!mended(state.since[i])) {
                ++i;
                continue;
            }
            state.since.erase(state.since.begin() + static_cast<std::ptrdiff_t>(i));
            state.good -= i < state.good ? 1 : 0;
        }
    }

    bool watch(Gate& gate, Queue& queue, PostMergeQueue& state) const {
        const bool asked = gate.advance(*state.probe);
        if (!gate.complete(*state.probe)) return asked;
        Item& probe = *std::exchange(state.probe, nullptr);
        const bool green = passed(gate, probe) || probe.attempt.slots.empty();
        gate.settle(probe);
        if (green) {
            state.good = state.length;
            if (!state.head) return true;
            state.green = state.mark;
            state.since.erase(state.since.begin(), state.since.begin() + static_cast<std::ptrdiff_t>(state.length));
            state.good = 0;
            state.closed = false;
        } else if (state.reds++ < p_.reruns) {
            open(gate, queue, state);
        } else {
            close(gate, queue, state);
            state.search.begin({state.since.begin(), state.since.begin() + static_cast<std::ptrdiff_t>(state.length)},
                               state.good, state.green, !state.head);
        }
        return true;
    }

    void close(Gate& gate, Queue& queue, PostMergeQueue& state) const {
        if (p_.close_tree == 0 || state.closed) return;
        state.closed = true;
        gate.arm(queue, state.opening += 2, p_.close_tree);
    }

    // ------------------------------------------------------------ culprits

    bool search(Gate& gate, Queue& queue, PostMergeQueue& state) const {
        const bool changed = state.search.step(gate, queue);
        if (state.search.active()) return changed;
        const std::size_t found = state.search.culprit();
        if (found == state.length) {  // nobody is to blame: it was a flake, or came by another way
            state.good = state.length;
            return true;
        }
        const ChangeId culprit = state.since[found];
        state.good = found;
        if (p_.revert) {
            const std::vector<ChangeId> going = those_needing(gate, state, found);
            for (auto change = going.rbegin(); change != going.rend(); ++change) gate.revert(queue, *change);
            std::erase_if(state.since, [&](ChangeId change) {
                return std::find(going.begin(), going.end(), change) != going.end();
            });
        } else {
            state.known.push_back(culprit);
            state.since.erase(state.since.begin() + static_cast<std::ptrdiff_t>(found));
        }
        state.due = true;  // the rest may hide another one
        return true;
    }

    /// The culprit and what landed after it and needs it, in order of landing.
    static std::vector<ChangeId> those_needing(const Gate& gate, const PostMergeQueue& state, std::size_t culprit) {
        std::vector<ChangeId> going = {state.since[culprit]};
        const auto is_going = [&](ChangeId need) { return std::find(going.begin(), going.end(), need) != going.end(); };
        for (std::size_t i = culprit + 1; i < state.since.size(); ++i) {
            const Change& change = gate.change(state.since[i]);
            if (std::any_of(change.depends_on.begin(), change.depends_on.end(), is_going) ||
                std::any_of(change.git_parents.begin(), change.git_parents.end(), is_going))
                going.push_back(state.since[i]);
        }
        return going;
    }

    Parameters p_;
};

const bool kRegistered = register_strategy(
    {{"post-merge",
      "No gate: everything lands at once; the branch is tested from time to time, and culprits are found and reverted",
      "Approved changes land untested, unless they have a textual conflict. When something has landed, the branch is "
      "tested at the next milestone. If that is red, the changes since the last green milestone are searched for the "
      "first one that turns the branch red, on copies of the branch without the culprits found before. The culprit is "
      "reverted, or its author is told. Source: Google's TAP, Chromium's and Mozilla's sheriffs, Uber's Stovepipe. Use "
      "it where changes seldom break anything, or where no gate could keep up. Everybody who works from the branch "
      "while it is red pays for it (main_green_share). A check before approval is a check pipeline of the scenario. "
      "Counter-strategy: any gate; batch costs hardly more builds.",
      "",
      {},
      {"untested: changes land before they are tested, and broken ones are reverted later"},
      parameters_of(kFields, {tries("milestone", {15 * kMinute, 45 * kMinute, 2 * kHour}), tries("arity", {2, 4})})},
     [](const ParameterValues& values) -> std::unique_ptr<Strategy> {
         return std::make_unique<PostMerge>(filled(kFields, values));
     }});

const bool kTap =
    register_preset("tap", "post-merge", "Google's TAP: a milestone every 45 minutes; culprits are reverted",
                    {{"milestone", 45 * kMinute}, {"revert", true}});
const bool kFlakeAware =
    register_preset("post-merge-flake-aware", "post-merge",
                    "post-merge in which red steps of the search are repeated before anybody is blamed",
                    {{"reruns", std::int64_t{2}}, {"repeats", std::int64_t{2}}});
const bool kSheriff =
    register_preset("tree-closing", "post-merge",
                    "Sheriffs watch the branch: when it is red the tree is closed for hours, and authors mend it",
                    {{"revert", false}, {"close_tree", 4 * kHour}});

}  // namespace
}  // namespace gatesim
