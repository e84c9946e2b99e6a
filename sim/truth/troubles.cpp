#include "truth/troubles.hpp"

#include <algorithm>

namespace gatesim {

namespace {

/// Neither health nor trouble lasts shorter: with both at zero, time would not move on.
constexpr Time kShortest = kSecond;

}  // namespace

Troubles::Troubles(const Scenario& scenario, Luck luck)
    : troubles_(scenario.failures.troubles), luck_(luck), courses_(scenario.failures.troubles.size()) {}

const Troubles::Spell& Troubles::spell(std::uint32_t trouble, std::size_t number) {
    std::vector<Spell>& spells = courses_[trouble].spells;
    while (spells.size() <= number) {
        const std::size_t next = spells.size();
        const auto drawn = [&](const Distribution& length, Purpose purpose) {
            return std::max(kShortest, from_seconds(length.quantile(luck_.uniform(purpose, trouble, next))));
        };
        const Time begin =
            (spells.empty() ? 0 : spells.back().end) + drawn(troubles_[trouble].every, Purpose::trouble_gap);
        spells.push_back({begin, begin + drawn(troubles_[trouble].lasts, Purpose::trouble_length)});
    }
    return spells[number];
}

bool Troubles::is_on(std::uint32_t trouble, Time at) {
    std::vector<Spell>& spells = courses_[trouble].spells;
    while (spells.empty() || spells.back().end <= at) spell(trouble, spells.size());
    const auto found =
        std::upper_bound(spells.begin(), spells.end(), at, [](Time time, const Spell& s) { return time < s.end; });
    return found->begin <= at;
}

std::optional<std::uint32_t> Troubles::hits(Time end, const TroubledRun& run) {
    for (std::uint32_t trouble = 0; trouble < troubles_.size(); ++trouble) {
        if (!concerns(troubles_[trouble], run.pool, run.job) || !is_on(trouble, end)) continue;
        const std::uint64_t patchset =
            static_cast<std::uint64_t>(run.change) << 32 | static_cast<std::uint32_t>(run.patchset);
        const std::uint64_t where = static_cast<std::uint64_t>(run.pipeline) << 32 | trouble;
        const std::uint64_t which = static_cast<std::uint64_t>(run.job) << 32 | static_cast<std::uint32_t>(run.run);
        if (luck_.chance(troubles_[trouble].fails, Purpose::trouble_hit, join_key(patchset, where), which))
            return trouble;
    }
    return std::nullopt;
}

Time Troubles::turn_at(std::uint32_t trouble) {
    const std::size_t turned = courses_[trouble].turned;
    const Spell& next = spell(trouble, turned / 2);
    return turned % 2 == 0 ? next.begin : next.end;
}

std::optional<Troubles::Turn> Troubles::next_turn(Time until) {
    std::optional<Turn> first;
    for (std::uint32_t trouble = 0; trouble < troubles_.size(); ++trouble) {
        const Time at = turn_at(trouble);
        if (at <= until && (!first || at < first->at)) first = Turn{at, trouble, courses_[trouble].turned % 2 == 0};
    }
    if (first) ++courses_[first->trouble].turned;
    return first;
}

bool concerns(const Trouble& trouble, PoolId pool, JobId job) {
    if (trouble.pool != kNone && trouble.pool != pool) return false;
    return trouble.jobs.empty() || std::find(trouble.jobs.begin(), trouble.jobs.end(), job) != trouble.jobs.end();
}

}  // namespace gatesim
