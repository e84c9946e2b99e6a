// Zuul: test every change on top of all the changes ahead of it, in parallel; when one fails, re-base what is behind it
// on the nearest one that does not. The window says how many are tested at once; it grows with landings and shrinks
// with failures.
//
// Source: Zuul 3.8's dependent manager, exactly: zuul/manager/__init__.py, _processOneItem and reportItem, and
// zuul/model.py, ChangeQueue.increaseWindowSize and decreaseWindowSize. The recorded cases of tests/conformance hold it
// to that.
#include <limits>

#include "strategy/cancel_behind.hpp"
#include "strategy/fields.hpp"
#include "strategy/registry.hpp"
#include "strategy/visit.hpp"

namespace gatesim {
namespace {

struct Parameters {
    std::int64_t window = 20;
    std::int64_t window_floor = 3;
    std::string window_increase_type = "linear";
    std::int64_t window_increase_factor = 1;
    std::string window_decrease_type = "exponential";
    std::int64_t window_decrease_factor = 2;
    std::string on_failure = "nearest-non-failing";
    bool reject_after_failure = false;
    std::int64_t window_ceiling = 0;
    bool shrink_on_refused_submit = true;
    bool fail_fast = false;
    bool early_failure = false;
    bool allow_circular = false;
};

const std::vector<Field<Parameters>> kFields = {
    field("window", &Parameters::window, 0, 1e6,
          "How many items at the front of a queue are tested at once, to begin with; 0 = always all of them."),
    field("window_floor", &Parameters::window_floor, 1, 1e6, "The window never shrinks below this."),
    field("window_increase_type", &Parameters::window_increase_type, {"linear", "exponential"},
          "How a landing widens the window: linear adds the factor, exponential multiplies by it."),
    field("window_increase_factor", &Parameters::window_increase_factor, 0, 1e6,
          "By how much; linear with 0 keeps the window from growing."),
    field("window_decrease_type", &Parameters::window_decrease_type, {"linear", "exponential"},
          "How an ejection narrows the window: linear subtracts the factor, exponential divides by it."),
    field("window_decrease_factor", &Parameters::window_decrease_factor, 0, 1e6, "By how much."),
    field("on_failure", &Parameters::on_failure, {"nearest-non-failing", "cancel-behind"},
          "nearest-non-failing: the changes behind a failed one are re-based at once. cancel-behind, the rule until 20 "
          "September 2013: all builds behind it stop until it is at the front (this rule has no window)."),
    field("reject_after_failure", &Parameters::reject_after_failure,
          "A change whose last gate report was negative is not pulled in by changes that need it until somebody "
          "enqueues or approves it."),
    field("window_ceiling", &Parameters::window_ceiling, 0, 1e6,
          "The window never grows beyond this; 0 = no limit (Zuul since 9.2, 2023)."),
    field("shrink_on_refused_submit", &Parameters::shrink_on_refused_submit,
          "Whether a change that passed but could not be submitted narrows the window; not in Zuul since 4.0 (2020)."),
    field("fail_fast", &Parameters::fail_fast,
          "At the first failed voting job of a change its other jobs are stopped, so that it need not wait for them "
          "(Zuul since 3.9, 2019; failed node requests count since 11.2)."),
    field("early_failure", &Parameters::early_failure,
          "A build counts as failed as soon as its output shows that it will fail (failure_shows_after of its job): "
          "the changes behind are re-based at once, while the change itself waits for the build's end. Not with "
          "cancel-behind (Zuul since 9.0, 2023)."),
    field("allow_circular", &Parameters::allow_circular,
          "Changes of one queue that need each other in a circle are tested and landed together; when one fails, all "
          "are ejected. Without this, or with cancel-behind, they are never let in (Zuul since 4.1, 2021). Each counts "
          "in the window by itself, but a circle that begins inside the window is inside as a whole."),
};

struct ZuulQueue final : StrategyState {
    std::int64_t window = 0;
    std::int64_t configured = 0;     ///< p_.window as of when `window` was last set to it
    std::uint64_t looked_up_to = 0;  ///< highest sequence that was ever inside the window: those are visited every time
};

class Zuul final : public Strategy {
public:
    explicit Zuul(const Parameters& parameters) : p_(parameters) {}
    void take_parameters(const Strategy& like) override { *this = static_cast<const Zuul&>(like); }

