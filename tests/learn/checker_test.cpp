// From work to verdict: what is measured, what is said, what is refused.

#include "learn/checker.hpp"

#include "support.hpp"

namespace gatesim::learn {
namespace {

CheckOutcome check(const LessonCopy& copy, const std::string& work, int attempt = 1) {
    copy.write("mine.json", work);
    const Lesson lesson = copy.read();
    CheckOutcome out;
    const auto read = read_work(lesson, copy.path("mine.json"), out.problems);
    if (!read) return out;
    CheckOptions options;
    options.seed = check_seed(lesson.name, "check 1");
    options.jobs = 2;
    options.attempt = attempt;
    options.scratch = copy.scratch() + "/tables";
    return check_work(lesson, *read, options);
}

const Finding& finding(const CheckOutcome& outcome, const std::string& id) {
    for (const Finding& f : outcome.findings)
        if (f.id == id) return f;
    static const Finding kNone;
    ADD_FAILURE() << "nothing is said of " << id << "\n" << text(outcome.problems) << outcome.trouble.text;
    return kNone;
}

constexpr const char* kFour = R"({"set": {"/pools/machines/nodes": 4}})";

/// Puts checks in the place of the warm-up's.
void put_checks(const LessonCopy& copy, const std::string& rest) {
    copy.write("lesson.json", R"({"format": 1, "revision": 1, "title": "T", "kind": "tune",
        "minutes": {"teach": 1, "do": 1}, "objectives": ["o"], "hints": ["a", "b", "c", "d"],
        "edit": {"/pools/machines/nodes": {"from": 0, "to": 100, "text": "machines"}}, )" +
                                  rest + "}");
}

TEST(Checker, GoalYoursAndDistance) {
    const LessonCopy copy;
    const CheckOutcome outcome = check(copy, R"({"set": {"/pools/machines/nodes": 20}})");
    EXPECT_EQ(outcome.status, Status::fail);
    const Finding& f = finding(outcome, "modest");
    EXPECT_EQ(f.goal, "≤ 8");
    EXPECT_EQ(f.yours, "20");
    EXPECT_EQ(f.distance, "12 too much");
    EXPECT_EQ(f.message_id, "modest.hall");
    EXPECT_EQ(finding(outcome, "lands").status, Status::pass);
    EXPECT_TRUE(outcome.mine && outcome.mine->find("\"nodes\": 20") != std::string::npos);
}

TEST(Checker, TheSameWorkGetsTheSameNumbers) {
    const LessonCopy copy;
    put_checks(copy, R"("checks": {"fast": {"text": "t", "measure": "gate_time_s.p95", "at_most": "10h"}})");
    EXPECT_EQ(finding(check(copy, kFour), "fast").measured, finding(check(copy, kFour), "fast").measured);
}

TEST(Checker, ACaseOnTheSameLuck) {
    const LessonCopy copy;
    put_checks(copy, R"("cases": {"many": {"work": "none", "set": {"/pools/machines/nodes": 4}}},
        "checks": {"same": {"text": "t", "measure": "node_hours", "at_most": "many:node_hours"}})");
    const CheckOutcome outcome = check(copy, kFour);
    EXPECT_EQ(finding(outcome, "same").status, Status::pass);
    EXPECT_EQ(finding(outcome, "same").distance, "just there") << "the same scenario on the same luck";
}

TEST(Checker, TheStarterIsACase) {
    const LessonCopy copy;
    put_checks(copy, R"("checks": {"more": {"text": "t", "measure": "landed", "at_least": "starter:landed + 20"}})");
    EXPECT_EQ(finding(check(copy, kFour), "more").status, Status::pass) << "with no machine nothing lands";
}

TEST(Checker, AnOptimumThatASweepFinds) {
    const LessonCopy copy;
    put_checks(copy, R"("best": {"quick": {"over": {"/pools/machines/nodes": [1, 2, 6]}, "least": "gate_time_s.mean",
                                           "keep": ["node_utilisation > 20%"]}},
        "checks": {"near": {"text": "t", "measure": "gate_time_s.mean", "at_most": "1.2 * best.quick"},
                   "at": {"text": "t", "measure": "best.quick.at", "at_most": 6}})");
    const CheckOutcome outcome = check(copy, kFour);
    ASSERT_TRUE(outcome.problems.empty() && outcome.trouble.text.empty()) << outcome.trouble.text;
    const Finding& at = finding(outcome, "at");
    ASSERT_TRUE(at.measured);
    EXPECT_TRUE(*at.measured == 2 || *at.measured == 6) << *at.measured;
    EXPECT_EQ(finding(check(copy, R"({"set": {"/pools/machines/nodes": 1}})"), "near").status, Status::fail);
}

