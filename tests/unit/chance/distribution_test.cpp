#include "chance/distribution.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace gatesim {
namespace {

using D = Distribution;

const std::vector<std::pair<const char*, D>>& all() {
    static const std::vector<std::pair<const char*, D>> list = {
        {"constant", D::constant(60)},
        {"lognormal", D::lognormal(133, 0.6)},
        {"lognormal p50 p95", D::lognormal_p50_p95(7200, 86400)},
        {"lognormal mean cv", D::lognormal_mean_cv(2400, 1)},
        {"exponential", D::exponential(15)},
        {"uniform", D::uniform(10, 30)},
        {"normal", D::normal(100, 20)},
        {"normal cut", D::normal(10, 20)},
        {"gamma", D::gamma_mean_cv(300, 0.5)},
        {"gamma wide", D::gamma_mean_cv(300, 1.7)},
        {"weibull", D::weibull(1.8, 500)},
        {"weibull p50 p95", D::weibull_p50_p95(100, 300)},
        {"empirical", D::empirical({5, 1, 9, 9, 2, 40})},
    };
    return list;
}

// Mean and cv by integrating the quantile function, with u = sin^2: fine steps where the tails are.
std::pair<double, double> integrated(const D& d) {
    constexpr int kSteps = 400'000;
    double mean = 0, second = 0;
    for (int i = 0; i < kSteps; ++i) {
        const double t = (i + 0.5) / kSteps;
        const double u = std::min(t * t * t * (10 + t * (6 * t - 15)), 1 - 0x1p-53);
        const double weight = 30 * t * t * (1 - t) * (1 - t) / kSteps;
        const double x = d.quantile(u);
        mean += weight * x;
        second += weight * x * x;
    }
    return {mean, std::sqrt(std::max(0.0, second - mean * mean)) / mean};
}

TEST(Distribution, MomentsAgreeWithTheQuantiles) {
    for (const auto& [name, d] : all()) {
        const auto [mean, cv] = integrated(d);
        EXPECT_NEAR(d.mean() / mean, 1, 1e-4) << name;
        EXPECT_NEAR(d.cv(), cv, 2e-3 * (1 + cv)) << name;
    }
}

TEST(Distribution, QuantilesRiseAndAreNeverNegative) {
    for (const auto& [name, d] : all()) {
        double last = 0;
        for (int i = 0; i <= 2000; ++i) {
            const double u = i == 0 ? 0x1p-53 : i == 2000 ? 1 - 0x1p-53 : i / 2000.0;
            const double x = d.quantile(u);
            ASSERT_TRUE(std::isfinite(x)) << name << " at " << u;
            ASSERT_GE(x, last) << name << " at " << u;
            last = x;
        }
    }
}

TEST(Distribution, ConstructorsMeanWhatTheySay) {
    EXPECT_NEAR(D::lognormal(133, 0.6).quantile(0.5), 133, 1e-9);
    EXPECT_NEAR(D::lognormal(133, 0.6).quantile(0.8413447460685429), 133 * std::exp(0.6), 1e-7);
    EXPECT_NEAR(D::lognormal_p50_p95(7200, 86400).quantile(0.5), 7200, 1e-6);
    EXPECT_NEAR(D::lognormal_p50_p95(7200, 86400).quantile(0.95), 86400, 1e-6);
    EXPECT_NEAR(D::lognormal_mean_cv(2400, 1).mean(), 2400, 1e-9);
    EXPECT_NEAR(D::lognormal_mean_cv(2400, 1).cv(), 1, 1e-12);
    EXPECT_NEAR(D::exponential(15).quantile(1 - std::exp(-1)), 15, 1e-12);
    EXPECT_NEAR(D::uniform(10, 30).quantile(0.25), 15, 1e-12);
    EXPECT_NEAR(D::normal(100, 20).quantile(0.975), 139.19927969080108, 1e-9);
    EXPECT_EQ(D::normal(10, 20).quantile(0.1), 0);
    EXPECT_NEAR(D::normal_p50_p95(100, 150).quantile(0.95), 150, 1e-9);
    EXPECT_NEAR(D::gamma_mean_cv(300, 0.5).mean(), 300, 1e-9);
    EXPECT_NEAR(D::gamma_mean_cv(300, 0.5).cv(), 0.5, 1e-12);
    EXPECT_NEAR(D::gamma(1, 7).quantile(0.3), -7 * std::log(0.7), 1e-9);  // shape 1 is the exponential
    EXPECT_NEAR(D::weibull(1.8, 500).quantile(1 - std::exp(-1)), 500, 1e-9);
    EXPECT_NEAR(D::weibull_p50_p95(100, 300).quantile(0.5), 100, 1e-9);
    EXPECT_NEAR(D::weibull_p50_p95(100, 300).quantile(0.95), 300, 1e-9);
}

TEST(Distribution, EmpiricalIsTheStepFunction) {
    const D d = D::empirical({40, 10, 30, 20});
    EXPECT_EQ(d.quantile(0.01), 10);
    EXPECT_EQ(d.quantile(0.25), 10);
    EXPECT_EQ(d.quantile(0.2501), 20);
    EXPECT_EQ(d.quantile(0.75), 30);
    EXPECT_EQ(d.quantile(0.9999), 40);
    EXPECT_EQ(d.mean(), 25);
    EXPECT_NEAR(d.cv(), std::sqrt(125.0) / 25, 1e-12);
}

TEST(Distribution, ScaleMultipliesEverySample) {
    for (auto [name, d] : all()) {
        const double at = d.quantile(0.7), mean = d.mean(), cv = d.cv();
        d.scale = 0.85;
        EXPECT_NEAR(d.quantile(0.7), 0.85 * at, 1e-9 * at) << name;
        EXPECT_NEAR(d.mean(), 0.85 * mean, 1e-9 * mean) << name;
        EXPECT_NEAR(d.cv(), cv, 1e-12) << name;
    }
}

TEST(Distribution, DescribesItself) {
    EXPECT_EQ(D::lognormal(133, 0.6).describe(), "lognormal, median 133 s, sigma 0.6");
    EXPECT_EQ(D::constant(60).describe(), "60 s");
    EXPECT_EQ(D::gamma_mean_cv(300, 0.5).describe(), "gamma, mean 300 s, cv 0.5");
    D scaled = D::uniform(10, 30);
    scaled.scale = 2;
    EXPECT_EQ(scaled.describe(), "uniform, 20 s to 60 s");
    for (const auto& [name, d] : all()) EXPECT_FALSE(d.describe().empty()) << name;
}

TEST(Distribution, NonsenseIsRefused) {
    EXPECT_THROW(D::constant(-1), std::invalid_argument);
    EXPECT_THROW(D::constant(std::nan("")), std::invalid_argument);
    EXPECT_THROW(D::lognormal(0, 1), std::invalid_argument);
    EXPECT_THROW(D::lognormal_p50_p95(5, 4), std::invalid_argument);
    EXPECT_THROW(D::exponential(0), std::invalid_argument);
    EXPECT_THROW(D::uniform(3, 2), std::invalid_argument);
    EXPECT_THROW(D::gamma_mean_cv(3, 0), std::invalid_argument);
    EXPECT_THROW(D::weibull(0, 1), std::invalid_argument);
    EXPECT_THROW(D::empirical({}), std::invalid_argument);
    EXPECT_THROW(D::empirical({1, -1}), std::invalid_argument);
}

TEST(Distribution, OnlyAConstantZeroIsZero) {
    EXPECT_TRUE(D().is_zero());
    EXPECT_TRUE(D::constant(0).is_zero());
    EXPECT_FALSE(D::constant(1).is_zero());
    EXPECT_FALSE(D::uniform(0, 0).is_zero());
}

}  // namespace
}  // namespace gatesim
