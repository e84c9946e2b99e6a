// The story of one change with people in it: ejected, asked for once more, landed; and what is written of its reviews.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "record/narrator.hpp"
#include "record/tables.hpp"
#include "unit/record/told.hpp"

namespace gatesim {
namespace {

struct Team : told::Told {
    Team() {
        cast.people = {{"ann", ""}, {"core1", ""}};
        cast.changes[0].owner = 0;
        cast.changes[0].lines = 120;
        scenario.delay_price = 12;
        Trouble mirror;
        mirror.name = "mirror";
        mirror.jobs = {0};
        scenario.failures.troubles = {mirror};
    }
    void person(EventKind kind, Time minute, PersonId who, int patchset, std::int64_t value = 0,
                Cause cause = Cause::none) {
        Event e;
        e.at = now = minute * kMinute;
        e.kind = kind;
        e.person = who;
        e.change = 0;
        e.patchset = patchset;
        e.value = value;
        e.cause = cause;
        tell(e);
    }
    void trouble(EventKind kind, Time minute) {
        Event e;
        e.at = now = minute * kMinute;
        e.kind = kind;
        e.value = 0;
        tell(e);
    }
};

/// Up at 0:00; refused by a reader who finds its defect at 1:00; again at 2:00; approved at 3:00; ejected at 3:10 for a
/// mirror that is down; asked for once more at 4:00, lands at 4:10.
void tell_a_life(Team& t) {
    t.person(EventKind::uploaded, 0, 0, 1, 1);
    t.person(EventKind::assigned, 10, 1, 1);
    t.person(EventKind::review_started, 40, 1, 1);
    t.person(EventKind::voted, 60, 1, 1, -1, Cause::own_defect);
    t.person(EventKind::uploaded, 120, 0, 2);
    t.person(EventKind::assigned, 130, 1, 2);
    t.person(EventKind::uploaded, 140, 0, 3);
    t.person(EventKind::assigned, 150, 1, 3);
    t.person(EventKind::review_started, 150, 1, 3);
    t.person(EventKind::voted, 180, 1, 3, 2);
    t.person(EventKind::approved, 180, 1, 3);
    t.arrive(0);
    t.enqueue(1, 0);
    t.prepare(1, 1, 0);
    t.start(1, 1, 1, 0);
    t.trouble(EventKind::trouble_began, 185);
    t.now = 190 * kMinute;
    t.end(1, 1, Result::failure, Cause::infrastructure);
    t.report(1, Outcome::failure, {Why::job_failed, kNone, 0, 1});
    t.trouble(EventKind::trouble_ended, 200);
    t.person(EventKind::rechecked, 240, 0, 3, 1);
    t.enqueue(2, 0, Why::came_back);
    t.prepare(2, 2, 0);
    t.start(2, 2, 2, 0);
    t.now = 250 * kMinute;
    t.end(2, 2, Result::success);
    t.report(2, Outcome::landed);
    t.finish();
}

TEST(PeopleStory, TellsWhoDidWhatAndWhatItCost) {
    Team t;
    Narrator narrator(t.cast, "A");
    Standings standings;
    t.ledger.add(narrator);
    tell_a_life(t);
    const std::string story = story_text(narrator.lines(), t.scenario.period);
    std::istringstream lines(story);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80u) << line;
    std::size_t from = 0;
    for (const char* part :
         {"ann uploads A, 120 lines.", "core1 is asked to review it.",
          "core1 begins to read patch set 1 of A, 30 min after", "core1 votes -1 on patch set 1 of A",
          "truth A itself is broken.]", "ann uploads patch set 2 of A.", "ann uploads patch set 3 of A.",
          "core1 votes +2 on patch set 3 of A: it may land.", "core1 approves patch set 3 of A.", "A enters the gate",
          "unit fails for A", "[The trouble is mirror.]", "A is ejected", "It is ejected though innocent.",
          "ann asks for the tests of patch set 3 of A once more.", "A comes back to the gate", "A lands"}) {
        const std::size_t found = story.find(part, from);
        EXPECT_NE(found, std::string::npos) << part << "\n" << story;
        if (found != std::string::npos) from = found;
    }
    const std::string verdict = narrator.verdict(standings);
    EXPECT_NE(verdict.find("From its first upload to its landing 4 h 10 min went by: 110 min with its author, "
                           "2 h in review, 20 min at the gate. It took 3 patch sets, 2 votes and 2 verdicts. "
                           "At 12.00 USD an hour, waiting cost 50 USD."),
              std::string::npos)
        << verdict;
}

TEST(PeopleStory, EveryReviewIsARow) {
    const std::string folder = ::testing::TempDir() + "gatesim_reviews";
    std::filesystem::create_directories(folder);
    Team t;
    auto table = make_reviews_table(folder + "/reviews.csv", t.cast, 4);
    t.ledger.add(*table);
    tell_a_life(t);
    EXPECT_EQ(table->finish(), "");
    std::ifstream in(folder + "/reviews.csv");
    std::stringstream written;
    written << in.rdbuf();
    EXPECT_EQ(written.str(),
              "4,core1,A,1,600,,2400,3600,,1200,-1,own_defect\n"
              "4,core1,A,2,7800,,,,,,,\n"
              "4,core1,A,3,9000,,9000,10800,,1800,2,\n");
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace gatesim
