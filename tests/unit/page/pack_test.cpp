#include "page/pack.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "page/columns.hpp"

namespace gatesim::page {
namespace {

Replay quickstart() {
    const ReplayRead read = read_replay(GATESIM_SOURCE_DIR "/tests/page/quickstart");
    EXPECT_EQ(read.error, "");
    return read.replay;
}

/// All that a replay can hold, with and without a value.
Replay odd() {
    Replay r;
    r.title = "<b>odd</b> ü";
    r.start_at = 1372032000 * kSecond;
    r.end = 9 * kHour + 1;
    r.changes = {{"nova/I1/master", "nova I1", "ana"}, {"c2", "c2", ""}, {"c3", "c3", "ana"}};
    r.queues = {{"gate", "integrated"}, {"gate", "other"}};
    r.pools = {{"default", 20}, {"big", 0}};
    r.jobs = {"unit", "full"};
    r.words = {"landed", "cancelled", "failure", "item", "trial"};
    r.sentences = {"it waits for \x01"};
    Replay::Stay stay{5, 1, 2, 3, 1, 1234567, 9 * kHour, 0, kNowhere, kNowhere, kNowhere, kNowhere, kNowhere, kNowhere};
    r.stays = {stay, {9, 0, 0, 1, 2, 2 * kHour, kNever, kNowhere, 3, 2, 1, 1, 2, 0}};
    Replay::Attempt attempt;
    attempt.number = 3;
    attempt.queue = 1;
    attempt.kind = 4;
    attempt.stays = {0, 1};
    attempt.change = 0;
    attempt.chain = {1, 2};
    attempt.opened = 2000001;
    Replay::Attempt stacked = attempt;
    stacked.number = 4;
    stacked.stays = {};
    stacked.chain = {};
    stacked.ahead = 0;
    stacked.depth = 3;
    stacked.tested = 3 * kHour;
    stacked.ended = 4 * kHour;
    stacked.because_of = 2;
    stacked.build = 1;
    r.attempts = {attempt, stacked};
    Replay::Build build;
    build.attempt = 0;
    build.job = 0;
    build.pool = 1;
    build.requested = build.granted = build.start = 2000001;
    Replay::Build stopped = build;
    stopped.number = 7;
    stopped.attempt = 1;
    stopped.voting = false;
    stopped.nodes = 3;
    stopped.result = 1;
    stopped.end = stopped.released = 4 * kHour;
    r.builds = {build, stopped};
    r.holdings = {{0, 2, kSecond, kNever}, {1, 1, kHour, kHour + 1}};
    r.waits = {{0, 1234567, 2 * kHour, 3, 1, 0, 1, 4, 0, 1}, {0, 2 * kHour, 9 * kHour}, {1, 2 * kHour, kNever}};
    r.waits[2].build = 0;
    r.resets = {{3 * kHour, 1, 2, 1, 0, 1, kNowhere, {0, 2}, 12, 7 * kHour + 5, 0}, {}};
    r.resets[1].at = 4 * kHour;
    r.windows = {{0, 0, 20}, {kHour, 1, 0}};
    return r;
}

TEST(Pack, brings_back_what_went_in) {
    const Replay replay = quickstart();
    EXPECT_EQ(unpack(pack(replay)), replay) << "all its times are whole seconds";
    EXPECT_EQ(unpack(pack(odd())), in_ticks(odd()));
    EXPECT_EQ(unpack(pack(Replay{})), Replay{});
}

TEST(Pack, cuts_times_to_ticks_and_keeps_their_order) {
    EXPECT_EQ(tick_of(quickstart()), kSecond);
    EXPECT_EQ(tick_of(odd()), 1000);
    Replay brief;
    brief.end = kSecond + 1;
    EXPECT_EQ(tick_of(brief), 1);
    const Replay cut = in_ticks(odd());
    EXPECT_EQ(cut.stays[0].entered, 1234000);
    EXPECT_EQ(cut.resets[0].node_time, 7 * kHour);
    EXPECT_EQ(cut.stays[1].left, kNever);
}

TEST(Pack, gives_the_same_bytes_for_the_same_replay) {
    EXPECT_EQ(pack(odd()), pack(odd()));
}

TEST(Pack, is_small) {
    EXPECT_LT(pack(quickstart()).size(), 1100U);
}

TEST(Pack, notices_what_is_not_its_own) {
    EXPECT_THROW(unpack(""), std::runtime_error);
    EXPECT_THROW(unpack("bm90IGd6aXA="), std::runtime_error);
    EXPECT_THROW(unpack(base64(gzipped("what"))), std::runtime_error);
    const std::string bytes = gunzipped(from_base64(pack(quickstart())));
    EXPECT_THROW(unpack(base64(gzipped(bytes.substr(0, bytes.size() - 1)))), std::runtime_error);
    EXPECT_THROW(unpack(base64(gzipped(bytes + '\0'))), std::runtime_error);
}

}  // namespace
}  // namespace gatesim::page