TEST(Checker, PredictionsComeFirst) {
    const LessonCopy copy;
    put_checks(copy, R"("questions": {"guess": {"text": "How many land?", "unit": "changes", "first": true}},
        "checks": {"near": {"text": "t", "measure": "answer.guess", "within": "10%", "of": "landed"}})");
    const CheckOutcome before = check(copy, kFour);
    EXPECT_EQ(before.status, Status::open);
    EXPECT_EQ(before.missing, std::vector<std::string>{"guess"});
    EXPECT_TRUE(before.findings.empty()) << "nothing may be seen before";
    const CheckOutcome after = check(copy, R"({"set": {"/pools/machines/nodes": 4}, "answers": {"guess": 21}})");
    EXPECT_EQ(finding(after, "near").status, Status::pass);
    EXPECT_EQ(finding(after, "near").distance, "5 % above");
}

TEST(Checker, AGoalThatMustBeFoundIsNotToldBeforeTheThirdAttempt) {
    const LessonCopy copy;
    put_checks(copy, R"("questions": {"guess": {"text": "How many land?", "unit": "changes", "first": true}},
        "checks": {"near": {"text": "t", "measure": "answer.guess", "within": "10%", "of": "landed"}})");
    const auto guess = [&](int number, int attempt) {
        return finding(
            check(copy,
                  R"({"set": {"/pools/machines/nodes": 4}, "answers": {"guess": )" + std::to_string(number) + "}}",
                  attempt),
            "near");
    };
    for (const int attempt : {1, 2}) {
        EXPECT_EQ(guess(6, attempt).goal, "?");
        EXPECT_EQ(guess(6, attempt).distance, "too low, by a factor of 3");
        EXPECT_EQ(guess(7, attempt).distance, "too low, by a factor of 3") << "round, so that it gives nothing away";
        EXPECT_EQ(guess(500, attempt).distance, "too high, by a factor of 20");
        EXPECT_FALSE(guess(6, attempt).target);
        EXPECT_EQ(guess(20, attempt).goal, "20 changes ± 10 %") << "who has found it may see it";
    }
    EXPECT_EQ(guess(6, 3).goal, "20 changes ± 10 %");
}

TEST(Checker, NeighboursAreJudgedOnOtherLucks) {
    std::set<std::string> lucks;
    for (const char* name : {"ana", "bo", "cem", "dana", "eli", "fay", "gus", "hal"}) lucks.insert(judging_luck(name));
    EXPECT_GE(lucks.size(), 4u);
    for (const std::string& luck : lucks) {
        bool known = false;
        for (int k = 1; k <= kJudgingLucks; ++k) known = known || luck == judging_luck(k);
        EXPECT_TRUE(known) << luck << " is walked by no author's test";
    }
}

TEST(Checker, WhatIsJudgedFromTheSecondAttemptOn) {
    const LessonCopy copy;
    put_checks(copy, R"("questions": {"guess": {"text": "How many land?", "unit": "changes", "first": true}},
        "checks": {"near": {"text": "t", "measure": "answer.guess", "within": "10%", "of": "landed",
                            "from_attempt": 2}})");
    const std::string work = R"({"set": {"/pools/machines/nodes": 4}, "answers": {"guess": 99}})";
    EXPECT_EQ(check(copy, work).status, Status::open);
    EXPECT_EQ(check(copy, work, 2).status, Status::fail);
}

TEST(Checker, FactsOfThePracticeRun) {
    const LessonCopy copy;
    put_checks(copy, R"("questions": {
        "how-many": {"text": "How many changes?", "unit": "changes", "answer": {"table": "changes", "count": true}},
        "where": {"text": "Where did they wait?", "answer": {"table": "changes", "most": "gate_time_s",
                  "largest": ["away_s", "tested_s"]}},
        "sum": {"text": "t", "choices": {"a": "A", "b": "B"}, "answer": "b"}})");
    const CheckOutcome right = check(copy, R"({"set": {"/pools/machines/nodes": 4},
        "answers": {"how-many": 20, "where": "tested_s", "sum": "b"}})");
    EXPECT_EQ(right.status, Status::pass);
    const CheckOutcome wrong = check(copy, R"({"set": {"/pools/machines/nodes": 4},
        "answers": {"how-many": 19, "where": "away_s"}})");
    EXPECT_EQ(finding(wrong, "how-many").status, Status::fail);
    EXPECT_EQ(finding(wrong, "where").status, Status::fail);
    EXPECT_EQ(finding(wrong, "sum").status, Status::open);
}

