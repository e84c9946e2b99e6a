#include "record/ledger.hpp"

#include <gtest/gtest.h>

#include <map>

#include "record/words.hpp"
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

/// Two items, the first of which was red for `cause`; the second is reset for `why` at the same instant as the first is
/// reported.
ResetRecord reset_behind(Told& t, Cause cause, Reason why, Outcome outcome, bool reported_first = true) {
    Fates fates;
    t.ledger.add(fates);
    for (ItemId i : {0u, 1u}) {
        t.enqueue(i, i);
        t.prepare(i, i, i);
        t.start(i, i, i, 1);
    }
    t.now = kMinute;
    t.end(0, 0, cause == Cause::none ? Result::success : Result::failure, cause);
    t.now = 2 * kMinute;
    const auto told = [&] {
        Event e = t.make(EventKind::reported);
        e.item = e.change = e.attempt = 0;
        e.outcome = outcome;
        e.reason = {outcome == Outcome::failure ? Why::job_failed : Why::by_hand, kNone, kNone, kNone};
        t.tell(e);
    };
    if (reported_first) told();
    t.reset(1, 1, 0, why, 1);
    if (!reported_first) told();
    t.leave(0, outcome);
    t.now = 3 * kMinute;
    t.finish();
    EXPECT_EQ(fates.resets.size(), 1u);
    return fates.resets.empty() ? ResetRecord{} : fates.resets[0];
}

TEST(Ledger, AResetBehindAChangeThatLeftNamesTheFailureItLeftWith) {
    for (const Why why : {Why::ahead_left, Why::refuted, Why::ahead_failing})
        for (const bool reported_first : {true, false})
            for (const Cause cause : {Cause::flake, Cause::own_defect}) {
                Told t;
                const ResetRecord r = reset_behind(t, cause, {why, 0, kNone, kNone}, Outcome::failure, reported_first);
                EXPECT_EQ(r.job, 1u) << why_name(why);
                EXPECT_EQ(r.build, 0u) << why_name(why);
                EXPECT_EQ(r.really, cause) << why_name(why);
                EXPECT_EQ(r.reason.job, kNone) << "the reason stays as it was recorded";
            }
}

TEST(Ledger, AResetForAnotherReasonThanAFailureNamesNone) {
    for (const Why why : {Why::by_hand, Why::ahead_changed, Why::ahead_removed, Why::outbid}) {
        Told t;
        const ResetRecord r = reset_behind(t, Cause::flake, {why, 0, kNone, kNone}, Outcome::failure);
        EXPECT_EQ(r.job, kNone) << why_name(why);
        EXPECT_EQ(r.really, Cause::none) << why_name(why);
    }
    Told t;
    const ResetRecord r = reset_behind(t, Cause::flake, {Why::ahead_left, 0, kNone, kNone}, Outcome::removed);
    EXPECT_EQ(r.job, kNone) << "it was red, but did not leave because of that";
}

TEST(Ledger, AResetWithoutANamedChangeIsThatOfItsCause) {
    Told t;
    EXPECT_EQ(reset_behind(t, Cause::none, {Why::ahead_changed, kNone, kNone, kNone}, Outcome::landed).change, 0u);
}

TEST(Ledger, BlameIsTheChangesOwnOnlyIfItsOwnDefectFailed) {
    Told t;
    t.enqueue(0, 0);
    t.prepare(0, 0, 0);
    t.start(0, 0, 0, 0);
    t.start(1, 0, 0, 1);
    t.end(0, 0, Result::failure, Cause::flake);
    EXPECT_EQ(t.ledger.attempt(0)->red, 1);
    EXPECT_FALSE(t.ledger.attempt(0)->blames(0));
    t.end(1, 0, Result::failure, Cause::own_defect);
    EXPECT_EQ(t.ledger.attempt(0)->red, 2);
    EXPECT_TRUE(t.ledger.attempt(0)->blames(0));
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

struct Number {
    int value = 0;
    void recycle() { value = 0; }
};

TEST(LiveMap, ForgetsAndUsesAgain) {
    LiveMap<Number> map;
    map.open(5).value = 50;
    EXPECT_EQ(map.open(5).value, 50) << "opening twice changes nothing";
    EXPECT_EQ(map.find(6), nullptr);
    EXPECT_EQ(map.find(kNone), nullptr);
    map.close(6);
    map.close(kNone);
    map.close(5);
    EXPECT_EQ(map.find(5), nullptr);
    EXPECT_EQ(map.open(9).value, 0) << "a recycled thing is like new";
    EXPECT_EQ(map.size(), 1u);
}

TEST(LiveMap, AgreesWithAnOrdinaryMap) {
    LiveMap<Number> map;
    std::map<std::uint32_t, int> model;
    std::uint64_t state = 1;
    for (int step = 0; step < 200000; ++step) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        const auto id = static_cast<std::uint32_t>(state >> 33) % 3000;
        if (state >> 63) {
            map.open(id).value = step;
            model[id] = step;
        } else {
            map.close(id);
            model.erase(id);
        }
        if (step % 1000 != 0) continue;
        ASSERT_EQ(map.size(), model.size());
        for (std::uint32_t i = 0; i < 3000; ++i) {
            const auto it = model.find(i);
            const Number* found = map.find(i);
            ASSERT_EQ(found != nullptr, it != model.end()) << i;
            if (found) {
                ASSERT_EQ(found->value, it->second);
            }
        }
    }
    std::vector<std::uint32_t> ids = map.ids();
    std::sort(ids.begin(), ids.end());
    std::vector<std::uint32_t> expected;
    for (const auto& entry : model) expected.push_back(entry.first);
    EXPECT_EQ(ids, expected);
}

}  // namespace
}  // namespace gatesim
