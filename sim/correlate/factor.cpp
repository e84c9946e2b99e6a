#include "correlate/factor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "correlate/statistics.hpp"
#include "load/when.hpp"

namespace gatesim::correlate {

namespace {

constexpr double kMostChance = 0.01;  ///< that such a pattern is chance, over all factors together
constexpr double kLeastShare = 0.75;  ///< of the hits must lie there
constexpr double kLeastRatio = 3;     ///< so much more often there than elsewhere
constexpr double kKinds = 8;
constexpr double kDay = 86400, kBurst = 3 * 3600;

struct Place {
    double at = 0;
    bool hit = false;
};

struct Best {
    double log_p = 0, from = 0, to = 0, share = 0, at_risk = 0;
};

std::string when_text(double seconds) {
    return format_when(static_cast<Time>(std::llround(seconds * 1e6)));
}

bool holds(double share, double runs, double part, double hits) {
    const double inside = share * hits / std::max(part, 1.0), outside = (1 - share) * hits / std::max(runs - part, 1.0);
    return share >= kLeastShare && inside >= kLeastRatio * outside;
}

/// The stretch that holds most of the hits in fewest of the runs at risk.
Best best_stretch(std::vector<Place> places, bool open_end) {
    std::stable_sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.at < b.at; });
    std::vector<std::size_t> before(places.size() + 1, 0), hit_places;
    for (std::size_t i = 0; i < places.size(); ++i)
        if (places[i].hit) hit_places.push_back(i);
    const std::size_t n = hit_places.size(),
                      need = static_cast<std::size_t>(std::ceil(kLeastShare * static_cast<double>(n)));
    Best best;
    const double tests = std::log(static_cast<double>(n)) * (open_end ? 1 : 2);
    const std::size_t step = std::max<std::size_t>(1, n / 200);
    for (std::size_t i = 0; i + need <= n; i += step)
        for (std::size_t j = open_end ? n - 1 : i + need - 1; j < n; j += step) {
            // Runs of the same moment (or base) as the ends belong to it.
            const double from = places[hit_places[i]].at, to = places[hit_places[j]].at;
            const auto low =
                std::lower_bound(places.begin(), places.end(), from, [](const Place& p, double v) { return p.at < v; });
            const auto high = open_end ? places.end()
                                       : std::upper_bound(places.begin(), places.end(), to,
                                                          [](double v, const Place& p) { return v < p.at; });
            const std::size_t part = static_cast<std::size_t>(high - low), inside = j - i + 1;
            const double p = log_tail(places.size(), part, n, inside) + tests;
            const double share = static_cast<double>(inside) / static_cast<double>(n);
            if (p < best.log_p &&
                holds(share, static_cast<double>(places.size()), static_cast<double>(part), static_cast<double>(n)))
                best = {p, from, open_end ? places.back().at : to, share, static_cast<double>(part)};
        }
    return best;
}

Factor by_value(const Builds& builds, const std::vector<std::uint32_t>& at_risk, const Hits& hits,
                Attribute attribute) {
    std::map<std::uint32_t, std::pair<std::size_t, std::size_t>> counts;  // runs, hits
    std::size_t n = 0;
    for (const std::uint32_t b : at_risk) {
        auto& [runs, hit] = counts[builds.all[b].value[static_cast<std::size_t>(attribute)]];
        ++runs;
        hit += hits[b];
        n += hits[b];
    }
    Factor best;
    for (const auto& [value, count] : counts) {
        if (value == 0 || count.second == 0) continue;
        const double p =
            log_tail(at_risk.size(), count.first, n, count.second) + std::log(static_cast<double>(counts.size()));
        const double share = static_cast<double>(count.second) / static_cast<double>(n);
        if (p < best.log_p &&
            holds(share, static_cast<double>(at_risk.size()), static_cast<double>(count.first), static_cast<double>(n)))
            best = {name_of(attribute), builds.names[value], p, share, static_cast<double>(count.first)};
    }
    return best;
}

