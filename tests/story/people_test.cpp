// The life of a change, as its author lives it.
#include <gtest/gtest.h>

#include "support/people_run.hpp"

namespace gatesim {
namespace {

TEST(People, AChangeIsUploadedCheckedReadAndLanded) {
    PeopleRun run;
    EXPECT_EQ(run.told(), "uploaded 1\ncheck success\napproved\ngate landed\n");
}

TEST(People, WithoutACheckItIsReadAtOnce) {
    PeopleRun run(false);
    EXPECT_EQ(run.told(), "uploaded 1\napproved\ngate landed\n");
}

TEST(People, WhoIsAskedForReworkUploadsAnotherPatchSet) {
    PeopleRun run;
    run.people.rework.mean = 0.6;
    run.people.rework.alike = 1e6;
    std::uint64_t seed = 1;  // one in which the first patch set is not the last
    while (run.told(seed).find("uploaded 2") == std::string::npos) ++seed;
    EXPECT_EQ(run.text.substr(0, 47), "uploaded 1\ncheck success\nuploaded 2\ncheck succe");
    EXPECT_NE(run.text.find("approved\ngate landed\n"), std::string::npos) << run.text;
}

TEST(People, WhatReadersDoNotWantIsGivenUp) {
    PeopleRun run;
    run.people.rework.unwanted = 1;
    EXPECT_EQ(run.told(), "uploaded 1\ncheck success\ngiven up\n");
}

TEST(People, ARedCheckIsAskedForOnceMoreAndThenReworked) {
    PeopleRun run;
    run.job_of(0).flake = 1;
    run.people.after_check.recheck = 1;
    run.people.after_check.most = 2;
    run.people.rework.most = 2;
    EXPECT_EQ(
        run.told(),
        "uploaded 1\ncheck failure\nrecheck in check\ncheck failure\nrecheck in check\ncheck failure\n"
        "uploaded 2\ncheck failure\nrecheck in check\ncheck failure\nrecheck in check\ncheck failure\ngiven up\n");
}

TEST(People, AnEjectedChangeIsSentInAgainWithoutAnotherReview) {
    PeopleRun run;
    run.job_of(1).flake = 1;
    run.people.after_gate.recheck = 1;
    run.people.after_gate.most = 1;
    run.people.rework.most = 1;
    EXPECT_EQ(run.told(),
              "uploaded 1\ncheck success\napproved\ngate failure\nrecheck in gate\ngate failure\ngiven up\n");
}

TEST(People, ANewPatchSetAfterTheGateIsReadAgainUnlessItsApprovalHolds) {
    PeopleRun run;
    run.job_of(1).flake = 1;
    run.people.rework.most = 2;
    EXPECT_EQ(run.told(),
              "uploaded 1\ncheck success\napproved\ngate failure\n"
              "uploaded 2\ncheck success\napproved\ngate failure\ngiven up\n");
    run.people.after_gate.keeps_approval = 1;
    EXPECT_EQ(run.told(),
              "uploaded 1\ncheck success\napproved\ngate failure\n"
              "uploaded 2\ncheck success\ngate failure\ngiven up\n");
}

TEST(People, SecondThoughtsComeBeforeTheVerdict) {
    PeopleRun run;
    run.job_of(0).duration = Distribution::constant(3 * 3600);
    run.people.rework.mean = 0.9;
    run.people.rework.alike = 1e6;
    run.people.rework.unasked = 1;
    run.people.rework.unasked_after = Distribution::constant(0);
    std::uint64_t seed = 1;
    while (run.told(seed).find("uploaded 3") == std::string::npos) ++seed;
    EXPECT_EQ(run.text.substr(0, 33), "uploaded 1\nuploaded 2\nuploaded 3\n");
}

TEST(People, AnApprovedChangeWaitsForTheOneItStandsOn) {
    PeopleRun run;
    run.people.contributors.activity = {0, 2, 2};
    run.people.changes.series = {1};
    run.people.changes.in_sitting = Distribution::constant(60);
    const std::string text = run.told(1, true);
    EXPECT_EQ(run.cast.changes.at(1).git_parents, std::vector<ChangeId>{0});
    EXPECT_LT(text.find("c1 gate landed"), text.find("c2 gate landed")) << text;
    EXPECT_NE(text.find("c2 gate landed"), std::string::npos) << text;
}

TEST(People, WhatStandsOnAGivenUpChangeIsGivenUpToo) {
    PeopleRun run;
    run.people.contributors.activity = {0, 2, 2};
    run.people.changes.series = {1};
    run.people.changes.in_sitting = Distribution::constant(60);
    run.people.rework.unwanted = 0.5;
    std::uint64_t seed = 1;  // one in which readers turn down the first only
    const auto both = [&] {
        const std::string text = run.told(seed, true);
        return text.find("c1 given up") != std::string::npos && text.find("c2 given up") != std::string::npos;
    };
    while (!both()) ++seed;
    EXPECT_EQ(run.text.find("landed"), std::string::npos) << run.text;
}

TEST(People, WhereApprovalIsEnoughTheGateDoesNotWaitForACheck) {
    PeopleRun run;
    run.people.review_after_check = run.people.gate_after_check = false;
    run.people.review.sampled->latency = Distribution::constant(60);
    EXPECT_EQ(run.told(), "uploaded 1\napproved\ncheck success\ngate landed\n");
    run.people.gate_after_check = true;
    EXPECT_EQ(run.told(), "uploaded 1\napproved\ncheck success\ngate landed\n");
    run.job_of(0).duration = Distribution::constant(3600);
    run.people.gate_after_check = false;
    EXPECT_EQ(run.told().substr(0, 32), "uploaded 1\napproved\ngate landed\n");
}

TEST(People, WhatIsRedIsNotReadUntilItIsGreen) {
    PeopleRun run;
    run.people.review_after_check = run.people.gate_after_check = false;
    run.job_of(0).flake = 1;
    run.people.after_check.recheck = 1;
    run.people.after_check.most = 1;
    run.people.rework.most = 1;
    EXPECT_EQ(run.told(), "uploaded 1\ncheck failure\nrecheck in check\ncheck failure\ngiven up\n")
        << "the check takes ten minutes, reading twenty";
}

/// Patch sets of the second change of a stack whose first one is reworked once.
int patchsets_above(double together) {
    PeopleRun run;
    run.people.contributors.activity = {0, 2, 2};
    run.people.changes.series = {1};
    run.people.changes.in_sitting = Distribution::constant(60);
    run.people.changes.together = together;
    run.people.rework.mean = 0.5;
    run.people.rework.alike = 1e6;
    for (std::uint64_t seed = 1;; ++seed) {  // one in which only the first is reworked
        const std::string text = run.told(seed, true);
        const bool first = text.find("c1 uploaded 2") != std::string::npos;
        if (!first || text.find("c1 uploaded 3") != std::string::npos) continue;
        if (text.find("c2 approved") > text.find("c1 uploaded 2")) continue;  // so its own reading is over
        EXPECT_NE(text.find("c2 gate landed"), std::string::npos) << text;
        const bool before = text.find("c2 uploaded 2") < text.find("c1 gate landed");
        EXPECT_EQ(before, together == 1) << text;
        return run.cast.changes.at(1).patchset;
    }
}

TEST(People, AStackIsBroughtUpToDateAtOnceOrWhenTheLowerOneHasLanded) {
    EXPECT_EQ(patchsets_above(1), 2);
    EXPECT_EQ(patchsets_above(0), 2);
}

}  // namespace
}  // namespace gatesim
