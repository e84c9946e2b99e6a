// A gate of which only landings are known: clock, approvals, figures, verdict.
#include "validate/landings.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace gatesim::validate {
namespace {

constexpr Time kMonday = 4 * kDay;  // 1970-01-05

/// Landed at a time known to the instant.
Stay landed(const char* name, Time uploaded, Time left) {
    Stay out;
    out.name = name;
    out.enqueued = kNever;
    out.uploaded = uploaded;
    out.left_lo = out.left_hi = left;
    out.landed = true;
    return out;
}

/// Four weeks from a Monday on: each day but Sunday at nine, ten and eleven one is uploaded, which lands two hours
/// later, two of them together.
Record weeks() {
    Record out;
    out.origin = kMonday;
    out.length = 28 * kDay;
    for (Time day = 0; day < 28; ++day) {
        if (day % 7 == 6) continue;
        for (const Time hour : {9, 10, 11}) {
            const Time up = day * kDay + hour * kHour;
            out.stays.push_back(landed("c", up, up + 2 * kHour - (hour == 11 ? kHour - kMinute : 0)));
        }
    }
    return out;
}

const Spans kHalf = {{{0, 14 * kDay}}}, kRest = {{{14 * kDay, kNever}}};

TEST(WeekClock, GoesAsFastAsPeopleAreActive) {
    const WeekClock clock({9 * kHour, 10 * kHour, 11 * kHour}, kMonday);
    EXPECT_NEAR(clock.at(9 * kHour + 7 * kDay) - clock.at(9 * kHour), 1, 1e-12);
    EXPECT_GT(clock.at(11 * kHour) - clock.at(10 * kHour), 0.3);
    EXPECT_LT(clock.at(40 * kHour) - clock.at(39 * kHour), 1e-3);
    for (const Time moment : {Time{0}, 9 * kHour + 17 * kMinute, 3 * kDay, 20 * kDay + 5})
        EXPECT_NEAR(static_cast<double>(clock.when(clock.at(moment)) - moment), 0, 1e3);
}

TEST(Approvals, AreDrawnFromTheTrainingTimeLessTheGate) {
    const Record record = weeks();
    const Approvals approvals = fit_approvals(record, kHalf, kHour);
    EXPECT_EQ(approvals.waits.size(), 36u);
    const std::vector<Time> drawn = draw_approvals(approvals, record, Luck(1, 1));
    ASSERT_EQ(drawn.size(), record.stays.size());
    for (std::size_t i = 0; i < drawn.size(); ++i) EXPECT_GE(drawn[i], record.stays[i].uploaded - 1);
    EXPECT_EQ(drawn, draw_approvals(approvals, record, Luck(1, 1)));
    EXPECT_NE(drawn, draw_approvals(approvals, record, Luck(1, 2)));
}

TEST(Approvals, WhoWasSeenToComeComesThen) {
    Record record = weeks();
    record.stays[5].enqueued = 4711;
    EXPECT_EQ(draw_approvals(fit_approvals(record, kHalf, 0), record, Luck(1, 1))[5], 4711);
}

TEST(Landings, TheirFiguresAreThoseOfTheWholeDays) {
    const Record record = weeks();
    const auto figures = landing_figures(record, seen_landings(record), kHalf);
    const auto figure = [&](const char* name) {
        const auto& list = landing_figure_list();
        for (std::size_t k = 0; k < list.size(); ++k)
            if (list[k].name == std::string(name)) return figures[k].value_or(-1);
        return -2.0;
    };
    EXPECT_NEAR(figure("landings_a_day"), 36.0 / 14, 1e-12);
    EXPECT_EQ(figure("busiest_day"), 3);
    EXPECT_NEAR(figure("burst_size"), 1.5, 1e-12);  // at 11:00, and at 12:00 and 12:01
    EXPECT_NEAR(figure("burst_share"), 2.0 / 3, 1e-12);
    EXPECT_EQ(figure("gap_p25"), 60);
    EXPECT_EQ(figure("within_a_day"), 1);
    EXPECT_EQ(figure("fastest_of_day"), 61 * 60);
}

TEST(Landings, WhatIsAfterTheRecordDoesNotCount) {
    Record record = weeks();
    record.length = 26 * kDay + 11 * kHour;  // within a day: that day is not whole
    std::vector<Landing> landings = seen_landings(record);
    const auto figures = landing_figures(record, landings, kRest);
    EXPECT_NEAR(figures[0].value_or(0), 33.0 / 12, 1e-12);
    for (Time minute = 0; minute < 50; ++minute) landings.push_back({record.length + minute * kMinute + 1, 0});
    EXPECT_EQ(landing_figures(record, landings, kRest), figures);
}

TEST(Landings, ThoseKnownBetweenTwoTimesDoNotCount) {
    Record record = weeks();
    const auto before = landing_figures(record, seen_landings(record), kHalf);
    record.stays.push_back(landed("between", 0, kHour));
    record.stays.back().left_hi = 5 * kHour;
    auto landings = seen_landings(record);
    landings.push_back({2 * kHour, static_cast<std::uint32_t>(record.stays.size() - 1)});
    EXPECT_EQ(landing_figures(record, landings, kHalf), before);
}

TEST(Landings, HoursAgainRepeatTheTrainingTime) {
    const Record record = weeks();
    const auto figures = landing_figures(record, hours_again(record, kHalf, Luck(1, 1)), kRest);
    const auto seen = landing_figures(record, seen_landings(record), kRest);
    for (std::size_t k = 0; k < 5; ++k) EXPECT_EQ(figures[k], seen[k]) << landing_figure_list()[k].name;
    EXPECT_FALSE(figures.back());  // it does not know who landed
}

TEST(Landings, TheVerdictAsksForMoreThanBothTrivialModels) {
    const Record record = weeks();
    const Approvals all = fit_approvals(record, kHalf, 0);
    std::vector<std::vector<Landing>> truth, hours, free, nothing;
    for (std::uint32_t r = 1; r <= 5; ++r) {
        truth.push_back(seen_landings(record));
        hours.push_back(hours_again(record, kHalf, Luck(1, r)));
        free.push_back(no_gate(record, all, Luck(1, r)));
    }
    hours[0].pop_back();
    for (auto& list : hours)
        for (std::size_t i = 0; i < list.size(); i += 2) list[i].at += 20 * kMinute;  // no bursts
    const auto of = [&](const auto& replications) { return score_landings(record, replications, kRest); };
    EXPECT_EQ(judge_landings(of(truth), of(hours), of(free)), Verdict::predicts);
    EXPECT_EQ(judge_landings(of(free), of(hours), of(free)), Verdict::no_better);
    EXPECT_EQ(judge_landings(of(hours), of(truth), of(free)), Verdict::no_better);
    EXPECT_EQ(of(truth).met(), 1);
    EXPECT_NEAR(of(truth).off(of(free)), 0, 1e-12);
}

}  // namespace
}  // namespace gatesim::validate
