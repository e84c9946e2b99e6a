// Review as a station: Little's law for every rule of assignment, and nothing gets lost.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "load/people/assignment/assignment.hpp"
#include "load/people/working_time.hpp"
#include "unit/load/review_hall.hpp"

namespace gatesim {
namespace {

using testing::readers;
using testing::ReviewHall;

/// Two classes in two zones with office hours: patch sets that lack something, defects, doubts, firm refusals.
ReviewLoad an_office(const std::string& assignment) {
    ReviewerClass core = readers("core", 6, 0);
    core.effort = Distribution::lognormal_mean_cv(1500, 1.2);
    core.per_line = 4;
    core.hours = WeeklyHours::daily(9 * kHour, 17 * kHour, {0, 1, 2, 3, 4});
    core.zones = {{"America/Los_Angeles", 1}, {"Asia/Tokyo", 1}};
    core.share = 0.5;
    core.care = 0.5;
    core.care_alike = 4;
    core.unsure = 0.2;
    core.firm = 0.1;
    core.false_alarm = 0.05;
    ReviewerClass other = core;
    other.name = "other";
    other.count = 3;
    other.approves = false;
    other.asked = 2;
    ReviewLoad load;
    load.reviewers = {core, other};
    load.approvals = 2;
    load.assignment = assignment;
    return load;
}

/// What came to the desk, and when each left it, one way or another.
class Books {
public:
    explicit Books(ReviewHall& hall) : hall_(hall) {
        hall.on_ask = [this](ChangeId change) {
            superseded += leave(change);
            here_[change] = hall_.calendar.now();
            ++asked;
        };
        hall.on_withdraw = [this](ChangeId change) { taken_back += leave(change); };
        hall.on_answer = [this](const ReviewHall::Answer& answer) {
            EXPECT_TRUE(leave(answer.change)) << "an answer that nobody waits for: " << answer.change;
            ++answered;
        };
    }

    /// Works off everything until `until`. The desk's own count of patch sets, over time.
    Time area(Time until) {
        Time sum = 0, since = 0;
        for (Time next = hall_.calendar.next(); next <= until && next != kNever; next = hall_.calendar.next()) {
            sum += static_cast<Time>(hall_.desk->open()) * (next - since);
            since = next;
            hall_.calendar.work_off_instant();
        }
        if (until != kNever) sum += static_cast<Time>(hall_.desk->open()) * (until - since);
        return sum;
    }

    /// The lengths of all stays; those who are still here stay until `until`.
    Time stays(Time until) const {
        Time sum = stays_;
        for (const auto& [change, since] : here_) sum += until - since;
        return sum;
    }
    std::size_t pending() const { return here_.size(); }

    std::size_t asked = 0, answered = 0, superseded = 0, taken_back = 0;

private:
    bool leave(ChangeId change) {
        const auto came = here_.find(change);
        if (came == here_.end()) return false;
        stays_ += hall_.calendar.now() - came->second;
        here_.erase(came);
        return true;
    }

