// load.people.review: what its keys become, and what is refused.
#include <gtest/gtest.h>

#include "model/people.hpp"
#include "unit/scenario/good.hpp"

namespace gatesim {
namespace {

std::string scenario_of(const std::string& review) {
    return R"({"period": {"start": "2013-06-24T00:00Z", "length": "7d"}, "projects": {"nova": {}, "neutron": {}},
 "load": {"people": {"contributors": 5,
  "review": )" +
           review + R"(}},
 "jobs": {"unit": {"duration": "9m"}}})";
}

ReviewLoad review_of(const std::string& review) {
    return testing::load_good(scenario_of(review)).load.people->review;
}

TEST(DecodeReview, AsADelay) {
    const ReviewLoad load = review_of(
        R"({"latency": {"dist": "lognormal", "p50": "2h", "p95": "1d"}, "zones": {"UTC": 1, "Asia/Tokyo": 2},
            "hours": {"from": "8h30m", "until": "16h", "days": ["mon", "sat"]}, "care": "40%", "false_alarm": "2%"})");
    ASSERT_TRUE(load.sampled);
    EXPECT_EQ(load.sampled->care, 0.4);
    EXPECT_EQ(load.sampled->false_alarm, 0.02);
    ASSERT_EQ(load.sampled->zones.size(), 2u);
    EXPECT_EQ(load.sampled->zones[1].first, "Asia/Tokyo");
    EXPECT_EQ(load.sampled->zones[1].second, 2);
    ASSERT_EQ(load.sampled->hours.spans.size(), 2u);
    EXPECT_EQ(load.sampled->hours.spans[1].from, 5 * kDay + 8 * kHour + 30 * kMinute);
    EXPECT_EQ(load.sampled->hours.spans[1].until, 5 * kDay + 16 * kHour);
}

TEST(DecodeReview, ByPeople) {
    const ReviewLoad load = review_of(R"({"approvals": 3, "refuse": "approvers", "assignment": "follow_the_clock",
        "reviewers": {"notes": "guessed",
            "core": {"count": 4, "zones": {"Europe/Berlin": 1}, "hours": {}, "share": "25%", "effort": "10m",
                     "per_line": "3s", "reread": "50%", "care": "60%", "care_alike": 8, "false_alarm": "1%",
                     "unsure": "10%", "firm": "5%", "projects": {"neutron": 2}},
            "other": {"approves": false, "asked": 2, "count": 9, "effort": "20m", "hours": "always"}}})");
    EXPECT_FALSE(load.sampled);
    EXPECT_EQ(load.approvals, 3);
    EXPECT_TRUE(load.only_approvers_refuse);
    EXPECT_EQ(load.assignment, "follow_the_clock");
    ASSERT_EQ(load.reviewers.size(), 2u);
    const ReviewerClass& core = load.reviewers[0];
    EXPECT_EQ(core.name, "core");
    EXPECT_EQ(core.count, 4);
    EXPECT_TRUE(core.approves);
    ASSERT_EQ(core.hours.spans.size(), 5u);
    EXPECT_EQ(core.hours.spans[4].until, 4 * kDay + 17 * kHour);
    EXPECT_EQ(core.share, 0.25);
    EXPECT_EQ(core.effort.mean(), 600);
    EXPECT_EQ(core.per_line, 3);
    EXPECT_EQ(core.reread, 0.5);
    EXPECT_EQ(core.care, 0.6);
    EXPECT_EQ(core.care_alike, 8);
    EXPECT_EQ(core.false_alarm, 0.01);
    EXPECT_EQ(core.unsure, 0.1);
    EXPECT_EQ(core.firm, 0.05);
    EXPECT_EQ(core.projects, (std::vector<std::pair<ProjectId, double>>{{1, 2}}));
    const ReviewerClass& other = load.reviewers[1];
    EXPECT_FALSE(other.approves);
    EXPECT_EQ(other.asked, 2);
    EXPECT_TRUE(other.hours.always());
    EXPECT_EQ(other.share, 1);
}

TEST(DecodeReview, DefaultsAreTwoCoresAndOneQueue) {
    const ReviewLoad load = review_of(R"({"reviewers": {"core": {"count": 2, "effort": "10m"}}})");
    EXPECT_EQ(load.approvals, 2);
    EXPECT_FALSE(load.only_approvers_refuse);
    EXPECT_EQ(load.assignment, "oldest_first");
}

struct Refused {
    const char* review;
    const char* message;
};

class RefusedReview : public ::testing::TestWithParam<Refused> {};

TEST_P(RefusedReview, SaysWhy) {
    const Loaded loaded = load_scenario_text(scenario_of(GetParam().review), "my.json", "", {});
    EXPECT_FALSE(loaded.scenario.has_value());
    EXPECT_EQ(text(loaded.diagnostics), GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    Keys, RefusedReview,
    ::testing::Values(
        Refused{R"({"latency": "2h", "approvals": 2})",
                "my.json:3:44: /load/people/review/approvals: it means nothing without reviewers\n"
                "  reviewers, or leave it out; see: gatesim describe /load/people/review/approvals\n"},
        Refused{R"({"reviewers": {"core": {"effort": "1h"}}})",
                "my.json:3:27: /load/people/review/reviewers: a patch set needs 2 approvals, and one person may "
                "approve\n"
                "  an object whose keys are each the name of the class; see: gatesim describe "
                "/load/people/review/reviewers\n"},
        Refused{R"({"latency": "2h", "zones": {"Europe/Berln": 1}})",
                "my.json:3:41: /load/people/review/zones/Europe~1Berln: there is no time zone \"Europe/Berln\"; did "
                "you mean \"Europe/Berlin\"?\n"
                "  an IANA time zone (\"UTC\", \"Europe/Berlin\"); see: gatesim describe "
                "/load/people/review/zones/*\n"},
        Refused{R"({"approvals": 1, "assignment": "folow_the_clock", "reviewers": {"core": {"effort": "1h"}}})",
                "my.json:3:44: /load/people/review/assignment: \"folow_the_clock\" is not allowed; did you mean "
                "\"follow_the_clock\"?\n"
                "  one of follow_the_clock, load, oldest_first, own_project, random, round_robin; see: gatesim "
                "describe /load/people/review/assignment\n"}));

}  // namespace
}  // namespace gatesim
