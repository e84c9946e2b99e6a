// Predictions: as good as stated, calibrated as stated, and about what is really so.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "truth/predictor.hpp"
#include "unit/truth/stage.hpp"

namespace gatesim {
namespace {

Predictor hits(double good, double bad, double confidence = 1) {
    Predictor out;
    out.kind = Predictor::Kind::hits;
    out.good_hits = good;
    out.bad_hits = bad;
    out.confidence = confidence;
    return out;
}

Predictor auc(double value, double confidence = 1) {
    Predictor out;
    out.kind = Predictor::Kind::auc;
    out.auc = value;
    out.confidence = confidence;
    return out;
}

// What a predictor believes of many things, a share `base` of which is bad.
struct Sample {
    std::vector<double> good, bad;

    Sample(const Predictor& predictor, double base, int n = 40'000) {
        const Luck luck(7, 1);
        for (int i = 0; i < n; ++i) {
            const bool is_bad = luck.chance(base, Purpose::defect, static_cast<std::uint64_t>(i));
            const double u = luck.uniform(Purpose::signal_passes, static_cast<std::uint64_t>(i));
            (is_bad ? bad : good).push_back(believed_bad(predictor, is_bad, base, u));
        }
    }

    // The share of bad ones among those of which it believes between low and high, against what it believes on average.
    std::pair<double, double> among(double low, double high) const {
        double believed = 0, all = 0, really = 0;
        const auto add = [&](const std::vector<double>& values, double is_bad) {
            for (const double p : values) {
                if (p < low || p >= high) continue;
                believed += p;
                really += is_bad;
                ++all;
            }
        };
        add(good, 0);
        add(bad, 1);
        return {really / all, believed / all};
    }

