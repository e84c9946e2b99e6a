#include "truth/race_births.hpp"

#include <algorithm>

namespace gatesim {

namespace {

/// A race of certain hours shows in a quarter of the day.
constexpr Time kSpell = 6 * kHour;

/// One of several words that pools say of themselves, each once; empty if none says anything.
std::string one_of(const std::vector<Pool>& pools, std::string Pool::*word, double u) {
    std::vector<std::string> words;
    for (const Pool& pool : pools)
        if (!(pool.*word).empty() && std::find(words.begin(), words.end(), pool.*word) == words.end())
            words.push_back(pool.*word);
    return words.empty() ? "" : words[static_cast<std::size_t>(u * static_cast<double>(words.size()))];
}

RaceFactor at_place(const std::vector<Pool>& pools, std::string Pool::*word, const char* key, double u) {
    RaceFactor out;
    out.value = one_of(pools, word, u);
    if (out.value.empty()) return {};
    out.kind = RaceFactor::Kind::place;
    out.key = key;
    for (PoolId pool = 0; pool < pools.size(); ++pool)
        if (pools[pool].*word == out.value) out.pools.push_back(pool);
    return out;
}

RaceFactor in_hours(double u) {
    RaceFactor out;
    out.kind = RaceFactor::Kind::hours;
    out.key = "hours";
    const auto from = static_cast<int>(u * 24);
    const int until = (from + static_cast<int>(kSpell / kHour)) % 24;
    out.value = std::to_string(from) + "-" + std::to_string(until);
    out.hours = WeeklyHours::daily(from * kHour, until * kHour, {0, 1, 2, 3, 4, 5, 6});
    return out;
}

}  // namespace

RaceDraws::RaceDraws(const Scenario& scenario, const Cast& cast, Luck luck)
    : scenario_(scenario), rules_(*scenario.failures.races.born), cast_(cast), luck_(luck), places_(scenario, cast) {}

double RaceDraws::uniform(Purpose purpose, ChangeId change, std::uint64_t which) const {
    const auto patchset = static_cast<std::uint64_t>(cast_.changes[change].patchset);
    return luck_.uniform(purpose, static_cast<std::uint64_t>(change) << 16 | patchset, which);
}

std::optional<Race> RaceDraws::of(ChangeId change, Time landed) const {
    const double chance = std::min(1.0, rules_.per_landing * cast_.changes[change].defect_factor);
    if (uniform(Purpose::race_birth, change) >= chance) return std::nullopt;
    Race out;
    out.brought_by = change;
    out.from = landed;
    out.strength = std::min(1.0, rules_.strength.quantile(uniform(Purpose::race_strength, change)));
    out.jobs = jobs_of(change);
    out.factor = factor_of(change);
    if (rules_.fades) out.until = landed + from_seconds(rules_.fades->quantile(uniform(Purpose::race_fades, change)));
    return out.jobs.empty() ? std::nullopt : std::optional(out);
}

/// As many as the rules say, by weight, each once.
std::vector<JobId> RaceDraws::jobs_of(ChangeId change) const {
    std::vector<Place> places = places_.of(change);
    std::vector<JobId> out;
    for (int i = 0; i < rules_.jobs; ++i) {
        const JobId job = Places::pick(places, uniform(Purpose::race_job, change, static_cast<std::uint64_t>(i)));
        if (job == kNone) break;
        out.push_back(job);
        std::erase_if(places, [&](const Place& place) { return place.job == job; });
    }
    return out;
}

/// One number decides which kind of factor it has, if any; another one which of that kind.
RaceFactor RaceDraws::factor_of(ChangeId change) const {
    double left = uniform(Purpose::race_factor, change);
    const double u = uniform(Purpose::race_place, change);
    const auto is = [&](double share) { return (left -= share) < 0; };
    if (is(rules_.region)) return at_place(scenario_.pools, &Pool::region, "region", u);
    if (is(rules_.provider)) return at_place(scenario_.pools, &Pool::provider, "provider", u);
    if (is(rules_.hours)) return in_hours(u);
    RaceFactor out;
    if (is(rules_.with)) {
        out.kind = RaceFactor::Kind::together;
        out.key = "with";
        out.project = static_cast<ProjectId>(u * static_cast<double>(scenario_.projects.size()));
        out.value = scenario_.projects[out.project].name;
    } else if (is(rules_.concurrency)) {
        out.kind = RaceFactor::Kind::concurrency;
        out.key = "concurrency";
        out.concurrency = rules_.crowd;
        out.value = std::to_string(rules_.crowd);
    }
    return out;
}

}  // namespace gatesim
