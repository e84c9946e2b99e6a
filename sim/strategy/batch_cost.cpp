#include "strategy/batch_cost.hpp"

#include <cmath>
#include <vector>

namespace gatesim {
namespace {

/// Builds for a group whose own build is counted already: what follows if it is red, times the chance that it is. A
/// part is red only within a red group, so the chance of that alone counts: costs just add up.
double after(OnRed on_red, std::size_t size, int level, const AllPass& all_pass) {
    if (size == 1) return 0;
    const double red = 1 - all_pass(size);
    std::size_t parts = 2;
    if (on_red == OnRed::singles || (on_red == OnRed::stop_at_4 && size <= 4)) parts = size;
    if (on_red == OnRed::quarters) parts = level == 0 ? std::min<std::size_t>(4, size) : size;
    double cost = red * static_cast<double>(parts);
    for (std::size_t i = 0; i < parts; ++i)
        cost += after(on_red, (i + 1) * size / parts - i * size / parts, level + 1, all_pass);
    return cost;
}

/// `known[n]`: builds that follow when a group of n is known to be red; halves, the second of which is red without a
/// build if the first is green.
double inferred(std::size_t size, const AllPass& all_pass) {
    std::vector<double> known(size + 1, 0.0);
    for (std::size_t n = 2; n <= size; ++n) {
        const std::size_t a = n / 2;
        const std::size_t b = n - a;
        const double red = 1 - all_pass(n);
        if (red <= 0) continue;
        const double first_red = (1 - all_pass(a)) / red;
        const double unknown = 1 + (1 - all_pass(b)) * known[b];
        known[n] = 1 + first_red * (known[a] + unknown) + (1 - first_red) * known[b];
    }
    return (1 - all_pass(size)) * known[size];
}

}  // namespace

AllPass independent_failures(double fails) {
    return [fails](std::size_t changes) { return std::pow(1 - fails, static_cast<double>(changes)); };
}

AllPass clustered_failures(double fails, double run) {
    const double breaks = fails / (run * (1 - fails));
    return [fails, breaks](std::size_t changes) {
        return changes == 0 ? 1.0 : (1 - fails) * std::pow(1 - breaks, static_cast<double>(changes) - 1);
    };
}

double batch_cost(OnRed on_red, std::size_t size, const AllPass& all_pass) {
    const double more = on_red == OnRed::prefix ? inferred(size, all_pass) : after(on_red, size, 0, all_pass);
    return (1 + more) / static_cast<double>(size);
}

std::size_t best_batch_size(OnRed on_red, std::size_t most, const AllPass& all_pass) {
    std::size_t best = 1;
    double lowest = batch_cost(on_red, 1, all_pass);
    for (std::size_t size = 2; size <= most; ++size)
        if (const double cost = batch_cost(on_red, size, all_pass); cost < lowest) {
            lowest = cost;
            best = size;
        }
    return best;
}

}  // namespace gatesim
