#include "measure/interval.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "measure/counts.hpp"
#include "measure/student.hpp"
#include "measure/unit_text.hpp"

namespace gatesim {

namespace {

std::vector<double> defined(const std::vector<std::optional<double>>& values) {
    std::vector<double> out;
    for (const auto& v : values) {
        if (v) out.push_back(*v);
    }
    return out;
}

double mean_of(const std::vector<double>& values) {
    double sum = 0;
    for (double v : values) sum += v;
    return sum / static_cast<double>(values.size());
}

}  // namespace

Estimate student_interval(const std::vector<std::optional<double>>& values, double level) {
    Estimate out;
    const std::vector<double> x = defined(values);
    out.n = x.size();
    if (x.empty()) return out;
    const double n = static_cast<double>(x.size());
    const double mean = mean_of(x);
    out.mean = mean;
    if (x.size() < 2) return out;
    double squares = 0;
    for (double v : x) squares += (v - mean) * (v - mean);
    const double error = std::sqrt(squares / (n - 1) / n);
    const double half = student_quantile(x.size(), level) * error;
    out.low = mean - half;
    out.high = mean + half;
    return out;
}

Estimate poisson_interval(const std::vector<std::optional<double>>& counts) {
    const std::vector<double> x = defined(counts);
    Estimate out;
    out.n = x.size();
    if (x.empty()) return out;
    const double n = static_cast<double>(x.size());
    double total = 0;
    for (double v : x) total += v;
    out.mean = total / n;
    if (total == 0) {
        out.none_seen = true;
        out.low = 0.0;
        out.high = -std::log(1 - kLevel) / n;
        return out;
    }
    const Ends ends = garwood_ends(total);
    out.low = ends.low / n;
    out.high = ends.high / n;
    const Estimate student = student_interval(counts);
    if (student.low && *student.high - *student.low > *out.high - *out.low) {
        out.low = std::max(0.0, *student.low);
        out.high = student.high;
    }
    return out;
}

Estimate possible(Estimate estimate, const std::string& unit) {
    if (estimate.mean && *estimate.mean >= 0 && estimate.low) estimate.low = std::max(0.0, *estimate.low);
    if (unit == "share" && estimate.mean && *estimate.mean <= 1 && estimate.high)
        estimate.high = std::min(1.0, *estimate.high);
    return estimate;
}

Estimate estimate(const Metric& metric, const std::vector<std::optional<double>>& values, Chance chance) {
    if (metric.rare_count && chance == Chance::some) return poisson_interval(values);
    Estimate out = possible(mean_interval(values), metric.unit);
    if (!out.alike) return out;
    if (chance == Chance::none) {
        out.alike = false;
        out.low = out.high = out.mean;
    } else if (metric.unit == "share") {
        out.alike = false;
        out.none_seen = *out.mean == 0;
        out.low = *out.mean * (1 - out.unseen);
        out.high = *out.mean + (1 - *out.mean) * out.unseen;
    }
    return out;
}

int decimals_for(double uncertainty) {
    if (!(uncertainty > 0) || !std::isfinite(uncertainty)) return 0;
    int exponent = static_cast<int>(std::floor(std::log10(uncertainty)));
    double first = uncertainty / std::pow(10.0, exponent);
    if (first >= 9.5) {  // rounds up to the next power
        first = 1;
        ++exponent;
    }
    const int digits = first < 1.95 ? 2 : 1;
    return std::min(9, digits - 1 - exponent);
}

std::string fixed(double value, int decimals) {
    if (decimals < 0) {
        const double unit = std::pow(10.0, -decimals);
        value = std::nearbyint(value / unit) * unit;
        decimals = 0;
    }
    std::string out = fmt::format("{:.{}f}", value, decimals);
    if (out[0] == '-' && out.find_first_not_of("-0.") == std::string::npos) out.erase(0, 1);
    return out;
}

PrintUnit print_unit(const std::string& unit, double size) {
    size = std::abs(size);
    if (unit == "share") return {"%", 0.01};
    if (unit == "s") {
        if (size >= 3 * 86400.0) return {"d", 86400};
        if (size >= 2 * 3600.0) return {"h", 3600};
        if (size >= 2 * 60.0) return {"min", 60};
        return {"s", 1};
    }
    return {unit, 1};
}

PrintUnit print_unit(const std::string& unit, const std::vector<double>& sizes) {
    constexpr double kLeast = 0.5, kMost = 1000;
    double largest = 0, smallest = 0;
    for (double size : sizes) {
        size = std::abs(size);
        largest = std::max(largest, size);
        if (size > 0 && (smallest == 0 || size < smallest)) smallest = size;
    }
    PrintUnit out = print_unit(unit, largest);
    while (unit == "s" && out.divisor > 1 && smallest < kLeast * out.divisor) {
        const PrintUnit smaller = out.divisor > 3600 ? PrintUnit{"h", 3600}
                                  : out.divisor > 60 ? PrintUnit{"min", 60}
                                                     : PrintUnit{"s", 1};
        if (largest >= kMost * smaller.divisor) break;
        out = smaller;
    }
    return out;
}

std::string text(double value, const std::string& unit) {
    return text(value, print_unit(unit, value));
}

std::string text(const Estimate& estimate, const std::string& unit) {
    return text(estimate, print_unit(unit, estimate.mean.value_or(0)));
}

std::string text(double value, const PrintUnit& in) {
    const double v = value / in.divisor;
    const bool whole = v == std::nearbyint(v) && std::abs(v) < 1e15;
    const int decimals =
        v == 0 || whole ? 0 : std::clamp(2 - static_cast<int>(std::floor(std::log10(std::abs(v)))), 0, 9);
    return fixed(v, decimals) + (in.text.empty() ? "" : " ") + in.text;
}

std::string text(const Estimate& estimate, const PrintUnit& in) {
    if (!estimate.mean) return "undefined";
    if (estimate.none_seen) {
        const double below = *estimate.high / in.divisor;
        const char* share = in.text == "%" ? " %" : "";
        return fmt::format("0{} (below {}{})", share, fixed(below, decimals_for(below)), share);
    }
    if (estimate.alike) return fmt::format("{} in all {}", text(*estimate.mean, in), estimate.n);
    if (!estimate.low) return text(*estimate.mean, in);
    const double mean = *estimate.mean / in.divisor;
    const double below = mean - *estimate.low / in.divisor;
    const double above = *estimate.high / in.divisor - mean;
    const double widest = std::max(below, above);
    // Luck has no part in it: nothing to round away.
    if (widest <= 1e-12 * std::abs(mean)) return text(*estimate.mean, in) + " ± 0";
    const int decimals = decimals_for(widest);
    const std::string name = in.text.empty() ? "" : " " + in.text;
    if (is_lopsided(below, above)) {
        return fmt::format("{}{} ({} to {})", fixed(mean, decimals), name, fixed(*estimate.low / in.divisor, decimals),
                           fixed(*estimate.high / in.divisor, decimals));
    }
    return fmt::format("{}{} ± {}", fixed(mean, decimals), name, fixed(widest, decimals));
}

std::string spoken(const Metric& metric) {
    std::string out = metric.family;
    if (out.size() > 2 && out.compare(out.size() - 2, 2, "_s") == 0) out.resize(out.size() - 2);
    std::replace(out.begin(), out.end(), '_', ' ');
    return metric.statistic.empty() ? out : metric.statistic + " " + out;
}

}  // namespace gatesim
