// The facts that calibrate measures: told by hand, and the statistics behind them.
#include <gtest/gtest.h>

#include <cmath>

#include "measure/calibration.hpp"
#include "measure/fact_meter.hpp"
#include "measure/fact_numbers.hpp"
#include "model/people.hpp"
#include "unit/record/told.hpp"

namespace gatesim {
namespace {

using told::Told;

std::size_t kind_named(const std::string& name) {
    for (std::size_t i = 0; i < fact_kinds().size(); ++i)
        if (fact_kinds()[i].name == name) return i;
    ADD_FAILURE() << "no fact " << name;
    return 0;
}

/// Two weeks from Monday, 24 June 2013, in which people upload, are tested and land.
struct Fortnight : Told {
    explicit Fortnight(Time length = 2 * kWeek) {
        scenario.period.has_start = true;
        scenario.period.start_unix = 1372032000;
        scenario.period.length = length;
    }

    void listen() {
        meter.emplace(scenario);
        ledger.add(*meter);
    }
    Event of(EventKind kind, ChangeId change, Time at) {
        Event e = make(kind);
        e.at = now = at;
        e.change = change;
        e.patchset = cast.changes[change].patchset;
        return e;
    }
    void upload(ChangeId change, Time at) {
        Event e = of(EventKind::uploaded, change, at);
        e.value = cast.changes[change].patchset == 1;
        tell(e);
    }
    void rework(ChangeId change, Time at) {
        ++cast.changes[change].patchset;
        upload(change, at);
    }
    /// A stay in a pipeline (0 = the gate) that ends with a verdict at once.
    void verdict(ChangeId change, Time at, PipelineId pipeline, Outcome outcome) {
        ++item;
        for (EventKind kind : {EventKind::enqueued, EventKind::reported}) {
            Event e = of(kind, change, at);
            e.pipeline = pipeline;
            e.item = item;
            e.outcome = outcome;
            tell(e);
        }
    }
    void land(ChangeId change, Time at) {
        verdict(change, at, 0, Outcome::landed);
        tell(of(EventKind::landed, change, at));
    }
    std::optional<double> fact(const std::string& name, std::size_t part = 0) {
        return meter->values().at(fact_place(kind_named(name)) + part);
    }

