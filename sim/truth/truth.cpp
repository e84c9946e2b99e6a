#include "truth/truth.hpp"

#include <algorithm>
#include <cmath>

#include "chance/asked.hpp"
#include "truth/memory.hpp"

namespace gatesim {

namespace {

PipelineId first_dependent(const Scenario& scenario) {
    for (PipelineId p = 0; p < scenario.pipelines.size(); ++p) {
        if (scenario.pipelines[p].manager == Manager::dependent) return p;
    }
    return 0;
}

bool contains(const std::vector<int>& runs, int run) {
    return std::find(runs.begin(), runs.end(), run) != runs.end();
}

RunKey run_key(const Job& job, const BuildState& state, int patchset, int run) {
    return {static_cast<std::uint64_t>(state.chain.back()) << 32 |
                static_cast<std::uint64_t>(static_cast<std::uint16_t>(patchset)) << 16 |
                static_cast<std::uint16_t>(state.pipeline),
            static_cast<std::uint64_t>(job.id) << 32 | static_cast<std::uint32_t>(run)};
}

constexpr double kAlmostAll = 1 - 1e-12;

/// How much of a distribution lies below the value: its quantiles grow, so halving finds it.
double share_below(const Distribution& law, double value) {
    double low = 0, high = 1;
    for (int i = 0; i < 40; ++i) {
        const double middle = low + (high - low) / 2;
        (law.quantile(middle) < value ? low : high) = middle;
    }
    return low;
}

}  // namespace

Truth::Memory::Memory(const Scenario& s, const Cast& c, const Landings& l, Luck k)
    : scenario(s),
      cast(c),
      landings(l),
      luck(k),
      landing(first_dependent(s)),
      births(c, l),
      script(s, c, l),
      hidden(s, c, l, births, k, script.with_cause()),
      troubles(s, k),
      races(s, c, l, hidden.places(), k),
      textual(c, l, births, k, Purpose::textual_conflict, {s.failures.textual_conflict, s.failures.textual_overlap},
              [&c](ChangeId a, ChangeId b) {
                  return c.changes[a].project == c.changes[b].project && c.changes[a].branch == c.changes[b].branch;
              }),
      merging(textual, l),
      signals(
          s, c, k, hidden, textual, script, [this] { catch_up(); },
          [this](const Job& job, ChangeId change) { return first_run(job, change); },
          [this](const Job& job) { return duration_factor(job, now); }) {}

Truth::Truth(const Scenario& scenario, const Cast& cast, const Landings& landings, Luck luck)
    : memory_(std::make_unique<Memory>(scenario, cast, landings, luck)) {}

Truth::~Truth() = default;

void Truth::introduce(ChangeId) {
    memory_->catch_up();
}

void Truth::leave(ChangeId change) {
    memory_->hidden.leave(change);
    memory_->merging.forget(change);
}

void Truth::new_patchset(ChangeId change, const ScriptedEvent& event) {
    memory_->catch_up();
    memory_->script.new_patchset(change, event);
    memory_->births.again(change);
    memory_->textual.forget(change);
    memory_->merging.forget(change);
    memory_->hidden.written_anew(change);
}

bool Truth::merges(const BuildState& state) const {
    memory_->catch_up();
    return memory_->merges(state);
}

bool Truth::Memory::merges(const BuildState& state) {
    return !script.conflict(state) && merging.merges(state);
}

bool Truth::joins(const BuildState& state) const {
    Memory& m = *memory_;
    m.catch_up();
    return !m.script.last_conflicts(state) && m.merging.joins(state);
}

void Truth::take_from(RecordedBuilds builds) {
    memory_->recorded = std::move(builds);
    memory_->hidden.take_from(memory_->recorded);
}

std::uint64_t Truth::recorded_runs() const {
    return memory_->recorded_runs;
}

std::uint64_t Truth::drawn_runs() const {
    return memory_->drawn_runs;
}

RunTruth Truth::run(const Job& job, const BuildState& state, int patchset, int run, Time now, PoolId pool) const {
    RunTruth out;
    if (job.noop) return out;
    Memory& m = *memory_;
    m.catch_up();
    m.now = now;
    const ChangeId tested = state.chain.back();
    const ScriptRun* scripted = m.script.run_of(tested, job.id, patchset);
    const RunKey key = run_key(job, state, patchset, run);
    const std::uint32_t stay = m.cast.changes[tested].stay;
    const RecordedBuild* recorded = m.recorded.empty() || stay == kNone ? nullptr : m.recorded.find(stay, job.id, run);
    if (recorded && recorded->ended) return m.as_recorded(job, *recorded, state, patchset, key);
    ++m.drawn_runs;
    if (m.hangs(job, state, patchset, run, key)) {
        const Time limit = job.timeout.at(now);
        out.hangs = true;
        out.duration = limit > 0 ? limit : kNever;
        out.result = Result::timeout;
        out.fault = {Cause::timeout};
        return out;
    }
    out.duration = m.duration(job, scripted, key, recorded ? recorded->length : 0);
    const auto ends = [&](Result result, const Fault& fault, int repeated) {
        out.duration += from_seconds(seconds(out.duration) * job.retry_cost * repeated);
        const Time limit = job.timeout.at(now);
        const bool late = limit > 0 && out.duration > limit;
        if (late) out.duration = limit;
        const bool stopped = late && result == Result::success;
        out.result = stopped ? Result::timeout : result;
        out.fault = stopped ? Fault{Cause::timeout} : fault;
        if (out.result == Result::success && scripted && scripted->child_jobs) out.child_jobs = &*scripted->child_jobs;
        return out;
    };
    const bool lost = (scripted && contains(scripted->retry_runs, run)) ||
                      m.luck.chance(job.no_result.at(now), Purpose::no_result, key.entity, key.attempt);
    const bool shows = job.failure_shows_after < 1;
    if (lost && !shows) return ends(Result::retry, {Cause::infrastructure, kNone}, 0);
    // A test that fails for a reason fails as often as it is repeated.
    auto fault = m.fault(job, state, patchset);
    if (!fault && m.scripted_flake(job, state, patchset, run)) fault = Fault{Cause::flake, kNone};
    const int flakes = fault ? 0 : m.flakes(job, state, key);
    if (flakes > job.retry_tests) fault = Fault{Cause::flake, kNone};
    BranchRaces::Hit race;
    if (!fault && m.races.any()) race = m.races.hit(job, state, key, pool, now);
    if (race.times > job.retry_tests) fault = Fault{Cause::race, kNone, kNone, {}, race.race};
    if (lost)
        ends(Result::retry, {Cause::infrastructure, kNone}, 0);
    else if (fault)
        ends(Result::failure, *fault, job.retry_tests);
    else
        return ends(Result::success, {}, std::max(flakes, race.times));
    if (fault && shows) out.sign = {from_seconds(seconds(out.duration) * job.failure_shows_after), *fault};
    return out;
}

// How often in a row the run flakes, up to one more than its tests are repeated. One number decides all, so that one
// more repetition changes nothing about the first ones.
int Truth::Memory::flakes(const Job& job, const BuildState& state, const RunKey& key) const {
    const double one = job.flake.at(now);
    const double flake = job.flake_per_change ? 1 - std::pow(1 - one, static_cast<double>(state.chain.size())) : one;
    int count = 0;
    for (double p = flake; count <= job.retry_tests && luck.chance(p, Purpose::flake, key.entity, key.attempt);
         p *= flake)
        ++count;
    return count;
}

/// `longer_than`: it is known to have taken longer than that; then it is drawn from what is longer, and no longer than
/// `at_most` if that is not 0.
Time Truth::Memory::duration(const Job& job, const ScriptRun* scripted, const RunKey& key, Time longer_than,
                             Time at_most) const {
    if (scripted && scripted->duration) return *scripted->duration;
    const double share = job.selection ? job.selection->cost : 1;
    const std::uint64_t run = job.duration_per_change ? key.attempt >> 32 << 32 : key.attempt;
    const double scale = share * duration_factor(job, now);
    if ((longer_than <= 0 && at_most <= 0) || scale <= 0)
        return from_seconds(drawn(job.duration, luck, Purpose::duration, key.entity, run) * scale);
    const double below = share_below(job.duration, seconds(longer_than) / scale);
    const double above = at_most > 0 ? share_below(job.duration, seconds(at_most) / scale) : 1;
    const double uniform = luck.uniform(Purpose::duration, key.entity, run);
    const double u = below + (above - below) * uniform;
    if (at_most > 0 && u >= kAlmostAll)  // the law ends before it does
        return longer_than + from_seconds(seconds(at_most - longer_than) * uniform);
    const Time drawn_length = from_seconds(job.duration.quantile(std::min(u, kAlmostAll)) * scale);
    return std::max(longer_than, at_most > 0 ? std::min(at_most, drawn_length) : drawn_length);
}

Time Truth::Memory::first_run(const Job& job, ChangeId change) const {
    const ChangeId chain[] = {change};
    const int patchset = cast.changes[change].patchset;
    const RunKey key = run_key(job, {0, chain, landing}, patchset, 0);
    const Time wanted = duration(job, script.run_of(change, job.id, patchset), key);
    const Time limit = job.timeout.at(now);
    return limit > 0 ? std::min(wanted, limit) : wanted;
}

int Truth::patchset(ChangeId change) const {
    return memory_->cast.changes[change].patchset;
}

bool Truth::may_never_report(const Job& job) const {
    return job.never_reports.varies() || job.never_reports.first > 0 || !memory_->script.is_empty();
}

bool Truth::never_reports(const Job& job, const BuildState& state, int patchset, int ask, int run, Time now) const {
    if (job.noop) return false;
    Memory& m = *memory_;
    m.catch_up();
    const auto lost = [](const ScriptRun& scripted, std::size_t) { return scripted.never_reports; };
    if (m.any_scripted(job, state, patchset, lost)) return true;
    const std::uint32_t stay = m.cast.changes[state.chain.back()].stay;
    if (!m.recorded.empty() && stay != kNone && m.recorded.find(stay, job.id, run)) return false;
    const RunKey key = run_key(job, state, patchset, ask);
    return m.luck.chance(job.never_reports.at(now), Purpose::never_reports, key.entity, key.attempt);
}

bool Truth::node_request_fails(ChangeId change, JobId job, int patchset) const {
    Memory& m = *memory_;
    m.catch_up();
    const ScriptRun* scripted = m.script.run_of(change, job, patchset);
    return scripted && scripted->node_failure;
}

bool Truth::submit_fails(ChangeId change, Time now) const {
    const Memory& m = *memory_;
    if (m.script.fails_merge(change)) return true;
    const auto patchset = static_cast<std::uint64_t>(m.cast.changes[change].patchset);
    return m.luck.chance(m.scenario.failures.failed_submit.at(now), Purpose::failed_submit, change, patchset);
}

Cause Truth::flaw(const BuildState& state) const {
    Memory& m = *memory_;
    m.catch_up();
    return m.flaw(state).cause;
}

bool Truth::has_defect(ChangeId change) const {
    memory_->catch_up();
    return memory_->hidden.has_defect(change, memory_->cast.changes[change].patchset);
}

bool Truth::sound() const {
    memory_->catch_up();
    return memory_->flaws.none();
}

Troubles& Truth::troubles() const {
    return memory_->troubles;
}

BranchRaces& Truth::races() const {
    return memory_->races;
}

const Foresight& Truth::foresight() const {
    return memory_->signals;
}

const Omniscience& Truth::omniscience() const {
    return *memory_;
}

bool Truth::Memory::really_passes(const BuildState& state) const {
    auto& m = const_cast<Memory&>(*this);  // what it finds out, it remembers; the answer is the same
    m.catch_up();
    if (!m.merges(state)) return false;
    const ChangeId tested = state.chain.back();
    const int patchset = cast.changes[tested].patchset;
    const std::vector<const Job*> jobs = hidden.places().voting(tested);
    return std::none_of(jobs.begin(), jobs.end(),
                        [&](const Job* job) { return m.fault(*job, state, patchset).has_value(); });
}

}  // namespace gatesim
