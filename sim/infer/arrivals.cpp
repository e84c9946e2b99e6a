#include "infer/arrivals.hpp"

#include <algorithm>
#include <boost/math/distributions/negative_binomial.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <cmath>

#include "chance/draw.hpp"
#include "chance/plain_math.hpp"
#include "infer/statistics.hpp"

namespace gatesim::infer {

namespace {

constexpr double kLeastWeeks = 2;
constexpr double kLeastDays = 2;
constexpr std::size_t kHoursOfDay = 24;
constexpr std::size_t kMondayOffset = 72;  ///< 1970 began on a Thursday

/// PlainMath with whole numbers for quantiles of whole numbers, always rounded up.
using WholePlainMath =
    boost::math::policies::policy<boost::math::policies::promote_double<false>,
                                  boost::math::policies::discrete_quantile<boost::math::policies::integer_round_up>>;

/// The first whole number that is not exceeded with that chance.
double count_at(double mean, double dispersion, double chance) {
    if (mean <= 0) return 0;
    if (dispersion <= 1.05)
        return boost::math::quantile(boost::math::poisson_distribution<double, WholePlainMath>(mean), chance);
    const boost::math::negative_binomial_distribution<double, WholePlainMath> law(mean / (dispersion - 1),
                                                                                  1 / dispersion);
    return boost::math::quantile(law, chance);
}

}  // namespace

std::size_t hour_of_week(Moment t) {
    return (static_cast<std::size_t>(t / kHour) + kMondayOffset) % kHoursOfWeek;
}

Arrivals arrivals_of(const std::vector<Moment>& times, const Span& span) {
    Arrivals out;
    const auto hours = static_cast<std::size_t>(std::max(0.0, std::floor(span.hours())));
    std::vector<double> counts(hours, 0);  // of each whole hour since the beginning
    std::size_t n = 0;
    for (const Moment t : times) {
        if (!span.has(t)) continue;
        ++n;
        if (const auto at = static_cast<std::size_t>((t - span.from) / kHour); at < hours) ++counts[at];
    }
    out.rate = poisson_rate(n, span.hours());
    out.weeks = span.hours() / kHoursOfWeek;
    const double days = span.hours() / kHoursOfDay;
    const bool weekly = out.weeks >= kLeastWeeks, profiled = weekly || days >= kLeastDays;
    out.daily = profiled && !weekly;
    const auto bin_of = [&](std::size_t hour) { return weekly ? hour : hour % kHoursOfDay; };
    std::array<double, kHoursOfWeek> sum{}, seen{};
    for (std::size_t i = 0; i < hours; ++i) {
        const std::size_t h = bin_of(hour_of_week(span.from + static_cast<Moment>(i) * kHour));
        sum[h] += counts[i];
        ++seen[h];
    }
    const double k = (weekly ? out.weeks : days) < 4 ? 4 : 1;
    for (std::size_t h = 0; profiled && h < kHoursOfWeek; ++h)
        out.by_hour_of_week.push_back((sum[bin_of(h)] + k * out.rate.value) / (seen[bin_of(h)] + k));
    double squares = 0, expected = 0;
    for (std::size_t i = 0; i < hours; ++i) {
        const std::size_t h = hour_of_week(span.from + static_cast<Moment>(i) * kHour);
        const double mean = profiled ? out.by_hour_of_week[h] : out.rate.value;
        squares += (counts[i] - mean) * (counts[i] - mean);
        // The profile was made from these counts, so they lie nearer to it than others would.
        const double times = seen[bin_of(h)], own = times / (times + k);
        expected += mean * (1 - (profiled ? own * (2 - own) / times : 0));
    }
    if (hours > 1 && expected > 0) {
        const auto degrees = static_cast<double>(hours) - 1;
        const double d = squares / expected * static_cast<double>(hours) / degrees;
        out.dispersion = {d, d * degrees / chi_squared_quantile(degrees, 0.975),
                          d * degrees / chi_squared_quantile(degrees, 0.025), hours};
    }
    return out;
}

std::vector<Moment> draw_arrivals(const Arrivals& arrivals, const Span& span, std::uint64_t seed) {
    const Luck luck(seed, 1);
    std::vector<Moment> out;
    std::uint64_t hour = 0;
    for (Moment from = span.from; from < span.to; from += kHour, ++hour) {
        const double share = std::min(1.0, seconds(span.to - from) / 3600);
        const double mean = share * (arrivals.by_hour_of_week.empty() ? arrivals.rate.value
                                                                      : arrivals.by_hour_of_week[hour_of_week(from)]);
        const double count = count_at(mean, arrivals.dispersion.value, luck.uniform(Purpose::arrival_kind, hour));
        for (std::uint64_t i = 0; static_cast<double>(i) < count; ++i)
            out.push_back(from + from_seconds(luck.uniform(Purpose::arrival_gap, hour, i) * share * 3600));
    }
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace gatesim::infer
