// One change at a time.
#include <gtest/gtest.h>

#include "support/story.hpp"

namespace gatesim {
namespace {

TEST(Serial, OneChangeAfterTheOtherOnTheBranchAsItIs) {
    Story story("serial");
    story.job("unit", 60);
    story.change("A", 0);
    story.change("B", 10);
    EXPECT_EQ(
        story.told(),
        "0 A/unit on base\n60 A/unit success\n60 A landed\n60 B/unit on base\n120 B/unit success\n120 B landed\n");
}

TEST(Serial, AFailureCostsNobodyElseAnything) {
    Story story("serial");
    story.job("unit", 60);
    story.change("A", 0).fails("unit", 30);
    story.change("B", 0);
    EXPECT_EQ(story.told(),
              "0 A/unit on base\n30 A/unit failure\n30 A ejected failure\n30 B/unit on base\n90 B/unit success\n90 B "
              "landed\n");
}

TEST(Serial, AChangeWhoseNeedFailedIsSentAwayUntested) {
    Story story("serial");
    story.job("unit", 60);
    story.change("A", 0).fails("unit", 30);
    story.change("B", 0).needs("A");
    story.change("C", 0);
    EXPECT_EQ(story.outcomes(), "30 A ejected failure\n30 B ejected dependency_failed\n90 C landed\n");
}

TEST(Serial, AbandonedChangesLeaveAndTheNextOneStarts) {
    Story story("serial");
    story.job("unit", 60);
    story.change("A", 0);
    story.change("B", 0);
    story.event(20, ScriptedEventKind::abandon, {"A"});
    EXPECT_EQ(story.outcomes(), "80 B landed\n");
    EXPECT_EQ(story.broken(), "");
}

}  // namespace
}  // namespace gatesim
