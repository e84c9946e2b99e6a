#include "measure/calibration.hpp"

#include <algorithm>
#include <cmath>

#include "measure/student.hpp"

namespace gatesim {

namespace {

using Numbers = std::vector<std::optional<double>>;

/// A number of all replications.
Numbers column(const std::vector<FactValues>& replications, std::size_t place) {
    Numbers out;
    for (const FactValues& values : replications) out.push_back(values.at(place));
    return out;
}

std::optional<double> mean_of(const Numbers& values) {
    return mean_interval(values).mean;
}

/// Whether a single further replication could well give `expected`: whether it lies in the 95 % prediction interval.
/// Student's: it is about one replication and not about their mean, and no end of it is shown.
bool could_be_one(const Numbers& values, const Estimate& estimate, double expected) {
    if (estimate.n < kReplicationsToDoubt) return false;
    double squares = 0;
    for (const auto& value : values)
        if (value) squares += (*value - *estimate.mean) * (*value - *estimate.mean);
    const double n = static_cast<double>(estimate.n);
    const double reach = student_quantile(estimate.n, kLevel) * std::sqrt(squares / (n - 1) * (1 + 1 / n));
    return std::abs(expected - *estimate.mean) <= reach;
}

ClaimVerdict verdict_of(const Claim& claim, double miss, bool could_be) {
    if (std::abs(miss) <= claim.tolerance) return ClaimVerdict::within;
    if (could_be) return ClaimVerdict::undecided;
    return claim.why.empty() ? ClaimVerdict::missed : ClaimVerdict::explained;
}

ClaimRow weigh_number(const Claim& claim, std::size_t part, const std::vector<FactValues>& replications) {
    ClaimRow row{&claim, part, *claim.expected[part], {}, {}, ClaimVerdict::undefined};
    const Numbers values = column(replications, fact_place(claim.kind) + part);
    row.simulated = mean_interval(values);
    if (!row.simulated.mean) return row;
    const double off = *row.simulated.mean - row.expected;
    // Of nothing, there is no part; then only nothing is within the tolerance.
    row.miss = row.expected != 0 ? off / row.expected : (off == 0 ? 0 : std::copysign(1e9, off));
    row.verdict = verdict_of(claim, *row.miss, could_be_one(values, row.simulated, row.expected));
    return row;
}

/// Sum of the distances over the sum of `expected`, over the parts that are claimed.
double distance(const Numbers& expected, const Numbers& other) {
    double off = 0, sum = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        if (!expected[i] || !other[i]) continue;
        off += std::abs(*other[i] - *expected[i]);
        sum += *expected[i];
    }
    return sum > 0 ? off / sum : 0;
}

/// The mean profile, leaving out one replication (or none).
Numbers mean_profile(const std::vector<FactValues>& replications, std::size_t place, std::size_t size,
                     std::size_t left_out) {
    Numbers out(size);
    for (std::size_t i = 0; i < size; ++i) {
        Numbers values = column(replications, place + i);
        if (left_out < values.size()) values[left_out].reset();
        out[i] = mean_of(values);
    }
    return out;
}

/// Whether reality is no farther from the mean profile than one replication in twenty is.
bool profile_could_be_one(const Claim& claim, const std::vector<FactValues>& replications, double miss) {
    if (replications.size() < kReplicationsToDoubt) return false;
    const std::size_t place = fact_place(claim.kind), size = claim.expected.size();
    std::vector<double> distances;
    for (std::size_t r = 0; r < replications.size(); ++r) {
        const auto begin = replications[r].begin() + static_cast<std::ptrdiff_t>(place);
        const Numbers own(begin, begin + static_cast<std::ptrdiff_t>(size));
        if (own[0]) distances.push_back(distance(own, mean_profile(replications, place, size, r)));
    }
    if (distances.size() < kReplicationsToDoubt) return false;
    std::sort(distances.begin(), distances.end());
    return miss <= distances[(distances.size() * 95 + 99) / 100 - 1];
}

ClaimRow weigh_profile(const Claim& claim, const std::vector<FactValues>& replications) {
    ClaimRow row{&claim, 0, 0, {}, {}, ClaimVerdict::undefined};
    const std::size_t place = fact_place(claim.kind);
    const Numbers mean = mean_profile(replications, place, claim.expected.size(), replications.size());
    double farthest = -1;
    for (std::size_t i = 0; i < mean.size(); ++i) {
        if (!claim.expected[i] || !mean[i]) continue;
        const double off = std::abs(*mean[i] - *claim.expected[i]);
        if (off <= farthest) continue;
        farthest = off;
        row.part = i;
    }
    if (farthest < 0) return row;
    row.expected = *claim.expected[row.part];
    row.simulated = mean_interval(column(replications, place + row.part));
    row.miss = distance(claim.expected, mean);
    row.verdict = verdict_of(claim, *row.miss, profile_could_be_one(claim, replications, *row.miss));
    return row;
}

}  // namespace

std::vector<ClaimRow> weigh_claims(const std::vector<Claim>& claims, const std::vector<FactValues>& replications) {
    std::vector<ClaimRow> out;
    for (const Claim& claim : claims) {
        if (fact_kinds()[claim.kind].profile) {
            out.push_back(weigh_profile(claim, replications));
            continue;
        }
        for (std::size_t part = 0; part < claim.expected.size(); ++part)
            if (claim.expected[part]) out.push_back(weigh_number(claim, part, replications));
    }
    return out;
}

}  // namespace gatesim
