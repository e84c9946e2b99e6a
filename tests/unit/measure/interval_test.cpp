#include "measure/interval.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <boost/math/special_functions/erf.hpp>
#include <cmath>
#include <random>

#include "measure/unit_text.hpp"

namespace gatesim {
namespace {

using Values = std::vector<std::optional<double>>;

TEST(Intervals, StudentAgainstABookExample) {
    // n = 10, mean 2.5, s = 1, t(9, 97.5 %) = 2.2622.
    Values v;
    for (int i = 0; i < 5; ++i) {
        v.push_back(2.5 + std::sqrt(0.9));
        v.push_back(2.5 - std::sqrt(0.9));
    }
    const Estimate e = student_interval(v);
    EXPECT_NEAR(*e.mean, 2.5, 1e-12);
    EXPECT_NEAR(*e.high - *e.mean, 2.2622 / std::sqrt(10.0), 1e-4);
    EXPECT_EQ(e.n, 10u);
}

TEST(Intervals, UndefinedValuesDoNotCount) {
    EXPECT_EQ(student_interval({std::nullopt}).mean, std::nullopt);
    const Estimate one = student_interval({std::nullopt, 3.0});
    EXPECT_EQ(one.mean, 3.0);
    EXPECT_EQ(one.low, std::nullopt);
    EXPECT_EQ(one.n, 1u);
}

TEST(Intervals, NoEndLiesWhereNothingCanBe) {
    const Metric& share = metrics()[find_metric("waste_share").value()];
    const Estimate small = estimate(share, {0.0, 0.001, 0.0, 0.02, 0.003});
    EXPECT_EQ(small.low, 0.0);  // the mean less its half width is below
    const Estimate large = estimate(share, {1.0, 0.999, 1.0, 0.98, 0.997});
    EXPECT_EQ(large.high, 1.0);
    EXPECT_LT(*mean_interval({0.0, 0.001, 0.0, 0.02, 0.003}).low, 0);  // which is what a difference may need
}

TEST(Intervals, PoissonIsGarwoods) {
    // 4 events in one observation: 1.0899 to 10.2416.
    const Estimate e = poisson_interval({4.0});
    EXPECT_NEAR(*e.low, 1.0899, 1e-4);
    EXPECT_NEAR(*e.high, 10.2416, 1e-4);
    const Estimate spread = poisson_interval({1.0, 1.0, 1.0, 1.0});
    EXPECT_NEAR(*spread.low, 1.0899 / 4, 1e-4);
    EXPECT_NEAR(*spread.high, 10.2416 / 4, 1e-4);
}

TEST(Intervals, NothingSeenIsBelowThreeOverN) {
    const Estimate e = poisson_interval(Values(20, 0.0));
    EXPECT_TRUE(e.none_seen);
    EXPECT_NEAR(*e.high, 3.0 / 20, 0.001);
    EXPECT_EQ(text(e, "changes"), "0 (below 0.15)");
}

TEST(Intervals, BurstsWidenTheInterval) {
    const Values bursty = {0.0, 0.0, 0.0, 40.0, 0.0, 0.0, 0.0, 40.0};
    const Estimate e = poisson_interval(bursty);
    EXPECT_DOUBLE_EQ(*e.low, 0);
    EXPECT_DOUBLE_EQ(*e.high, *student_interval(bursty).high);
}

TEST(MeanIntervals, OfSymmetricValuesAreStudents) {
    const Values v = {1.0, 2.0, 3.0, 4.0, 5.0, 6.0};
    const Estimate ours = mean_interval(v), student = student_interval(v);
    EXPECT_NEAR(*ours.low, *student.low, 1e-12);
    EXPECT_NEAR(*ours.high, *student.high, 1e-12);
}

TEST(MeanIntervals, ReachFartherToWhereTheTailIs) {
    const Values v = {1.0, 1.1, 1.2, 1.3, 1.5, 1.8, 2.3, 3.5};
    const Estimate ours = mean_interval(v), student = student_interval(v);
    EXPECT_DOUBLE_EQ(*ours.low, *student.low);
    EXPECT_GT(*ours.high - *ours.mean, 1.3 * (*student.high - *student.mean));
    EXPECT_LE(*ours.high - *ours.mean, 3 * (*student.high - *student.mean) + 1e-12);
    Values mirrored;
    for (const auto& x : v) mirrored.push_back(-*x);
    EXPECT_DOUBLE_EQ(*mean_interval(mirrored).low, -*ours.high);
}

struct Coverage {
    double covered = 0, below = 0, above = 0;  ///< shares of the studies; below: the interval is too low
};

template <class Draw>
Coverage coverage(std::size_t n, double truth, bool student, Draw draw) {
    constexpr int kStudies = 4000;
    std::mt19937_64 bits(11);
    Coverage out;
    for (int study = 0; study < kStudies; ++study) {
        Values v;
        for (std::size_t i = 0; i < n; ++i) v.push_back(draw((static_cast<double>(bits() >> 12) + 0.5) * 0x1p-52));
        const Estimate e = student ? student_interval(v) : mean_interval(v);
        (*e.high < truth ? out.below : *e.low > truth ? out.above : out.covered) += 1.0 / kStudies;
    }
    return out;
}

/// Hall's transformation of the studentised mean, as he writes it, with a = skewness / sqrt(n).
double halls(double a, double t) {
    return t + a * t * t / 3 + a * a * t * t * t / 27 + a / 6;
}

TEST(MeanIntervals, EndWhereHallsCubicMeetsStudentsQuantile) {
    // n = 10: mean 2, squares 16, cubes 6; skewness 0.6 / 1.6^1.5 = 0.296464, adjusted 0.351563; t(9, 97.5 %)
    // = 2.262157.
    const Values v = {0.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 3.0, 4.0, 4.0};
    const Estimate e = mean_interval(v);
    ASSERT_NEAR(*e.mean, 2, 1e-12);
    const double error = std::sqrt(16.0 / 9 / 10), a = 2 * 0.351563 / std::sqrt(10.0);
    EXPECT_NEAR(halls(a, (*e.mean - *e.high) / error), -2.262157, 1e-4);
    EXPECT_NEAR(*e.low, 2 - 2.262157 * error, 1e-5) << "Hall's would be nearer";
    EXPECT_NEAR(*mean_interval(v, 0.99).low, 2 - 3.249836 * error, 1e-5) << "t(9, 99.5 %)";
    // Squares 30, cubes 36: the cubic would reach 4.1 times as far as Student's, so three times.
    const Values far = {0.0, 0.0, 1.0, 1.0, 1.0, 2.0, 2.0, 3.0, 5.0, 5.0};
    EXPECT_NEAR(*mean_interval(far).high, 2 + 3 * 2.262157 * std::sqrt(30.0 / 9 / 10), 1e-5);
}

TEST(MeanIntervals, GrowWithTheLevelAndWithWhatIsFarOut) {
    Values v = {1.0, 1.1, 1.2, 1.3, 1.5, 1.8, 2.3, 3.5};
    double last_low = 9, last_high = 0;
    for (double level : {0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.99999}) {
        const Estimate e = mean_interval(v, level);
        EXPECT_LT(*e.low, last_low) << level;
        EXPECT_GT(*e.high, last_high) << level;
        last_low = *e.low;
        last_high = *e.high;
    }
    last_high = 0;
    for (double far : {3.5, 4.0, 5.0, 8.0, 20.0, 100.0}) {
        v.back() = far;
        const Estimate e = mean_interval(v);
        EXPECT_GT(*e.high, last_high) << far;
        EXPECT_GT(*e.high, *e.mean);
        last_high = *e.high;
    }
}

TEST(MeanIntervals, ShiftAndStretchWithTheValues) {
    const Values v = {1.0, 1.1, 1.2, 1.3, 1.5, 1.8, 2.3, 3.5};
    Values moved;
    for (const auto& x : v) moved.push_back(100 - 3600 * *x);
    const Estimate e = mean_interval(v), m = mean_interval(moved);
    EXPECT_NEAR(*m.low, 100 - 3600 * *e.high, 1e-8);
    EXPECT_NEAR(*m.high, 100 - 3600 * *e.low, 1e-8);
}

double exponential(double u) {
    return -std::log(u);
}

double normal(double u) {
    return -std::sqrt(2.0) * boost::math::erfc_inv(2 * u);
}

struct Law {
    const char* name;
    double mean;
    double (*draw)(double);
    double most_below;  ///< the interval is too low in at most this share
    double student;     ///< and Student's in at least this one
};

const Law kLaws[] = {
    {"normal", 0, normal, 0.032, 0.018},
    {"exponential", 1, exponential, 0.04, 0.06},
    {"log-normal, sigma 0.6", 1.19722, [](double u) { return std::exp(0.6 * normal(u)); }, 0.045, 0.06},
    {"log-normal, sigma 1", 1.64872, [](double u) { return std::exp(normal(u)); }, 0.06, 0.11},
    {"chi-squared of one", 1, [](double u) { return normal(u) * normal(u); }, 0.045, 0.09},
    {"logistic", 0, [](double u) { return std::log(u / (1 - u)); }, 0.032, 0.015},
};

TEST(MeanIntervals, CoverTheMeanOfSkewedValues) {
    for (const Law& law : kLaws) {
        for (std::size_t n : {10u, 20u}) {
            const Coverage ours = coverage(n, law.mean, false, law.draw),
                           student = coverage(n, law.mean, true, law.draw);
            EXPECT_GT(ours.covered, 0.93) << law.name << ", n = " << n;
            EXPECT_LT(ours.covered, 0.98) << law.name << ", n = " << n;
            EXPECT_LT(ours.below, law.most_below) << law.name << ", n = " << n;
            EXPECT_LT(ours.above, 0.032) << law.name << ", n = " << n;
            EXPECT_GT(student.below, law.student) << law.name << ", n = " << n;
        }
    }
}

TEST(MeanIntervals, OfValuesThatAreAllAlikeAreNone) {
    const Estimate e = mean_interval(Values(10, 1800.0));
    EXPECT_TRUE(e.alike);
    EXPECT_EQ(e.low, std::nullopt);
    EXPECT_NEAR(e.unseen, 0.2589, 1e-4) << "1 - 0.05^(1/10)";
    EXPECT_EQ(text(e, "s"), "30 min in all 10");
    // What only rounding tells apart is alike.
    EXPECT_TRUE(mean_interval({0.1 + 0.2, 0.3}, kLevel).alike);
    EXPECT_TRUE(mean_interval({1e-13, 0.0, 0.0}, kLevel, 1800).alike);
    EXPECT_FALSE(mean_interval({1e-6, 0.0, 0.0}, kLevel, 1800).alike);
}

TEST(MeanIntervals, ReachAsFarAsTheShareOfTheFewThatDiffer) {
    Values v(39, 0.0);
    v.push_back(100.0);
    // One of 40: 13.16 % at most (Clopper and Pearson), each three times as far off as the only one seen.
    EXPECT_NEAR(*mean_interval(v).high, 3 * 13.16, 0.03);
    EXPECT_LT(*student_interval(v).high, 8);
}

TEST(MeanIntervals, CoverWhatHappensInOneReplicationOfTwenty) {
    // A study of 60 sees three of them on average; with none seen, nothing is claimed.
    constexpr int kStudies = 4000;
    std::mt19937_64 bits(5);
    int missed[2] = {};
    for (int study = 0; study < kStudies; ++study) {
        Values v;
        for (int i = 0; i < 60; ++i)
            v.push_back(bits() % 20 == 0 ? exponential((static_cast<double>(bits() >> 12) + 0.5) * 0x1p-52) : 0.0);
        const Estimate ours = mean_interval(v), student = student_interval(v);
        missed[0] += !ours.alike && (*ours.low > 0.05 || *ours.high < 0.05);
        missed[1] += *student.low > 0.05 || *student.high < 0.05;
    }
    EXPECT_LT(missed[0], 0.05 * kStudies);
    EXPECT_GT(missed[1], 0.1 * kStudies) << "Student's is too low";
}

TEST(Estimates, BoundWhatWasNeverSeen) {
    const auto of = [](const char* name, double value, Chance chance) {
        return estimate(metrics()[*find_metric(name)], Values(20, value), chance);
    };
    EXPECT_EQ(of("landing_time_s.mean", 1800, Chance::some).high, std::nullopt);
    EXPECT_EQ(text(of("landed", 228, Chance::some), "changes"), "228 changes in all 20");
    // 1 - 0.05^(1/20) = 13.91 % may differ; a share lies between 0 and 1.
    EXPECT_NEAR(*of("waste_share", 0, Chance::some).high, 0.1391, 1e-4);
    EXPECT_EQ(text(of("waste_share", 0, Chance::some), "share"), "0 % (below 14 %)");
    EXPECT_NEAR(*of("waste_share", 0.5, Chance::some).low, 0.5 * (1 - 0.1391), 1e-4);
    EXPECT_NEAR(*of("waste_share", 0.5, Chance::some).high, 0.5 * (1 + 0.1391), 1e-4);
    EXPECT_TRUE(of("innocent_ejections", 0, Chance::some).none_seen);
    // Without luck there is nothing to see.
    EXPECT_DOUBLE_EQ(*of("landing_time_s.mean", 1800, Chance::none).high, 1800);
    EXPECT_EQ(text(of("landed", 228, Chance::none), "changes"), "228 changes ± 0");
}

TEST(Digits, OnlyThoseTheIntervalSupports) {
    EXPECT_EQ(decimals_for(0.3), 1);
    EXPECT_EQ(decimals_for(0.12), 2);
    EXPECT_EQ(decimals_for(0.97), 1) << "0.97 rounds to 1.0";
    EXPECT_EQ(decimals_for(30), -1);
    EXPECT_EQ(decimals_for(1234), -2);
    EXPECT_EQ(fixed(1234, -2), "1200");
    EXPECT_EQ(fixed(-0.001, 1), "0.0");
    Estimate e;
    e.mean = 4.2345 * 3600;
    e.low = (4.2345 - 0.31) * 3600;
    e.high = (4.2345 + 0.31) * 3600;
    e.n = 24;
    EXPECT_EQ(text(e, "s"), "4.2 h ± 0.3");
    e.low = 3.9 * 3600;
    e.high = 5.2 * 3600;
    EXPECT_EQ(text(e, "s"), "4.2 h (3.9 to 5.2)");
}

TEST(Digits, WithoutIntervalThreeSignificant) {
    Estimate e;
    EXPECT_EQ(text(e, "s"), "undefined");
    e.mean = 0.123456;
    e.n = 1;
    EXPECT_EQ(text(e, "share"), "12.3 %");
    EXPECT_EQ(text(228, "changes"), "228 changes");
    EXPECT_EQ(text(600, "s"), "10 min");
    EXPECT_EQ(text(12345.678, "builds"), "12346 builds");
    e.mean = e.low = e.high = 228;
    EXPECT_EQ(text(e, "changes"), "228 changes ± 0");
}

TEST(Units, OneForAllThatAreReadSideBySide) {
    const auto unit = [](std::vector<double> sizes) { return print_unit("s", sizes).text; };
    EXPECT_EQ(unit({2.76 * 3600, 11.2 * 86400}), "h");  // 2.76 h and 269 h, not 0.12 d
    EXPECT_EQ(unit({3 * 86400.0, 11.2 * 86400}), "d");
    EXPECT_EQ(unit({50, 3 * 3600.0}), "min");
    EXPECT_EQ(unit({0, 3 * 3600.0}), "h");     // zero has no unit of its own
    EXPECT_EQ(unit({10, 50 * 86400.0}), "d");  // no smaller unit without four figures
    EXPECT_EQ(unit({}), "s");
    EXPECT_EQ(print_unit("builds", std::vector<double>{1, 1e6}).text, "builds");
    EXPECT_EQ(print_unit("share", std::vector<double>{0.1}).divisor, 0.01);
}

TEST(Units, ATextKeepsToTheOneItIsGiven) {
    const Estimate small{1380.0, 1200.0, 1560.0, 10, false};
    EXPECT_EQ(text(small, PrintUnit{"h", 3600}), "0.38 h ± 0.05");
    EXPECT_EQ(text(small, PrintUnit{"", 3600}), "0.38 ± 0.05");
    const Estimate lopsided{3600.0, 3000.0, 6000.0, 10, false};
    EXPECT_EQ(text(lopsided, PrintUnit{"h", 3600}), "1.0 h (0.8 to 1.7)");
    EXPECT_EQ(text(lopsided, PrintUnit{"", 3600}), "1.0 (0.8 to 1.7)");
    EXPECT_EQ(text(90.0, PrintUnit{"h", 3600}), "0.0250 h");
}

// R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statist. Med. 17 (1998) 857-872, table I,
// method 5 (Clopper and Pearson).
TEST(TruthInterval, IsTheExactOneOfTheLiterature) {
    const auto ends = [](std::size_t so, std::size_t n) {
        std::vector<std::optional<double>> values(n, 0.0);
        std::fill(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(so), 1.0);
        const Estimate e = truth_interval(values);
        return fmt::format("{:.4f} {:.4f}", *e.low, *e.high);
    };
    EXPECT_EQ(ends(81, 263), "0.2527 0.3676");
    EXPECT_EQ(ends(15, 148), "0.0578 0.1617");
    EXPECT_EQ(ends(0, 20), "0.0000 0.1684");
    EXPECT_EQ(ends(1, 29), "0.0009 0.1776");
}

}  // namespace
}  // namespace gatesim
