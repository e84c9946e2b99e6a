#include "truth/troubles.hpp"

#include <algorithm>

namespace gatesim {

namespace {

/// Neither health nor trouble lasts shorter: with both at zero, time would not move on.
constexpr Time kShortest = kSecond;

}  // namespace

Troubles::Troubles(const Scenario& scenario, Luck luck) : troubles_(scenario.failures.troubles), luck_(luck) {
    for (std::uint32_t trouble = 0; trouble < troubles_.size(); ++trouble) {
        if (troubles_[trouble].comes_again) courses_.push_back({trouble, true, {}, 0});
        if (troubles_[trouble].dates.empty()) continue;
        courses_.push_back({trouble, false, {}, 0});
        for (const auto& [begin, end] : troubles_[trouble].dates) courses_.back().spells.push_back({begin, end});
    }
}

/// Whether there is a spell of that number; draws it if need be.
bool Troubles::has(Course& course, std::size_t number) {
    std::vector<Spell>& spells = course.spells;
    while (course.drawn && spells.size() <= number) {
        const std::size_t next = spells.size();
        const auto drawn = [&](const Distribution& length, Purpose purpose) {
            return std::max(kShortest, from_seconds(length.quantile(luck_.uniform(purpose, course.trouble, next))));
        };
        const Trouble& rule = troubles_[course.trouble];
        const Time begin = (spells.empty() ? 0 : spells.back().end) + drawn(rule.every, Purpose::trouble_gap);
        spells.push_back({begin, begin + drawn(rule.lasts, Purpose::trouble_length)});
    }
    return number < spells.size();
}

bool Troubles::covers(Course& course, Time at) {
    while (course.drawn && (course.spells.empty() || course.spells.back().end <= at)) has(course, course.spells.size());
    const auto found = std::upper_bound(course.spells.begin(), course.spells.end(), at,
                                        [](Time time, const Spell& s) { return time < s.end; });
    return found != course.spells.end() && found->begin <= at;
}

bool Troubles::is_on(std::uint32_t trouble, Time at) {
    return std::any_of(courses_.begin(), courses_.end(),
                       [&](Course& course) { return course.trouble == trouble && covers(course, at); });
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

Time Troubles::turn_at(Course& course) {
    if (!has(course, course.turned / 2)) return kNever;
    const Spell& next = course.spells[course.turned / 2];
    return course.turned % 2 == 0 ? next.begin : next.end;
}

std::optional<Troubles::Turn> Troubles::next_turn(Time until) {
    Course* first = nullptr;
    for (Course& course : courses_)
        if (turn_at(course) <= until && (!first || turn_at(course) < turn_at(*first))) first = &course;
    if (!first) return std::nullopt;
    const Turn turn{turn_at(*first), first->trouble, first->turned % 2 == 0};
    ++first->turned;
    return turn;
}

bool concerns(const Trouble& trouble, PoolId pool, JobId job) {
    if (trouble.pool != kNone && trouble.pool != pool) return false;
    return trouble.jobs.empty() || std::find(trouble.jobs.begin(), trouble.jobs.end(), job) != trouble.jobs.end();
}

}  // namespace gatesim
