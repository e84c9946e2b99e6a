#include "record/ledger.hpp"

#include <gtest/gtest.h>

#include <map>

#include "unit/record/told.hpp"

namespace gatesim {
namespace {

using told::Told;

struct Fates : LedgerListener {
    std::map<BuildId, Fate> builds;
    std::map<RequestId, Fate> requests;
    std::vector<ResetRecord> resets;
    void settled(const LiveBuild& build, const LiveAttempt*, Fate fate, const Ledger&) override {
        EXPECT_TRUE(builds.emplace(build.id, fate).second) << "build " << build.id << " settled twice";
    }
    void settled(const LiveRequest& request, const LiveAttempt*, Fate fate, const Ledger&) override {
        EXPECT_TRUE(requests.emplace(request.id, fate).second) << "request " << request.id << " settled twice";
    }
    void reset(const ResetRecord& record, const Ledger&) override { resets.push_back(record); }
};

TEST(Ledger, EveryPieceOfWorkIsSettledOnceWithItsFate) {
    Told t;
    Fates fates;
    t.ledger.add(fates);
    tell_three(t);
    EXPECT_EQ(fates.builds,
              (std::map<BuildId, Fate>{{0, Fate::used}, {1, Fate::used}, {2, Fate::cancelled}, {3, Fate::used}}));
    EXPECT_EQ(fates.requests, fates.builds);
}

TEST(Ledger, AFinishedBuildOfAnAttemptThatIsThrownAwayIsDiscarded) {
    Told t;
    Fates fates;
    t.ledger.add(fates);
    t.enqueue(0, 0);
    t.prepare(0, 0, 0);
    t.start(0, 0, 0, 0);
    t.now = kMinute;
    t.end(0, 0, Result::success);
    EXPECT_TRUE(fates.builds.empty());
    t.reset(0, 0, kNone, {Why::by_hand, kNone, kNone, kNone}, 1);
    EXPECT_EQ(fates.builds.at(0), Fate::discarded);
    EXPECT_EQ(fates.requests.at(0), Fate::discarded);
}

TEST(Ledger, NodesWithoutABuildAreIdleAndOpenWorkIsUnfinished) {
    Told t;
    Fates fates;
    t.ledger.add(fates);
    t.enqueue(0, 0);
    t.prepare(0, 0, 0);
    t.start(0, 0, 0, 0);
    Event e = t.make(EventKind::requested);
    e.item = e.attempt = 0;
    e.change = 0;
    e.job = 1;
    e.request = 1;
    e.value = 1;
    t.tell(e);
    e.kind = EventKind::granted;
    e.pool = 0;
    t.tell(e);
    t.now = kMinute;
    e.at = t.now;
    e.kind = EventKind::released;
    t.tell(e);
    t.now = 2 * kMinute;
    t.finish();
    EXPECT_EQ(fates.builds.at(0), Fate::unfinished);
    EXPECT_EQ(fates.requests.at(0), Fate::unfinished);
    EXPECT_EQ(fates.requests.at(1), Fate::idle);
}

TEST(Ledger, OneTroubleAtOneInstantIsOneReset) {
    Told t;
    Fates fates;
    t.ledger.add(fates);
    for (ItemId i : {0u, 1u, 2u}) {
        t.enqueue(i, i);
        t.prepare(i, i, i);
        t.start(i, i, i, 0);
    }
    t.now = kMinute;
    t.end(0, 0, Result::failure, Cause::flake);
    t.reset(1, 1, 0, {Why::ahead_failing, 0, 0, 0}, 1);
    t.reset(2, 2, 0, {Why::ahead_changed, 1, kNone, kNone}, 1);
    EXPECT_TRUE(fates.resets.empty()) << "the instant is not over";
    t.now = 2 * kMinute;
    t.finish();
    ASSERT_EQ(fates.resets.size(), 1u);
    const ResetRecord& r = fates.resets[0];
    EXPECT_EQ(r.changes, (std::vector<ChangeId>{1, 2}));
    EXPECT_EQ(r.builds, 2);
    EXPECT_EQ(r.held, 2 * kMinute);
    EXPECT_EQ(r.really, Cause::flake);
    EXPECT_EQ(r.at, kMinute);
}

TEST(Ledger, BlameIsTheChangesOwnOnlyIfItsOwnDefectFailed) {
    Told t;
    t.enqueue(0, 0);
    t.prepare(0, 0, 0);
    t.start(0, 0, 0, 0);
    t.start(1, 0, 0, 1);
    t.end(0, 0, Result::failure, Cause::flake);
    EXPECT_EQ(t.ledger.attempt(0)->red, 1);
    EXPECT_EQ(t.ledger.attempt(0)->own_red, 0);
    t.end(1, 0, Result::failure, Cause::own_defect);
    EXPECT_EQ(t.ledger.attempt(0)->red, 2);
    EXPECT_EQ(t.ledger.attempt(0)->own_red, 1);
    EXPECT_EQ(t.ledger.attempt(0)->cause, Cause::flake) << "the first failure stays the recorded one";
}

TEST(Ledger, WhatIsOverIsForgotten) {
    Told t;
    tell_three(t);
    for (std::uint32_t id : {0u, 1u, 2u, 3u}) {
        EXPECT_EQ(t.ledger.attempt(id), nullptr);
        EXPECT_EQ(t.ledger.build(id), nullptr);
        EXPECT_EQ(t.ledger.request(id), nullptr);
        EXPECT_EQ(t.ledger.item(id), nullptr);
    }
}

TEST(LiveMap, HoldsAWindowOfIds) {
    LiveMap<int> map;
    map.open(5) = 50;
    map.open(7) = 70;
    map.open(3) = 30;  // late, but no surprise
    EXPECT_EQ(*map.find(5), 50);
    EXPECT_EQ(map.find(6), nullptr);
    EXPECT_EQ(map.find(kNone), nullptr);
    map.close(3);
    EXPECT_EQ(map.first(), 5u);
    map.close(7);
    map.close(5);
    EXPECT_EQ(map.find(7), nullptr);
    map.open(9) = 90;
    EXPECT_EQ(*map.find(9), 90);
}

}  // namespace
}  // namespace gatesim
