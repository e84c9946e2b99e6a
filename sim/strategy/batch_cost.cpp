#include "strategy/batch_cost.hpp"

#include <algorithm>
#include <cmath>
#include <span>

namespace gatesim {
namespace {

/// Into how many a red group is divided; `level`: how often that happened before.
std::size_t parts_of_red(OnRed on_red, std::size_t size, int level) {
    if (on_red == OnRed::singles || (on_red == OnRed::stop_at_4 && size <= 4)) return size;
    if (on_red == OnRed::quarters) return level == 0 ? std::min<std::size_t>(4, size) : size;
    return 2;
}

/// Builds for a group whose own build is counted already: what follows if it is red, times the chance that it is. A
/// part is red only within a red group, so the chance of that alone counts: costs just add up.
double after(OnRed on_red, std::size_t size, int level, const AllPass& all_pass) {
    if (size == 1) return 0;
    const double red = 1 - all_pass(size);
    const std::size_t parts = parts_of_red(on_red, size, level);
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

/// Recorded changes that stand together.
using Group = std::span<const char>;

bool any_red(Group group) {
    return std::find(group.begin(), group.end(), 0) != group.end();
}

/// The same as `after` for changes of which it is known whether they pass.
std::uint64_t builds_after(OnRed on_red, Group group, int level) {
    if (group.size() == 1 || !any_red(group)) return 0;
    const std::size_t parts = parts_of_red(on_red, group.size(), level);
    std::uint64_t builds = parts;
    for (std::size_t i = 0; i < parts; ++i) {
        const std::size_t from = i * group.size() / parts;
        builds += builds_after(on_red, group.subspan(from, (i + 1) * group.size() / parts - from), level + 1);
    }
    return builds;
}

/// The same as `inferred`.
std::uint64_t builds_inferred(Group group) {
    if (group.size() == 1 || !any_red(group)) return 0;
    const Group first = group.first(group.size() / 2);
    const Group second = group.subspan(first.size());
    const std::uint64_t both = builds_inferred(first) + builds_inferred(second);
    return 1 + both + (any_red(first) ? 1 : 0);
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

std::uint64_t batch_builds(OnRed on_red, std::size_t size, const std::vector<char>& passes) {
    std::uint64_t builds = 0;
    for (std::size_t at = 0; at < passes.size(); at += size) {
        const Group batch = Group(passes).subspan(at, std::min(size, passes.size() - at));
        builds += 1 + (on_red == OnRed::prefix ? builds_inferred(batch) : builds_after(on_red, batch, 0));
    }
    return builds;
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