TEST(Checker, AnExperimentOfTheLearners) {
    const LessonCopy copy;
    put_checks(copy, R"("questions": {"pairs": {"text": "p"}, "luck": {"text": "l", "choices": {"yes": "", "no": ""}}},
        "cases": {"few": {"work": "none", "set": {"/pools/machines/nodes": 2}},
                  "many": {"work": "none", "set": {"/pools/machines/nodes": 3}}},
        "checks": {"plan": {"text": "t", "experiment": {"between": ["few", "many"], "metric": "node_wait_s.mean",
                            "pairs": "answer.pairs", "same_luck": "answer.luck == 'yes'"}}})");
    const auto plan = [&](const std::string& answers) {
        return finding(check(copy, R"({"answers": )" + answers + "}"), "plan");
    };
    EXPECT_EQ(plan(R"({"pairs": 20, "luck": "yes"})").status, Status::pass);
    EXPECT_EQ(plan(R"({"pairs": 1, "luck": "yes"})").status, Status::fail);
    EXPECT_EQ(plan(R"({"luck": "yes"})").status, Status::open);
    // Carried out again and again: one success may be chance. A large plan is dear, and carried out fewer times.
    EXPECT_EQ(plan(R"({"pairs": 20, "luck": "yes"})").distance, "told apart 3 of 3 times");
    EXPECT_EQ(plan(R"({"pairs": 80, "luck": "yes"})").distance, "told apart 2 of 2 times");
    EXPECT_EQ(plan(R"({"pairs": 150, "luck": "yes"})").distance, "told apart");
    const Finding poor = plan(R"({"pairs": 2, "luck": "no"})");
    EXPECT_EQ(poor.status, Status::fail);
    EXPECT_EQ(poor.distance.rfind("told apart ", 0), 0u);
    EXPECT_NE(poor.distance, "told apart 3 of 3 times");
}

// Every learner's plan meets that learner's luck.
TEST(Checker, AnExperimentMeetsTheLuckOfTheCheck) {
    const LessonCopy copy;
    put_checks(copy, R"("questions": {"pairs": {"text": "p"}},
        "cases": {"few": {"work": "none", "set": {"/pools/machines/nodes": 2}},
                  "many": {"work": "none", "set": {"/pools/machines/nodes": 3}}},
        "checks": {"plan": {"text": "t", "experiment": {"between": ["few", "many"], "metric": "node_wait_s.mean",
                            "pairs": "answer.pairs"}}})");
    const Lesson lesson = copy.read();
    copy.write("work.json", R"({"answers": {"pairs": 10}})");
    std::vector<Diagnostic> problems;
    const auto work = read_work(lesson, copy.path("work.json"), problems);
    ASSERT_TRUE(work) << text(problems);
    std::set<double> means;
    for (int luck = 1; luck <= 3; ++luck) {
        CheckOptions options;
        options.seed = check_seed(lesson.name, judging_luck(luck));
        means.insert(finding(check_work(lesson, *work, options), "plan").measured.value_or(0));
    }
    EXPECT_EQ(means.size(), 3u);
}

TEST(Checker, LeversTurnValues) {
    const LessonCopy copy;
    put_checks(copy, R"("levers": {"days": {"text": "days", "from": 0, "to": 3, "whole": true, "as": "count",
                                            "turns": {"/pools/machines/nodes": "2 + 2 * x"}},
                                   "shape": {"text": "shape", "choices": {"short": {"jobs": {"unit": {"duration": "1m"}}},
                                                                         "long": {}}}},
        "where": {"nodes": "/pools/machines/nodes", "unit": "/jobs/unit/duration"},
        "checks": {"six": {"text": "t", "measure": "nodes", "within": 0, "of": 6},
                   "minute": {"text": "t", "measure": "unit", "at_most": "1m"}})");
    const CheckOutcome outcome = check(copy, R"({"levers": {"days": 2, "shape": "short"}})");
    EXPECT_EQ(outcome.status, Status::pass) << text(outcome.problems);
    EXPECT_NE(text(check(copy, R"({"levers": {"days": 4}})").problems).find("whole number from 0 to 3"),
              std::string::npos);
}

TEST(Checker, AProgramInTheFolderOfTheWork) {
    const LessonCopy copy;
    put_checks(copy, R"("checks": {"lands": {"text": "t", "measure": "landed", "at_least": 1}})");
    copy.replace("lesson.json", "\"edit\": {",
                 "\"edit\": {\"/strategy\": {\"one_of\": [\"exec:./*\"], \"text\": \"p\"}, ");
    const CheckOutcome missing = check(copy, R"({"set": {"/pools/machines/nodes": 4, "/strategy": "exec:./none.py"}})");
    EXPECT_NE(text(missing.problems).find("none.py"), std::string::npos);
    const CheckOutcome refused = check(copy, R"({"set": {"/strategy": "exec:../elsewhere.py"}})");
    EXPECT_NE(text(refused.problems).find("not among the choices"), std::string::npos);
}

TEST(Checker, SeedsAreFixedAndApart) {
    EXPECT_EQ(check_seed("05-bet", "check"), check_seed("05-bet", "check"));
    EXPECT_NE(check_seed("05-bet", "check"), check_seed("06-reset", "check"));
    EXPECT_NE(check_seed("05-bet", "check"), check_seed("05-bet", "unseen"));
    Lesson lesson;
    lesson.variants = 8;
    std::set<std::uint64_t> seeds;
    for (const char* name : {"ana", "bo", "cem", "dana", "eli", "fay", "gus", "hal"})
        seeds.insert(practice_seed(lesson, name));
    EXPECT_GE(seeds.size(), 4u) << "neighbours should differ";
    EXPECT_GE(*seeds.begin(), 1u);
    EXPECT_LE(*seeds.rbegin(), 8u);
}

}  // namespace
}  // namespace gatesim::learn
