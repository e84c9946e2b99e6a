#include "measure/spending.hpp"

#include <algorithm>
#include <cmath>

namespace gatesim {

namespace {

constexpr int kPanels = 240;  // of Simpson's rule; even. Twice as many move no level by 1e-9

double density(double x, double variance) {
    return std::exp(-x * x / (2 * variance)) / std::sqrt(2 * 3.14159265358979323846 * variance);
}

/// P(N(0, 1) > z).
double tail(double z) {
    return std::erfc(z / std::sqrt(2.0)) / 2;
}

/// The sum so far, where no look has ended it: its density at even steps between -end and end.
struct Open {
    double end = 0;
    std::vector<double> at;

    double step() const { return 2 * end / kPanels; }
    double x(int i) const { return -end + i * step(); }

    /// The integral of the density times `weight`.
    template <class Weight>
    double integral(const Weight& weight) const {
        double sum = 0;
        for (int i = 0; i <= kPanels; ++i) {
            const double simpson = i == 0 || i == kPanels ? 1 : i % 2 == 1 ? 4 : 2;
            sum += simpson * at[static_cast<std::size_t>(i)] * weight(x(i));
        }
        return sum * step() / 3;
    }
};

Open first(double end, double variance) {
    Open out{end, {}};
    for (int i = 0; i <= kPanels; ++i) out.at.push_back(density(out.x(i), variance));
    return out;
}

Open next(const Open& before, double end, double more) {
    Open out{end, {}};
    for (int i = 0; i <= kPanels; ++i) {
        const double x = out.x(i);
        out.at.push_back(before.integral([&](double from) { return density(x - from, more); }));
    }
    return out;
}

/// The z at which `missed`, which falls with it, is `spend`.
template <class Missed>
double where(const Missed& missed, double spend) {
    double low = 0, high = 40;
    for (int i = 0; i < 100; ++i) {
        const double middle = (low + high) / 2;
        (missed(middle) > spend ? low : high) = middle;
    }
    return high;
}

}  // namespace

std::vector<double> spent_levels(double level, const std::vector<std::uint32_t>& looks) {
    std::vector<double> out;
    Open open;
    double before = 0;
    for (const std::uint32_t look : looks) {
        const double now = look, spend = (1 - level) * (now - before) / looks.back();
        const auto missed = [&](double z) {
            if (before == 0) return 2 * tail(z);
            const double end = z * std::sqrt(now), spread = std::sqrt(now - before);
            return open.integral([&](double x) { return tail((end - x) / spread) + tail((end + x) / spread); });
        };
        const double z = where(missed, spend), end = z * std::sqrt(now);
        open = before == 0 ? first(end, now) : next(open, end, now - before);
        out.push_back(1 - 2 * tail(z));
        before = now;
    }
    return out;
}

std::vector<std::uint32_t> dense_looks(std::uint32_t least, std::uint32_t most) {
    std::vector<std::uint32_t> out;
    for (std::uint64_t whole = least; whole < most; whole *= 2) {
        out.push_back(static_cast<std::uint32_t>(whole));
        if (whole * 3 / 2 < most) out.push_back(static_cast<std::uint32_t>(whole * 3 / 2));
    }
    out.push_back(most);
    return out;
}

}  // namespace gatesim
