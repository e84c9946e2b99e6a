// Changes and events that are written down, on top of changes that arrive by themselves.
#include <gtest/gtest.h>

#include "support/story.hpp"

namespace gatesim {
namespace {

/// A gate of one job of 45 minutes, and changes that arrive until `length`.
Story drawn(double per_hour, Time length) {
    Story story("github", {{"window", std::int64_t{5}}});
    story.job("suite", 45 * 60);
    Scenario& s = story.scenario();
    s.period.length = length;
    ArrivalLoad& arrivals = s.load.arrivals.emplace();
    arrivals.per_second = per_hour / 3600;
    arrivals.projects = {{0, 1.0}};
    return story;
}

std::size_t count(const std::string& text, const std::string& what) {
    std::size_t n = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++n;
    return n;
}

// Row c43 of the field cases: 53 entries are put in at once on top of 3 an hour (monarch-initiative/dismech 10168).
TEST(JointLoad, ABulkStandsOnTopOfARate) {
    Story story = drawn(3, 12 * kHour);
    for (int n = 1; n <= 53; ++n) story.change("x" + std::to_string(n), 6 * 3600);
    const std::string told = story.outcomes();
    std::size_t bulk = 0;
    for (int n = 1; n <= 53; ++n) bulk += count(told, " x" + std::to_string(n) + " landed");
    EXPECT_EQ(bulk, 53u) << told;
    EXPECT_GT(count(told, " c"), 20u) << "about 36 arrive by themselves";
    EXPECT_EQ(count(told, " landed"), bulk + count(told, " c"));
    EXPECT_EQ(story.broken(), "");
}

TEST(JointLoad, EventsNameChangesThatArrive) {
    Story story = drawn(30, kHour);
    story.event(2 * 3600, ScriptedEventKind::abandon, {"c3"});
    story.event(1, ScriptedEventKind::abandon, {"c5"});
    const std::string told = story.outcomes();
    EXPECT_EQ(count(told, " c3 landed") + count(told, " c5 landed"), 2u) << "c3 had landed, c5 had not come\n" << told;
    Story early = drawn(30, kHour);
    early.event(30 * 60, ScriptedEventKind::abandon, {"c3"});
    EXPECT_EQ(count(early.outcomes(), " c3 landed"), 0u) << early.outcomes();
}

}  // namespace
}  // namespace gatesim
