#include "validate/forecast.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "measure/ranks.hpp"

namespace gatesim::validate {

namespace {

constexpr std::size_t kLengths = 200;
constexpr double kInfinite = std::numeric_limits<double>::infinity();

double real(Time time) {
    return time == kNever ? kInfinite : static_cast<double>(time);
}

Time whole(double value) {
    return value < static_cast<double>(kLongest) ? static_cast<Time>(std::llround(value)) : kNever;
}

/// How many are there at each instant, of stays with these departures.
std::vector<double> curve(const Record& record, std::vector<Time> left) {
    std::vector<double> out;
    std::sort(left.begin(), left.end());
    const auto until = [](const auto& from, const auto& to) { return static_cast<double>(to - from); };
    for (const Time instant : record.instants) {  // who came by then, less who had gone
        const auto came = std::partition_point(record.stays.begin(), record.stays.end(),
                                               [&](const Stay& s) { return s.enqueued <= instant; });
        const auto gone = std::upper_bound(left.begin(), left.end(), instant);
        out.push_back(until(record.stays.begin(), came) - until(left.begin(), gone));
    }
    return out;
}

/// Lengths of the stays that ended in training time.
std::vector<double> lengths_in(const Record& record, const Spans& train) {
    std::vector<double> out;
    for (const Stay& stay : record.stays)
        if (stay.gone() && train.holds(stay.left())) out.push_back(static_cast<double>(stay.left() - stay.enqueued));
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace

double quantile_of(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    return quantile_of_sorted(values, share);
}

Forecast forecast_of(const Record& record, const std::vector<SimulatedStays>& replications) {
    Forecast out;
    const std::size_t n = record.stays.size();
    std::unordered_map<std::string, std::size_t> index;
    for (std::size_t i = 0; i < n; ++i) index[record.stays[i].name] = i;
    std::vector<std::vector<double>> left(n), queue(record.instants.size());
    out.ejected.assign(n, 0);
    for (const SimulatedStays& replication : replications) {
        std::vector<Time> ends(n, kNever), lengths(n, kNever);
        for (const SimulatedStay& stay : replication) {
            const auto found = index.find(stay.change);
            if (found == index.end()) continue;
            ends[found->second] = stay.left;
            if (stay.left != kNever) lengths[found->second] = stay.left - record.stays[found->second].enqueued;
            if (stay.left != kNever && !stay.landed)
                out.ejected[found->second] += 1 / static_cast<double>(replications.size());
        }
        for (std::size_t i = 0; i < n; ++i) left[i].push_back(real(ends[i]));
        const std::vector<double> counts = curve(record, ends);
        for (std::size_t k = 0; k < counts.size(); ++k) queue[k].push_back(counts[k]);
        out.stay.push_back(std::move(lengths));
    }
    for (const auto& values : queue) {
        out.queue.push_back(quantile_of(values, 0.5));
        out.low.push_back(quantile_of(values, 0.05));
        out.high.push_back(quantile_of(values, 0.95));
    }
    for (const auto& values : left) {
        out.left.push_back(whole(quantile_of(values, 0.5)));
        out.left_lo.push_back(whole(quantile_of(values, 0.05)));
        out.left_hi.push_back(whole(quantile_of(values, 0.95)));
    }
    return out;
}

Forecast constant_stay(const Record& record, const Spans& train) {
    Forecast out;
    const Time length = whole(quantile_of(lengths_in(record, train), 0.5));
    for (const Stay& stay : record.stays) out.left.push_back(stay.enqueued + length);
    out.queue = curve(record, out.left);
    return out;
}

Forecast free_stays(const Record& record, const Spans& train) {
    Forecast out;
    const std::vector<double> lengths = lengths_in(record, train);
    const Time median = whole(quantile_of(lengths, 0.5));
    for (const Stay& stay : record.stays) out.left.push_back(stay.enqueued + median);
    // As many lengths as matter, evenly from short to long: all of them for each stay would be the square of a long
    // record.
    const std::size_t most = std::min<std::size_t>(lengths.size(), kLengths);
    for (std::size_t k = 0; k < most; ++k)
        out.stay.emplace_back(record.stays.size(), whole(lengths[(2 * k + 1) * lengths.size() / (2 * most)]));
    for (const Time instant : record.instants) {
        double sum = 0;
        for (const Stay& stay : record.stays) {
            const Time age = instant - stay.enqueued;
            if (age < 0 || lengths.empty()) continue;
            const auto over = std::upper_bound(lengths.begin(), lengths.end(), static_cast<double>(age));
            sum += static_cast<double>(lengths.end() - over) / static_cast<double>(lengths.size());
        }
        out.queue.push_back(sum);
    }
    return out;
}

}  // namespace gatesim::validate
