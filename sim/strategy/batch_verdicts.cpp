// What the batch family does about verdicts: land, eject, look for the guilty.
#include <algorithm>

#include "strategy/batch_family.hpp"

namespace gatesim {

bool BatchFamily::red(const Gate& gate, const BatchQueue::Run& run) const {
    return has_verdict(gate, *run.trial, rules_.fail_fast) && !passed(gate, *run.trial);
}

/// A red build is run again as often as the rules say, before anybody believes it.
bool BatchFamily::repeat_red(Gate& gate, Queue& queue, BatchQueue& state) {
    bool changed = false;
    for (BatchQueue::Run& run : state.runs) {
        if (run.red_before >= rules_.retries || !red(gate, run) || !gate.failed_slot(*run.trial)) continue;
        Item& before = *run.trial;
        if (!open(gate, queue, state, run)) continue;
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
    if (!proof->refuted) return search_with(gate, queue, state, guilty, *proof);
    gate.settle(*proof);  // one was refused: the rest in the order of the queue
    state.due.push_back({{std::move(guilty)}, nullptr});
    if (!again.items.empty()) state.due.push_back({{std::move(again)}, nullptr});
}

/// Somebody of the group is to blame.
void BatchFamily::search(Gate& gate, Queue& queue, BatchQueue& state, const BatchGroup& guilty, Item& trial) {
    const bool conflict = trial.attempt.merge == MergeState::conflict;
    if (rules_.on_red == OnRed::prefix && !conflict) return search_with(gate, queue, state, guilty, trial);
    // What cannot be put together costs no builds to be halved.
    std::vector<BatchGroup> parts = conflict ? parts_of(guilty, 2) : divide(gate, queue, guilty);
    gate.settle(trial);
    if (rules_.at_once && !conflict) return state.due.push_back({std::move(parts), nullptr});
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) state.due.push_back({{std::move(*part)}, nullptr});
}

/// The same, with a red trial of exactly this group on the branch as it is.
void BatchFamily::search_with(Gate& gate, Queue& queue, BatchQueue& state, const BatchGroup& guilty, Item& proof) {
    if (guilty.items.size() == 1) return eject(gate, queue, guilty, proof);
    state.due.push_back({divide(gate, queue, guilty), &proof});
}

}  // namespace gatesim
