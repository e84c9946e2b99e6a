#include "measure/fact_numbers.hpp"

#include <algorithm>
#include <boost/math/special_functions/zeta.hpp>
#include <boost/math/tools/minima.hpp>
#include <cmath>
#include <limits>
#include <numeric>

#include "chance/plain_math.hpp"

namespace gatesim {

namespace {
constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();
}

double power_law_exponent(const std::vector<int>& counts) {
    double logs = 0;
    for (const int count : counts) logs += std::log(static_cast<double>(count));
    if (!(logs > 0)) return kUndefined;
    const double n = static_cast<double>(counts.size());
    const auto unlikely = [&](double a) { return n * std::log(boost::math::zeta(a, PlainMath())) + a * logs; };
    return boost::math::tools::brent_find_minima(unlikely, 1.01, 20.0, 40).first;
}

double top_tenth_share(std::vector<int> counts) {
    if (counts.empty()) return kUndefined;
    std::sort(counts.begin(), counts.end(), std::greater<>());
    const auto tenth = std::max<std::ptrdiff_t>(1, std::lround(static_cast<double>(counts.size()) / 10));
    const double top = std::accumulate(counts.begin(), counts.begin() + tenth, 0.0);
    return top / std::accumulate(counts.begin(), counts.end(), 0.0);
}

std::pair<double, double> extreme_stretches(const std::vector<double>& numbers, std::size_t most_width,
                                            std::size_t least_width, std::size_t least) {
    const double total = std::accumulate(numbers.begin(), numbers.end(), 0.0);
    if (numbers.size() < std::max({least, most_width, least_width}) || !(total > 0)) return {kUndefined, kUndefined};
    const double mean = total / static_cast<double>(numbers.size());
    const auto stretches = [&](std::size_t width) {
        std::vector<double> out;
        for (std::size_t i = 0; i + width <= numbers.size(); ++i) {
            const auto begin = numbers.begin() + static_cast<std::ptrdiff_t>(i);
            out.push_back(std::accumulate(begin, begin + static_cast<std::ptrdiff_t>(width), 0.0) /
                          (mean * static_cast<double>(width)));
        }
        return out;
    };
    const std::vector<double> most = stretches(most_width), few = stretches(least_width);
    return {*std::max_element(most.begin(), most.end()), *std::min_element(few.begin(), few.end())};
}

double fewest_in_a_day(const std::vector<Time>& times, Time from, Time until) {
    double fewest = kUndefined;
    const auto look = [&](Time begin) {
        if (begin + kDay > until) return;
        const auto first = std::lower_bound(times.begin(), times.end(), begin);
        const auto count = static_cast<double>(std::lower_bound(first, times.end(), begin + kDay) - first);
        fewest = std::isnan(fewest) ? count : std::min(fewest, count);
    };
    look(from);
    for (const Time at : times) look(at + 1);
    return fewest;
}

}  // namespace gatesim