    std::optional<FactMeter> meter;
    ItemId item = 0;
};

TEST(FactMeter, CountsWhoLandedWhatWhen) {
    Fortnight w;
    w.cast.changes[0].owner = w.cast.changes[1].owner = 7;
    w.cast.changes[2].owner = 8;
    w.cast.changes[3].owner = 9;
    w.listen();
    w.upload(0, 1 * kHour);
    w.verdict(0, 2 * kHour, 1, Outcome::failure);
    w.rework(0, 5 * kHour);
    w.verdict(0, 6 * kHour, 1, Outcome::success);
    w.verdict(0, 7 * kHour, 0, Outcome::failure);
    w.land(0, 8 * kHour);
    w.upload(1, 9 * kHour);
    w.land(1, 8 * kDay);
    w.upload(2, 8 * kDay);
    w.land(2, 8 * kDay + kMinute);
    w.upload(3, 9 * kDay);
    w.tell(w.of(EventKind::withdrawn, 3, 15 * kDay));
    EXPECT_EQ(w.fact("landed"), 3);
    EXPECT_EQ(w.fact("contributors"), 2);
    EXPECT_EQ(w.fact("contributors_after", 0), 1);
    EXPECT_FALSE(w.fact("contributors_after", 1)) << "the period is over by then";
    EXPECT_EQ(w.fact("active_a_week"), 1.5);
    EXPECT_EQ(w.fact("one_change_share"), 0.5);
    EXPECT_DOUBLE_EQ(*w.fact("top_tenth_share"), 2.0 / 3);
    EXPECT_DOUBLE_EQ(*w.fact("patch_sets"), 4.0 / 3);
    EXPECT_DOUBLE_EQ(*w.fact("patch_set_shares", 0), 2.0 / 3);
    EXPECT_DOUBLE_EQ(*w.fact("landing_share"), 0.75);
    EXPECT_DOUBLE_EQ(*w.fact("verdicts_per_landing"), 4.0 / 3) << "two verdicts of one patch set are one";
    EXPECT_DOUBLE_EQ(*w.fact("approvals_per_landing"), 1) << "being let into the gate is the approval";
    EXPECT_DOUBLE_EQ(*w.fact("upload_to_landing", 2), 3 * 3600.0);
    EXPECT_DOUBLE_EQ(*w.fact("landed_within_day"), 2.0 / 3);
    EXPECT_DOUBLE_EQ(*w.fact("burst_size"), 1.5);
    EXPECT_DOUBLE_EQ(*w.fact("burst_share"), 2.0 / 3);
    EXPECT_EQ(w.fact("busiest_day"), 2);
    EXPECT_DOUBLE_EQ(*w.fact("fastest_of_day"), 90.5 * 60) << "3 hours on one day, a minute on the other";
    EXPECT_EQ(w.fact("quietest_24h"), 0);
    EXPECT_DOUBLE_EQ(*w.fact("landings_a_weekday"), 0.3);
    EXPECT_DOUBLE_EQ(*w.fact("landings_by_weekday", 0), 1.0 / 3) << "24 June was a Monday";
    EXPECT_DOUBLE_EQ(*w.fact("landings_by_weekday", 1), 2.0 / 3);
    EXPECT_DOUBLE_EQ(*w.fact("uploads_by_hour", 5), 8);
    EXPECT_FALSE(w.fact("peak_factor")) << "ten weekdays are too few";
    EXPECT_FALSE(w.fact("nodes_busy").value_or(0) > 0);
}

TEST(FactNumbers, TheQuietestDayBeginsAtAnyInstant) {
    const std::vector<Time> times = {1 * kHour, 20 * kHour, 21 * kHour, 44 * kHour, 47 * kHour};
    EXPECT_EQ(fewest_in_a_day(times, 0, 70 * kHour), 1) << "right after 21:00; each whole day has two or more";
    EXPECT_EQ(fewest_in_a_day(times, 0, kDay), 3) << "there is only one";
    EXPECT_TRUE(std::isnan(fewest_in_a_day(times, 0, kDay - 1)));
    EXPECT_EQ(fewest_in_a_day({}, 0, kDay), 0);
}

TEST(FactMeter, WhatComesAfterThePeriodDoesNotCount) {
    Fortnight w(kWeek);
    w.cast.changes[0].owner = w.cast.changes[1].owner = 1;
    w.listen();
    w.upload(0, 0);
    w.land(0, kWeek - 1);
    w.upload(1, kWeek - 1);
    w.land(1, kWeek);
    EXPECT_EQ(w.fact("landed"), 1);
    EXPECT_EQ(w.fact("verdicts_per_landing"), 1);
    EXPECT_EQ(w.fact("landing_share"), 1) << "decided later, but begun in the period";
}

TEST(FactMeter, AWarmupHappensAndIsNotMeasured) {
    Fortnight w;
    PeopleLoad people;
    people.warmup = kWeek;
    w.scenario.load.people = std::make_shared<const PeopleLoad>(people);
    w.cast.changes[0].owner = w.cast.changes[1].owner = 1;
    w.cast.changes[2].owner = 2;
    w.listen();
    w.upload(0, kHour);
    w.verdict(0, 2 * kHour, 1, Outcome::success);
    w.land(0, kWeek - 1);
    w.upload(1, kWeek - kDay);
    w.verdict(1, kWeek - kHour, 1, Outcome::success);
    w.land(1, kWeek + kHour);
    w.upload(2, kWeek + kDay);
    w.verdict(2, kWeek + kDay + kHour, 1, Outcome::success);
    w.land(2, kWeek + 2 * kDay);
    EXPECT_EQ(w.fact("landed"), 2);
    EXPECT_EQ(w.fact("contributors"), 2);
    EXPECT_EQ(w.fact("contributors_after", 0), 2);
    EXPECT_EQ(w.fact("active_a_week"), 2);
    EXPECT_EQ(w.fact("landing_share"), 1) << "of the one that was begun after it";
    EXPECT_EQ(w.fact("landed_within_day"), 0) << "one waited a day and an hour, one a day";
    EXPECT_DOUBLE_EQ(*w.fact("landings_a_weekday"), 0.4);
    EXPECT_DOUBLE_EQ(*w.fact("landings_by_weekday", 0), 0.5);
}

TEST(FactMeter, ASeriesStandsOnWhatHadNotLandedAtItsLastUpload) {
    Fortnight w;
    w.cast.changes[1].git_parents = {0};
    w.cast.changes[2].git_parents = {1};
    w.listen();
    for (ChangeId c : {0u, 1u, 2u}) w.upload(c, kHour);
    w.land(0, 2 * kHour);
    w.land(1, 3 * kHour);
    w.rework(2, 4 * kHour);  // by now all it needs has landed
    w.land(2, 5 * kHour);
    EXPECT_DOUBLE_EQ(*w.fact("series_share"), 1.0 / 3);
}

TEST(FactMeter, ChangesUnderWayBroughtTheTimeOfTheirUpload) {
    Fortnight w;
    w.cast.changes[0].uploaded = -30 * kHour;
    w.listen();
    w.land(0, 2 * kHour);
    EXPECT_DOUBLE_EQ(*w.fact("upload_to_landing", 2), 32 * 3600.0);
    EXPECT_DOUBLE_EQ(*w.fact("uploads_by_weekday", 5), 1) << "30 hours before Monday is Saturday";
    EXPECT_FALSE(w.fact("landing_share")) << "nothing was begun in the period";
}

TEST(FactNumbers, TheExponentIsTheLikeliest) {
    // Counts as a power law with exponent 2 has them on average: zeta(2) of all have one, a quarter of that two …
    std::vector<int> counts;
    for (int k = 1; k <= 300; ++k)
        counts.insert(counts.end(), static_cast<std::size_t>(std::lround(100000.0 / (k * k))), k);
    EXPECT_NEAR(power_law_exponent(counts), 2, 0.02);
    EXPECT_TRUE(std::isnan(power_law_exponent({1, 1, 1})));
    EXPECT_TRUE(std::isnan(power_law_exponent({})));
}

TEST(FactNumbers, StretchesOfDays) {
    std::vector<double> days(20, 10.0);
    for (std::size_t i = 3; i < 12; ++i) days[i] = 20;
    const auto [most, least] = extreme_stretches(days, 9, 5, 20);
    EXPECT_DOUBLE_EQ(most, 20 / 14.5);
    EXPECT_DOUBLE_EQ(least, 10 / 14.5);
    EXPECT_TRUE(std::isnan(extreme_stretches(days, 9, 5, 21).first));
    EXPECT_DOUBLE_EQ(top_tenth_share({1, 1, 1, 1, 1, 1, 1, 1, 1, 11}), 0.55);
}

/// Replications in which one fact has these values.
std::vector<FactValues> replications(const std::string& name, const std::vector<std::vector<double>>& values) {
    std::vector<FactValues> out;
    for (const auto& own : values) {
        out.emplace_back(fact_place(fact_kinds().size()));
        for (std::size_t i = 0; i < own.size(); ++i) out.back()[fact_place(kind_named(name)) + i] = own[i];
    }
    return out;
}

ClaimVerdict verdict(const Claim& claim, const std::vector<FactValues>& values) {
    const std::vector<Claim> claims = {claim};
    return weigh_claims(claims, values).at(0).verdict;
}

TEST(Calibration, WithinExplainedMissed) {
    const auto ten = replications("landed", {{9}, {11}, {10}});
    Claim claim{kind_named("landed"), {11.5}, false, 0.15, "", ""};
    EXPECT_EQ(verdict(claim, ten), ClaimVerdict::within);
    claim.expected = {12.0};
    EXPECT_EQ(verdict(claim, ten), ClaimVerdict::missed);
    claim.tolerance = 0.2;
    EXPECT_EQ(verdict(claim, ten), ClaimVerdict::within);
    claim.expected = {20.0};
    claim.why = "it is known";
    EXPECT_EQ(verdict(claim, ten), ClaimVerdict::explained);
    claim.kind = kind_named("contributors");
    EXPECT_EQ(verdict(claim, ten), ClaimVerdict::undefined);
    claim.kind = kind_named("landed");
    claim.expected = {0.0};
    claim.why = "";
    EXPECT_EQ(verdict(claim, ten), ClaimVerdict::missed) << "of nothing, nothing is a small part";
}

TEST(Calibration, OneLookAtRealityTellsNoMoreThanOneReplication) {
    std::vector<std::vector<double>> wide, narrow;
    for (int i = 0; i < 12; ++i) {
        wide.push_back({10.0 + (i % 2 == 0 ? 3 : -3)});
        narrow.push_back({10.0 + (i % 2 == 0 ? 0.1 : -0.1)});
    }
    const Claim claim{kind_named("landed"), {14.0}, false, 0.15, "", ""};
    EXPECT_EQ(verdict(claim, replications("landed", wide)), ClaimVerdict::undecided);
    EXPECT_EQ(verdict(claim, replications("landed", narrow)), ClaimVerdict::missed);
    wide.resize(5);
    EXPECT_EQ(verdict(claim, replications("landed", wide)), ClaimVerdict::missed) << "five do not show how they differ";
}

TEST(Calibration, AProfileIsJudgedAsAWhole) {
    const std::vector<double> flat(7, 1.0 / 7);
    Claim claim{kind_named("landings_by_weekday"), {}, true, 0.15, "", ""};
    claim.expected = {0.2, 0.2, 0.2, 0.2, 0.2, 0.0, 0.0};
    const auto values = replications("landings_by_weekday", {flat, flat});
    const std::vector<Claim> claims = {claim};
    const std::vector<ClaimRow> rows = weigh_claims(claims, values);
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_NEAR(*rows[0].miss, 4.0 / 7, 1e-12);
    EXPECT_EQ(rows[0].part, 5u) << "Saturday is the farthest off";
    EXPECT_EQ(rows[0].verdict, ClaimVerdict::missed);
}

TEST(Calibration, WhatIsNotClaimedHasNoRow) {
    const std::vector<Claim> claims = {
        {kind_named("lines"), {2.0, std::nullopt, 300.0, std::nullopt}, true, 0.15, "", ""}};
    const auto rows = weigh_claims(claims, replications("lines", {{2, 30, 300, 2000}}));
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[1].part, 2u);
    EXPECT_EQ(rows[1].verdict, ClaimVerdict::within);
}

}  // namespace
}  // namespace gatesim
