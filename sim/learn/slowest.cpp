#include "learn/slowest.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace gatesim::learn {

namespace {

/// 1 - F(x)^n on a grid in log x, with weights for integrals over x.
struct Grid {
    std::vector<double> x, tail, weight;
};

/// Equal steps in the logarithm resolve narrow and wide times alike; below the grid the tail is 1, above it 0.
Grid grid_of(int n, double cv) {
    const double variance = std::log1p(cv * cv);
    const double sigma = std::sqrt(variance);
    constexpr int kSteps = 4000;
    constexpr double kReach = 10;
    Grid grid;
    const double step = 2 * kReach * sigma / kSteps;
    for (int i = 0; i <= kSteps; ++i) {
        const double z = -kReach + 2 * kReach * i / kSteps;
        const double above = 0.5 * std::erfc(z / std::sqrt(2.0));
        const double x = std::exp(-variance / 2 + sigma * z);
        grid.x.push_back(x);
        grid.tail.push_back(-std::expm1(n * std::log1p(-std::min(above, 1.0))));
        grid.weight.push_back(x * step / 3 * (i == 0 || i == kSteps ? 1 : i % 2 ? 4 : 2));
    }
    return grid;
}

/// For each point of the grid the chance that a change has landed by then, in order behind all those ahead of it.
std::vector<double> landed_by(const Grid& grid, double rate) {
    std::vector<double> out(grid.x.size());
    double beyond = 0;  // the integral of the tail from here on, by trapezoids from the right
    for (std::size_t i = grid.x.size(); i-- > 0;) {
        if (i + 1 < grid.x.size()) beyond += (grid.tail[i] + grid.tail[i + 1]) / 2 * (grid.x[i + 1] - grid.x[i]);
        out[i] = (1 - grid.tail[i]) * std::exp(-rate * beyond);
    }
    return out;
}

}  // namespace

double slowest_of(int n, double cv) {
    if (cv <= 0) return 1;
    const Grid grid = grid_of(n, cv);
    double mean = grid.x.front();
    for (std::size_t i = 0; i < grid.x.size(); ++i) mean += grid.tail[i] * grid.weight[i];
    return mean;
}

double slowest_spread(int n, double cv) {
    if (cv <= 0) return 0;
    const Grid grid = grid_of(n, cv);
    double square = grid.x.front() * grid.x.front();
    for (std::size_t i = 0; i < grid.x.size(); ++i) square += 2 * grid.x[i] * grid.tail[i] * grid.weight[i];
    const double mean = slowest_of(n, cv);
    return std::sqrt(std::max(0.0, square / (mean * mean) - 1));
}

double in_order_mean(double rate, int n, double cv) {
    if (cv <= 0) return 1;
    const Grid grid = grid_of(n, cv);
    const std::vector<double> landed = landed_by(grid, rate);
    double mean = grid.x.front();
    for (std::size_t i = 0; i < grid.x.size(); ++i) mean += (1 - landed[i]) * grid.weight[i];
    return mean;
}

double in_order_quantile(double rate, int n, double cv, double share) {
    if (cv <= 0) return 1;
    const Grid grid = grid_of(n, cv);
    const std::vector<double> landed = landed_by(grid, rate);
    const auto after = std::lower_bound(landed.begin(), landed.end(), share);
    if (after == landed.begin()) return grid.x.front();
    if (after == landed.end()) return grid.x.back();
    const auto i = static_cast<std::size_t>(after - landed.begin());
    const double part = (share - landed[i - 1]) / (landed[i] - landed[i - 1]);
    return grid.x[i - 1] + part * (grid.x[i] - grid.x[i - 1]);
}

}  // namespace gatesim::learn
