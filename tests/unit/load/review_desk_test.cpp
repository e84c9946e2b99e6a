#include "load/people/review_desk.hpp"

#include <gtest/gtest.h>

#include "load/people/assignment/assignment.hpp"
#include "load/people/review_staff.hpp"
#include "unit/load/review_hall.hpp"

namespace gatesim {
namespace {

using testing::readers;
using testing::ReviewHall;

ReviewLoad by(std::vector<ReviewerClass> reviewers, int approvals = 1, const std::string& assignment = "oldest_first") {
    ReviewLoad load;
    load.reviewers = std::move(reviewers);
    load.approvals = approvals;
    load.assignment = assignment;
    return load;
}

TEST(ReviewDesk, two_approvals_of_different_people) {
    ReviewHall hall(by({readers("core", 3, 10)}, 2));
    hall.upload(kHour);
    hall.run();
    ASSERT_EQ(hall.answers.size(), 1u);
    EXPECT_TRUE(hall.answers[0].approved);
    EXPECT_EQ(hall.answers[0].at, kHour + 10 * kMinute) << "both read at the same time";
    const auto votes = hall.of(EventKind::voted);
    ASSERT_EQ(votes.size(), 2u);
    EXPECT_EQ(votes[0].value, 2);
    EXPECT_NE(votes[0].person, votes[1].person);
    ASSERT_EQ(hall.of(EventKind::approved).size(), 1u);
    EXPECT_EQ(hall.of(EventKind::approved)[0].person, votes[1].person) << "the second one lets it land";
    EXPECT_EQ(hall.name(votes[0].person), "core1");
}

TEST(ReviewDesk, what_one_person_must_read_waits) {
    ReviewHall hall(by({readers("core", 1, 10)}));
    for (int i = 0; i < 3; ++i) hall.upload(0);
    hall.run();
    ASSERT_EQ(hall.answers.size(), 3u);
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(hall.answers[static_cast<std::size_t>(i)].at, (i + 1) * 10 * kMinute);
        EXPECT_EQ(hall.answers[static_cast<std::size_t>(i)].change, static_cast<ChangeId>(i)) << "in order";
    }
}

TEST(ReviewDesk, a_patch_set_that_lacks_something_goes_back_at_once) {
    ReviewHall hall(by({readers("core", 1, 10), readers("slow", 1, 60)}, 2));
    hall.lacking.insert({0, 1});
    const ChangeId change = hall.upload(0);
    hall.upload(kMinute);
    hall.run();
    ASSERT_EQ(hall.answers.size(), 2u);
    EXPECT_EQ(hall.answers[0].change, change);
    EXPECT_FALSE(hall.answers[0].approved);
    EXPECT_EQ(hall.answers[0].at, 10 * kMinute);
    EXPECT_EQ(hall.of(EventKind::voted)[0].value, -1);
    EXPECT_EQ(hall.answers[1].at, 70 * kMinute) << "the slow one stopped reading the first, and began the second then";
}

TEST(ReviewDesk, a_newer_patch_set_takes_the_place_of_the_older) {
    ReviewHall hall(by({readers("core", 1, 10)}));
    const ChangeId change = hall.upload(0);
    hall.ask(4 * kMinute, change, 2);
    hall.run();
    ASSERT_EQ(hall.answers.size(), 1u) << "nothing is said of the first";
    EXPECT_EQ(hall.answers[0].patchset, 2);
    EXPECT_EQ(hall.answers[0].at, 14 * kMinute);
}

TEST(ReviewDesk, what_is_withdrawn_is_answered_no_more) {
    ReviewHall hall(by({readers("core", 1, 10)}));
    const ChangeId read = hall.upload(0), waits = hall.upload(0), stays = hall.upload(0);
    hall.withdraw(5 * kMinute, read);
    hall.withdraw(5 * kMinute, waits);
    hall.run();
    ASSERT_EQ(hall.answers.size(), 1u);
    EXPECT_EQ(hall.answers[0].change, stays);
    EXPECT_EQ(hall.answers[0].at, 15 * kMinute);
}

// The answer is on its way when its author takes the change back in the same instant.
TEST(ReviewDesk, an_answer_on_its_way_can_be_withdrawn) {
    ReviewHall hall(by({readers("core", 1, 10)}));
    const ChangeId change = hall.upload(0);
    hall.withdraw(10 * kMinute, change);
    hall.run();
    EXPECT_TRUE(hall.answers.empty());
}

TEST(ReviewDesk, nobody_reads_outside_of_working_hours) {
    ReviewerClass core = readers("core", 1, 90);
    core.hours = WeeklyHours::daily(9 * kHour, 17 * kHour, {0, 1, 2, 3, 4});
    core.zones = {{"America/New_York", 1.0}};
    ReviewHall hall(by({core}));
    hall.upload(0);           // Monday midnight, 20:00 on Sunday there
    hall.upload(20 * kHour);  // 16:00
    hall.upload(5 * kDay);    // Saturday
    hall.run();
    ASSERT_EQ(hall.answers.size(), 3u);
    EXPECT_EQ(hall.answers[0].at, 14 * kHour + 30 * kMinute);
    EXPECT_EQ(hall.answers[1].at, kDay + 13 * kHour + 30 * kMinute) << "an hour, and half of one the next morning";
    EXPECT_EQ(hall.answers[2].at, 7 * kDay + 14 * kHour + 30 * kMinute);
    EXPECT_EQ(hall.of(EventKind::review_started)[2].at, 7 * kDay + 13 * kHour);
}

TEST(ReviewDesk, reviews_take_a_share_of_the_working_time) {
    ReviewerClass core = readers("core", 1, 10);
    core.share = 0.25;
    ReviewHall hall(by({core}));
    for (int i = 0; i < 3; ++i) hall.upload(0);
    hall.run();
    ASSERT_EQ(hall.answers.size(), 3u);
    EXPECT_EQ(hall.answers[2].at, 90 * kMinute) << "10 minutes of every 40";
}

TEST(ReviewDesk, large_changes_take_longer_and_later_patch_sets_less) {
    ReviewerClass core = readers("core", 1, 10);
    core.per_line = 3;
    core.reread = 0.5;
    ReviewHall hall(by({core}));
    const ChangeId change = hall.upload(0, 200);
    hall.ask(kHour, change, 2);
    hall.run();
    ASSERT_EQ(hall.answers.size(), 2u);
    EXPECT_EQ(hall.answers[0].at, 20 * kMinute);
    EXPECT_EQ(hall.answers[1].at, kHour + 10 * kMinute);
}

TEST(ReviewDesk, careful_readers_find_defects) {
    ReviewerClass core = readers("core", 40, 1);
    core.care = 0.4;
    ReviewHall hall(by({core}));
    for (ChangeId change = 0; change < 4000; ++change) {
        hall.upload(static_cast<Time>(change) * kMinute);
        if (change % 2) hall.defective.insert(change);
    }
    hall.run();
    ASSERT_EQ(hall.answers.size(), 4000u);
    int found = 0;
    for (const Event& vote : hall.of(EventKind::voted)) {
        EXPECT_EQ(vote.value == -1, vote.cause == Cause::own_defect);
        if (vote.value != -1) continue;
        EXPECT_EQ(vote.change % 2, 1u);
        ++found;
    }
    EXPECT_NEAR(found, 800, 4 * 22) << "two in five of 2,000; four standard deviations";
}

TEST(ReviewDesk, others_find_but_do_not_approve) {
    ReviewerClass other = readers("other", 2, 5);
    other.approves = false;
    other.asked = 2;
    ReviewHall hall(by({readers("core", 1, 10), other}));
    hall.lacking.insert({1, 1});
    hall.upload(0);
    hall.upload(kHour);
    hall.run();
    ASSERT_EQ(hall.answers.size(), 2u);
    EXPECT_EQ(hall.answers[0].at, 10 * kMinute) << "two +1 after five minutes are not enough";
    EXPECT_EQ(hall.answers[1].at, kHour + 5 * kMinute) << "one -1 is";
    EXPECT_FALSE(hall.answers[1].approved);

    ReviewLoad deaf = by({readers("core", 1, 10), other});
    deaf.only_approvers_refuse = true;
    ReviewHall quiet(deaf);
    quiet.lacking.insert({0, 1});
    quiet.upload(0);
    quiet.run();
    ASSERT_EQ(quiet.answers.size(), 1u);
    EXPECT_EQ(quiet.answers[0].at, 10 * kMinute);
}

TEST(ReviewDesk, doubts_bring_in_somebody_else) {
    ReviewerClass core = readers("core", 3, 10);
    core.unsure = 1;
    ReviewHall hall(by({core}));
    hall.upload(0);
    hall.run();
    ASSERT_EQ(hall.answers.size(), 1u);
    EXPECT_TRUE(hall.answers[0].approved) << "everybody agreed, although nobody was sure";
    EXPECT_EQ(hall.answers[0].at, 30 * kMinute);
    std::set<PersonId> voters;
    for (const Event& vote : hall.of(EventKind::voted)) {
        EXPECT_EQ(vote.value, 1);
        voters.insert(vote.person);
    }
    EXPECT_EQ(voters.size(), 3u);
}

TEST(ReviewDesk, a_firm_no_stands_until_its_voter_takes_it_back) {
    ReviewerClass core = readers("core", 5, 10);
    core.firm = 1;
    ReviewHall hall(by({core}, 1, "round_robin"));
    hall.lacking.insert({0, 1});
    const ChangeId change = hall.upload(0);
    hall.ask(kHour, change, 2);
    hall.run();
    const auto votes = hall.of(EventKind::voted);
    ASSERT_EQ(votes.size(), 2u);
    EXPECT_EQ(votes[0].value, -2);
    EXPECT_EQ(votes[1].value, 2);
    EXPECT_EQ(votes[0].person, votes[1].person);
}

TEST(ReviewDesk, authors_do_not_read_their_own) {
    for (const AssignmentDescription& rule : known_assignments()) {
        ReviewHall hall(by({readers("core", 2, 10)}, 1, rule.name));
        for (int i = 0; i < 8; ++i) hall.upload(i * kHour, 0, 0, static_cast<PersonId>(i % 2));
        hall.run();
        const auto votes = hall.of(EventKind::voted);
        ASSERT_EQ(votes.size(), 8u) << rule.name;
        for (const Event& vote : votes) EXPECT_NE(vote.person, vote.change % 2) << rule.name;
    }
}

TEST(ReviewDesk, as_a_delay) {
    ReviewLoad load;
    load.sampled.emplace();
    load.sampled->latency = Distribution::constant(2 * 3600);
    load.sampled->hours = WeeklyHours::daily(9 * kHour, 17 * kHour, {0, 1, 2, 3, 4});
    load.sampled->care = 1;
    ReviewHall hall(load);
    hall.lacking.insert({1, 1});
    hall.defective.insert(2);
    for (int i = 0; i < 3; ++i) hall.upload(16 * kHour);
    hall.run();
    ASSERT_EQ(hall.answers.size(), 3u);
    for (const auto& answer : hall.answers) EXPECT_EQ(answer.at, kDay + 10 * kHour) << "in the working time of a day";
    EXPECT_TRUE(hall.answers[0].approved);
    EXPECT_FALSE(hall.answers[1].approved);
    EXPECT_FALSE(hall.answers[2].approved);
    EXPECT_EQ(hall.of(EventKind::voted)[2].cause, Cause::own_defect);
    EXPECT_EQ(hall.of(EventKind::approved).size(), 1u);
}

TEST(ReviewStaff, is_dealt_out_by_weights) {
    EXPECT_EQ(dealt_out(10, {5, 3, 2}), (std::vector<int>{5, 3, 2}));
    EXPECT_EQ(dealt_out(3, {1, 1}), (std::vector<int>{2, 1})) << "ties: the earlier";
    EXPECT_EQ(dealt_out(1, {1, 2, 0}), (std::vector<int>{0, 1, 0}));
    EXPECT_EQ(dealt_out(7, {1, 1, 1}), (std::vector<int>{3, 2, 2}));
}

TEST(ReviewDesk, a_delay_can_follow_the_rhythm_of_those_who_write) {
    ReviewLoad load;
    load.sampled.emplace();
    load.sampled->latency = Distribution::constant(3600);
    load.sampled->by_rhythm = true;
    load.sampled->zones = {{"America/New_York", 1}};
    ReviewHall hall(load);
    hall.upload(15 * kHour);              // 11 in New York
    hall.upload(20 * kHour + kHour / 2);  // 16:30: half of it the next morning
    hall.upload(4 * kDay + 23 * kHour);   // Friday evening
    hall.run();
    ASSERT_EQ(hall.answers.size(), 3u);
    EXPECT_NEAR(seconds(hall.answers[0].at), seconds(16 * kHour), 1);
    EXPECT_NEAR(seconds(hall.answers[1].at), seconds(kDay + 13 * kHour + kHour / 2), 1);
    EXPECT_NEAR(seconds(hall.answers[2].at), seconds(kWeek + 14 * kHour), 1);
}

}  // namespace
}  // namespace gatesim
