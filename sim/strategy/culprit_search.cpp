#include "strategy/culprit_search.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace gatesim {

void CulpritSearch::begin(std::vector<ChangeId> suspects, std::size_t good, Landings::Mark green, bool seen) {
    suspects_ = std::move(suspects);
    green_ = green;
    good_ = good;
    bad_ = suspects_.size();
    seen_ = seen;
    probes_.clear();
    active_ = true;
}

bool CulpritSearch::step(Gate& gate, Queue& queue) {
    bool changed = false;
    if (probes_.empty()) {
        if (bad_ - good_ == 1 && seen_) {
            culprit_ = good_;
            active_ = false;
            return true;
        }
        const std::size_t parts = std::min(arity, bad_ - good_);
        for (std::size_t i = 1; i < parts; ++i) probes_.push_back({good_ + i * (bad_ - good_) / parts});
        if (parts == 1) probes_.push_back({bad_});
        for (Probe& probe : probes_) changed |= open(gate, queue, probe);
    }
    bool all = true;
    for (Probe& probe : probes_) {
        changed |= look(gate, queue, probe);
        all &= probe.known;
    }
    if (!all) return changed;
    narrow();
    return true;
}

bool CulpritSearch::open(Gate& gate, Queue& queue, Probe& probe) const {
    probe.trial = gate.open_probe(queue, green_, std::span(suspects_).first(probe.length));
    return probe.trial && gate.advance(*probe.trial);
}

bool CulpritSearch::look(Gate& gate, Queue& queue, Probe& probe) const {
    if (probe.known || !probe.trial) return false;
    bool changed = gate.advance(*probe.trial);
    if (!gate.complete(*probe.trial)) return changed;
    probe.red = !passed(gate, *probe.trial) && !probe.trial->attempt.slots.empty();
    gate.settle(*probe.trial);
    probe.trial = nullptr;
    probe.known = !probe.red || probe.reds++ >= repeats;
    if (!probe.known) open(gate, queue, probe);
    return true;
}

/// The first red one and the last green one before it bound what is left.
void CulpritSearch::narrow() {
    const std::size_t bad = bad_;
    for (const Probe& probe : probes_) {
        if (probe.red) {
            bad_ = probe.length;
            seen_ = true;
            break;
        }
        good_ = probe.length;
    }
    probes_.clear();
    if (good_ < bad) return;
    culprit_ = suspects_.size();  // all of them together are green after all
    active_ = false;
}

}  // namespace gatesim