    bool waits_for_who_comes() const override { return false; }
    bool lets_in_on_approval() const override { return false; }
    bool rejects_after_failure() const override { return p_.reject_after_failure; }
    bool heeds_failing_builds() const override { return p_.early_failure && !cancels_behind(); }
    Relaxations relaxations() const override {
        Relaxations relax;
        relax.past_queue = true;
        relax.failing_needs = cancels_behind();
        return relax;
    }
    bool allows_circular() const override { return p_.allow_circular && !cancels_behind(); }
    bool refuses_need_named_twice() const override { return true; }

    void opened(Gate& gate, Queue& queue) override {
        auto state = std::make_unique<ZuulQueue>();
        if (!queue.dynamic && !cancels_behind()) set_window(gate, queue, *state);
        queue.state = std::move(state);
    }

    /// A window that is set holds at once; one that is not stays as large as it has become, within its ceiling.
    void parameters_taken(Gate& gate, Queue& queue) override {
        auto& state = static_cast<ZuulQueue&>(*queue.state);
        if (queue.dynamic || cancels_behind()) return;
        const std::int64_t before = state.window;
        if (state.configured != p_.window) return set_window(gate, queue, state);
        if (before != 0) state.window = below_ceiling(std::max(before, p_.window_floor));
        if (state.window != before) gate.tell_window(queue, state.window);
    }

    bool pass(Gate& gate, Queue& queue) override {
        if (cancels_behind()) return cancel_behind_pass(gate, queue);
        auto& state = static_cast<ZuulQueue&>(*queue.state);
        bool changed = false;
        Item* nearest = nullptr;
        std::int64_t place = 0;
        Item* item = queue.first;
        bool inside = false;
        while (item) {
            inside = state.window == 0 || place < state.window || (inside && Gate::mate_before(*item));
            if (!inside && item->sequence > state.looked_up_to) break;
            if (inside) state.looked_up_to = std::max(state.looked_up_to, std::uint64_t{item->sequence});
            if (inside && is_undisturbed(gate, *item, nearest)) {  // half of the time of a year went into these visits
                if (!item->failing()) nearest = item;
                ++place;
                item = item->next;
                continue;
            }
            item = step(gate, queue, state, *item, nearest, place, inside, changed);
        }
        queue.unsettled.erase(queue.unsettled.begin(),
                              queue.unsettled.upper_bound(state.looked_up_to));  // those were visited
        if (item) changed |= pass_tail(gate, queue, state, item, nearest);
        return changed;
    }

    Why far_back() const override { return Why::outside_window; }
    std::size_t next_up(const Queue& queue) const override {
        const auto window = static_cast<const ZuulQueue&>(*queue.state).window;
        return cancels_behind() || window == 0 ? std::size_t{queue.length} : static_cast<std::size_t>(window);
    }
    Reason why_untested(const Gate&, const Queue&, const Item& item) const override {
        const Item* failed = cancels_behind() ? item.previous : nullptr;
        while (failed && !failed->failing()) failed = failed->previous;
        if (failed) return {Why::ahead_failed_waits, failed->change, kNone, kNone};
        return {far_back(), kNone, kNone, kNone};
    }

private:
    std::int64_t below_ceiling(std::int64_t window) const {
        return p_.window_ceiling > 0 ? std::min(window, p_.window_ceiling) : window;
    }
    static std::int64_t product(std::int64_t window, std::int64_t factor) {
        constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
        return factor > 0 && window > kMost / factor ? kMost : window * factor;
    }
    void set_window(Gate& gate, const Queue& queue, ZuulQueue& state) const {
        state.configured = p_.window;
        state.window = p_.window == 0 ? 0 : below_ceiling(p_.window);
        gate.tell_window(queue, state.window);
    }
    bool cancels_behind() const { return p_.on_failure == "cancel-behind"; }

    Item* step(Gate& gate, Queue& queue, ZuulQueue& state, Item& item, Item*& nearest, std::int64_t& place, bool inside,
               bool& changed) {
        Item* next = item.next;
        const std::size_t before = queue.length;
        const Visit result = visit(gate, queue, item, nearest, inside, {p_.fail_fast});
        changed |= result.changed;
        if (result.reported && (p_.shrink_on_refused_submit || !result.refused))
            move_window(gate, queue, state, result.landed);
        if (queue.length == before) ++place;
        return next;
    }