Factor by_hour(const Builds& builds, const std::vector<std::uint32_t>& at_risk, const Hits& hits) {
    double runs[24] = {}, hit[24] = {}, n = 0;
    std::set<long> days;
    for (const std::uint32_t b : at_risk) {
        const double start = builds.all[b].start;
        const std::size_t hour = static_cast<std::size_t>(std::fmod(start, kDay) / 3600) % 24;
        ++runs[hour];
        if (!hits[b]) continue;
        ++hit[hour];
        ++n;
        days.insert(static_cast<long>(start / kDay));
    }
    Factor best;
    if (days.size() < 2) return best;
    for (int from = 0; from < 24; ++from)
        for (int length = 1; length <= 12; ++length) {
            double part = 0, inside = 0;
            for (int i = 0; i < length; ++i) part += runs[(from + i) % 24], inside += hit[(from + i) % 24];
            if (inside == 0) continue;
            const double p = log_tail(at_risk.size(), static_cast<std::uint64_t>(part), static_cast<std::uint64_t>(n),
                                      static_cast<std::uint64_t>(inside)) +
                             std::log(24.0 * 12);
            if (p < best.log_p && holds(inside / n, static_cast<double>(at_risk.size()), part, n))
                best = {"hour", fmt::format("{:02}:00 to {:02}:00", from, (from + length) % 24), p, inside / n, part};
        }
    return best;
}

/// Bases in the order in which builds first stood on them.
std::vector<std::uint32_t> base_order(const Builds& builds) {
    std::vector<std::uint32_t> order(builds.names.size(), 0), by_start(builds.all.size());
    for (std::uint32_t i = 0; i < by_start.size(); ++i) by_start[i] = i;
    std::stable_sort(by_start.begin(), by_start.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return builds.all[a].start < builds.all[b].start; });
    std::uint32_t next = 0;
    for (const std::uint32_t b : by_start)
        if (const std::uint32_t base = builds.all[b].base; base != 0 && order[base] == 0) order[base] = ++next;
    return order;
}

Factor by_base(const Builds& builds, const std::vector<std::uint32_t>& at_risk, const Hits& hits) {
    const std::vector<std::uint32_t> order = base_order(builds);
    std::vector<Place> places;
    std::uint32_t last = 0;
    for (const std::uint32_t b : at_risk)
        if (builds.all[b].base != 0) {
            places.push_back({static_cast<double>(order[builds.all[b].base]), hits[b]});
            last = std::max(last, order[builds.all[b].base]);
        }
    if (places.size() * 2 < at_risk.size()) return {};
    const Best open = best_stretch(places, true), shut = best_stretch(places, false);
    const bool is_open = open.log_p <= shut.log_p;
    const Best& best = is_open ? open : shut;
    if (best.log_p >= 0) return {};
    const auto name = [&](double place) {
        const auto at = std::find(order.begin(), order.end(), static_cast<std::uint32_t>(place));
        return builds.names[static_cast<std::size_t>(at - order.begin())];
    };
    return {"base", is_open ? "from " + name(best.from) + " on" : name(best.from) + " to " + name(best.to), best.log_p,
            best.share, best.at_risk};
}

Factor by_time(const Builds& builds, const std::vector<std::uint32_t>& at_risk, const Hits& hits, double& length) {
    std::vector<Place> places;
    for (const std::uint32_t b : at_risk) places.push_back({builds.all[b].start, hits[b]});
    const Best open = best_stretch(places, true), shut = best_stretch(places, false);
    const bool is_open = open.log_p <= shut.log_p;
    const Best& best = is_open ? open : shut;
    if (best.log_p >= 0) return {};
    length = best.to - best.from;
    return {"time",
            is_open ? "from " + when_text(best.from) + " on" : when_text(best.from) + " to " + when_text(best.to),
            best.log_p, best.share, best.at_risk};
}

