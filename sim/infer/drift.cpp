#include "infer/drift.hpp"

#include <algorithm>
#include <boost/math/distributions/fisher_f.hpp>
#include <cmath>
#include <map>

#include "chance/plain_math.hpp"

namespace gatesim::infer {

namespace {

constexpr std::size_t kLeast = 5;

struct Group {
    double n = 0, sum = 0, squares = 0;
    double mean() const { return sum / n; }
};

double share_of(double ratio, double size) {
    const double s = (ratio - 1) / (ratio - 1 + size);
    return std::clamp(s, 0.0, 1.0);
}

}  // namespace

double Drift::scale_at(Moment t) const {
    double out = 1;
    for (const Stretch& s : stretches)
        if (s.from <= t) out = s.scale;
    return out;
}

Drift drift_of(const std::vector<Timed>& lengths, Time stretch) {
    std::map<Moment, Group> groups;
    for (const Timed& l : lengths) {
        Group& g = groups[l.at / stretch];
        ++g.n;
        g.sum += l.log_length;
        g.squares += l.log_length * l.log_length;
    }
    std::erase_if(groups, [](const auto& g) { return g.second.n < kLeast; });
    Drift out;
    if (groups.size() < 3) return out;

    double n = 0, sum = 0, of_sizes = 0, within = 0, between = 0;
    for (const auto& [at, g] : groups) {
        n += g.n;
        sum += g.sum;
        of_sizes += g.n * g.n;
        within += g.squares - g.n * g.mean() * g.mean();
    }
    const double mean = sum / n, k = static_cast<double>(groups.size());
    for (const auto& [at, g] : groups) between += g.n * (g.mean() - mean) * (g.mean() - mean);
    within = std::max(within / (n - k), 1e-12);
    between /= k - 1;
    const double size = (n - of_sizes / n) / (k - 1), ratio = between / within;
    const boost::math::fisher_f_distribution<double, PlainMath> law(k - 1, n - k);
    out.between = {share_of(ratio, size), share_of(ratio / boost::math::quantile(law, 0.975), size),
                   share_of(ratio / boost::math::quantile(law, 0.025), size), static_cast<std::size_t>(n)};
    const double effect = std::max(0.0, (between - within) / size);
    for (const auto& [at, g] : groups) {
        const double trust = effect / (effect + within / g.n);
        out.stretches.push_back({at * stretch, std::exp(trust * (g.mean() - mean)), static_cast<std::size_t>(g.n)});
    }
    return out;
}

}  // namespace gatesim::infer
