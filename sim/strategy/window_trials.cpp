#include "strategy/window_trials.hpp"

#include <algorithm>

namespace gatesim {

namespace {

bool needs(const Change& change, ChangeId other) {
    const auto in = [&](const std::vector<ChangeId>& all) {
        return std::find(all.begin(), all.end(), other) != all.end();
    };
    return in(change.git_parents) || in(change.depends_on);
}

}  // namespace

WindowTrials::WindowTrials(WindowPolicy policy)
    : p_(std::move(policy)),
      lanes_(p_.lanes == "footprint"),
      counts_all_(p_.counts == "all"),
      any_red_(p_.evict == "any-red"),
      aside_(p_.on_red == "aside" && p_.batch > 1),
      stop_(p_.behind_red == "stop" && p_.tolerance == 0) {}

void WindowTrials::opened(Gate& gate, Queue& queue) {
    queue.state = std::make_unique<WindowQueue>();
    gate.tell_window(queue, p_.window);
}

Relaxations WindowTrials::relaxations() const {
    Relaxations relax;
    relax.independence = lanes_ || aside_;
    relax.reorders = relax.independence || p_.urgent_first;
    relax.untested =
        p_.quarantine > 0 || p_.without_patch || (p_.witness == "own-jobs" && (p_.tolerance > 0 || p_.optimistic));
    return relax;
}

bool WindowTrials::independent(const Gate& gate, const Item& landed, const Item& trial) const {
    if (trial.mark == WindowQueue::kDiagnosis) return true;
    return lanes_ && shares_no_target(gate, landed, trial);
}

bool WindowTrials::pass(Gate& gate, Queue& queue) {
    auto& state = static_cast<WindowQueue&>(*queue.state);
    bool changed = drop_needy(gate, queue);
    hear(queue, state);
    time_comers(gate, queue, state);
    note_priorities(gate, queue, state);
    // Nobody leaves, and no trial is refuted, without a note there.
    const bool left = state.tidied != queue.happenings->now();
    if (!state.still || left) changed |= tidy(gate, state, left);
    state.tidied = queue.happenings->now();
    changed |= look_aside(gate, queue, state);
    changed |= form_cars(gate, queue, state);
    changed |= start_tests(gate, queue, state);
    if (p_.without_patch) changed |= state.without.advance(gate, queue);
    changed |= state.deadlines.heed(gate, queue, p_.fail_fast, [&](const Item& trial) {
        for (const Car& car : state.cars)
            if (car.trial == &trial) car.known = State::waiting;
    });
    changed = repeat(gate, queue, state) || act(gate, queue, state) || changed;
    state.still = !changed;
    return changed;
}

// ------------------------------------------------------------ cars

/// Forgets who left and what cannot come to be any more. `left`: somebody may have; `cause`: whose ejection it was, if
/// one.
bool WindowTrials::tidy(Gate& gate, WindowQueue& state, bool left, const Item* cause) const {
    bool changed = false;
    const auto gone = [&](ItemId id) { return gate.item(id) == nullptr; };
    const auto clear = [&](Item*& trial) {
        if (!trial || !trial->refuted) return false;
        gate.drop(*trial, {Why::refuted, cause ? ChangeId{cause->change} : kNone, kNone, kNone}, cause);
        trial = nullptr;
        return true;
    };
    for (Suspects& suspects : state.aside) {
        changed |= clear(suspects.trial);
        std::erase_if(suspects.items, gone);
    }
    std::erase_if(state.aside, [](const Suspects& s) { return s.items.empty(); });
    state.parts = false;
    for (Car& car : state.cars) {
        if (clear(car.trial)) {
            car.retries = 0;
            changed = true;
        }
        if (left) std::erase_if(car.items, gone);
        if (car.proof && (car.proof->refuted || car.items.empty())) {
            gate.settle(*car.proof);
            car.proof = nullptr;
            changed = true;
        }
        state.parts |= car.part && !car.items.empty();
        if (!car.items.empty() || !car.trial) continue;
        if (has_verdict(gate, *car.trial))
            gate.settle(*car.trial);
        else
            gate.drop(*car.trial, {Why::no_longer_due, kNone, kNone, kNone});
        changed = true;
    }
    std::erase_if(state.cars, [](const Car& car) { return car.items.empty(); });
    return changed;
}

/// With behind_red = stop: what would stand behind a red car, or behind the parts of one, stays in the queue.
bool WindowTrials::search_blocks(const Gate& gate, const WindowQueue& state) const {
    return stop_ && !lanes_ && std::any_of(state.cars.begin(), state.cars.end(), [&](const Car& car) {
               return car.part || state_of(gate, state, car) == State::red;
           });
}

/// With lanes: whether nothing of the car is to be tested now. It stands on the parts of a red car without being one of
/// them, or, with behind_red = stop, on a red one.
bool WindowTrials::stands_on_trouble(const Gate& gate, const WindowQueue& state, std::size_t index) const {
    const bool suspects = state.parts && !state.cars[index].part;
    if (!suspects && !stop_) return false;
    const auto under = below(state, index);
    for (std::size_t j = 0; j < index; ++j)
        if (under[j] &&
            ((suspects && state.cars[j].part) || (stop_ && state_of(gate, state, state.cars[j]) == State::red)))
            return true;
    return false;
}

bool WindowTrials::form_cars(Gate& gate, Queue& queue, WindowQueue& state) const {
    if (search_blocks(gate, state)) return false;
    std::size_t counted = 0;
    if (p_.window != 0)
        for (const Car& car : state.cars) counted += counts_all_ || !judged(gate, state, car);
    std::vector<Item*> chain;
    std::size_t placed = 0;
    for (const Car& car : state.cars) placed += car.items.size();
    for (const Suspects& suspects : state.aside) placed += suspects.items.size();
    bool formed = false;
    const std::vector<Item*> ranked = state.urgent ? by_priority(gate, queue) : std::vector<Item*>{};
    while ((p_.window == 0 || counted < static_cast<std::size_t>(p_.window)) && placed < queue.length) {
        if (chain.empty())
            for (const Car& car : state.cars)
                for (ItemId id : car.items) chain.push_back(gate.item(id));
        Car car;
        bool full = false;
        std::size_t rank = 0;
        const auto next = [&](Item* before) {
            if (state.urgent) return rank < ranked.size() ? ranked[rank++] : nullptr;
            return static_cast<Item*>(before ? before->next : queue.first);
        };
        for (Item* item = next(nullptr); item && !full; item = next(item)) {
            if (!item->live || (item->mark & WindowQueue::kPlaced) || !gate.may_follow(chain, *item)) continue;
            const bool alone = item->mark >= WindowQueue::kAloneFrom || gate.change(*item).single;
            if (alone && !car.items.empty()) break;
            car.items.push_back(item->id);
            chain.push_back(item);
            full = alone || car.items.size() == static_cast<std::size_t>(p_.batch);
        }
        if (car.items.empty()) break;
        const bool fresh = gate.item(car.items.front())->sequence > state.waited;
        if (!full && fresh && !clock_is_due(gate, queue, state, state.fill, p_.wait)) return formed;
        state.fill = {};
        car.id = state.next_car++;
        for (ItemId id : car.items) gate.item(id)->mark |= WindowQueue::kPlaced;
        placed += car.items.size();
        ++counted;
        state.cars.push_back(std::move(car));
        if (lanes_) find_touches(gate, state, state.cars.size() - 1);
        formed = true;
    }
    if (placed == queue.length) state.fill = {};  // nobody waits for company
    return formed;
}

/// Lanes: the cars before this one on which it has to be tested.
void WindowTrials::find_touches(const Gate& gate, WindowQueue& state, std::size_t index) const {
    Car& car = state.cars[index];
    const auto touch = [&](ItemId mine, ItemId other) {
        const ChangeId theirs = gate.item(other)->change;
        const Change& change = gate.change(*gate.item(mine));
        return may_conflict(change.footprint, gate.change(theirs).footprint) || needs(change, theirs);
    };
    for (std::size_t i = 0; i < index; ++i) {
        const Car& before = state.cars[i];
        const bool touched = std::any_of(car.items.begin(), car.items.end(), [&](ItemId mine) {
            return std::any_of(before.items.begin(), before.items.end(),
                               [&](ItemId other) { return touch(mine, other); });
        });
        if (touched) car.touches.push_back(before.id);
    }
}

/// Which of the cars before this one its state contains.
std::vector<bool> WindowTrials::below(const WindowQueue& state, std::size_t index) const {
    if (!lanes_) return std::vector<bool>(index, true);
    std::vector<bool> in(index + 1, false);
    in[index] = true;
    for (std::size_t i = index + 1; i-- > 0;) {
        if (!in[i]) continue;
        const auto& touches = state.cars[i].touches;
        for (std::size_t j = 0; j < i; ++j)
            if (std::find(touches.begin(), touches.end(), state.cars[j].id) != touches.end()) in[j] = true;
    }
    in.pop_back();
    return in;
}

// ------------------------------------------------------------ tests

bool WindowTrials::start_tests(Gate& gate, Queue& queue, WindowQueue& state) const {
    bool changed = false;
    std::size_t counted = 0;
    bool part_before = false, red_before = false;
    Row row;
    for (std::size_t i = 0; i < state.cars.size(); ++i) {
        Car& car = state.cars[i];
        if (car.items.empty()) continue;
        // What stands on the parts of a red car waits, and, with behind_red = stop, what stands on a red one.
        const bool waits = lanes_ ? stands_on_trouble(gate, state, i) : (part_before && !car.part) || red_before;
        part_before |= car.part;
        red_before |= stop_ && state_of(gate, state, car) == State::red;
        if (car.proof) {  // known to be red without a test, unless what it stood on became something else
            const auto under = below(state, i);
            const bool alone = std::find(under.begin(), under.end(), true) == under.end();
            if (!alone || state_of(gate, state, car) == State::red) continue;
            gate.settle(*std::exchange(car.proof, nullptr));
        }
        if (judged(gate, state, car)) {
            counted += counts_all_;
            continue;
        }
        if (waits) continue;
        if (!car.trial && p_.window != 0 && counted >= static_cast<std::size_t>(p_.window)) continue;
        ++counted;
        if (car.trial && car.known == State::running && car.trial->attempt.resting) continue;
        if (!car.trial && !open(gate, queue, state, i, row)) {
            changed = true;
            continue;
        }
        changed |= gate.advance(*car.trial);
        car.known = State::waiting;
    }
    return changed;
}

/// Opens the car's trial. False if it cannot be yet: a change in it, or in what it stands on, has lost its place in
/// front of one that needs it, and is let out first.
bool WindowTrials::open(Gate& gate, Queue& queue, WindowQueue& state, std::size_t index, Row& row) const {
    if (lanes_) row = {};
    const bool goes_on = row.last && row.cars == index;
    const std::size_t before = row.chain.size();
    const std::vector<bool> under = lanes_ ? below(state, index) : std::vector<bool>{};
    for (; row.cars <= index; ++row.cars) {
        if (lanes_ && row.cars < index && !under[row.cars]) continue;
        for (ItemId id : state.cars[row.cars].items) {
            Item* item = gate.item(id);
            if (!gate.may_follow(row.chain, *item)) {
                let_out(gate, state, row.cars, *item);
                row = {};
                return false;
            }
            row.chain.push_back(item);
        }
    }
    Car& car = state.cars[index];
    car.known = State::waiting;
    car.trial = goes_on ? gate.open_next(*row.last, std::span(row.chain).subspan(before)) : nullptr;
    if (!car.trial) car.trial = gate.open_trial(queue, row.chain, car.items.size());
    row.last = car.trial;
    if (car.trial) state.deadlines.begin(gate, queue, *car.trial, p_.timeout);
    return car.trial != nullptr;
}

/// Takes a change out of its car; it waits in the queue for what it needs. What was tested with it is tested again.
void WindowTrials::let_out(Gate& gate, WindowQueue& state, std::size_t index, Item& item) const {
    restart_behind(gate, state, index);
    Car& car = state.cars[index];
    if (car.trial) gate.drop(*car.trial, {Why::ahead_changed, item.change, kNone, kNone}, &item);
    if (car.proof) gate.settle(*car.proof);
    car.trial = car.proof = nullptr;
    std::erase(car.items, item.id);
    item.mark &= ~WindowQueue::kPlaced;
}

}  // namespace gatesim
