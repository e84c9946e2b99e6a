// The machine behind the queues with a window: cars in a row, each tested on those before it. (See window_policy.hpp.)
//
// A pass tidies up, fills cars, starts tests, and then acts on verdicts: it lands what is green, repeats or condemns
// what is red. After anything that changed the queue it returns, so that the next pass starts from what is so.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

#include "strategy/deadlines.hpp"
#include "strategy/strategy.hpp"
#include "strategy/trials.hpp"
#include "strategy/window_policy.hpp"
#include "strategy/without_patch.hpp"

namespace gatesim {

enum class CarState : std::uint8_t { waiting, running, green, red };

/// Changes that are tested together and share a verdict.
struct Car {
    std::uint64_t id = 0;
    std::vector<ItemId> items;           ///< in queue order
    std::vector<std::uint64_t> touches;  ///< lanes by footprint: cars before it that share a target with it
    Item* trial = nullptr;
    Item* proof = nullptr;      ///< a red trial that says this car is red if all before it land (infer)
    int retries = 0;            ///< of what it is tested on now
    int divided = 0;            ///< how often the car was divided of which it is a part
    bool part = false;          ///< of a red car: what stands on it waits
    std::vector<JobId> failed;  ///< quarantine: jobs that were red before they were repeated
    /// What the last look at the trial found, if that holds until something happens to it; waiting: nothing known.
    /// Thousands of cars can be under test, and an event concerns one.
    mutable CarState known = CarState::waiting;
};

/// The first cars and what stands in them, while trials are opened one after the other.
struct Row {
    std::vector<Item*> chain;
    std::size_t cars = 0;
    const Item* last = nullptr;  ///< the trial that was opened of all of them, if the last one was
};

/// A part of a red car, tested beside the row to find the culprit.
struct Suspects {
    std::vector<ItemId> items;
    Item* trial = nullptr;
};

/// What is known of a job's verdicts, for the quarantine.
struct JobRecord {
    std::int64_t verdicts = 0;  ///< counted up to quarantine_runs, then both are halved
    std::int64_t flakes = 0;    ///< red, and green on the same state when repeated
    std::int64_t clean = 0;     ///< verdicts in a row that were no flake
    bool out = false;           ///< it counts no longer
};

struct WindowQueue final : StrategyState {
    // Item::mark of a change in the queue: whether it stands in a car or aside, and how often it was put aside.
    static constexpr std::uint64_t kPlaced = 1;
    static constexpr std::uint64_t kOnceAside = 2;
    /// Put aside so often without being found guilty, a change gets a car of its own.
    static constexpr std::uint64_t kAloneFrom = 2 * kOnceAside;
    /// Item::mark of a trial beside the row: it finds culprits and lands nothing, so the branch may move on.
    static constexpr std::uint64_t kDiagnosis = 1;

    std::vector<Car> cars;
    std::vector<Suspects> aside;
    std::vector<JobRecord> jobs;  ///< by JobId
    std::uint64_t next_car = 1;
    std::vector<CarState> states;  ///< of the cars, while verdicts are acted on
    bool parts = false;            ///< some car is a part
    bool still = false;            ///< the last pass changed nothing, and what it saw is so until `tidied` is over
    Happenings::Moment tidied = 0;

    struct Clock {  ///< one thing that waits for a time to pass
        std::uint64_t tag = 0;
        bool runs = false;
        bool due = false;
    };
    Clock fill;
    std::uint64_t waited = 0;  ///< Item::sequence up to which changes have waited long enough for company in a car

    struct Coming {  ///< the changes that came at one instant, up to this one, are waiting for company to land
        std::uint64_t tag = 0;
        std::uint64_t sequence = 0;
    };
    std::vector<Coming> coming;  ///< in the order they came, which is that in which their time is over
    std::uint64_t seen = 0;      ///< Item::sequence up to which changes are in `coming`
    std::uint64_t ripe = 0;      ///< and up to which their time is over
    Deadlines deadlines;         ///< of the tests of cars
    WithoutPatch without;
    std::uint64_t next_tag = 1;
    std::uint64_t looked_at = 0;  ///< Item::sequence up to which priorities are known
    bool urgent = false;          ///< somebody has one
};

/// Whether it holds a change that asked to be tested and landed alone: no other one then.
inline bool is_single(const Gate& gate, const Car& car) {
    return gate.change(*gate.item(car.items.front())).single;
}

/// Whether the car's trial was begun on one of these. It may have been by way of a third car that is not there any
/// more.
inline bool holds_one(const Gate& gate, const Car& car, const std::vector<ItemId>& items) {
    if (!car.trial) return false;
    const auto rest = gate.rest_of(*car.trial);
    return std::find_first_of(rest.begin(), rest.end(), items.begin(), items.end()) != rest.end();
}

class WindowTrials : public Strategy {
public:
    explicit WindowTrials(WindowPolicy policy);
    void take_parameters(const Strategy& like) override { *this = static_cast<const WindowTrials&>(like); }

