// The contract's last word: a strategy gets somewhere. Trials that say the same again and again, while nobody lands,
// leaves or arrives, are stopped.
//
// What is not held against a strategy: builds that wait (no verdict, nothing is counted), retries within one trial
// (they have a limit of their own, gate/trial.cpp), what is red through an outage or a broken branch
// (Repeats::kMostOutside), changes that come back (they arrive), and as many repeats as its parameters promise
// (Strategy::repeats).
#include "gate/gate.hpp"
#include "gate/pipeline_state.hpp"
#include "model/mixed.hpp"

namespace gatesim {

namespace {

/// Equal for trials that test the same.
std::uint64_t state_of(const Item& trial) {
    std::uint64_t hash = mixed(trial.probe ? 1 : 2, trial.probe ? std::uint64_t{trial.attempt.base} : 0);
    for (ItemId part : trial.parts) hash = mixed(hash, part);
    if (trial.probe)
        for (ChangeId change : trial.attempt.chain) hash = mixed(hash, change);
    return hash;
}

std::string times(std::int64_t n) {
    return n == 1 ? "once" : std::to_string(n) + " times";
}

}  // namespace

/// Trouble of the machines or of the branch made it red: the same state can be green when that is over.
bool Gate::red_from_outside(const Item& trial) const {
    const Attempt& attempt = trial.attempt;
    if (attempt.merge != MergeState::clean || attempt.config_error || !attempt.graph) return false;
    bool any = false;
    for (std::size_t i = 0; i < attempt.slots.size(); ++i) {
        const JobSlot& slot = attempt.slots[i];
        if (!attempt.graph->jobs[i]->voting || !is_red(slot.result)) continue;
        any = true;
        const bool outside = slot.outside || slot.result == Result::node_failure ||
                             slot.result == Result::retry_limit || slot.result == Result::displaced;
        if (!outside) return false;
    }
    return any;
}

/// What a trial tests, in words: "c17 alone", "c1, c2 and c3 together".
std::string Gate::what_is_tested(const Item& trial) const {
    constexpr std::size_t kNamed = 5;
    const auto& chain = trial.attempt.chain;
    if (trial.probe) return "the branch as it was after " + std::to_string(trial.attempt.base) + " landings";
    if (chain.size() == 1) return name_of(trial) + " alone";
    std::string names;
    for (std::size_t i = 0; i < std::min(chain.size(), kNamed); ++i)
        names += (i == 0 ? "" : i + 1 == chain.size() ? " and " : ", ") + cast_.changes[chain[i]].name;
    if (chain.size() > kNamed) names += " … (" + std::to_string(chain.size()) + " changes)";
    return names + " together";
}

std::string GateState::rule_of(const Queue& queue) const {
    const std::string& name = scenario_.pipelines[queue.pipeline].strategy.name;
    return name == "exec" ? "your rule" : "strategy " + name;
}

void Gate::note_opened(const Item& trial) {
    Queue& queue = *trial.queue;
    queue.repeats.open().look(progress_);
    const std::int64_t most =
        Repeats::kMostOpened + Repeats::kMostOpenedForEach * static_cast<std::int64_t>(queue.length);
    if (++queue.repeats.open().opened <= most || !broken_.empty()) return;
    broken_ = rule_of(queue) + " goes round in circles: it opened " + std::to_string(queue.repeats->opened) +
              " trials in queue " + *queue.name + " (the last one tests " + what_is_tested(trial) +
              "), and meanwhile nobody landed, left or arrived";
}

void Gate::note_verdict(const Item& trial) {
    Queue& queue = *trial.queue;
    const bool red = failed_for_good(trial);
    if (!red && (!ended(trial) || !trial.only.empty())) return;
    queue.repeats.open().look(progress_);
    Repeats::Tried& tried = queue.repeats.open().states[state_of(trial)];
    const bool green = !red && all_succeeded(trial);
    const bool outside = !green && red_from_outside(trial);
    ++(green ? tried.green : outside ? tried.outside : tried.red);
    const std::int64_t most = Repeats::kMost + pipelines_[queue.pipeline]->strategy->repeats();
    if (!broken_.empty() || (tried.red + tried.green < most && tried.outside < Repeats::kMostOutside)) return;
    std::string verdicts;
    if (const std::int64_t reds = tried.red + tried.outside; reds > 0) verdicts = "red " + times(reds);
    if (tried.green > 0) verdicts += (verdicts.empty() ? "" : " and ") + ("green " + times(tried.green));
    broken_ = rule_of(queue) + " tests " + what_is_tested(trial) + " again and again: it was " + verdicts +
              ", and nobody landed, left or arrived meanwhile (queue " + *queue.name + " of pipeline " +
              pipeline(queue).name + ").\n" +
              (trial.probe ? "What a probe found has to be used."
               : green     ? "What is green has to be landed."
                           : "What is red has to be ejected, or tested in another way.");
}

}  // namespace gatesim
