// Every animal of the zoo is caught, for its own reason, with a line that catches it again.
#include "property/zoo/zoo.hpp"

#include <gtest/gtest.h>

#include <set>

#include "study/contract_trial.hpp"
#include "support/story.hpp"
#include "support/strategy_name.hpp"

namespace gatesim {

namespace {

struct Caught {
    const char* animal;
    const char* reason;  ///< part of what the gate says
};

constexpr Caught kZoo[] = {
    {"does-nothing", "never decided, although nothing is left to happen"},
    {"never-finishes", "never decided, although nothing is left to happen"},
    {"never-settles", "never settles"},
    {"cancels-everything", "ejected although no voting job failed: its builds were stopped"},
    {"stops-and-starts", "101 times in a row although nothing happened ahead of it"},
    {"thrashes", "101 times in a row although nothing happened ahead of it"},
    {"tries-until-it-passes", "101 times in a row although nothing happened ahead of it"},
    {"starts-for-ever", "101 times in a row although nothing happened ahead of it"},
    {"lands-untested", "a verdict on an item whose jobs have not ended"},
    {"lands-half-tested", "a verdict on an item whose jobs have not ended"},
    {"lands-side-by-side", "landed and was not in its builds"},
    {"leans-on-the-front", "landed and was not in its builds"},
    {"lands-past-its-need", "which it needs, was failing"},
    {"knows-of-its-need", "which it needs, is failing"},
    {"drops-them", "left its queue without a report"},
    {"blames-needs", "ejected for a change it needs, which is here or has landed"},
    {"sends-them-outside", "ejected without a cause: sent outside although nothing of it has failed"},
    {"ejects-the-followers", "on a state that never came to be"},
    {"meddles-elsewhere", "while the strategy was looking at queue"},
    {"clings-to-the-dead", "that has left queue"},
    {"reports-twice", "reported twice"},
    {"turns-it-round", "which is not in front of it"},
    {"boasts", "did not land, and left as if it had"},
    // trials
    {"lands-the-refuted", "landed for a state that cannot come to be any more"},
    {"pushes-untested", "landing without all voting jobs passed"},
    {"pushes-red", "landing without all voting jobs passed"},
    {"blames-a-bystander", "ejected for a trial that did not contain it"},
    {"ejects-on-green", "ejected although everything passed"},
    {"ejects-before-the-end", "ejected although nothing has failed"},
    {"last-come-first-served", "landing out of queue order"},
    {"reverts-the-tested", "landed tested"},
    {"reverts-the-stranger", "did not land"},
    {"stutters-in-a-chain", "tested twice in one state"},
    {"forgets-the-needs", "tested without a change it needs"},
    {"tests-nothing", "a trial of nothing"},
    {"keeps-it-open", "never decided, although nothing is left to happen"},
    {"retries-for-ever", "retried more than 100 times"},
    {"arms-for-ever", "timers in a row while nothing happened"},
    {"remembers-the-dead", "that has left queue"},
    {"lands-it-twice", "that has left queue"},
};

void PrintTo(const Caught& caught, std::ostream* out) {
    *out << caught.animal;
}

class Zoo : public testing::TestWithParam<Caught> {};

TEST_P(Zoo, IsCaught) {
    constexpr std::uint64_t kMost = 3000;
    const auto [animal, reason] = GetParam();
    Trial trial{zoo::kPrefix + animal, 1, 30};
    std::set<std::string> others;
    for (; trial.number <= kMost; ++trial.number) {
        const std::string broken = try_contract(trial).broken;
        if (broken.find(reason) != std::string::npos) break;
        if (!broken.empty()) others.insert(broken.substr(0, broken.find('\n')));
    }
    std::string seen;
    for (const std::string& other : others) seen += "\n  " + other;
    ASSERT_LE(trial.number, kMost) << animal << " was not caught for \"" << reason << "\", but for:" << seen;
    EXPECT_EQ(try_contract(trial).broken, try_contract(trial).broken);

    const Trial least = smallest(trial);
    EXPECT_LE(least.changes, trial.changes);
    EXPECT_NE(try_contract(least).broken, "");
    EXPECT_EQ(replay_line(least), "verify --strategy zoo-" + std::string(animal) + " --random " +
                                      std::to_string(trial.number) + " --changes " + std::to_string(least.changes));
}

INSTANTIATE_TEST_SUITE_P(All, Zoo, testing::ValuesIn(kZoo),
                         [](const auto& which) { return name_of_test(which.param.animal); });

TEST(Zoo, HasNoAnimalThatNobodyWatches) {
    std::set<std::string> watched;
    for (const Caught& caught : kZoo) watched.insert(zoo::kPrefix + caught.animal);
    for (const StrategyDescription& d : strategy_descriptions())
        EXPECT_TRUE(d.name.rfind(zoo::kPrefix, 0) != 0 || watched.count(d.name) == 1) << d.name;
}

/// What landed through the queue while a merger worked is no change that landed by another way: nothing is excused.
TEST(Zoo, AMergersDelayIsNoExcuse) {
    Story story(zoo::kPrefix + "leans-on-the-front");
    story.job("unit", 60);
    story.scenario().merge_time.a = 10;
    story.change("A", 0);
    story.change("B", 65);  // prepared on A, put together when A has landed
    story.change("C", 65);  // the same, and not on B
    EXPECT_EQ(story.outcomes(), "70 A landed\n135 B landed\n");
    EXPECT_NE(story.broken().find("B landed and was not in its builds"), std::string::npos) << story.broken();
}

}  // namespace

}  // namespace gatesim