Factor by_concurrency(const Builds& builds, const std::vector<std::uint32_t>& at_risk, const Hits& hits) {
    const std::vector<std::uint32_t> beside = concurrency(builds);
    std::vector<Place> places;
    for (const std::uint32_t b : at_risk) places.push_back({static_cast<double>(beside[b]), hits[b]});
    const Best best = best_stretch(places, true);
    if (best.log_p >= 0) return {};
    return {"concurrency", fmt::format("at least {:.0f} builds at once", best.from), best.log_p, best.share,
            best.at_risk};
}

Factor by_changes(const Runs& runs, const std::vector<std::uint32_t>& failed, const Hits& hits) {
    const Together found = together(runs, failed, hits);
    if (found.first == 0) return {};
    const auto& names = runs.builds().changes;
    return {"tested_with", names[found.first] + (found.second != 0 ? " and " + names[found.second] : ""), found.log_p,
            1, 0};
}

/// From the first start to the last.
double span_of(const Builds& builds, const std::vector<std::uint32_t>& failed) {
    double first = INFINITY, last = 0;
    for (const std::uint32_t b : failed)
        first = std::min(first, builds.all[b].start), last = std::max(last, builds.all[b].start);
    return last - first;
}

}  // namespace

std::vector<std::uint32_t> concurrency(const Builds& builds) {
    std::vector<double> starts, ends;
    for (const Build& b : builds.all)
        if (b.end > b.start) starts.push_back(b.start), ends.push_back(b.end);
    std::sort(starts.begin(), starts.end());
    std::sort(ends.begin(), ends.end());
    std::vector<std::uint32_t> out;
    for (const Build& b : builds.all) {
        const auto begun = std::upper_bound(starts.begin(), starts.end(), b.start) - starts.begin();
        const auto over = std::upper_bound(ends.begin(), ends.end(), b.start) - ends.begin();
        out.push_back(static_cast<std::uint32_t>(begun - over));
    }
    return out;
}

Factor find_factor(const Runs& runs, const std::vector<std::uint32_t>& failed, const Hits& hits) {
    const Builds& builds = runs.builds();
    std::set<std::uint32_t> jobs;
    for (const std::uint32_t b : failed) jobs.insert(runs.job(b));
    std::vector<std::uint32_t> at_risk;
    for (const std::uint32_t job : jobs)
        at_risk.insert(at_risk.end(), runs.of_job(job).begin(), runs.of_job(job).end());
    if (failed.size() < 3) return {};
    // In the order of preference where two explain equally well.
    std::vector<Factor> all;
    all.push_back(by_value(builds, at_risk, hits, Attribute::region));
    all.push_back(by_value(builds, at_risk, hits, Attribute::provider));
    all.push_back(by_value(builds, at_risk, hits, Attribute::node));
    all.push_back(by_changes(runs, failed, hits));
    // What is tested with one change is tested within a short time: then the time is no cause of its own.
    const bool one_burst = all.back().log_p < std::log(1e-4) && span_of(builds, failed) < kBurst;
    if (builds.has_time && !one_burst) {
        double length = 0;
        Factor time = by_time(builds, at_risk, hits, length), base = by_base(builds, at_risk, hits);
        // A landing makes a new base and a new time at once: a long stretch is rather what landed, a short one what
        // passed.
        const bool near = std::abs(time.log_p - base.log_p) < 3;
        if (near && !base.name.empty() && length > kDay / 2)
            std::swap(time, base), time.log_p = std::min(time.log_p, base.log_p);
        all.push_back(time);
        if (!near) all.push_back(base);
        all.push_back(by_hour(builds, at_risk, hits));
        all.push_back(by_concurrency(builds, at_risk, hits));
    }
    Factor best;
    for (const Factor& one : all)
        if (!one.name.empty() && one.log_p < best.log_p - 0.7) best = one;
    best.log_p += std::log(kKinds);
    return best.name.empty() || best.log_p > std::log(kMostChance) ? Factor{} : best;
}

}  // namespace gatesim::correlate