    /// Items beyond the window that were never inside have no attempt, so a visit can do three things only: move them,
    /// note that one they need is failing, or send them away because it is gone. The latter two concern only items that
    /// the gate marked (unsettled); as to the first, the tail is a chain of its items that are not failing, in queue
    /// order, so all that can be due is to hang the rest of the tail onto another item where that chain was cut. The
    /// outcome is the same as visiting every item (tests/property), and the cost of an event does not depend on the
    /// queue's length.
    bool pass_tail(Gate& gate, Queue& queue, ZuulQueue& state, Item* first, Item* nearest) {
        const std::uint64_t boundary = first->sequence;
        bool changed = hang_rest(gate, first, nearest);
        for (std::uint64_t from = boundary;;) {  // who is marked behind this place is looked at in the next pass
            const auto marked = queue.unsettled.lower_bound(from);
            if (marked == queue.unsettled.end()) break;
            Item* item = marked->second;
            from = marked->first + 1;
            queue.unsettled.erase(marked);
            Item* in_front = item->previous;  // the nearest non-failing one
            while (in_front && in_front->sequence >= boundary && in_front->failing()) in_front = in_front->previous;
            if (!in_front || in_front->sequence < boundary) in_front = nearest;
            Item* const next = item->next;
            std::int64_t place = 0;
            step(gate, queue, state, *item, in_front, place, false,
                 changed);  // moves in_front on to the item unless that is failing
            changed |= hang_rest(gate, next, in_front);
        }
        return changed;
    }

    /// The first item from `from` on that is not failing, and the chain behind it, belong behind `onto`.
    static bool hang_rest(Gate& gate, Item* from, Item* onto) {
        while (from && from->failing()) from = from->next;
        if (!from || from->ahead == onto || (from->ahead && gate.landed(*from->ahead))) return false;
        gate.rebase_tail(*from, onto);
        return true;
    }

    void move_window(Gate& gate, const Queue& queue, ZuulQueue& state, bool landed) {
        if (state.window == 0 || queue.dynamic) return;
        const std::int64_t before = state.window;
        const std::int64_t by = landed ? p_.window_increase_factor : p_.window_decrease_factor;
        if (landed)
            state.window = p_.window_increase_type == "linear" ? before + by : product(before, by);
        else
            state.window =
                std::max(p_.window_floor,
                         p_.window_decrease_type == "linear" ? before - by : before / std::max<std::int64_t>(by, 1));
        state.window = below_ceiling(state.window);
        if (state.window != before) gate.tell_window(queue, state.window);
    }

    Parameters p_;
};

const bool kRegistered = register_strategy(
    {{"zuul",
      "Test every change on all changes ahead of it; when one fails, re-base those behind it on the nearest "
      "non-failing one (Zuul v3)",
      "Every change is tested on top of all the changes ahead of it in its shared queue, all at once. When a voting "
      "job fails, the changes behind are re-based on the nearest item that is not failing, and start again. A change "
      "lands when its jobs have passed and it is at the front. The window limits how many changes are tested at once: "
      "every landing widens it, every ejection narrows it. Choose it when tests are long and failures rare; its price "
      "is the builds that a failure throws away. Counter-strategy: serial, which never throws any away.",
      "",
      {},
      {"past_queue: what lands past the queue makes nothing be tested again",
       "failing_needs: with on_failure = cancel-behind a change may land although one that it needs, and that came "
       "back "
       "behind it, is failing"},
      parameters_of(kFields, {tries("window", {5, 10, 20, 40, 0}), tries("window_floor", {3, 20})})},
     [](const ParameterValues& values) -> std::unique_ptr<Strategy> {
         return std::make_unique<Zuul>(filled(kFields, values));
     }});

const bool kDefault =
    register_preset("zuul-default", "zuul",
                    "Zuul with its default settings: window 20, floor 3, +1 on a landing, halved on an ejection", {});

const bool kOpenstack =
    register_preset("zuul-openstack", "zuul",
                    "OpenStack's gate of 2017-2020: the window starts and never falls below 20, +2 on a landing",
                    {{"window", std::int64_t{20}},
                     {"window_floor", std::int64_t{20}},
                     {"window_increase_factor", std::int64_t{2}},
                     {"reject_after_failure", true}});

}  // namespace
}  // namespace gatesim
