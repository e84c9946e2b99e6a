// Tide: once a minute it looks what is green on the branch as it is, and merges that; one change and one batch are
// under test at any time.
//
// Source: Kubernetes' Prow (SOURCES.md, tide). It keeps nothing in mind from one look to the next.
#include <algorithm>
#include <utility>

#include "strategy/fields.hpp"
#include "strategy/registry.hpp"
#include "strategy/trials.hpp"

namespace gatesim {
namespace {

struct Parameters {
    Time sync = kMinute;
    std::int64_t batch_size_limit = 0;
};

const std::vector<Field<Parameters>> kFields = {
    time_field("sync", &Parameters::sync, kSecond, kDay, "The time between two looks."),
    field("batch_size_limit", &Parameters::batch_size_limit, -1, 1e6,
          "The most changes in a batch; 0 = all that wait, -1 = no batches."),
};

/// When so many looks in a row found nothing to do, it sleeps until there is something new to see.
constexpr int kMostIdleLooks = 240;

/// All that a look goes by: as long as it stays the same, one more look can find nothing.
struct Sight {
    Landings::Mark mark = 0;
    std::size_t length = 0;
    std::uint64_t newest = 0;  ///< sequence of the last in the queue
    bool serial_done = false;
    bool batch_done = false;

    bool operator==(const Sight&) const = default;
};

struct TideQueue final : StrategyState {
    Item* serial = nullptr;  ///< of the oldest change alone
    Item* batch = nullptr;
    bool armed = false;  ///< a look is due
    Sight seen;
    int idle = 0;  ///< looks in a row that found nothing to do
    // A batch that failed is not tried again before something has changed.
    std::size_t most = 0;          ///< of a batch that could not be merged: the next one is smaller; 0 = no limit
    bool failed = false;           ///< on the branch as it is
    Landings::Mark failed_on = 0;  ///< the branch it failed on
    std::vector<ItemId> tried;     ///< who was in it
};

class Tide final : public Strategy {
public:
    explicit Tide(const Parameters& parameters) : p_(parameters) {}

    void opened(Gate&, Queue& queue) override { queue.state = std::make_unique<TideQueue>(); }

    bool pass(Gate& gate, Queue& queue) override {
        auto& state = static_cast<TideQueue&>(*queue.state);
        bool changed = drop_needy(gate, queue);
        const bool look = !std::exchange(queue.rung, {}).empty();  // one timer runs at most, so any that rings is it
        if (look) state.armed = false;
        for (Item** trial : {&state.serial, &state.batch}) {
            if (!*trial) continue;
            if ((*trial)->refuted) {  // the branch moved on, or somebody left
                gate.drop(**trial, {Why::refuted, kNone, kNone, kNone});
                *trial = nullptr;
                changed = true;
            } else {
                changed |= gate.advance(**trial);
            }
        }
        // Being asked is no news: another queue's timer can be the reason.
        if (const Sight now = sight(gate, queue, state); now != state.seen) {
            state.seen = now;
            state.idle = std::min(state.idle, kMostIdleLooks - 1);
        }
        if (look) {
            const bool found = sync(gate, queue, state);
            state.idle = found ? 0 : state.idle + 1;
            changed |= found;
        }
        if (!state.armed && queue.first && state.idle < kMostIdleLooks) {
            gate.arm(queue, 0, p_.sync);
            state.armed = true;
        }
        return changed;
    }

private:
    static Sight sight(const Gate& gate, const Queue& queue, const TideQueue& state) {
        return {gate.landings().mark(), queue.length, queue.last ? queue.last->sequence : 0,
                state.serial && gate.complete(*state.serial), state.batch && gate.complete(*state.batch)};
    }

    /// One look. Existing results first, a batch before a single change.
    bool sync(Gate& gate, Queue& queue, TideQueue& state) const {
        bool changed = false;
        if (state.batch && gate.complete(*state.batch)) {
            changed = true;
            if (passed(gate, *state.batch)) {
                gate.land(*std::exchange(state.batch, nullptr));
                state.most = 0;
                return true;
            }
            note_failure(gate, state);
        }
        if (state.serial && gate.complete(*state.serial)) {
            Item& trial = *std::exchange(state.serial, nullptr);
            changed = true;
            if (passed(gate, trial) && !state.batch) {
                gate.land(trial);
                return true;
            }
            if (passed(gate, trial)) {  // a batch is under way: it will be merged, this one with it
                state.serial = &trial;
                changed = false;
            } else {
                if (Item* item = gate.tip(trial)) gate.eject(*item, trial);
                gate.settle(trial);
            }
        }
        if (!state.serial) {
            const auto front = front_items(gate, queue, 1);
            if (!front.empty()) state.serial = gate.open_trial(queue, front, 1);
            changed |= !front.empty();
        }
        changed |= start_batch(gate, queue, state);
        for (Item* trial : {state.serial, state.batch})
            if (trial) gate.advance(*trial);
        return changed;
    }

    /// Nobody looks for the culprit: until the branch moves, only the single change goes on.
    static void note_failure(Gate& gate, TideQueue& state) {
        Item& batch = *std::exchange(state.batch, nullptr);
        const std::size_t size = gate.rest_of(batch).size();
        if (batch.attempt.merge == MergeState::conflict) {
            state.most = size / 2;  // those that merge together, the oldest first
        } else {
            state.failed = true;
            state.failed_on = gate.landings().mark();
        }
        gate.settle(batch);
    }

    bool start_batch(Gate& gate, Queue& queue, TideQueue& state) const {
        if (state.batch || p_.batch_size_limit < 0) return false;
        std::size_t most = p_.batch_size_limit == 0 ? queue.length : static_cast<std::size_t>(p_.batch_size_limit);
        if (state.most > 0) most = std::min(most, state.most);
        const auto items = front_items(gate, queue, most);
        if (items.size() < 2) return false;
        std::vector<ItemId> ids;
        for (const Item* item : items) ids.push_back(item->id);
        if (state.failed && state.failed_on == gate.landings().mark() &&
            std::includes(ids.begin(), ids.end(), state.tried.begin(), state.tried.end()))
            return false;
        state.failed = false;
        state.tried = std::move(ids);
        state.batch = gate.open_trial(queue, items, items.size());
        return true;
    }

    Parameters p_;
};

const bool kRegistered = register_strategy(
    {{"tide",
      "Once a minute: merge what is green on the branch as it is, then test one change and one batch on it",
      "Remembers nothing: every minute it looks at what waits. A green batch is merged, or else a green single change. "
      "Then the oldest change is tested alone and, beside it, a batch of all changes that merge together, oldest "
      "first. A landing makes all other results stale. A red batch is not searched: until the branch moves, only the "
      "single change goes on, and if it is red it is ejected. Source: Tide, of Kubernetes' Prow. Use it when most "
      "changes pass and simplicity counts; large batches of doubtful changes make it a serial queue. Counter-strategy: "
      "batch, which finds the culprit of a red batch.",
      "",
      {},
      {},
      parameters_of(kFields)},
     [](const ParameterValues& values) -> std::unique_ptr<Strategy> {
         return std::make_unique<Tide>(filled(kFields, values));
     }});

}  // namespace
}  // namespace gatesim
