#include "measure/mser.hpp"

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

}  // namespace gatesim
