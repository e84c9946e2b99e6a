#include "measure/mser.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gatesim {

namespace {

constexpr std::size_t kLeast = 5;  // batches that are left at least: the statistic of fewer is an accident

std::vector<double> batch_means(const std::vector<double>& series) {
    std::vector<double> out;
    for (std::size_t i = 0; i + kMserBatch <= series.size(); i += kMserBatch) {
        double sum = 0;
        for (std::size_t k = 0; k < kMserBatch; ++k) sum += series[i + k];
        out.push_back(sum / kMserBatch);
    }
    return out;
}

double statistic(const std::vector<double>& batches, std::size_t cut) {
    const double n = static_cast<double>(batches.size() - cut);
    double mean = 0;
    for (std::size_t i = cut; i < batches.size(); ++i) mean += batches[i];
    mean /= n;
    double squares = 0;
    for (std::size_t i = cut; i < batches.size(); ++i) squares += (batches[i] - mean) * (batches[i] - mean);
    // What only rounding tells from no spread at all is none.
    return squares <= 1e-20 * mean * mean * n ? 0 : squares / (n * n);
}

}  // namespace

Truncation mser5(const std::vector<double>& series) {
    const std::vector<double> batches = batch_means(series);
    std::size_t best = 0;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t cut = 0; cut + kLeast <= batches.size(); ++cut) {
        const double value = statistic(batches, cut);
        if (value < least) {
            least = value;
            best = cut;
        }
    }
    return {best * kMserBatch, best * 2 <= batches.size()};
}

double memory_of(const std::vector<std::vector<double>>& runs) {
    const std::size_t n = runs.empty() ? 0 : runs.front().size();
    double mean = 0;
    for (const auto& run : runs)
        for (double v : run) mean += v / static_cast<double>(n * runs.size());
    const auto covariance = [&](std::size_t lag) {
        double sum = 0;
        for (const auto& run : runs)
            for (std::size_t i = 0; i + lag < n; ++i) sum += (run[i] - mean) * (run[i + lag] - mean);
        return sum;
    };
    const double variance = covariance(0);
    if (variance <= 1e-20 * mean * mean * static_cast<double>(n * runs.size())) return 0;
    double out = 1;
    for (std::size_t lag = 1; lag + 1 < n; lag += 2) {
        const double pair = (covariance(lag) + covariance(lag + 1)) / variance;
        if (pair <= 0) break;
        out += 2 * pair;
    }
    return out;
}

Truncation warmup_cut(const std::vector<std::vector<double>>& runs) {
    if (runs.empty()) return {};
    const std::size_t n = runs.front().size();
    std::vector<double> average(n, 0.0);
    for (const auto& run : runs)
        for (std::size_t i = 0; i < n; ++i) average[i] += run[i] / static_cast<double>(runs.size());
    Truncation out = mser5(average);
    const double least = kMemories * memory_of(runs);
    out.found &= least <= static_cast<double>(n) / 4;
    out.cut = std::max(out.cut, static_cast<std::size_t>(std::ceil(least)));
    return out;
}

}  // namespace gatesim
