#include "measure/comparison.hpp"

#include <algorithm>
#include <cmath>

namespace gatesim {

namespace {

std::optional<double> mean_of(const Series& values) {
    double sum = 0;
    std::size_t n = 0;
    for (const auto& v : values) {
        if (!v) continue;
        sum += *v;
        ++n;
    }
    return n == 0 ? std::nullopt : std::optional<double>(sum / static_cast<double>(n));
}

std::optional<double> variance_of(const Series& values) {
    const std::optional<double> mean = mean_of(values);
    double squares = 0;
    std::size_t n = 0;
    for (const auto& v : values) {
        if (!v) continue;
        squares += (*v - *mean) * (*v - *mean);
        ++n;
    }
    return n < 3 ? std::nullopt : std::optional<double>(squares / static_cast<double>(n - 1));
}

/// Variance of independent samples of the two, over that of the pairs.
std::optional<double> worth_of_pairing(const Series& a, const Series& b, const Series& differences) {
    const auto one = variance_of(a), other = variance_of(b), together = variance_of(differences);
    if (!one || !other || !together || *together <= 0) return std::nullopt;
    return (*one + *other) / *together;
}

Verdict of_direction(Direction direction, bool up) {
    if (direction == Direction::neither) return up ? Verdict::higher : Verdict::lower;
    return up == (direction == Direction::higher) ? Verdict::better : Verdict::worse;
}

Verdict verdict_of(const Difference& d, Direction direction, double zone) {
    if (!d.low) return Verdict::undecided;
    if (*d.low >= -zone && *d.high <= zone) return Verdict::negligible;
    const bool one_sided = *d.low > 0 || *d.high < 0;
    if (!one_sided || std::abs(*d.mean) < zone) return Verdict::undecided;
    return of_direction(direction, *d.mean > 0);
}

double largest(const Series& values) {
    double out = 0;
    for (const auto& v : values) out = std::max(out, std::abs(v.value_or(0)));
    return out;
}

/// All differences are the same: what that says of replications that nobody has seen.
void bound_what_was_not_seen(const Metric& metric, double level, Chance chance, double unseen, Difference& d) {
    if (chance == Chance::none) {
        d.low = d.high = d.mean;
    } else if (metric.rare_count && *d.mean == 0) {
        d.none_seen = true;
        d.high = -std::log(1 - level) / static_cast<double>(d.n);
        d.low = -*d.high;
    } else if (metric.unit == "share") {
        d.low = *d.mean - unseen * (1 + *d.mean);
        d.high = *d.mean + unseen * (1 - *d.mean);
    } else {
        d.alike = true;
        d.unseen = unseen;
    }
}

}  // namespace

const char* verdict_text(Verdict verdict) {
    switch (verdict) {
        case Verdict::better:
            return "better";
        case Verdict::worse:
            return "worse";
        case Verdict::higher:
            return "higher";
        case Verdict::lower:
            return "lower";
        case Verdict::negligible:
            return "negligible";
        case Verdict::undecided:
            return "undecided";
    }
    return "";
}

Series paired(const Series& a, const Series& b) {
    Series out(std::min(a.size(), b.size()));
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (a[i] && b[i]) out[i] = *a[i] - *b[i];
    }
    return out;
}

double simultaneous_level(double level, std::size_t comparisons, std::size_t looks) {
    const std::size_t intervals = std::max<std::size_t>(1, comparisons) * std::max<std::size_t>(1, looks);
    return 1 - (1 - level) / static_cast<double>(intervals);
}

Difference difference(const Metric& metric, const Series& arm, const Series& baseline, double level, double matters,
                      Chance chance) {
    const Series differences = paired(arm, baseline);
    const Estimate e = mean_interval(differences, level, std::max(largest(arm), largest(baseline)));
    Difference out;
    out.mean = e.mean;
    out.low = e.low;
    out.high = e.high;
    out.n = e.n;
    out.pairing = worth_of_pairing(arm, baseline, differences);
    if (e.alike) bound_what_was_not_seen(metric, level, chance, e.unseen, out);
    out.verdict = verdict_of(out, metric.direction, matters * std::abs(mean_of(baseline).value_or(0)));
    return out;
}

bool is_precise(const Difference& difference, const Series& baseline, double precision) {
    if (!difference.mean) return true;
    if (!difference.low) return false;
    const double size = std::max(std::abs(mean_of(baseline).value_or(0)), std::abs(*difference.mean));
    return (*difference.high - *difference.low) / 2 <= precision * size;
}

std::vector<std::uint32_t> looks(std::uint32_t least, std::uint32_t most) {
    std::vector<std::uint32_t> out;
    for (std::uint64_t n = std::max(1u, least); n < most; n *= 2) out.push_back(static_cast<std::uint32_t>(n));
    out.push_back(most);
    return out;
}

}  // namespace gatesim
