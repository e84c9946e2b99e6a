#include "truth/merging.hpp"

#include <algorithm>

namespace gatesim {

bool Merging::merges(const BuildState& state) {
    if (!textual_.possible()) return true;
    bool some_landed = false;
    for (const ChangeId change : state.chain) {
        if (landings_.landed_before(change, state.base))
            some_landed = true;  // there is nothing left to merge
        else if (!textual_.landed_rivals(change, state.base).empty())
            return false;
    }
    if (is_known(state.chain)) return true;
    const std::size_t last = state.chain.empty() ? 0 : state.chain.size() - 1;
    for (std::size_t i = is_known(state.chain.first(last)) ? last : 0; i < state.chain.size(); ++i) {
        if (some_landed && landings_.landed_before(state.chain[i], state.base)) continue;
        if (!goes_behind(state.chain.first(i), state.chain[i])) return false;
    }
    if (!some_landed) remember(state.chain);  // else not all pairs were looked at
    return true;
}

bool Merging::joins(const BuildState& state) {
    if (!textual_.possible()) return true;
    const ChangeId last = state.chain.back();
    return textual_.landed_rivals(last, state.base).empty() &&
           (is_known(state.chain) || goes_behind(state.chain.first(state.chain.size() - 1), last));
}

bool Merging::goes_behind(Chain ahead, ChangeId change) const {
    return std::none_of(ahead.begin(), ahead.end(), [&](ChangeId other) { return textual_.conflict(other, change); });
}

/// Whether it is part of the chain that is known of its last change.
bool Merging::is_known(Chain chain) const {
    if (chain.empty()) return true;
    if (chain.back() >= known_.size()) return false;
    const Known& known = known_[chain.back()];
    auto at = known.chain.begin();
    for (const ChangeId change : chain) {
        if (forgotten(change) > known.at) return false;
        at = std::find(at, known.chain.end(), change);
        if (at == known.chain.end()) return false;
        ++at;
    }
    return true;
}

void Merging::remember(Chain chain) {
    if (chain.empty() || chain.size() > kLongest) return;
    if (known_.size() <= chain.back()) known_.resize(chain.back() + std::size_t{1});
    known_[chain.back()] = {steps_, {chain.begin(), chain.end()}};
}

void Merging::forget(ChangeId change) {
    if (!textual_.possible()) return;
    if (when_.size() <= change) when_.resize(change + std::size_t{1}, 0);
    when_[change] = ++steps_;
    if (change < known_.size()) known_[change] = {};
}

}  // namespace gatesim
