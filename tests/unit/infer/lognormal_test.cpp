#include "infer/lognormal.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "chance/draw.hpp"
#include "chance/plain_math.hpp"

namespace gatesim::infer {
namespace {

double normal_draw(const Luck& luck, std::uint64_t i) {
    const boost::math::normal_distribution<double, PlainMath> law(0, 1);
    return boost::math::quantile(law, luck.uniform(Purpose::duration, i));
}

TEST(LogNormal, KnownLengthsGiveStudentAndChiSquared) {
    // Logarithms 1, 2, 3: mean 2, s 1; t(2) = 4.3027, chi squared (2) = 0.0506 and 7.3778.
    const double e = std::exp(1.0);
    const auto law = fit_lognormal({{e, e}, {e * e, e * e}, {e * e * e, e * e * e}});
    ASSERT_TRUE(law);
    EXPECT_NEAR(std::log(law->median.value), 2, 1e-12);
    EXPECT_NEAR(law->sigma.value, 1, 1e-12);
    EXPECT_NEAR(std::log(*law->median.high), 2 + 4.30265 / std::sqrt(3), 1e-4);
    EXPECT_NEAR(*law->sigma.low, std::sqrt(2 / 7.37776), 1e-4);
    EXPECT_NEAR(*law->sigma.high, std::sqrt(2 / 0.0506356), 1e-4);
}

TEST(LogNormal, StoppedLengthsMakeItLonger) {
    // Everything above the median was stopped there: without them the median would be the first quartile.
    std::vector<Length> lengths, known;
    const Luck luck(1, 1);
    for (std::uint64_t i = 0; i < 2000; ++i) {
        const double s = 600 * std::exp(0.5 * normal_draw(luck, i));
        lengths.push_back(s < 600 ? Length{s, s} : Length{600});
        if (s < 600) known.push_back({s, s});
    }
    const auto law = fit_lognormal(lengths);
    EXPECT_LT(*law->median.low, 600);
    EXPECT_GT(*law->median.high, 600);
    EXPECT_LT(*law->sigma.low, 0.5);
    EXPECT_GT(*law->sigma.high, 0.5);
    EXPECT_LT(*fit_lognormal(known)->median.high, 500);
}

TEST(LogNormal, PolledLengthsLieBetweenTwoPolls) {
    std::vector<Length> lengths;
    const Luck luck(2, 1);
    for (std::uint64_t i = 0; i < 1000; ++i) {
        const double s = 3600 * std::exp(0.4 * normal_draw(luck, i));
        const double low = std::floor(s / 1800) * 1800;
        lengths.push_back({std::max(low, 1.0), low + 1800});
    }
    const auto law = fit_lognormal(lengths);
    EXPECT_LT(*law->median.low, 3600);
    EXPECT_GT(*law->median.high, 3600);
    EXPECT_NEAR(law->sigma.value, 0.4, 0.04);
}

TEST(LogNormal, ItIsWhereTheLikelihoodIsGreatest) {
    const std::vector<Length> lengths{{10, 10}, {20, 20}, {35, 35}, {15}, {40}, {5, 30}};
    const auto law = *fit_lognormal(lengths);
    const double best = law.log_likelihood(lengths);
    for (const double m : {0.95, 1.05}) {
        for (const double s : {0.95, 1.05}) {
            LogNormal other = law;
            other.median.value *= m;
            other.sigma.value *= s;
            EXPECT_LT(other.log_likelihood(lengths), best);
        }
    }
}

TEST(LogNormal, OneLengthIsTooFew) {
    EXPECT_FALSE(fit_lognormal({{10, 10}, {20}}));
    EXPECT_FALSE(fit_lognormal({}));
}

}  // namespace
}  // namespace gatesim::infer
