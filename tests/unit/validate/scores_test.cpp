// How near a forecast comes to a record: by hand.
#include "validate/scores.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "validate/residuals.hpp"

namespace gatesim::validate {
namespace {

Stay stay(const char* name, Time enqueued, Time low, Time high, bool ejected = false) {
    return {name, enqueued * kMinute, low * kMinute, high * kMinute, !ejected, ejected};
}

/// a waits from 0 to 60 min, b from 30 to between 80 and 100, and is ejected.
Record two_stays() {
    Record record;
    record.stays = {stay("a", 0, 60, 60), stay("b", 30, 80, 100, true)};
    record.instants = {0, 40 * kMinute, 80 * kMinute, 120 * kMinute};
    record.length = 120 * kMinute;
    return record;
}

const Spans kAlways = {{{0, kNever}}};

TEST(Forecast, IsTheMedianOfTheReplicationsWithItsBand) {
    const Record record = two_stays();
    const auto of = [](Time a, Time b, bool landed) {
        return SimulatedStays{{"a", 0, a * kMinute, true}, {"b", 30 * kMinute, b * kMinute, landed}};
    };
    const Forecast forecast = forecast_of(record, {of(60, 90, true), of(70, 130, false), of(65, 100, true)});
    EXPECT_EQ(forecast.queue, (std::vector<double>{1, 2, 1, 0}));
    EXPECT_EQ(forecast.left, (std::vector<Time>{65 * kMinute, 100 * kMinute}));
    EXPECT_NEAR(forecast.ejected[1], 1.0 / 3, 1e-12);
    EXPECT_EQ(forecast.low.back(), 0);
    EXPECT_NEAR(forecast.high.back(), 0.9, 1e-12);
}

TEST(Forecast, AStayWithoutAnEndIsNoDeparture) {
    const Record record = two_stays();
    const Forecast forecast = forecast_of(record, {{{"a", 0, 60 * kMinute, true}}});
    EXPECT_EQ(forecast.left[1], kNever);
    const Scores scores = score(record, forecast, kAlways, 0.5);
    EXPECT_EQ(scores.departures, 2u);
    EXPECT_EQ(scores.within_30min, 0.5);
}

TEST(Forecast, TrivialModelsKnowTrainingTimeOnly) {
    const Record record = two_stays();
    const Spans first = {{{0, 70 * kMinute}}};
    const Forecast constant = constant_stay(record, first);  // a's 60 minutes for everybody
    EXPECT_EQ(constant.left, (std::vector<Time>{60 * kMinute, 90 * kMinute}));
    EXPECT_EQ(constant.queue, (std::vector<double>{1, 2, 1, 0}));
    const Forecast free = free_stays(record, kAlways);  // 60 minutes each
    EXPECT_EQ(free.queue, (std::vector<double>{1, 2, 1, 0}));
}

TEST(Scores, CountWhatWasSeenAndSaid) {
    const Record record = two_stays();
    const Forecast forecast =
        forecast_of(record, {{{"a", 0, 85 * kMinute, true}, {"b", 30 * kMinute, 140 * kMinute, false}}});
    const Scores scores = score(record, forecast, kAlways, 0.25);
    EXPECT_EQ(scores.instants, 4u);
    EXPECT_EQ(scores.queue_seen, 1);    // 1 2 1 0
    EXPECT_EQ(scores.queue_said, 1.5);  // 1 2 2 1
    EXPECT_EQ(scores.queue_mae, 0.5);
    EXPECT_EQ(scores.bias, 0.5);
    EXPECT_EQ(scores.band_cover, 0.5);
    EXPECT_EQ(scores.within_30min, 0.5);  // a 25 minutes late, b 40 after its last chance
    EXPECT_EQ(scores.interval_met, 0);
    EXPECT_EQ(scores.lateness, 37.5 * 60);  // 25 and 50 minutes
    EXPECT_EQ(scores.ejected_seen, 0.5);
    EXPECT_EQ(scores.ejected_said, 0.5);
    EXPECT_EQ(scores.brier, 0);
    EXPECT_NEAR(scores.brier_rate, (0.0625 + 0.5625) / 2, 1e-12);
    EXPECT_EQ(scores.stay_p50_seen, 60 * 60);
}

TEST(Scores, ThePartsAreApart) {
    const Record record = two_stays();
    const Scores late = score(record, constant_stay(record, kAlways), {{{70 * kMinute, kNever}}}, 0);
    EXPECT_EQ(late.instants, 2u);
    EXPECT_EQ(late.departures, 1u);
}

TEST(Scores, TheVerdictGoesByTheQueue) {
    Scores model;
    model.queue_mae = 2;
    model.band_cover = 0.9;
    EXPECT_EQ(judge(model, 2), Verdict::no_better);
    EXPECT_EQ(judge(model, 2.5), Verdict::explains);
    EXPECT_EQ(judge(model, 2.7), Verdict::predicts);
    model.band_cover = 0.8;
    EXPECT_EQ(judge(model, 2.7), Verdict::explains);
}

TEST(Scores, CrpsRewardsWhatIsNarrowAndRight) {
    EXPECT_EQ(crps({5}, 5), 0);
    EXPECT_EQ(crps({7}, 5), 2);
    EXPECT_NEAR(crps({4, 6}, 5), 1 - 1, 1e-12);  // as far apart as from the truth
    EXPECT_NEAR(crps({3, 5, 7}, 5), 4.0 / 3 - 4.0 / 3, 1e-12);
    EXPECT_NEAR(crps({1, 9}, 1), 4 - 4, 1e-12);
    EXPECT_NEAR(crps({8, 9, 10}, 1), 8 - 2.0 / 3, 1e-12);
}

TEST(Scores, LengthsAreComparedAsLogarithms) {
    const Record record = two_stays();
    const Scores constant = score(record, constant_stay(record, {{{0, 70 * kMinute}}}), kAlways, 0);
    EXPECT_NEAR(constant.length_crps, (0 + 0) / 2.0, 1e-12);  // both took 60 minutes, b in the middle of its interval
    const Forecast half =
        forecast_of(record, {{{"a", 0, 30 * kMinute, true}, {"b", 30 * kMinute, 60 * kMinute, true}}});
    EXPECT_NEAR(score(record, half, kAlways, 0).length_crps, std::log(2), 1e-12);
}

TEST(Scores, WhereNobodyWaitsTheLengthsDecideBeyondChance) {
    Scores model, trivial;
    model.interval_met = 0.9;
    for (Time day = 0; day < 20; ++day) {
        model.crps_each.emplace_back(day * kDay, 0.10 + 0.02 * static_cast<double>(day % 2));
        trivial.crps_each.emplace_back(day * kDay, 0.12);
    }
    model.length_crps = 0.11;
    trivial.length_crps = 0.12;
    const Gain nearer = gain(model, trivial);
    EXPECT_NEAR(nearer.value, 0.01, 1e-12);
    EXPECT_NEAR(nearer.half_width, 1.96 * std::sqrt(20 * 0.0001 * 20 / 19) / 20, 1e-4);
    EXPECT_EQ(judge_stays(model, trivial), Verdict::explains);
    trivial.length_crps = 0.15;  // by a quarter
    EXPECT_EQ(judge_stays(model, trivial), Verdict::predicts);
    trivial.length_crps = 0.112;  // by less than chance gives
    EXPECT_EQ(judge_stays(model, trivial), Verdict::no_better);
    model.queue_seen = 0.4;
    EXPECT_TRUE(mostly_empty(model));
    model.queue_seen = 0.6;
    EXPECT_FALSE(mostly_empty(model));
}

TEST(Residuals, TheWorstStretchComesFirst) {
    Record record = two_stays();
    record.instants = {0, 4 * kHour, 7 * kHour};
    record.stays.push_back(stay("c", 200, 500, 500));
    Forecast forecast = constant_stay(record, kAlways);
    forecast.queue = {1, 6, 0};
    const auto worst = worst_stretches(record, forecast, kAlways, 2);
    ASSERT_EQ(worst.size(), 2u);
    EXPECT_EQ(worst[0].from, 3 * kHour);
    EXPECT_EQ(worst[0].seen, 1);
    EXPECT_EQ(worst[0].said, 6);
    EXPECT_EQ(worst[1].from, 6 * kHour);
}

}  // namespace
}  // namespace gatesim::validate
