#include "record/words.hpp"

#include <gtest/gtest.h>

#include "record/narrator.hpp"
#include "unit/record/told.hpp"

namespace gatesim {
namespace {

TEST(Words, TimesReadWell) {
    EXPECT_EQ(length_text(0), "0 s");
    EXPECT_EQ(length_text(250 * 1000), "0.25 s");
    EXPECT_EQ(length_text(45 * kSecond), "45 s");
    EXPECT_EQ(length_text(8 * kMinute), "8 min");
    EXPECT_EQ(length_text(150 * kSecond), "2 min 30 s");
    EXPECT_EQ(length_text(65 * kMinute), "65 min");
    EXPECT_EQ(length_text(130 * kMinute), "2 h 10 min");
    EXPECT_EQ(length_text(51 * kHour), "2 d 3 h");
}

TEST(Words, SecondsAreExact) {
    EXPECT_EQ(seconds_text(0), "0");
    EXPECT_EQ(seconds_text(3600 * kSecond), "3600");
    EXPECT_EQ(seconds_text(1), "0.000001");
    EXPECT_EQ(seconds_text(-1500000), "-1.5");
}

TEST(Words, DatesAreGregorian) {
    Period period;
    EXPECT_EQ(iso_text(0, period), "");
    period.has_start = true;
    period.start_unix = 1372032000;
    EXPECT_EQ(iso_text(0, period), "2013-06-24T00:00:00Z");
    EXPECT_EQ(iso_text(kWeek + 1500000, period), "2013-07-01T00:00:01.5Z");
    period.start_unix = 951782400;
    EXPECT_EQ(iso_text(0, period), "2000-02-29T00:00:00Z");
    period.start_unix = -1;
    EXPECT_EQ(iso_text(0, period), "1969-12-31T23:59:59Z");
    EXPECT_EQ(clock_text(0, period), "12-31 23:59:59");
}

TEST(Words, Lists) {
    EXPECT_EQ(list_text({"A"}), "A");
    EXPECT_EQ(list_text({"A", "B"}), "A and B");
    EXPECT_EQ(list_text({"A", "B", "C"}), "A, B and C");
    EXPECT_EQ(list_text({"A", "B", "C", "D", "E", "F"}), "A, B, C, D and 2 more");
}

TEST(Words, EveryReasonAndCauseHasWords) {
    told::Told t;
    for (int w = 1; w <= static_cast<int>(Why::unreported); ++w) {
        EXPECT_NE(reason_text({static_cast<Why>(w), 0, 0, 0}, t.cast), "") << w;
        EXPECT_STRNE(why_name(static_cast<Why>(w)), "") << w;
    }
    for (int c = 1; c <= static_cast<int>(Cause::displaced); ++c) {
        EXPECT_NE(cause_text(static_cast<Cause>(c), 0, 1, t.cast), "") << c;
        EXPECT_STRNE(cause_name(static_cast<Cause>(c)), "") << c;
    }
}

TEST(Story, SaysThatAChangeStandsOutsideTheWindow) {
    told::Told t;
    Narrator inside(t.cast, "B");
    Narrator outside(t.cast, "C");
    t.ledger.add(inside);
    t.ledger.add(outside);
    Event window = t.make(EventKind::window);
    window.value = 2;
    t.tell(window);
    for (ItemId i = 0; i < 3; ++i) t.enqueue(i, i);
    EXPECT_EQ(inside.lines().at(0).text, "B enters the gate, behind 1 other change.");
    EXPECT_EQ(outside.lines().at(0).text,
              "C enters the gate, behind 2 other changes; it is outside the window of 2: its tests wait until it has "
              "moved up.");
}

TEST(Story, TellsWhyAndWhatWasLost) {
    told::Told t;
    Narrator narrator(t.cast, "");
    t.ledger.add(narrator);
    tell_three(t);
    EXPECT_EQ(story_text(narrator.lines(), t.scenario.period),
              "0:00:00  A enters the gate; nobody is ahead of it.\n"
              "         A is tested on top of the branch as it is: unit starts.\n"
              "0:01:00  B enters the gate, behind 1 other change.\n"
              "         B is tested on top of A, as if that had landed: unit starts.\n"
              "0:02:00  C enters the gate, behind 2 other changes.\n"
              "         C is tested on top of A and B, as if both had landed: unit starts.\n"
              "0:05:00  unit fails for B after 4 min. [In truth B itself is broken.]\n"
              "         RESET of C: B, ahead of it, is failing (job unit). Thrown away: 1\n"
              "           build, 3 min of machine time.\n"
              "0:07:00  C is tested on top of A, as if that had landed: unit starts.\n"
              "0:10:00  A lands: all its jobs passed, 10 min after it entered.\n"
              "         B is ejected: job unit failed. [In truth B itself is broken.]\n"
              "0:17:00  C lands: all its jobs passed, 15 min after it entered.\n");
}

TEST(Story, AboutOneChangeLeavesTheOthersOut) {
    told::Told t;
    Narrator narrator(t.cast, "C");
    t.ledger.add(narrator);
    tell_three(t);
    const std::string text = story_text(narrator.lines(), t.scenario.period);
    EXPECT_EQ(text.find("A enters"), std::string::npos) << text;
    EXPECT_NE(text.find("RESET of C"), std::string::npos) << text;
    EXPECT_NE(text.find("A, ahead of it, lands."), std::string::npos) << text;
    EXPECT_NE(text.find("unit passes after 10 min."), std::string::npos) << text;
    EXPECT_EQ(narrator.time_split_text(),
              "15 min in all: 13 min under test, 0 s waiting for nodes, 2 min waiting for others in the queue.");
}

TEST(Story, StopsWhenItGetsTooLong) {
    told::Told t;
    Narrator narrator(t.cast, "", 3);
    t.ledger.add(narrator);
    tell_three(t);
    EXPECT_EQ(narrator.lines().size(), 3u);
    EXPECT_TRUE(narrator.too_long());
}

TEST(Story, WrapsAtBlanksAndCountsCharacters) {
    EXPECT_EQ(wrap("aaa bbb ccc", 7, 2), "aaa bbb\n  ccc");
    EXPECT_EQ(wrap("äää bbb ccc", 7, 2), "äää bbb\n  ccc");
    EXPECT_EQ(wrap("averyverylongword x", 5, 0), "averyverylongword\nx");
}

}  // namespace
}  // namespace gatesim
