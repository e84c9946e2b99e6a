#include "measure/landing_facts.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "measure/ranks.hpp"

namespace gatesim {

namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

/// Pairs of `values` that are in falling order; sorts `values`.
std::uint64_t inversions(std::vector<std::size_t>& values) {
    std::uint64_t count = 0;
    std::vector<std::size_t> merged(values.size());
    for (std::size_t width = 1; width < values.size(); width *= 2) {
        for (std::size_t begin = 0; begin < values.size(); begin += 2 * width) {
            const std::size_t middle = std::min(begin + width, values.size());
            const std::size_t end = std::min(begin + 2 * width, values.size());
            std::size_t left = begin, right = middle, out = begin;
            while (left < middle || right < end) {
                const bool take_right = left == middle || (right < end && values[right] < values[left]);
                if (take_right) count += middle - left;
                merged[out++] = values[take_right ? right++ : left++];
            }
        }
        values.swap(merged);
    }
    return count;
}

/// Share of successive landings of reality (among those that landed in both worlds) that land in the same order.
double neighbours_in_order(const ObservedOrder& observed, const std::vector<std::size_t>& positions) {
    std::vector<std::size_t> rank(observed.exact(), positions.size());
    for (std::size_t i = 0; i < positions.size(); ++i) rank[positions[i]] = i;
    std::size_t before = observed.exact(), pairs = 0, same = 0;
    for (std::size_t p = 0; p < observed.exact(); ++p) {
        if (rank[p] == positions.size()) continue;  // did not land in the replication
        if (before != observed.exact() && observed.at(before) != observed.at(p)) {
            ++pairs;
            same += rank[before] < rank[p];
        }
        before = p;
    }
    return pairs == 0 ? kUndefined : static_cast<double>(same) / static_cast<double>(pairs);
}

void add_bursts(std::vector<std::size_t> sizes, std::vector<double>& facts) {
    if (sizes.empty()) {
        facts.insert(facts.end(), 4, kUndefined);
        return;
    }
    std::sort(sizes.begin(), sizes.end());
    const double changes = static_cast<double>(std::accumulate(sizes.begin(), sizes.end(), std::size_t{0}));
    const double alone = static_cast<double>(std::count(sizes.begin(), sizes.end(), 1u));
    facts.push_back(changes / static_cast<double>(sizes.size()));
    facts.push_back(1 - alone / changes);
    facts.push_back(static_cast<double>(nearest_rank(sizes, 95)));
    facts.push_back(static_cast<double>(sizes.back()));
}

}  // namespace

ObservedOrder::ObservedOrder(const std::vector<ObservedLanding>& observed) {
    std::vector<const ObservedLanding*> exact;
    for (const ObservedLanding& landing : observed) {
        if (landing.exact) exact.push_back(&landing);
    }
    std::stable_sort(exact.begin(), exact.end(), [](auto* a, auto* b) { return a->at < b->at; });
    for (const ObservedLanding* landing : exact) {
        if (!position_.emplace(landing->change, changes_.size()).second) continue;  // the first landing counts
        changes_.push_back(landing->change);
        at_.push_back(landing->at);
    }
}

SimulatedLandings ObservedOrder::as_simulated() const {
    SimulatedLandings landings;
    for (std::size_t i = 0; i < at_.size(); ++i) landings.push_back({changes_[i], at_[i]});
    return landings;
}

std::vector<std::size_t> ObservedOrder::positions(const SimulatedLandings& landings, std::vector<Time>& times) const {
    std::vector<std::pair<Time, std::size_t>> found;
    std::vector<bool> seen(at_.size());
    for (const SimulatedLanding& landing : landings) {
        const auto known = position_.find(landing.change);
        if (known == position_.end() || seen[known->second]) continue;
        seen[known->second] = true;
        found.emplace_back(landing.at, known->second);
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::size_t> positions;
    times.clear();
    for (const auto& [at, position] : found) {
        times.push_back(at);
        positions.push_back(position);
    }
    return positions;
}

double kendall_tau(const ObservedOrder& observed, const std::vector<std::size_t>& positions) {
    std::vector<std::size_t> sorted = positions;
    std::sort(sorted.begin(), sorted.end());
    // Equal real times are made one rank, so that they can never be in falling order, and their pairs are taken off the
    // total.
    const double n = static_cast<double>(sorted.size());
    double pairs = n * (n - 1) / 2;
    std::vector<std::size_t> rank(observed.exact());
    for (std::size_t i = 0, first = 0; i < sorted.size(); ++i) {
        if (observed.at(sorted[i]) != observed.at(sorted[first])) first = i;
        rank[sorted[i]] = first;
        pairs -= static_cast<double>(i - first);
    }
    if (pairs <= 0) return kUndefined;
    std::vector<std::size_t> ranks;
    for (const std::size_t position : positions) ranks.push_back(rank[position]);
    return 1 - 2 * static_cast<double>(inversions(ranks)) / pairs;
}

std::vector<std::size_t> burst_sizes(const std::vector<Time>& times, Time burst_gap) {
    std::vector<std::size_t> sizes;
    for (std::size_t i = 0; i < times.size(); ++i) {
        if (i > 0 && times[i] - times[i - 1] <= burst_gap)
            ++sizes.back();
        else
            sizes.push_back(1);
    }
    return sizes;
}

const std::vector<FactName>& landing_fact_names() {
    static const std::vector<FactName> names = {
        {"order tau", ""},      {"order neighbours", ""}, {"burst mean size", ""}, {"burst share >= 2", ""},
        {"burst p95 size", ""}, {"burst max size", ""},   {"gap p25", "s"},        {"gap p50", "s"},
        {"gap p75", "s"},       {"gap p95", "s"},
    };
    return names;
}

std::vector<double> landing_facts(const ObservedOrder& observed, const SimulatedLandings& landings, Time burst_gap) {
    std::vector<Time> times;
    const std::vector<std::size_t> positions = observed.positions(landings, times);
    std::vector<double> facts = {kendall_tau(observed, positions), neighbours_in_order(observed, positions)};
    add_bursts(burst_sizes(times, burst_gap), facts);
    std::vector<double> gaps;
    for (std::size_t i = 1; i < times.size(); ++i) gaps.push_back(seconds(times[i] - times[i - 1]));
    std::sort(gaps.begin(), gaps.end());
    for (const double share : {0.25, 0.50, 0.75, 0.95}) facts.push_back(quantile_of_sorted(gaps, share));
    return facts;
}

}  // namespace gatesim
