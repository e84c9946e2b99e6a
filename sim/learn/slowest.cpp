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
    // The inner integral, from each point of the grid on, by trapezoids from the right.
    std::vector<double> beyond(grid.x.size(), 0);
    for (std::size_t i = grid.x.size() - 1; i > 0; --i)
        beyond[i - 1] = beyond[i] + (grid.tail[i] + grid.tail[i - 1]) / 2 * (grid.x[i] - grid.x[i - 1]);
    double mean = grid.x.front();
    for (std::size_t i = 0; i < grid.x.size(); ++i)
        mean += (1 - (1 - grid.tail[i]) * std::exp(-rate * beyond[i])) * grid.weight[i];
    return mean;
}

}  // namespace gatesim::learn
