// Who writes how much and when, and what it comes to: the distributions that a scenario asks for come out.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "load/people/activity.hpp"
#include "load/people/new_changes.hpp"
#include "load/people/population.hpp"
#include "support/people_run.hpp"

namespace gatesim {
namespace {

/// The rhythm of PeopleRun, and clocks for it.
struct ActivityTest : testing::Test {
    ActivityClock clock(const std::string& zone, Time from = 0) {
        Clocks clocks(run.scenario.period);
        return ActivityClock(run.people.rhythm, run.scenario.period, clocks.of(zone), Luck(1, 1), from);
    }
    PeopleRun run;
};

TEST_F(ActivityTest, AnHourAtWorkIsAnHour) {
    ActivityClock utc = clock("UTC");
    EXPECT_FALSE(utc.awake(8 * kHour - 1));
    EXPECT_TRUE(utc.awake(8 * kHour));
    EXPECT_FALSE(utc.awake(18 * kHour));
    EXPECT_FALSE(utc.awake(5 * kDay + 12 * kHour));  // Saturday
    EXPECT_DOUBLE_EQ(utc.until(kWeek), 50);
    EXPECT_EQ(utc.after(9 * kHour, 2 * kHour), 11 * kHour);
    EXPECT_NEAR(seconds(utc.after(17 * kHour, 2 * kHour)), seconds(kDay + 9 * kHour), 1);
    EXPECT_NEAR(seconds(utc.after(4 * kDay + 20 * kHour, kHour)), seconds(kWeek + 9 * kHour), 1);  // over the weekend
    EXPECT_EQ(utc.after(3 * kHour, 0), 8 * kHour);
}

TEST_F(ActivityTest, WhenAndUntilAreEachOthersInverse) {
    run.people.rhythm.hours = {1, 0, 0, 0, 0, 0, 0, 0.2, 0.5, 1, 2, 1, 1, 1, 1, 1, 1, 1, 0.5, 0.5, 0.2, 0, 0, 1};
    run.people.rhythm.day_to_day = 0.5;
    run.people.rhythm.seasons = {{"slow", kWeek, 2 * kWeek, 0.3}};
    ActivityClock there = clock("Asia/Kolkata", -3 * kWeek);
    for (int i = 1; i < 400; ++i) {
        const Time at = there.when(i);
        EXPECT_TRUE(there.awake(at)) << i;
        EXPECT_NEAR(there.until(at), i, 1e-3) << i;
    }
}

TEST_F(ActivityTest, TheClockOnTheWallCounts) {
    ActivityClock chicago = clock("America/Chicago");
    EXPECT_FALSE(chicago.awake(12 * kHour));
    EXPECT_TRUE(chicago.awake(13 * kHour));  // 8 in the morning
    EXPECT_TRUE(chicago.awake(23 * kHour - 1));
}

TEST_F(ActivityTest, ASeasonMultipliesAndDaysHaveAMeanOfOne) {
    run.people.rhythm.seasons = {{"freeze", 0, kWeek, 1.6}};
    EXPECT_NEAR(clock("UTC").until(kWeek), 80, 1e-9);
    run.people.rhythm.seasons.clear();
    run.people.rhythm.day_to_day = 0.4;
    EXPECT_NEAR(clock("UTC").until(400 * kWeek) / (400 * 50), 1, 0.04);
}

/// A crowd with the power law; what each of them begins.
std::vector<std::vector<Beginning>> crowd(PeopleRun& run, std::uint64_t seed) {
    run.told(seed);  // any world that has a door
    struct Door : LoadDoor {
        Cast cast_;
        const Cast& cast() const override { return cast_; }
        ChangeId introduce(Change) override { return 0; }
        void enqueue(ChangeId, PipelineId, Why, Approves) override {}
        void approve(ChangeId) override {}
        void abandon(ChangeId) override {}
        void merge_outside(ChangeId) override {}
        using LoadDoor::new_patchset;
        void new_patchset(ChangeId, const ScriptedEvent&, const NewPatchset&) override {}
        void presubmits_passed(ChangeId) override {}
        void set_priority(ChangeId, int) override {}
        void set_single(ChangeId, bool) override {}
        void dequeue(ChangeId, PipelineId) override {}
        void promote(const std::vector<ChangeId>&, PipelineId) override {}
        PersonId join(Person person) override {
            cast_.people.push_back(std::move(person));
            return static_cast<PersonId>(cast_.people.size() - 1);
        }
        void tell(Event&) override {}
        bool has_defect(ChangeId) const override { return false; }
    } door;
    static std::vector<std::unique_ptr<Population>> kept;  // beginnings refer to their population
    kept.push_back(std::make_unique<Population>(run.scenario, Luck(seed, 1)));
    return kept.back()->settle(door);
}

TEST(Population, ActivityFollowsThePowerLaw) {
    PeopleRun run(false);
    run.people.contributors.count = 4000;
    run.people.contributors.activity = {1.5, 1, 100};
    run.people.rework.most = 1;
    const auto lists = crowd(run, 7);
    double sum = 0, one = 0;
    for (const auto& list : lists) {
        sum += static_cast<double>(list.size());
        one += list.size() == 1;
    }
    double weight = 0, mean = 0;
    for (int k = 1; k <= 100; ++k) {
        weight += std::pow(k, -1.5);
        mean += std::pow(k, -0.5);
    }
    EXPECT_EQ(lists.size(), 4000u);
    EXPECT_NEAR(one / 4000, 1 / weight, 0.02);
    EXPECT_NEAR(sum / 4000, mean / weight, 0.6);
}

TEST(Population, APartOfACycleHasItsShareOfChangesAndFewerPeople) {
    PeopleRun run(false);
    run.people.contributors.count = 2000;
    run.people.contributors.activity = {1.5, 1, 100};
    const auto whole = crowd(run, 7);
    run.scenario.period.length = kWeek;
    const auto week = crowd(run, 7);
    std::size_t all = 0, part = 0;
    for (const auto& list : whole) all += list.size();
    for (const auto& list : week) part += list.size();
    EXPECT_NEAR(static_cast<double>(part) / static_cast<double>(all), 0.25, 0.02);
    EXPECT_LT(week.size(), whole.size() * 3 / 4);
    EXPECT_GT(week.size(), whole.size() / 4);
}

TEST(Population, SeriesAreAsLongAsAsked) {
    PeopleRun run(false);
    run.people.contributors.count = 400;
    run.people.contributors.activity = {0, 50, 50};
    run.people.changes.series = {0.2, 0.5};
    std::map<int, double> at_height;
    for (const auto& list : crowd(run, 3)) {
        int height = 0;
        for (const Beginning& b : list) ++at_height[height = b.on_previous ? height + 1 : 0];
    }
    EXPECT_NEAR(at_height[1] / at_height[0], 0.2, 0.02);
    EXPECT_NEAR(at_height[2] / at_height[1], 0.5, 0.04);
    EXPECT_NEAR(at_height[3] / at_height[2], 0.5, 0.05);
}

TEST(PeopleLoad, NothingIsUploadedByAnybodyAsleepAndEveryChangeEnds) {
    PeopleRun run;
    run.people.contributors.count = 60;
    run.people.contributors.activity = {1, 1, 20};
    run.people.contributors.zones = {{"America/Los_Angeles", 1}, {"Europe/Berlin", 1}, {"Asia/Kolkata", 1}};
    run.people.rework = {0.6, 6, 0.3, {}, {}, 0.05, 60, 0.2};
    run.people.rework.unasked_after = Distribution::lognormal(900, 1);
    run.people.rework.after = Distribution::lognormal(7200, 1.5);
    run.people.changes.series = {0.2};
    run.people.changes.sitting = 0.3;
    run.people.changes.in_sitting = Distribution::lognormal(300, 1);
    run.people.under_way = {2 * kWeek, Distribution::weibull(0.4, 36000)};
    run.people.after_check.recheck = run.people.after_gate.recheck = 0.5;
    run.scenario.failures.defect = 0.1;
    run.scenario.failures.textual_conflict = 0.05;
    run.job_of(0).flake = run.job_of(1).flake = 0.1;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const std::string text = run.told(seed);
        ASSERT_EQ(text.find("does not end"), std::string::npos);
        std::map<std::string, LocalClock> clocks;
        std::set<ChangeId> uploaded, landed, given_up;
        for (const Event& e : run.events) switch (e.kind) {
                case EventKind::uploaded: {
                    const std::string& zone = run.cast.people[e.person].zone;
                    const auto& clock = clocks.emplace(zone, LocalClock(run.scenario.period, zone)).first->second;
                    const Time of_day = clock.of_day(e.at);
                    ASSERT_TRUE(of_day >= 8 * kHour && of_day < 18 * kHour && clock.weekday(e.at) < 5)
                        << zone << " " << of_day;
                    uploaded.insert(e.change);
                    break;
                }
                case EventKind::landed:
                    EXPECT_TRUE(landed.insert(e.change).second);
                    break;
                case EventKind::withdrawn:
                    EXPECT_TRUE(given_up.insert(e.change).second);
                    break;
                default:
                    break;
            }
        for (const ChangeId c : landed) EXPECT_FALSE(given_up.count(c)) << c;
        for (const ChangeId c : uploaded)
            EXPECT_TRUE(landed.count(c) + given_up.count(c)) << "neither landed nor given up: " << c;
        EXPECT_GT(landed.size(), 100u);
        EXPECT_GT(given_up.size(), 10u);
    }
}

TEST(PeopleLoad, PatchSetsAreDistributedAsAsked) {
    PeopleRun run;
    run.people.contributors.count = 300;
    run.people.contributors.activity = {0, 10, 10};
    run.people.rework.mean = 0.63;
    run.people.rework.alike = 9;
    run.people.rework.unasked = 0.3;
    run.told(1);
    std::map<ChangeId, int> last;
    for (const Event& e : run.events)
        if (e.kind == EventKind::landed) last[e.change] = run.cast.changes[e.change].patchset;
    std::map<int, double> share;
    for (const auto& [change, patchset] : last) share[patchset] += 1.0 / static_cast<double>(last.size());
    // 1 - p, p (1 - p) … over a Beta distribution with parameters a and b
    double reached = 1;
    const double a = 0.63 * 9, b = 0.37 * 9;
    EXPECT_EQ(last.size(), 3000u);
    for (int n = 1; n <= 5; ++n) {
        const double stays = (a + n - 1) / (a + b + n - 1);
        EXPECT_NEAR(share[n], reached * (1 - stays), 0.03) << n;
        reached *= stays;
    }
}

TEST(PeopleLoad, TheSameLuckGivesTheSameLives) {
    PeopleRun run;
    run.people.contributors.count = 40;
    run.people.contributors.activity = {1, 1, 10};
    run.people.rework = {0.6, 6, 0.3, Distribution::constant(600), Distribution::constant(7200), 0.05, 60, 0.2};
    run.people.changes.depends_on = 0.2;
    run.job_of(0).flake = 0.2;
    const std::string first = run.told(4, true);
    EXPECT_EQ(first, run.told(4, true));
    EXPECT_NE(first, run.told(5, true));
}

TEST(PeopleLoad, WhenChangesBeginDoesNotDependOnTheGate) {
    PeopleRun run;
    run.people.contributors.count = 40;
    run.people.contributors.activity = {1, 1, 10};
    const auto beginnings = [&] {
        std::vector<std::pair<Time, PersonId>> out;
        run.told(2);
        for (const Event& e : run.events)
            if (e.kind == EventKind::uploaded && e.patchset == 1) out.emplace_back(e.at, e.person);
        return out;
    };
    const auto quick = beginnings();
    run.job_of(1).duration = Distribution::constant(7200);
    run.job_of(1).flake = 0.3;
    run.people.after_gate.recheck = 1;
    EXPECT_EQ(quick, beginnings());
}

}  // namespace
}  // namespace gatesim
