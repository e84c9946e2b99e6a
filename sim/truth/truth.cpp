#include "truth/truth.hpp"

#include <algorithm>

#include "truth/births.hpp"
#include "truth/hidden.hpp"
#include "truth/pairs.hpp"
#include "truth/script.hpp"

namespace gatesim {

namespace {

// A run's name in keyed draws; exact while patch sets and pipelines stay below 65,536.
struct RunKey {
    std::uint64_t entity;
    std::uint64_t attempt;
};

RunKey run_key(const Job& job, const BuildState& state, int patchset, int run) {
    return {static_cast<std::uint64_t>(state.chain.back()) << 32 |
                static_cast<std::uint64_t>(static_cast<std::uint16_t>(patchset)) << 16 |
                static_cast<std::uint16_t>(state.pipeline),
            static_cast<std::uint64_t>(job.id) << 32 | static_cast<std::uint32_t>(run)};
}

bool contains(const std::vector<int>& runs, int run) {
    return std::find(runs.begin(), runs.end(), run) != runs.end();
}

}  // namespace

struct Truth::Memory {
    Memory(const Scenario& s, const Cast& c, const Landings& l, Luck k)
        : scenario(s),
          cast(c),
          landings(l),
          luck(k),
          births(c, l),
          script(s, c, l),
          hidden(s, c, l, births, k, script.with_cause()),
          textual(c, l, births, k, Purpose::textual_conflict, s.failures.textual_conflict,
                  [&c](ChangeId a, ChangeId b) {
                      return c.changes[a].project == c.changes[b].project && c.changes[a].branch == c.changes[b].branch;
                  }) {}

    void catch_up() {
        births.catch_up();
        script.catch_up();
        hidden.catch_up();
    }

    Time duration(const Job& job, const ScriptRun* scripted, const RunKey& key) const;
    std::optional<Fault> fault(const Job& job, const ScriptRun* scripted, const BuildState& state, int patchset);
    std::optional<Fault> scripted_fault(const Job& job, const ScriptRun* scripted, const BuildState& state) const;
    Cause scripted_flaw(const BuildState& state) const;

