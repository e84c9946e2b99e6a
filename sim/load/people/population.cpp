#include "load/people/population.hpp"

#include <algorithm>
#include <cmath>

namespace gatesim {
namespace {

constexpr std::uint64_t kFirstCycle = 1 << 20;  // number of the cycle that holds the period's start; none is negative

std::vector<double> distribution_of(const PowerLaw& law) {
    std::vector<double> below;
    double sum = 0;
    for (int k = law.least; k <= law.most; ++k) below.push_back(sum += std::pow(k, -law.exponent));
    for (double& share : below) share /= sum;
    return below;
}

template <typename Name>
std::vector<double> weights_of(const std::vector<std::pair<Name, double>>& weighted) {
    std::vector<double> out;
    for (const auto& [name, weight] : weighted) out.push_back(weight);
    return out;
}

}  // namespace

std::size_t pick(const std::vector<double>& weights, double u) {
    double total = 0;
    for (const double weight : weights) total += weight;
    double left = u * total;
    for (std::size_t i = 0; i + 1 < weights.size(); ++i) {
        if (left < weights[i]) return i;
        left -= weights[i];
    }
    return weights.size() - 1;
}

Population::Population(const Scenario& scenario, Luck luck)
    : scenario_(scenario),
      load_(*scenario.load.people),
      luck_(luck),
      activity_below_(distribution_of(load_.contributors.activity)) {
    Clocks clocks(scenario.period);
    const Time from = cycles().front().from;
    for (const auto& [zone, weight] : load_.contributors.zones)
        clocks_.push_back(std::make_unique<ActivityClock>(load_.rhythm, scenario.period, clocks.of(zone), luck, from));
}

/// All that touch the time from the oldest change under way to the end of the period.
std::vector<Population::Cycle> Population::cycles() const {
    const Contributors& c = load_.contributors;
    std::vector<Cycle> out;
    Cycle cycle{kFirstCycle, c.cycle_begins, c.cycle_begins + c.cycle};
    while (cycle.from > -load_.under_way.since) cycle = {cycle.number - 1, cycle.from - c.cycle, cycle.from};
    for (; cycle.from < scenario_.period.length; cycle = {cycle.number + 1, cycle.until, cycle.until + c.cycle})
        out.push_back(cycle);
    return out;
}

std::unique_ptr<Contributor> Population::somebody(std::uint64_t place, std::uint64_t came) {
    const Contributors& c = load_.contributors;
    auto who = std::make_unique<Contributor>();
    who->key = join_key(place, came);
    who->zone = pick(weights_of(c.zones), luck_.uniform(Purpose::person_zone, who->key));
    who->clock = clocks_[who->zone].get();
    who->home = c.projects[pick(weights_of(c.projects), luck_.uniform(Purpose::person_project, who->key))].first;
    who->defect_factor =
        std::exp(c.skill_spread * standard_normal_quantile(luck_.uniform(Purpose::person_skill, who->key)));
    return who;
}

int Population::changes_of(const Contributor& who) const {
    const double u = luck_.uniform(Purpose::person_activity, who.key);
    const auto found = std::upper_bound(activity_below_.begin(), activity_below_.end(), u);
    const auto last = std::ssize(activity_below_) - 1;
    return load_.contributors.activity.least + static_cast<int>(std::min(found - activity_below_.begin(), last));
}

/// The cycle in weeks, with what this person is up to in each.
std::vector<Population::Week> Population::weeks_of(const Cycle& cycle, const Contributor& who) const {
    const double spread = load_.rhythm.week_to_week;
    const double variance = std::log1p(spread * spread);
    std::vector<Week> weeks;
    double below = 0, work = who.clock->until(cycle.from);
    for (Time from = cycle.from; from < cycle.until; from += kWeek) {
        const double then = who.clock->until(std::min(from + kWeek, cycle.until));
        double factor = 1;
        if (spread > 0) {
            const std::uint64_t key = join_key(who.key, cycle.number);
            const double u = luck_.uniform(Purpose::burst, key, weeks.size() + 1);
            factor = std::exp(std::sqrt(variance) * standard_normal_quantile(u));
        }
        below += factor * (then - work);
        weeks.push_back({below, then, factor});
        work = then;
    }
    return weeks;
}

void Population::begin_in(const Cycle& cycle, const Contributor& who, std::vector<Beginning>& out) const {
    const NewChanges& rule = load_.changes;
    const std::uint64_t key = join_key(who.key, cycle.number);
    const std::vector<Week> weeks = weeks_of(cycle, who);
    std::vector<Time> times;
    for (int i = changes_of(who); i-- > 0;) {
        const double at = luck_.uniform(Purpose::change_start, key, static_cast<std::uint64_t>(i)) * weeks.back().below;
        const auto week =
            std::lower_bound(weeks.begin(), weeks.end(), at, [](const Week& w, double x) { return w.below < x; });
        times.push_back(who.clock->when(week->work - (week->below - at) / week->factor));
    }
    std::sort(times.begin(), times.end());
    std::size_t height = 0;  // of the series, above its first change
    for (std::size_t i = 0; i < times.size(); ++i) {
        Beginning next{times[i], &who, join_key(key, i), false};
        if (i > 0) {
            const double climbs = rule.series.empty() ? 0 : rule.series[std::min(height, rule.series.size() - 1)];
            next.on_previous = luck_.chance(climbs, Purpose::change_series, next.key);
            height = next.on_previous ? height + 1 : 0;
            const Time before = out.back().at;
            if (next.on_previous || luck_.chance(rule.sitting, Purpose::change_series, next.key, 1)) {
                const double gap = rule.in_sitting.quantile(luck_.uniform(Purpose::change_start, next.key));
                next.at = before + from_seconds(gap);
                if (next.at <= scenario_.period.length) next.at = who.clock->after(next.at, 0);
            }
            next.at = std::max(next.at, before);
            if (next.at > scenario_.period.length) return;  // nor does anything that follows come before the end
        }
        out.push_back(next);
    }
}

std::vector<std::vector<Beginning>> Population::settle(LoadDoor& door) {
    const Contributors& c = load_.contributors;
    const Time oldest = -load_.under_way.since;
    std::vector<std::vector<Beginning>> result;
    for (std::uint64_t place = 0; place < static_cast<std::uint64_t>(c.count); ++place) {
        std::unique_ptr<Contributor> holder;
        for (const Cycle& cycle : cycles()) {
            if (!holder || luck_.chance(c.turnover, Purpose::person_activity, join_key(place, cycle.number), 1))
                holder = somebody(place, cycle.number);
            std::vector<Beginning> all, kept;
            begin_in(cycle, *holder, all);
            for (const Beginning& b : all)
                if (b.at >= oldest && b.at <= scenario_.period.length) kept.push_back(b);
            if (kept.empty()) continue;
            kept.front().on_previous = false;  // what it stands on is not known here
            if (holder->person == kNone) {
                holder->person = door.join({"p" + std::to_string(people_.size() + 1), c.zones[holder->zone].first});
                people_.push_back(*holder);
            }
            for (Beginning& b : kept) b.who = &people_.back();
            result.push_back(std::move(kept));
        }
    }
    return result;
}

}  // namespace gatesim