    double area() const {
        std::vector<double> sorted = good;
        std::sort(sorted.begin(), sorted.end());
        double below = 0;
        for (const double p : bad) {
            below += static_cast<double>(std::lower_bound(sorted.begin(), sorted.end(), p) - sorted.begin());
        }
        return below / static_cast<double>(good.size()) / static_cast<double>(bad.size());
    }
};

TEST(Predictor, HitsAsOftenAsStatedAndIsCalibrated) {
    const Sample s(hits(0.97, 0.8), 0.1);
    const auto called = [](const std::vector<double>& values) {
        return static_cast<double>(std::count_if(values.begin(), values.end(), [](double p) { return p > 0.5; })) /
               static_cast<double>(values.size());
    };
    EXPECT_NEAR(called(s.good), 0.03, 0.005);
    EXPECT_NEAR(called(s.bad), 0.8, 0.03);
    const auto [really, believed] = s.among(0.5, 1);
    EXPECT_NEAR(believed, 0.1 * 0.8 / (0.1 * 0.8 + 0.9 * 0.03), 1e-9);  // by Bayes
    EXPECT_NEAR(really, believed, 0.02);
}

// 97 % right at a base rate of 90 % still leaves a quarter of the alarms false (policies, trap 7).
TEST(Predictor, AccuracyIsNotTheValueOfAnAlarm) {
    EXPECT_NEAR(Sample(hits(0.97, 0.97), 0.1).among(0.5, 1).first, 0.782, 0.02);
}

TEST(Predictor, ScoresHaveTheStatedAreaAndAreCalibrated) {
    for (const double area : {0.6, 0.9}) {
        const Sample s(auc(area), 0.2);
        EXPECT_NEAR(s.area(), area, 0.01);
        for (const double low : {0.1, 0.2, 0.3}) {
            const auto [really, believed] = s.among(low, low + 0.1);
            EXPECT_NEAR(really, believed, 0.03) << area << " " << low;
        }
    }
    EXPECT_NEAR(believed_bad(auc(0.5), true, 0.2, 0.9), 0.2, 1e-12);
}

TEST(Predictor, ConfidenceStretchesTheLogOdds) {
    const double calm = believed_bad(auc(0.8), true, 0.2, 0.7), bold = believed_bad(auc(0.8, 2), true, 0.2, 0.7);
    EXPECT_NEAR(std::log(bold / (1 - bold)), 2 * std::log(calm / (1 - calm)), 1e-9);
    EXPECT_LT(Sample(auc(0.8, 3), 0.2).among(0.9, 1).first, 0.8);  // less than it believes
}

TEST(Predictor, KnowsAllOrNothing) {
    EXPECT_EQ(believed_bad(hits(1, 1), true, 0.3, 0.4), 1);
    EXPECT_EQ(believed_bad(hits(1, 1), false, 0.3, 0.4), 0);
    EXPECT_EQ(believed_bad(Predictor{}, true, 0.3, 0.4), 0.3);
    EXPECT_EQ(believed_bad(hits(0.6, 0.6), true, 0, 0.4), 0);
    EXPECT_EQ(believed_bad(hits(0.6, 0.6), false, 1, 0.4), 1);
}

TEST(Foresight, WithoutSignalsItKnowsBaseRates) {
    Stage s;
    s.scenario.failures.defect = 0.1;
    s.scenario.failures.semantic_overlap = 0.2;
    s.scenario.failures.textual_conflict = 0.05;
    for (Job& job : s.gate_jobs(0)) job.flake = 0.01;
    s.gate_jobs(0)[0].retry_tests = 1;
    const ChangeId a = s.enter("a"), b = s.enter("b"), docs = s.enter("docs", 2);
    s.cast.changes[a].footprint = {{1, 2}, false, true};
    s.cast.changes[b].footprint = {{1, 2, 3}, false, true};
    const Foresight& f = s.truth().foresight();
    EXPECT_NEAR(f.passes(a), 0.9 * 0.99 * 0.99 * 0.9999, 1e-12);
    EXPECT_NEAR(f.conflicts(a, b), 1 - 0.8 * 0.8 * 0.95, 1e-12);
    EXPECT_EQ(f.conflicts(a, b), f.conflicts(b, a));
    EXPECT_EQ(f.conflicts(a, docs), 0);
    EXPECT_EQ(f.build_time(a).mean, kMinute);
    EXPECT_EQ(f.build_time(a).sigma, 0);
}

TEST(Foresight, AKindWithADefectRateOfItsOwnHasThatBaseRate) {
    Stage s;
    s.scenario.failures.defect = 0.1;
    const ChangeId a = s.enter("a"), b = s.enter("b");
    s.cast.changes[b].breaks = 0.4;
    EXPECT_NEAR(s.truth().foresight().passes(a), 0.9, 1e-12);
    EXPECT_NEAR(s.truth().foresight().passes(b), 0.6, 1e-12);
}

TEST(Foresight, IsAboutWhatIsReallySo) {
    Stage s;
    s.scenario.failures.defect = 0.2;
    s.scenario.failures.semantic_conflict = 0.2;
    s.scenario.signals.passes = s.scenario.signals.conflicts = hits(1, 1);
    const Foresight& f = s.truth().foresight();
    int failing = 0, clashing = 0;
    for (int i = 0; i < 300; ++i) {
        const ChangeId a = s.enter("a"), b = s.enter("b");
        bool red = false;
        for (const JobId job : {Stage::unit, Stage::style, Stage::full}) {
            red |= s.run(job, s.on({a})).result == Result::failure;
        }
        ASSERT_EQ(f.passes(a), red ? 0 : 1);
        ASSERT_EQ(s.truth().omniscience().really_passes(s.on({a})), !red);
        const bool clash = f.conflicts(a, b) == 1;
        if (f.passes(a) == 1 && f.passes(b) == 1) {
            ASSERT_EQ(s.truth().omniscience().really_passes(s.on({a, b})), !clash);
        }
        failing += red;
        clashing += clash;
    }
    EXPECT_GT(failing, 30);
    EXPECT_GT(clashing, 30);
}

TEST(Foresight, KnowsTheScriptAsWell) {
    Stage s;
    s.list("good");
    s.list("bad").breaks = {Stage::unit};
    s.list("rival").conflicts_with = {"good"};
    s.scenario.signals.passes = s.scenario.signals.conflicts = hits(1, 1);
    const ChangeId good = s.enter("good"), bad = s.enter("bad"), rival = s.enter("rival");
    const Foresight& f = s.truth().foresight();
    EXPECT_EQ(f.passes(good), 1);
    EXPECT_EQ(f.passes(bad), 0);
    EXPECT_EQ(f.conflicts(good, rival), 1);
    EXPECT_EQ(f.conflicts(good, bad), 0);
    EXPECT_FALSE(s.truth().omniscience().really_passes(s.on({bad})));
    EXPECT_FALSE(s.truth().omniscience().really_passes(s.on({good, rival})));
    EXPECT_TRUE(s.truth().omniscience().really_passes(s.on({rival})));
}

TEST(Foresight, BuildTimesAreWrongByTheStatedShare) {
    Stage s;
    s.scenario.signals.duration_error = 0.05;
    for (Job& job : s.gate_jobs(0)) {
        job.duration = Distribution::lognormal(600, 0.5);
        job.duration_per_change = true;
    }
    s.gate_jobs(0)[1].needs = {{Stage::unit, false}};
    double error = 0, sigma = 0;
    constexpr int kChanges = 4000;
    for (int i = 0; i < kChanges; ++i) {
        const ChangeId c = s.enter("c");
        const auto takes = [&](int job, int run) {
            return s.truth().run(s.gate_jobs(0)[static_cast<std::size_t>(job)], s.on({c}), 1, run).duration;
        };
        ASSERT_EQ(takes(0, 0), takes(0, 3));
        const Time longest = std::max(takes(0, 0) + takes(1, 0), takes(2, 0));
        const Expected told = s.truth().foresight().build_time(c);
        error += std::abs(static_cast<double>(told.mean - longest)) / static_cast<double>(longest);
        sigma += static_cast<double>(told.sigma) / static_cast<double>(told.mean);
    }
    EXPECT_NEAR(error / kChanges, 0.05, 0.003);
    EXPECT_NEAR(sigma / kChanges, 0.05 * std::sqrt(std::acos(-1.0) / 2), 1e-4);
}

}  // namespace
}  // namespace gatesim