    ReviewHall& hall_;
    std::map<ChangeId, Time> here_;
    Time stays_ = 0;
};

/// Two weeks and a half: a change every half hour, later patch sets, changes that are taken back.
void write_changes(ReviewHall& hall, std::uint64_t seed) {
    const Luck luck(seed, 1);
    for (std::uint64_t i = 0; i < 800; ++i) {
        const Time at = from_seconds(1800 * (static_cast<double>(i) + luck.uniform(Purpose::arrival_gap, i)));
        const auto lines = static_cast<int>(400 * luck.uniform(Purpose::change_size, i));
        const ChangeId change = hall.upload(at, lines, static_cast<ProjectId>(i % 2));
        for (int patchset = 1; patchset <= 2; ++patchset)
            if (luck.chance(0.3, Purpose::rework, i, static_cast<std::uint64_t>(patchset)))
                hall.lacking.insert({change, patchset});
        if (luck.chance(0.3, Purpose::defect, i)) hall.defective.insert(change);
        const Time later = at + from_seconds(200'000 * luck.uniform(Purpose::patchset_gap, i));
        if (luck.chance(0.4, Purpose::patchset_gap, i, 1)) hall.ask(later, change, 2);
        if (luck.chance(0.2, Purpose::give_up, i)) hall.withdraw(later + kHour, change);
    }
}

std::vector<std::string> rules() {
    std::vector<std::string> names;
    for (const AssignmentDescription& rule : known_assignments()) names.push_back(rule.name);
    return names;
}

class EveryRule : public ::testing::TestWithParam<std::string> {};

// Little's law as an identity: what is here, summed over time, is what each stayed. And every patch set that was asked
// for was answered, superseded, taken back, or is still here.
TEST_P(EveryRule, keeps_its_books) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        for (const Time until : {9 * kDay, kNever}) {
            ReviewHall hall(an_office(GetParam()), seed);
            Books books(hall);
            write_changes(hall, seed);
            const Time area = books.area(until);
            EXPECT_EQ(area, books.stays(until));
            EXPECT_EQ(books.asked, books.answered + books.superseded + books.taken_back + books.pending());
            EXPECT_EQ(books.pending(), hall.desk->open());
            EXPECT_EQ(books.answered, hall.answers.size());
            if (until != kNever) {
                EXPECT_GT(books.pending(), 0u);
                continue;
            }
            EXPECT_EQ(books.pending(), 0u) << "nothing is forgotten";
            EXPECT_GT(books.answered, 600u);
            EXPECT_GT(books.superseded, 10u);
            EXPECT_GT(books.taken_back, 10u);
        }
    }
}

// Nobody reads two things at once, votes twice, reads his own or works at night.
TEST_P(EveryRule, people_stay_people) {
    const ReviewLoad office = an_office(GetParam());
    ReviewHall hall(office, 7);
    write_changes(hall, 7);
    hall.run();
    Clocks clocks(hall.scenario().period);
    std::map<PersonId, Time> reading_since;
    std::set<std::tuple<PersonId, ChangeId, int>> voted;
    std::map<std::pair<ChangeId, int>, std::pair<int, int>> consents;  // +2, refusals
    for (const Event& event : hall.events) {
        if (event.kind == EventKind::review_started) {
            const std::string& zone = hall.cast().people[event.person].zone;
            EXPECT_TRUE(WorkingTime(clocks.of(zone), office.reviewers[0].hours).at_work(event.at));
            reading_since[event.person] = event.at;
        }
        if (event.kind == EventKind::voted) {
            EXPECT_EQ(reading_since.erase(event.person), 1u) << "who votes has read, once";
            EXPECT_TRUE(voted.insert({event.person, event.change, event.patchset}).second);
            auto& [yes, no] = consents[{event.change, event.patchset}];
            yes += event.value == 2;
            no += event.value < 0;
            if (hall.name(event.person).starts_with("other")) {
                EXPECT_LT(event.value, 2);
                EXPECT_GT(event.value, -2);
            }
        }
        if (event.kind == EventKind::approved) {
            const auto& [yes, no] = consents[{event.change, event.patchset}];
            EXPECT_EQ(yes, 2);
            EXPECT_EQ(no, 0);
        }
    }
    EXPECT_GT(voted.size(), 1000u);
}

// The same luck: the same bytes, and no rule changes what reading a patch set takes.
TEST_P(EveryRule, repeats_itself) {
    const auto told = [&](std::uint64_t seed) {
        ReviewHall hall(an_office(GetParam()), seed);
        write_changes(hall, 3);
        hall.run();
        std::vector<std::tuple<Time, int, PersonId, ChangeId, std::int64_t>> out;
        for (const Event& e : hall.events)
            out.emplace_back(e.at, static_cast<int>(e.kind), e.person, e.change, e.value);
        return out;
    };
    EXPECT_EQ(told(3), told(3));
    EXPECT_NE(told(3), told(4));
}

INSTANTIATE_TEST_SUITE_P(Rules, EveryRule, ::testing::ValuesIn(rules()), [](const auto& name) { return name.param; });

/// Hours from asking to an approval, on average, of the same changes under a rule.
double mean_hours(const std::string& rule) {
    ReviewLoad load = an_office(rule);
    load.reviewers.resize(1);
    load.reviewers[0].unsure = load.reviewers[0].firm = load.reviewers[0].false_alarm = 0;
    load.approvals = 1;
    ReviewHall hall(load, 5);
    const Luck luck(5, 1);
    constexpr ChangeId kMany = 400;
    std::vector<Time> asked;
    for (ChangeId i = 0; i < kMany; ++i) {
        asked.push_back(from_seconds(7200 * (i + luck.uniform(Purpose::arrival_gap, i))));
        hall.upload(asked.back(), 100);
    }
    hall.run();
    double sum = 0;
    for (const auto& answer : hall.answers) sum += seconds(answer.at - asked[answer.change]) / 3600;
    return sum / static_cast<double>(hall.answers.size());
}

TEST(Rules, where_it_is_day_is_sooner_than_anywhere) {
    const double anywhere = mean_hours("random"), day = mean_hours("follow_the_clock");
    EXPECT_LT(day, 0.8 * anywhere);
    EXPECT_LE(mean_hours("oldest_first"), 1.05 * day) << "who takes the oldest is at work";
}

}  // namespace
}  // namespace gatesim
