// What is wrong with a state under test, and what escaped with a landing.
#include <algorithm>

#include "truth/memory.hpp"

namespace gatesim {

namespace {

bool contains(const std::vector<int>& runs, int run) {
    return std::find(runs.begin(), runs.end(), run) != runs.end();
}

}  // namespace

std::optional<Fault> Truth::Memory::fault(const Job& job, const BuildState& state, int patchset) {
    const auto by_script = scripted_fault(job, state, patchset);
    const auto drawn = hidden.fault(job, state, patchset);
    // The causes are numbered in this order, from own defect to semantic conflict.
    auto first = !by_script || (drawn && drawn->cause < by_script->cause) ? drawn : by_script;
    if (first) first->at_fault = at_fault(job, state, patchset);
    return first;
}

/// Whoever in the chain makes the job red, not only the first that was found.
std::vector<AtFault> Truth::Memory::at_fault(const Job& job, const BuildState& state, int patchset) {
    std::vector<AtFault> out;
    hidden.add_at_fault(job, state, patchset, out);
    for (std::size_t i = 0; i < state.tested().size(); ++i) {
        const ScriptRun* scripted = run_of_member(job, state, i, patchset);
        if (scripted && (scripted->fails || script.any_missing(scripted->fails_without, state)))
            out.push_back({state.tested()[i], Cause::own_defect, kNone});
    }
    for (const ChangeId who : state.chain) {
        const bool mended = landings.landed_before(who, state.base) && landings.repaired_before(who, state.base);
        if (script.breaks(who, job.id) && !mended) out.push_back({who, Cause::own_defect, kNone});
    }
    for (const Script::Clash& clash : script.clashes(job.id, state))
        if (!landings.landed_before(clash.who, state.base))
            out.push_back({clash.who, Cause::semantic_conflict, clash.rival});
    return out;
}

/// What the script says of the job of one of those under test; of the last one, the patch set is given.
const ScriptRun* Truth::Memory::run_of_member(const Job& job, const BuildState& state, std::size_t member,
                                              int patchset) const {
    const ChangeId change = state.tested()[member];
    const bool last = member + 1 == state.tested().size();
    return script.run_of(change, job.id, last ? patchset : cast.changes[change].patchset);
}

/// Whether the script lists this run, for one of those under test, among `runs`.
bool Truth::Memory::is_listed(std::vector<int> ScriptRun::*runs, const Job& job, const BuildState& state, int patchset,
                              int run) const {
    return any_scripted(job, state, patchset, [&](const ScriptRun& scripted, std::size_t member) {
        return contains(scripted.*runs, state.runs.empty() ? run : state.runs[member]);
    });
}

bool Truth::Memory::hangs(const Job& job, const BuildState& state, int patchset, int run, const RunKey& key) const {
    if (is_listed(&ScriptRun::hangs_on_run, job, state, patchset, run)) return true;
    return luck.chance(job.hangs.at(now), Purpose::hang, key.entity, key.attempt);
}

bool Truth::Memory::scripted_flake(const Job& job, const BuildState& state, int patchset, int run) const {
    return is_listed(&ScriptRun::fails_on_run, job, state, patchset, run);
}

std::optional<Fault> Truth::Memory::scripted_fault(const Job& job, const BuildState& state, int patchset) const {
    if (script.is_empty()) return std::nullopt;
    const ChangeId tested = state.chain.back();
    for (std::size_t i = state.tested().size(); i-- > 0;) {
        const ScriptRun* scripted = run_of_member(job, state, i, patchset);
        if (!scripted || (!scripted->fails && !script.any_missing(scripted->fails_without, state))) continue;
        const ChangeId who = state.tested()[i];
        return Fault{who == tested ? Cause::own_defect : Cause::defect_ahead, who};
    }
    const ChangeId breaker = script.breaker(job.id, state);
    if (breaker != kNone) {
        if (breaker == tested) return Fault{Cause::own_defect, tested};
        const bool ahead = std::find(state.chain.begin(), state.chain.end(), breaker) != state.chain.end();
        return Fault{ahead ? Cause::defect_ahead : Cause::defect_on_branch, breaker};
    }
    const std::vector<Script::Clash> clashes = script.clashes(job.id, state);
    for (const Script::Clash& clash : clashes)
        if (clash.who == tested || clash.rival == tested)
            return Fault{Cause::semantic_conflict, clash.who == tested ? clash.rival : clash.who};
    if (clashes.empty()) return std::nullopt;
    const Script::Clash& clash = clashes.front();
    if (landings.landed_before(clash.who, state.base)) return Fault{Cause::defect_on_branch, clash.who};
    return Fault{Cause::clash_ahead, clash.who, clash.rival};
}

// What each landing brought in, as of when it landed.
void Truth::Memory::note_flaws() {
    for (; noted < landings.mark(); ++noted) {
        if (const Landings::Undone* undone = landings.undone_at(noted)) {
            flaws.undo(*undone);
            continue;
        }
        const auto [from, to] = landings.push_of(noted);
        std::vector<ChangeId> landed(landings.order().begin() + from, landings.order().begin() + to);
        std::swap(landed[noted - from], landed.back());
        if (const Flaw found = flaw({from, landed, landing}); found.cause != Cause::none) flaws.add(found);
    }
}

Flaw Truth::Memory::flaw(const BuildState& state) {
    const Flaw by_script = scripted_flaw(state);
    const Fault drawn = hidden.brings_in(state);
    const bool script_tells =
        drawn.cause == Cause::none || (by_script.cause != Cause::none && by_script.cause < drawn.cause);
    return script_tells ? by_script : Flaw{drawn.cause, state.chain.back(), drawn.culprit};
}

// What its voting jobs would say of the change on this state.
Flaw Truth::Memory::scripted_flaw(const BuildState& state) const {
    const ChangeId landing_change = state.chain.back();
    const ListedChange* listed = script.listed(landing_change);
    Flaw worst{Cause::none, landing_change, kNone};
    if (!listed) return worst;
    for (const Place& place : hidden.places().of(landing_change)) {
        const ScriptRun* run = script.run_of(landing_change, place.job, cast.changes[landing_change].patchset);
        const bool breaks = script.breaks(landing_change, place.job);
        if (breaks || (run && (run->fails || script.any_missing(run->fails_without, state))))
            return {Cause::own_defect, landing_change, kNone};
        const ChangeId rival = script.rival_of(landing_change, place.job, state);
        if (rival != kNone) worst = {Cause::semantic_conflict, landing_change, rival};
    }
    return worst;
}

}  // namespace gatesim
