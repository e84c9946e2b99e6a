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
    for (std::uint64_t tag : std::exchange(queue.rung, {})) {
        state.waited |= state.waiting && tag == state.timer;
        state.deadlines.hear(tag);
    }
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
    if (state.runs.empty() && !begin(gate, queue, state)) {
        state.deadlines.heed(gate, queue, rules_.fail_fast, [](const Item&) {});
        return changed;
    }
    for (BatchQueue::Run& run : state.runs) changed |= gate.advance(*run.trial);
    changed |= state.deadlines.heed(gate, queue, rules_.fail_fast, [](const Item&) {});
    changed |= repeat_red(gate, queue, state);
    if (!all_known(gate, state)) return changed;
    if (state.round.proof)
        decide_prefixes(gate, queue, state);
    else
        decide(gate, queue, state);
    return true;
}

// ------------------------------------------------------------ why nobody moves

std::size_t BatchFamily::next_up(const Queue& queue) const {
    const auto& state = static_cast<const BatchQueue&>(*queue.state);
    std::size_t suspects = 0;
    for (const BatchRound& round : state.due)
        for (const BatchGroup& group : round.groups) suspects += group.items.size();
    return state.runs.empty() ? std::size_t{queue.length}
                              : suspects + 1;  // then all of them would go into the next batch
}

Reason BatchFamily::why_untested(const Gate&, const Queue& queue, const Item& item) const {
    const auto& state = static_cast<const BatchQueue&>(*queue.state);
    for (const BatchRound& round : state.due)
        for (const BatchGroup& group : round.groups)
            if (std::find(group.items.begin(), group.items.end(), item.id) != group.items.end())
                return {Why::in_search, kNone, kNone, kNone};
    return {state.runs.empty() && has_to_wait(state) ? Why::gathers : far_back(), kNone, kNone, kNone};
}

/// A red batch whose parts are tested, or a part that waits for the others of its round.
Reason BatchFamily::why_undecided(const Gate& gate, const Queue&, const Item& trial) const {
    return {passed(gate, trial) ? Why::verdict_waits : Why::in_search, kNone, kNone, kNone};
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
            if (!open(gate, queue, state, run)) {
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
            if (!open(gate, queue, state, state.runs.back())) state.runs.pop_back();
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
        state.taken = std::max(state.taken, std::uint64_t{item->sequence});
    }
    state.waiting = state.waited = false;
    run.trial = gate.open_trial(queue, items, items.size());
    if (!run.trial) return false;
    state.deadlines.begin(gate, queue, *run.trial, rules_.timeout);
    state.runs.push_back(std::move(run));
    return !state.runs.empty();
}

/// Whoever has left, or cannot be tested without somebody who is not in the group, is not part of it any more; the
/// latter comes again with a later batch.
bool BatchFamily::open(Gate& gate, Queue& queue, BatchQueue& state, BatchQueue::Run& run) {
    std::vector<Item*> items;
    for (ItemId id : run.group.items)
        if (Item* item = gate.item(id); item && gate.may_follow(items, *item)) items.push_back(item);
    if (items.empty()) return false;
    run.group.items.clear();
    for (const Item* item : items) run.group.items.push_back(item->id);
    run.trial = gate.open_trial(queue, items, items.size());
    if (run.trial) state.deadlines.begin(gate, queue, *run.trial, rules_.timeout);
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
        if (open(gate, queue, state, state.runs.back()) && state.runs.back().group.items.size() == prefix.items.size())
            continue;
        for (BatchQueue::Run& run : state.runs)
            if (run.trial) gate.drop(*run.trial, {Why::refuted, kNone, kNone, kNone});
        state.runs.clear();
        state.due.push_back(unproven(gate, round));
        return false;
    }
    return true;
}

}  // namespace gatesim