    const Scenario& scenario;
    const Cast& cast;
    const Landings& landings;
    const Luck luck;
    Births births;
    Script script;
    Hidden hidden;
    Pairs textual;
};

Truth::Truth(const Scenario& scenario, const Cast& cast, const Landings& landings, Luck luck)
    : memory_(std::make_unique<Memory>(scenario, cast, landings, luck)) {}

Truth::~Truth() = default;

void Truth::introduce(ChangeId) {
    memory_->catch_up();
}

void Truth::new_patchset(ChangeId change, const std::vector<ScriptedRun>& runs) {
    memory_->catch_up();
    memory_->script.new_patchset(change, runs);
}

bool Truth::merges(const BuildState& state) const {
    Memory& m = *memory_;
    m.catch_up();
    if (m.script.conflict(state)) return false;
    if (!m.textual.possible()) return true;
    for (std::size_t i = 0; i < state.chain.size(); ++i) {
        if (!m.textual.landed_rivals(state.chain[i], state.base).empty()) return false;
        for (std::size_t ahead = 0; ahead < i; ++ahead) {
            if (m.textual.conflict(state.chain[ahead], state.chain[i])) return false;
        }
    }
    return true;
}

RunTruth Truth::run(const Job& job, const BuildState& state, int patchset, int run) const {
    RunTruth out;
    if (job.noop) return out;
    Memory& m = *memory_;
    m.catch_up();
    const ChangeId tested = state.chain.back();
    const ScriptRun* scripted = m.script.run_of(tested, job.id, patchset);
    const RunKey key = run_key(job, state, patchset, run);
    out.duration = m.duration(job, scripted, key);
    const bool late = job.timeout > 0 && out.duration > job.timeout;
    if (late) out.duration = job.timeout;

    const auto ends = [&](Result result, Fault fault) {
        out.result = result;
        out.cause = fault.cause;
        out.culprit = fault.culprit;
        return out;
    };
    const bool lost = scripted && contains(scripted->retry_runs, run);
    if (lost || m.luck.chance(job.no_result, Purpose::no_result, key.entity, key.attempt)) {
        return ends(Result::retry, {Cause::infrastructure, kNone});
    }
    if (const auto fault = m.fault(job, scripted, state, patchset)) return ends(Result::failure, *fault);
    const bool unlucky = scripted && contains(scripted->fails_on_run, run);
    if (unlucky || m.luck.chance(job.flake, Purpose::flake, key.entity, key.attempt)) {
        return ends(Result::failure, {Cause::flake, kNone});
    }
    if (late) return ends(Result::timeout, {Cause::timeout, kNone});
    if (scripted && scripted->child_jobs) out.child_jobs = &*scripted->child_jobs;
    return out;
}

Time Truth::Memory::duration(const Job& job, const ScriptRun* scripted, const RunKey& key) const {
    if (scripted && scripted->duration) return *scripted->duration;
    if (job.duration.kind == Distribution::Kind::constant) return from_seconds(job.duration.quantile(0.5));
    return from_seconds(job.duration.quantile(luck.uniform(Purpose::duration, key.entity, key.attempt)));
}

std::optional<Fault> Truth::Memory::fault(const Job& job, const ScriptRun* scripted, const BuildState& state,
                                          int patchset) {
    const auto by_script = scripted_fault(job, scripted, state);
    const auto drawn = hidden.fault(job.id, state, patchset);
    if (!by_script || !drawn) return by_script ? by_script : drawn;
    // The causes are numbered in this order, from own defect to semantic conflict.
    return drawn->cause < by_script->cause ? drawn : by_script;
}

std::optional<Fault> Truth::Memory::scripted_fault(const Job& job, const ScriptRun* scripted,
                                                   const BuildState& state) const {
    const ChangeId tested = state.chain.back();
    if (scripted && (scripted->fails || script.any_missing(scripted->fails_without, state))) {
        return Fault{Cause::own_defect, tested};
    }
    const ChangeId breaker = script.breaker(job.id, state);
    if (breaker != kNone) {
        if (breaker == tested) return Fault{Cause::own_defect, tested};
        const bool ahead = std::find(state.chain.begin(), state.chain.end(), breaker) != state.chain.end();
        return Fault{ahead ? Cause::defect_ahead : Cause::defect_on_branch, breaker};
    }
    if (!scripted) return std::nullopt;
    const ChangeId rival = script.first_in(scripted->fails_with, state);
    return rival == kNone ? std::nullopt : std::optional(Fault{Cause::semantic_conflict, rival});
}

bool Truth::node_request_fails(ChangeId change, JobId job) const {
    Memory& m = *memory_;
    m.catch_up();
    const ScriptRun* scripted = m.script.run_of(change, job, m.cast.changes[change].patchset);
    return scripted && scripted->node_failure;
}

bool Truth::submit_fails(ChangeId change) const {
    const Memory& m = *memory_;
    if (m.script.fails_merge(change)) return true;
    const auto patchset = static_cast<std::uint64_t>(m.cast.changes[change].patchset);
    return m.luck.chance(m.scenario.failures.failed_submit, Purpose::failed_submit, change, patchset);
}

Cause Truth::flaw(const BuildState& state) const {
    Memory& m = *memory_;
    m.catch_up();
    const Cause by_script = m.scripted_flaw(state);
    const Cause drawn = m.hidden.brings_in(state);
    if (by_script == Cause::none || drawn == Cause::none) return std::max(by_script, drawn);
    return std::min(by_script, drawn);
}

// What its voting jobs would say of the change on this state.
Cause Truth::Memory::scripted_flaw(const BuildState& state) const {
    const ChangeId landing = state.chain.back();
    const ListedChange* listed = script.listed(landing);
    if (!listed) return Cause::none;
    Cause worst = Cause::none;
    for (const Place& place : hidden.places().of(landing)) {
        const ScriptRun* run = script.run_of(landing, place.job, cast.changes[landing].patchset);
        const bool breaks = std::find(listed->breaks.begin(), listed->breaks.end(), place.job) != listed->breaks.end();
        if (breaks || (run && (run->fails || script.any_missing(run->fails_without, state)))) return Cause::own_defect;
        if (run && script.first_in(run->fails_with, state) != kNone) worst = Cause::semantic_conflict;
    }
    return worst;
}

}  // namespace gatesim
