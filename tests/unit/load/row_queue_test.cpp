// In which order rows of a load file come, and which are left out.
#include "load/row_queue.hpp"

#include <gtest/gtest.h>

#include "unit/load/temporary_file.hpp"

namespace gatesim {
namespace {

constexpr std::int64_t kStart = 1'380'000'000;  // Unix seconds

/// What a replay of such a file gives: "0 a\n60 b\n", then what was left out, or the failure.
std::string told(const std::string& rows, Scenario scenario = {}) {
    const TemporaryFile file("project,change,enqueued\n" + rows);
    scenario.projects.resize(1);
    scenario.projects[0].name = "p";
    scenario.load.replay.emplace().file = file.path();
    RowQueue queue(scenario);
    queue.open();
    std::string out;
    Time now = 0;
    for (Time due; (due = queue.due(now)) != kNever;) {
        EXPECT_GE(due, now);
        now = due;
        while (queue.next() == now) out += std::to_string(now / kSecond) + " " + queue.take().change + "\n";
    }
    if (!queue.failure().empty()) return queue.failure().substr(file.path().size());
    const LoadRows& counts = queue.rows;
    EXPECT_EQ(counts.used() + counts.before_start + counts.after_end, counts.read);
    if (counts.before_start > 0) out += std::to_string(counts.before_start) + " before\n";
    if (counts.after_end > 0) out += std::to_string(counts.after_end) + " after\n";
    return out;
}

std::string row(const std::string& change, std::int64_t seconds) {
    return "p," + change + "," + std::to_string(kStart + seconds) + "\n";
}

Scenario dated(std::int64_t length) {
    Scenario scenario;
    scenario.period.has_start = true;
    scenario.period.start_unix = kStart;
    scenario.period.length = length * kSecond;
    return scenario;
}

TEST(RowQueue, NewestFirstIsTheSameAsOldestFirst) {
    const std::string oldest_first = told(row("a", 0) + row("b", 60) + row("c", 60) + row("d", 90));
    EXPECT_EQ(oldest_first, "0 a\n60 b\n60 c\n90 d\n");
    EXPECT_EQ(told(row("d", 90) + row("c", 60) + row("b", 60) + row("a", 0)), oldest_first);
}

TEST(RowQueue, AnyOtherOrderIsPutInOrderAndKeepsTheFilesWithinAnInstant) {
    EXPECT_EQ(told(row("c", 60) + row("b", 60) + row("a", 0) + row("d", 90)), "0 a\n60 c\n60 b\n90 d\n");
    EXPECT_EQ(told(row("b", 5) + row("a", 5)), "0 b\n0 a\n");
}

TEST(RowQueue, TimeBeginsWithTheEarliestRowUnlessThePeriodSaysIt) {
    EXPECT_EQ(told(row("b", 50) + row("a", 20)), "0 a\n30 b\n");
    EXPECT_EQ(told(row("b", 50) + row("a", 20), dated(1000)), "20 a\n50 b\n");
}

TEST(RowQueue, WhatLiesOutsideThePeriodIsLeftOutAndCounted) {
    EXPECT_EQ(told(row("a", -1) + row("b", 0) + row("c", 100) + row("d", 101) + row("e", -9), dated(100)),
              "0 b\n100 c\n2 before\n1 after\n");
    Scenario undated;
    undated.period.length = 100 * kSecond;
    EXPECT_EQ(told(row("d", 151) + row("b", 150) + row("a", 50), undated), "0 a\n100 b\n1 after\n");
}

TEST(RowQueue, WhoLeftAfterTheStartWaitsThereIfTheLoadSaysSo) {
    const TemporaryFile file(
        "change,project,enqueued,left,left_lo,left_hi,entry,outcome\n"
        "gone,p," +
        std::to_string(kStart - 90) + "," + std::to_string(kStart - 1) +
        ",,,1,landed\n"
        "late,p," +
        std::to_string(kStart + 30) + "," + std::to_string(kStart + 90) +
        ",,,2,landed\n"
        "b,p," +
        std::to_string(kStart - 10) + ",," + std::to_string(kStart - 5) + "," + std::to_string(kStart + 7) +
        ",3,ejected\n"
        "a,p," +
        std::to_string(kStart - 20) +
        ",,,,4,open\n"
        "unknown,p," +
        std::to_string(kStart - 15) + ",,,,5,landed\n");
    const auto order = [&](bool waiting) {
        Scenario scenario = dated(100);
        scenario.projects.resize(1);
        scenario.projects[0].name = "p";
        scenario.load.replay.emplace().file = file.path();
        scenario.load.replay->waiting_at_start = waiting;
        RowQueue queue(scenario);
        queue.open();
        std::string out;
        for (Time due = 0; (due = queue.due(due)) != kNever;)
            while (queue.next() == due) out += std::to_string(due / kSecond) + " " + queue.take().change + "\n";
        return out + std::to_string(queue.rows.before_start) + queue.failure();
    };
    EXPECT_EQ(order(true), "0 a\n0 b\n30 late\n2");
    EXPECT_EQ(order(false), "30 late\n4");
}

TEST(RowQueue, RowsOutsideThePeriodTakeNoPlaceAmongThoseReadAhead) {
    std::string rows;
    for (int i = 0; i < 70'000; ++i) rows += row("x", -1);
    EXPECT_EQ(told(rows + row("b", 9) + row("a", 3), dated(100)), "3 a\n9 b\n70000 before\n");
}

TEST(RowQueue, AFileThatIsNewestFirstAndTooLongIsRefused) {
    std::string rows;
    for (int i = 70'000; i > 0; --i) rows += row("x", i);
    for (const bool has_start : {false, true})
        EXPECT_EQ(told(rows, has_start ? dated(100'000) : Scenario{}),
                  ":65538:1: this row belongs more than 65,536 rows (or 64 MiB) earlier; sort the file by time, oldest "
                  "first");
}

TEST(RowQueue, OneRowOrNoneIsNoTrouble) {
    EXPECT_EQ(told(""), "");
    EXPECT_EQ(told(row("a", 7)), "0 a\n");
    EXPECT_EQ(told(row("a", -7), dated(5)), "1 before\n");
}

}  // namespace
}  // namespace gatesim
