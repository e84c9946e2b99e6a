#include "strategy/batch_family.hpp"

#include <algorithm>

namespace gatesim {

const std::vector<std::string>& on_red_words() {
    static const std::vector<std::string> words = {"bisect", "infer", "prefix", "stop-at-4", "singles", "quarters"};
    return words;
}

void set_on_red(BatchRules& rules, const std::string& word) {
    static constexpr OnRed kMeanings[] = {OnRed::bisect,    OnRed::prefix,  OnRed::prefix,
                                          OnRed::stop_at_4, OnRed::singles, OnRed::quarters};
    const auto& words = on_red_words();
    rules.on_red = kMeanings[std::find(words.begin(), words.end(), word) - words.begin()];
    if (word == "infer") rules.parts = 2;
}

std::vector<BatchGroup> parts_of(const BatchGroup& group, std::size_t count) {
    const std::size_t size = group.items.size();
    count = std::min(count, size);
    std::vector<BatchGroup> parts;
    for (std::size_t i = 0; i < count; ++i)
        parts.push_back({{group.items.begin() + static_cast<std::ptrdiff_t>(i * size / count),
                          group.items.begin() + static_cast<std::ptrdiff_t>((i + 1) * size / count)},
                         group.level + 1});
    return parts;
}

std::vector<BatchGroup> BatchFamily::divide(const Gate&, const Queue&, const BatchGroup& red) const {
    const std::size_t size = red.items.size();
    switch (rules_.on_red) {
        case OnRed::bisect:
            return parts_of(red, 2);
        case OnRed::prefix:
            return parts_of(red, rules_.parts);
        case OnRed::stop_at_4:
            return parts_of(red, size <= 4 ? size : 2);
        case OnRed::singles:
            return parts_of(red, size);
        case OnRed::quarters:
            return parts_of(red, red.level == 0 ? 4 : size);
    }
    return {};
}

/// The first of a batch sets a timer, also while another batch is under test.
void BatchFamily::mind_delay(Gate& gate, Queue& queue, BatchQueue& state) const {
    for (std::uint64_t tag : std::exchange(queue.rung, {})) state.waited |= state.waiting && tag == state.timer;
    if (rules_.delay == 0 || state.waiting || !queue.last || queue.last->sequence <= state.taken) return;
    gate.arm(queue, ++state.timer, rules_.delay);
    state.waiting = true;
}

std::vector<Item*> BatchFamily::front_batch(const Gate& gate, const Queue& queue, const BatchQueue& state,
                                            std::size_t most) const {
    std::vector<Item*> items = front_items(gate, queue, most);
    if (items.size() < most && has_to_wait(state)) items.clear();
    return items;
}

bool BatchFamily::pass(Gate& gate, Queue& queue) {
    auto& state = static_cast<BatchQueue&>(*queue.state);
    bool changed = drop_needy(gate, queue);
    mind_delay(gate, queue, state);
    changed |= forget_refuted(gate, queue, state);
    if (state.runs.empty() && !begin(gate, queue, state)) return changed;
    for (BatchQueue::Run& run : state.runs) changed |= gate.advance(*run.trial);
    changed |= repeat_red(gate, queue, state);
    if (!all_known(gate, state)) return changed;
    if (state.round.proof)
        decide_prefixes(gate, queue, state);
    else
        decide(gate, queue, state);
    return true;
}

// ------------------------------------------------------------ what is under test

namespace {

/// What is left of a round when what was known of all of it together is void.
BatchRound unproven(Gate& gate, const BatchRound& round) {
    BatchGroup all;
    for (const BatchGroup& group : round.groups)
        all.items.insert(all.items.end(), group.items.begin(), group.items.end());
    gate.settle(*round.proof);
    return {{all}, nullptr};
}

}  // namespace

/// Somebody of a group left: the others are tested without that one.
bool BatchFamily::forget_refuted(Gate& gate, Queue& queue, BatchQueue& state) {
    for (BatchRound& round : state.due)
        if (round.proof && round.proof->refuted) round = unproven(gate, round);
    bool changed = false;
    if (state.round.proof && state.round.proof->refuted) {
        for (BatchQueue::Run& run : state.runs) gate.drop(*run.trial, {Why::refuted, kNone, kNone, kNone});
        state.runs.clear();
        state.due.push_back(unproven(gate, state.round));
        state.round = {};
        return true;
    }
    for (std::size_t i = 0; i < state.runs.size();) {
        BatchQueue::Run& run = state.runs[i];
        if (run.trial->refuted) {
            changed = true;
            gate.drop(*run.trial, {Why::refuted, kNone, kNone, kNone});
            if (!open(gate, queue, run)) {
                state.runs.erase(state.runs.begin() + static_cast<std::ptrdiff_t>(i));
                continue;
            }
        }
        ++i;
    }
    return changed;
}

bool BatchFamily::begin(Gate& gate, Queue& queue, BatchQueue& state) {
    while (!state.due.empty()) {
        state.round = std::move(state.due.back());
        state.due.pop_back();
        if (state.round.proof) {
            if (open_prefixes(gate, queue, state)) return true;
            continue;
        }
        for (const BatchGroup& group : state.round.groups) {
            state.runs.push_back({group, nullptr, 0});
            if (!open(gate, queue, state.runs.back())) state.runs.pop_back();
        }
        if (!state.runs.empty()) return true;
    }
    state.round = {};
    if (!queue.first) return false;
    const std::vector<Item*> items = choose(gate, queue, state);
    if (items.empty()) return false;
    BatchQueue::Run run;
    for (const Item* item : items) {
        run.group.items.push_back(item->id);
        state.taken = std::max(state.taken, item->sequence);
    }
    state.waiting = state.waited = false;
    run.trial = gate.open_trial(queue, items, items.size());
    if (run.trial) state.runs.push_back(std::move(run));
    return !state.runs.empty();
}

/// Whoever has left, or can not be tested without somebody who is not in the group, is not part of it any more; the
/// latter comes again with a later batch.
bool BatchFamily::open(Gate& gate, Queue& queue, BatchQueue::Run& run) {
    std::vector<Item*> items;
    for (ItemId id : run.group.items)
        if (Item* item = gate.item(id); item && gate.may_follow(items, *item)) items.push_back(item);
    if (items.empty()) return false;
    run.group.items.clear();
    for (const Item* item : items) run.group.items.push_back(item->id);
    run.trial = gate.open_trial(queue, items, items.size());
    return run.trial != nullptr;
}

/// The prefixes of a red round: all parts but the last, of which the others tell.
bool BatchFamily::open_prefixes(Gate& gate, Queue& queue, BatchQueue& state) {
    BatchRound& round = state.round;
    BatchGroup prefix;
    prefix.level = round.groups.front().level;
    for (std::size_t part = 0; part + 1 < round.groups.size(); ++part) {
        const std::vector<ItemId>& more = round.groups[part].items;
        prefix.items.insert(prefix.items.end(), more.begin(), more.end());
        state.runs.push_back({prefix, nullptr, 0});
        if (open(gate, queue, state.runs.back()) && state.runs.back().group.items.size() == prefix.items.size())
            continue;
        for (BatchQueue::Run& run : state.runs)
            if (run.trial) gate.drop(*run.trial, {Why::refuted, kNone, kNone, kNone});
        state.runs.clear();
        state.due.push_back(unproven(gate, round));
        return false;
    }
    return true;
}

// ------------------------------------------------------------ verdicts

bool BatchFamily::red(const Gate& gate, const BatchQueue::Run& run) const {
    return has_verdict(gate, *run.trial, rules_.fail_fast) && !passed(gate, *run.trial);
}

/// A red build is run again as often as the rules say, before anybody believes it.
bool BatchFamily::repeat_red(Gate& gate, Queue& queue, BatchQueue& state) {
    bool changed = false;
    for (BatchQueue::Run& run : state.runs) {
        if (run.red_before >= rules_.retries || !red(gate, run) || !gate.failed_slot(*run.trial)) continue;
        Item& before = *run.trial;
        if (!open(gate, queue, run)) continue;
        gate.settle(before);
        ++run.red_before;
        gate.advance(*run.trial);
        changed = true;
    }
    return changed;
}

/// Of prefixes only those up to the first red one matter.
bool BatchFamily::all_known(const Gate& gate, const BatchQueue& state) const {
    for (const BatchQueue::Run& run : state.runs) {
        if (!has_verdict(gate, *run.trial, rules_.fail_fast)) return false;
        if (state.round.proof && red(gate, run)) return true;
    }
    return true;
}

/// Returns those that have to be tested again, because the review system refused one of them.
BatchGroup BatchFamily::land(Gate& gate, Queue& queue, BatchQueue::Run& run) {
    const bool all = gate.land(*run.trial);
    BatchGroup again{{}, run.group.level};
    for (ItemId id : run.group.items)
        if (gate.item(id))
            again.items.push_back(id);
        else
            decided(queue, true);
    if (all) again.items.clear();
    return again;
}

void BatchFamily::eject(Gate& gate, Queue& queue, const BatchGroup& group, Item& trial) {
    if (Item* item = gate.item(group.items.front())) gate.eject(*item, trial);
    gate.settle(trial);
    decided(queue, false);
}

void BatchFamily::decide(Gate& gate, Queue& queue, BatchQueue& state) {
    std::vector<BatchQueue::Run> runs = std::exchange(state.runs, {});
    if (runs.size() == 1 && red(gate, runs.front())) {
        if (runs.front().group.items.size() == 1) return eject(gate, queue, runs.front().group, *runs.front().trial);
        return search(gate, queue, state, runs.front().group, *runs.front().trial);
    }
    // Side by side, each on the branch as it is: whoever failed alone is guilty, and leaves before anything lands.
    std::erase_if(runs, [&](const BatchQueue::Run& run) {
        // one that leaves can void the trial of another: that one is tested again
        const bool guilty = run.group.items.size() == 1 && !run.trial->refuted && red(gate, run);
        if (guilty) eject(gate, queue, run.group, *run.trial);
        return guilty;
    });
    std::vector<BatchRound> next;  // in the order of the queue
    bool greens = false;           // the last of them is a group of green parts
    Item* first = nullptr;
    for (BatchQueue::Run& run : runs) {
        if (red(gate, run)) {
            std::vector<BatchGroup> parts = divide(gate, queue, run.group);
            next.push_back({std::move(parts), nullptr});
            greens = false;
        } else if (&run == &runs.front() && !run.trial->refuted) {
            first = run.trial;
            continue;
        } else if (greens) {  // green on the branch as it was, but not together: once more, as one
            auto& items = next.back().groups.front().items;
            items.insert(items.end(), run.group.items.begin(), run.group.items.end());
        } else {
            next.push_back({{{run.group.items, 0}}, nullptr});
            greens = true;
        }
        gate.settle(*run.trial);
    }
    state.due.insert(state.due.end(), next.rbegin(), next.rend());
    if (!first) return;
    if (BatchGroup again = land(gate, queue, runs.front()); !again.items.empty())
        state.due.push_back({{std::move(again)}, nullptr});
}

/// The first red prefix tells: what is before its last part is green and lands, that part is red, of the rest nothing
/// is known.
void BatchFamily::decide_prefixes(Gate& gate, Queue& queue, BatchQueue& state) {
    std::vector<BatchQueue::Run> runs = std::exchange(state.runs, {});
    BatchRound round = std::exchange(state.round, {});
    const auto first_red = static_cast<std::size_t>(
        std::find_if(runs.begin(), runs.end(), [&](const BatchQueue::Run& run) { return red(gate, run); }) -
        runs.begin());
    BatchGroup rest;
    for (std::size_t part = first_red + 1; part < round.groups.size(); ++part)
        rest.items.insert(rest.items.end(), round.groups[part].items.begin(), round.groups[part].items.end());
    if (!rest.items.empty()) state.due.push_back({{rest}, nullptr});
    Item* proof = round.proof;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (i == first_red) {
            gate.settle(*proof);
            proof = runs[i].trial;
        } else if (i > first_red && has_verdict(gate, *runs[i].trial)) {
            gate.settle(*runs[i].trial);
        } else if (i > first_red) {
            gate.drop(*runs[i].trial, {Why::no_longer_due, kNone, kNone, kNone});
        } else if (i + 1 != first_red) {
            gate.settle(*runs[i].trial);  // a longer one lands
        }
    }
    BatchGroup guilty = std::move(round.groups[first_red]);
    BatchGroup again;
    if (first_red > 0) again = land(gate, queue, runs[first_red - 1]);
    if (!proof->refuted) return search_with(gate, queue, state, std::move(guilty), *proof);
    gate.settle(*proof);  // one was refused: the rest in the order of the queue
    state.due.push_back({{std::move(guilty)}, nullptr});
    if (!again.items.empty()) state.due.push_back({{std::move(again)}, nullptr});
}

/// Somebody of the group is to blame.
void BatchFamily::search(Gate& gate, Queue& queue, BatchQueue& state, BatchGroup guilty, Item& trial) {
    const bool conflict = trial.attempt.merge == MergeState::conflict;
    if (rules_.on_red == OnRed::prefix && !conflict) return search_with(gate, queue, state, std::move(guilty), trial);
    // What can not be put together costs no builds to be halved.
    std::vector<BatchGroup> parts = conflict ? parts_of(guilty, 2) : divide(gate, queue, guilty);
    gate.settle(trial);
    if (rules_.at_once && !conflict) return state.due.push_back({std::move(parts), nullptr});
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) state.due.push_back({{std::move(*part)}, nullptr});
}

/// The same, with a red trial of exactly this group on the branch as it is.
void BatchFamily::search_with(Gate& gate, Queue& queue, BatchQueue& state, BatchGroup guilty, Item& proof) {
    if (guilty.items.size() == 1) return eject(gate, queue, guilty, proof);
    state.due.push_back({divide(gate, queue, guilty), &proof});
}

}  // namespace gatesim
