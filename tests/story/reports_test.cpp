// What operators of merge queues reported of theirs, as stories. Each names the report.
#include <gtest/gtest.h>

#include "support/story.hpp"

namespace gatesim {
namespace {

/// kubernetes/test-infra issue 9726: the third of three breaks a job of three minutes, the other job takes 40. The
/// batch is made again at the look after its first red job, only that job, and the long one goes on; in between the
/// first change is tested alone. (prow, pkg/tide/tide.go: accumulateBatch, trigger.)
TEST(Tide, ARedBatchIsNotWaitedFor) {
    Story story("tide");
    story.job("verify", 180);
    story.job("e2e", 2400);
    story.change("A", 0);
    story.change("B", 0);
    story.change("C", 0).breaks("verify");
    const std::string told = story.told();
    EXPECT_EQ(told.find("60 C/verify on A B\n60 C/e2e on A B\n120 A/verify on base\n120 A/e2e on base\n"
                        "240 C/verify failure\n240 C/verify on A B\n300 A/verify success\n420 C/verify failure\n"),
              0u)
        << told;
    EXPECT_NE(told.find("\n2580 A landed\n"), std::string::npos) << told;  // its builds ended at 2520
    EXPECT_EQ(told.find("C landed"), std::string::npos) << told;
}

/// bors-ng issue 1583: an urgent change comes while a batch runs. It makes a batch of its own, and the running one is
/// put on hold at once; that is tested again later, from the beginning. (batcher.ex: put_incomplete_on_hold.)
TEST(BorsNg, AnUrgentChangeHoldsTheRunningBatchUp) {
    Story story("bors-ng");
    story.job("ci", 3600);
    story.change("A", 0);
    story.change("B", 300);
    story.change("urgent", 1200);
    story.scenario().load.listed->changes.back().priority = 1;
    EXPECT_EQ(
        story.told(),
        "11 A/ci on base\n1211 urgent/ci on base\n3611 A/ci success\n3611 A reset\n4811 urgent/ci success\n4811 urgent landed\n"
        "4811 A/ci on base\n8411 A/ci success\n8411 A landed\n8411 B/ci on base\n12011 B/ci success\n12011 B landed\n");
}

/// The same report, with a change that is moved up once it waits: the batch that waits is urgent with it, and takes
/// those along that are in it. (raise_batch_priority.)
TEST(BorsNg, WhoIsMovedUpTakesItsBatchAlong) {
    Story story("bors-ng");
    story.job("ci", 3600);
    story.change("A", 0);
    story.change("B", 300);
    story.change("urgent", 1200);
    story.event(1201, ScriptedEventKind::promote, {"urgent"});
    EXPECT_EQ(story.outcomes(), "4811 B landed\n4811 urgent landed\n8411 A landed\n");
}

/// The Rust Forge on rollups: `rollup=always`, `maybe` (nothing said), `iffy` and `never` are marks on a change; here
/// they are shares. Nothing said is `maybe`: five of them go together.
TEST(RustBors, NothingSaidIsMaybe) {
    Story all = waiting("rust-bors", 5, "");
    EXPECT_EQ(all.outcomes(), "60 A landed\n60 B landed\n60 C landed\n60 D landed\n60 E landed\n");
    Story none = waiting("rust-bors", 2, "", {{"marked_never", 1.0}});
    EXPECT_EQ(none.outcomes(), "60 A landed\n120 B landed\n");
}

}  // namespace
}  // namespace gatesim