    void opened(Gate& gate, Queue& queue) final;
    void parameters_taken(Gate& gate, Queue& queue) override;
    bool pass(Gate& gate, Queue& queue) final;
    Relaxations relaxations() const final;
    bool independent(const Gate& gate, const Item& landed, const Item& trial) const final;
    Why far_back() const final { return Why::outside_window; }
    std::size_t next_up(const Queue& queue) const final;
    Reason why_untested(const Gate& gate, const Queue& queue, const Item& item) const final;
    Reason why_undecided(const Gate& gate, const Queue& queue, const Item& trial) const final;
    bool listens() const final { return p_.urgent_first; }
    FreezeRule freeze_rule() const final { return p_.freeze; }
    bool cancels_at_pause() const final { return p_.cancels_at_pause; }
    /// A red batch, and then what comes last in each division of it, are the same state, each with its retries.
    std::int64_t repeats() const final {
        const int divisions = std::bit_width(static_cast<std::uint64_t>(p_.batch));
        return (p_.retries + 1) * (divisions + 1);
    }

private:
    using State = CarState;

    // window_clocks.cpp
    void hear(Queue& queue, WindowQueue& state) const;
    bool clock_is_due(Gate& gate, Queue& queue, WindowQueue& state, WindowQueue::Clock& clock, Time after) const;
    void time_comers(Gate& gate, Queue& queue, WindowQueue& state) const;
    void note_priorities(const Gate& gate, Queue& queue, WindowQueue& state) const;
    std::vector<Item*> by_priority(const Gate& gate, const Queue& queue) const;
    bool group_is_due(const Gate& gate, const WindowQueue& state, const std::vector<std::size_t>& ready) const;

    // window_trials.cpp: cars and their tests
    bool tidy(Gate& gate, WindowQueue& state, bool left = true, const Item* cause = nullptr) const;
    bool form_cars(Gate& gate, Queue& queue, WindowQueue& state) const;
    bool search_blocks(const Gate& gate, const WindowQueue& state) const;
    bool stands_on_trouble(const Gate& gate, const WindowQueue& state, std::size_t car) const;
    bool start_tests(Gate& gate, Queue& queue, WindowQueue& state) const;
    bool open(Gate& gate, Queue& queue, WindowQueue& state, std::size_t car, Row& row) const;
    void let_out(Gate& gate, WindowQueue& state, std::size_t car, Item& item) const;
    void find_touches(const Gate& gate, WindowQueue& state, std::size_t car) const;
    std::vector<bool> below(const WindowQueue& state, std::size_t car) const;
    // window_states.cpp: what is known of them
    State state_of(const Gate& gate, const WindowQueue& state, const Car& car) const;
    State trial_state(const Gate& gate, const WindowQueue& state, const Car& car) const;
    bool judged(const Gate& gate, const WindowQueue& state, const Car& car) const;
    State look_at(const Gate& gate, const WindowQueue& state, const Car& car) const;
    bool good(const Gate& gate, const WindowQueue& state, const Item& trial) const;

    // window_verdicts.cpp: what follows from them
    bool act(Gate& gate, Queue& queue, WindowQueue& state) const;
    bool land(Gate& gate, WindowQueue& state, const std::vector<State>& states) const;
    bool proves(Gate& gate, const Car& green, const Car& before) const;
    std::vector<std::size_t> landable_in_row(Gate& gate, const WindowQueue& state,
                                             const std::vector<State>& states) const;
    bool landable(Gate& gate, const WindowQueue& state, const std::vector<State>& states,
                  const std::vector<std::size_t>& ready, std::size_t car) const;
    bool repeat(Gate& gate, Queue& queue, WindowQueue& state) const;
    bool condemn(Gate& gate, Queue& queue, WindowQueue& state, const std::vector<State>& states) const;
    bool is_its_fault(Gate& gate, Queue& queue, WindowQueue& state, std::size_t car, bool& changed) const;
    bool condemned(Gate& gate, const WindowQueue& state, const std::vector<State>& states, std::size_t car) const;
    bool is_witness(Gate& gate, const WindowQueue& state, const std::vector<State>& states, std::size_t later,
                    std::size_t car) const;
    bool proven(Gate& gate, const WindowQueue& state, const std::vector<State>& states, std::size_t car) const;
    void put_aside(Gate& gate, WindowQueue& state, std::size_t car) const;
    void find_states(const Gate& gate, WindowQueue& state) const;

    // window_search.cpp: red cars and what stands behind them
    bool stands_on(const Gate& gate, const WindowQueue& state, std::size_t car, std::size_t ahead) const;
    bool stop_behind_red(Gate& gate, WindowQueue& state, const std::vector<State>& states) const;
    void restart_behind(Gate& gate, WindowQueue& state, std::size_t car) const;
    void give_all_up(Gate& gate, WindowQueue& state, std::size_t car) const;
    void split(Gate& gate, WindowQueue& state, std::size_t car) const;

    // window_quarantine.cpp
    void note_failures(Car& car) const;
    void note_verdicts(const Gate& gate, WindowQueue& state, const Car& car, const std::vector<State>& states,
                       std::size_t index) const;
    void book(const Gate& gate, WindowQueue& state, JobId job, bool flake, bool green) const;

    // window_aside.cpp
    bool look_aside(Gate& gate, Queue& queue, WindowQueue& state) const;
    bool judge(Gate& gate, WindowQueue& state, std::size_t suspects) const;

    WindowPolicy p_;
    bool lanes_, counts_all_, any_red_, aside_, stop_;
};

}  // namespace gatesim
