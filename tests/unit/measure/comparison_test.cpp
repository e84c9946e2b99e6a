#include "measure/comparison.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace gatesim {
namespace {

const Metric& metric(const char* name) {
    return metrics()[*find_metric(name)];
}

/// n differences of the stated mean whose Student interval at 95 % has that half width.
Series with(double mean, double half) {
    const double t = 2.2621571628540993;  // t(9, 97.5 %)
    const double spread = half / t * std::sqrt(10.0) * std::sqrt(0.9);
    Series out;
    for (int i = 0; i < 10; ++i) out.push_back(100 + mean + (i % 2 ? spread : -spread));
    return out;
}

const Series kHundred(10, 100.0);

Verdict verdict(double mean, double half, const char* name = "landing_time_s.p95") {
    return difference(metric(name), with(mean, half), kHundred, 0.95, 0.05).verdict;
}

TEST(Differences, ArePairedByReplication) {
    const Series a = {3.0, 5.0, 7.0, 9.0, std::nullopt, 1.0};
    const Series b = {2.0, 4.0, 5.0, 9.0, 1.0, std::nullopt};
    const Difference d = difference(metric("builds"), a, b, 0.95, 0);
    // 1, 1, 2, 0: mean 1, s = sqrt(2/3), t(3, 97.5 %) = 3.1824.
    EXPECT_EQ(d.n, 4u);
    EXPECT_DOUBLE_EQ(*d.mean, 1);
    EXPECT_NEAR(*d.high - 1, 3.1824 * std::sqrt(2.0 / 3 / 4), 1e-4);
    EXPECT_NEAR(1 - *d.low, *d.high - 1, 1e-12);
}

TEST(Differences, SayWhatCommonLuckIsWorth) {
    const Series a = {1.0, 2.0, 3.0, 4.0}, b = {1.0, 2.0, 3.0, 5.0};
    // Variances 5/3 and 35/12; of the pairs 1/4.
    EXPECT_NEAR(*difference(metric("builds"), a, b, 0.95, 0).pairing, (5.0 / 3 + 35.0 / 12) * 4, 1e-12);
    EXPECT_FALSE(difference(metric("builds"), a, a, 0.95, 0).pairing);
    EXPECT_FALSE(difference(metric("builds"), {1.0, 2.0}, {2.0, 1.0}, 0.95, 0).pairing);
}

TEST(Differences, BonferroniSpendsTheErrorOverArmsMetricsAndLooks) {
    EXPECT_DOUBLE_EQ(simultaneous_level(0.95, 1, 1), 0.95);
    EXPECT_DOUBLE_EQ(simultaneous_level(0.95, 5, 1), 0.99);
    EXPECT_DOUBLE_EQ(simultaneous_level(0.95, 2, 5), 1 - 0.005);
    // Five comparisons with ten degrees of freedom: 3.1693 standard errors (Bonferroni's table).
    Series a, b(11, 0.0);
    for (int i = 0; i < 11; ++i) a.push_back(i - 5);
    const Difference d = difference(metric("builds"), a, b, simultaneous_level(0.95, 5, 1), 0);
    EXPECT_NEAR(*d.high, 3.1693 * std::sqrt(11.0 / 11), 2e-4);
}

TEST(Verdicts, FollowIntervalAndDirection) {
    EXPECT_EQ(verdict(-20, 8), Verdict::better);
    EXPECT_EQ(verdict(20, 8), Verdict::worse);
    EXPECT_EQ(verdict(20, 8, "landed_per_day"), Verdict::better);
    EXPECT_EQ(verdict(-20, 8, "landed_per_day"), Verdict::worse);
    EXPECT_EQ(verdict(20, 8, "node_utilisation"), Verdict::higher);
    EXPECT_EQ(verdict(-20, 8, "node_utilisation"), Verdict::lower);
    EXPECT_EQ(verdict(1, 3), Verdict::negligible) << "the whole interval lies within 5 of 100";
    EXPECT_EQ(verdict(-2, 1), Verdict::negligible) << "sure, and too small to matter";
    EXPECT_EQ(verdict(20, 25), Verdict::undecided) << "zero is possible";
    EXPECT_EQ(verdict(1, 8), Verdict::undecided) << "zero is possible, and so is what matters";
    EXPECT_EQ(verdict(4, 3), Verdict::undecided) << "sure, but whether it matters is not";
    EXPECT_EQ(verdict(6, 3), Verdict::worse);
}

TEST(Verdicts, NeedTwoReplicationsAndValues) {
    EXPECT_EQ(difference(metric("builds"), {1.0}, {9.0}, 0.95, 0.05).verdict, Verdict::undecided);
    EXPECT_EQ(difference(metric("builds"), {std::nullopt, std::nullopt}, {1.0, 1.0}, 0.95, 0.05).mean, std::nullopt);
}

TEST(Verdicts, DoNotComeFromDifferencesThatAreAllAlike) {
    for (const char* name : {"landing_time_s.mean", "builds", "landed_per_day", "queue_length_mean"}) {
        for (double other : {100.0, 150.0}) {
            for (std::size_t n : {2u, 10u, 160u}) {
                const Series arm(n, other), baseline(n, 100.0);
                const Difference d = difference(metric(name), arm, baseline, 0.95, 0.05);
                EXPECT_EQ(d.verdict, Verdict::undecided) << name;
                EXPECT_TRUE(d.alike) << name;
                EXPECT_EQ(d.low, std::nullopt) << name;
                EXPECT_NEAR(d.unseen, 1 - std::pow(0.05, 1.0 / static_cast<double>(n)), 1e-12) << name;
                EXPECT_FALSE(is_precise(d, baseline, 0.05)) << name;
            }
        }
    }
    // Luck has no part in it: then it is known.
    const Series two = {2.0, 2.0}, three = {3.0, 3.0};
    EXPECT_EQ(difference(metric("builds"), three, three, 0.95, 0.05, Chance::none).verdict, Verdict::negligible);
    EXPECT_EQ(difference(metric("builds"), two, three, 0.95, 0.05, Chance::none).verdict, Verdict::better);
}

TEST(Verdicts, OfSharesAreBoundedByWhatAShareCanBe) {
    const auto equal = [](std::size_t n, double share) {
        return difference(metric("waste_share"), Series(n, share), Series(n, share), 0.95, 0.05);
    };
    // 1 - 0.05^(1/160) = 1.85 % may differ, by 1 at most.
    EXPECT_NEAR(*equal(160, 0.5).high, 0.0185, 1e-4);
    EXPECT_EQ(equal(160, 0.5).verdict, Verdict::negligible);
    EXPECT_EQ(equal(10, 0.5).verdict, Verdict::undecided);
    EXPECT_EQ(equal(160, 0.0).verdict, Verdict::undecided) << "5 % of nothing is nothing";
}

TEST(Verdicts, OfRareDifferencesAreNotMadeOfTheMany) {
    // One replication of 40 differs, by ten times the mean: what one of 40 may be is not within 5 %.
    Series arm(40, 100.0);
    arm[17] = 1100.0;
    const Difference d = difference(metric("landing_time_s.mean"), arm, Series(40, 100.0), 0.95, 0.8);
    EXPECT_EQ(d.verdict, Verdict::undecided);
    EXPECT_NEAR(*d.high, 3 * 131.6, 0.3);
}

TEST(Verdicts, OfRareEventsThatNobodySawAreNotZero) {
    const Series none(20, 0.0);
    const Difference d = difference(metric("escaped_defects"), none, none, 0.95, 0.05);
    EXPECT_TRUE(d.none_seen);
    EXPECT_NEAR(*d.high, -std::log(0.05) / 20, 1e-12);
    EXPECT_EQ(d.verdict, Verdict::undecided);
    // The same 100 in all replications: a bound of 0.15 is far below 5 of 100.
    const Series many(20, 100.0);
    EXPECT_EQ(difference(metric("escaped_defects"), many, many, 0.95, 0.05).verdict, Verdict::negligible);
}

TEST(Looks, DoubleUntilTheMost) {
    EXPECT_EQ(looks(10, 160), (std::vector<std::uint32_t>{10, 20, 40, 80, 160}));
    EXPECT_EQ(looks(10, 100), (std::vector<std::uint32_t>{10, 20, 40, 80, 100}));
    EXPECT_EQ(looks(10, 5), std::vector<std::uint32_t>{5});
}

TEST(Looks, EndWhenTheDifferenceIsKnownWellEnough) {
    const auto known = [](double mean, double half) {
        return is_precise(difference(metric("builds"), with(mean, half), kHundred, 0.95, 0.05), kHundred, 0.05);
    };
    EXPECT_TRUE(known(1, 4.9));
    EXPECT_FALSE(known(1, 5.1));
    EXPECT_TRUE(known(400, 19)) << "5 % of the difference itself, if that is larger";
    EXPECT_FALSE(known(400, 21));
    EXPECT_FALSE(is_precise(difference(metric("builds"), {1.0}, {2.0}, 0.95, 0), {2.0}, 0.05));
    EXPECT_TRUE(is_precise(difference(metric("builds"), {std::nullopt}, {2.0}, 0.95, 0), {2.0}, 0.05));
}

/// How often one of the intervals that a sequential study could end with misses the truth, when it goes on until the
/// difference is precise or "significant" – the worst that looking can do.
double share_of_misses(bool spend) {
    constexpr int kStudies = 4000;
    const std::vector<std::uint32_t> when = looks(10, 160);
    std::mt19937_64 bits(7);
    std::normal_distribution<double> noise;
    int misses = 0;
    for (int study = 0; study < kStudies; ++study) {
        Series a;
        for (std::uint32_t n : when) {
            while (a.size() < n) a.push_back(100 + 20 * noise(bits));
            const double level = simultaneous_level(0.95, 1, spend ? when.size() : 1);
            const Difference d = difference(metric("builds"), a, Series(n, 100.0), level, 0);
            if (*d.low <= 0 && *d.high >= 0) continue;
            ++misses;
            break;
        }
    }
    return static_cast<double>(misses) / kStudies;
}

TEST(Looks, KeepTheirPromiseHoweverOftenOneLooks) {
    const double error = 3 * std::sqrt(0.05 * 0.95 / 4000);
    EXPECT_LE(share_of_misses(true), 0.05 + error);
    EXPECT_GT(share_of_misses(false), 0.05 + error) << "without spending, five looks miss too often";
}

}  // namespace
}  // namespace gatesim
