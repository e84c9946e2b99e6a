// The small parts: hashes, circles, nearest names.
#include <gtest/gtest.h>

#include <set>

#include "model/display_width.hpp"
#include "scenario/errors.hpp"
#include "scenario/graph.hpp"
#include "scenario/meant.hpp"
#include "scenario/other_names.hpp"
#include "scenario/sha256.hpp"
#include "scenario/words.hpp"

namespace gatesim {
namespace {

TEST(Sha256, KnowsThePublishedExamples) {
    EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(sha256_hex(std::string(1'000'000, 'a')),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, DoesNotDependOnThePieces) {
    for (std::size_t length : {54u, 55u, 56u, 63u, 64u, 65u, 200u}) {
        const std::string text(length, 'x');
        Sha256 pieces;
        for (const char c : text) pieces.add({&c, 1});
        EXPECT_EQ(pieces.hex(), sha256_hex(text)) << length;
    }
}

TEST(Graph, FindsACircleOrNone) {
    EXPECT_TRUE(document::find_cycle({}).empty());
    EXPECT_TRUE(document::find_cycle({{1, 2}, {2}, {}}).empty());
    EXPECT_EQ(document::find_cycle({{0}}), (std::vector<std::uint32_t>{0}));
    EXPECT_EQ(document::find_cycle({{1}, {2}, {3}, {1}}), (std::vector<std::uint32_t>{1, 2, 3}));
}

TEST(Graph, BearsLongChains) {
    std::vector<std::vector<std::uint32_t>> chain(200'000);
    for (std::uint32_t i = 0; i + 1 < chain.size(); ++i) chain[i] = {i + 1};
    EXPECT_TRUE(document::find_cycle(chain).empty());
    chain.back() = {0};
    EXPECT_EQ(document::find_cycle(chain).size(), chain.size());
}

TEST(Nearest, FindsSlipsAndNothingElse) {
    const std::vector<std::string> words = {"duration", "duration_scale", "files", "flake", "needs"};
    EXPECT_EQ(document::nearest("duraton", words), "duration");
    EXPECT_EQ(document::nearest("fiels", words), "files");  // a swap counts once
    EXPECT_EQ(document::nearest("Flake", words), "flake");
    EXPECT_EQ(document::nearest("weather", words), "");
    EXPECT_EQ(document::nearest("", words), "");
    EXPECT_EQ(document::nearest(std::string(1000, 'x'), words), "");
}

TEST(Nearest, TwoSlipsInAShortWordIfItBeginsRight) {
    const std::vector<std::string> words = {"tide", "trunk", "zuul"};
    EXPECT_EQ(document::nearest("zool", words), "zuul");
    EXPECT_EQ(document::nearest("cool", words), "");
    EXPECT_EQ(document::nearest("trank", words), "trunk");
}

TEST(Nearest, MeansPartsAndBeginnings) {
    const std::vector<std::string> words = {"bors-ng", "github", "github-headgreen", "landing_time_s.p95", "rust-bors"};
    EXPECT_EQ(document::meant("bors", words), "bors-ng or rust-bors");
    EXPECT_EQ(document::meant("github-merge-queue", words), "github");
    EXPECT_EQ(document::meant("landing_time", words), "landing_time_s.p95");
    EXPECT_EQ(document::meant("gitbub", words), "github");
    EXPECT_EQ(document::meant("weather", words), "");
    EXPECT_EQ(document::meant("", words), "");
    EXPECT_EQ(document::meant("--", words), "");
}

TEST(Nearest, AStrategyByAWordOfItsDescription) {
    StrategyDescription tide, tap;
    tide.name = "tide";
    tide.help = "What Prow does.";
    tap.name = "tap";
    tap.summary = "Google's TAP: a milestone every 45 minutes";
    EXPECT_EQ(document::meant_strategy("prow", {tide, tap}), "tide");
    EXPECT_EQ(document::meant_strategy("Google", {tide, tap}), "tap");
    EXPECT_EQ(document::meant_strategy("ro", {tide, tap}), "");
}

TEST(Nearest, AStrategyByWhatItIsCalledElsewhere) {
    std::vector<StrategyDescription> all(4);
    all[0].name = "post-merge";
    all[0].help = "Uber's Stovepipe.";
    all[1].name = "submitqueue";
    all[2].name = "github";
    all[3].name = "gitlab-train";
    const auto meant = [&](std::string_view word) { return document::meant_strategy(word, all); };
    EXPECT_EQ(meant("uber"), "submitqueue");  // although another one's description has the word
    EXPECT_EQ(meant("Uber"), "submitqueue");
    EXPECT_EQ(meant("ubre"), "submitqueue");
    EXPECT_EQ(meant("uber-something"), "submitqueue");
    EXPECT_EQ(meant("Merge Queue"), "github or gitlab-train");  // and not mergify, which is not among them
    EXPECT_EQ(meant("mergequeue"), "github or gitlab-train");
    EXPECT_EQ(meant("trian"), "gitlab-train");
    EXPECT_EQ(meant("kodiak"), "");  // serial is not among them
    EXPECT_EQ(meant("--"), "");
    EXPECT_EQ(meant(std::string(101, 'u')), "");
}

TEST(Nearest, OtherNamesAreOnesAndEachOnce) {
    std::set<std::string> seen;
    for (const document::OtherName& other : document::other_names()) {
        EXPECT_TRUE(seen.insert(other.word).second) << other.word;
        EXPECT_FALSE(other.strategies.empty()) << other.word;
    }
    EXPECT_GT(seen.size(), 20u);
}

TEST(Numbers, WholeOnesHaveNoExponent) {
    EXPECT_EQ(document::print_number(1e6), "1000000");
    EXPECT_EQ(document::print_number(-1e15), "-1000000000000000");
    EXPECT_EQ(document::print_number(0.25), "0.25");
    EXPECT_EQ(document::print_number(1e300), "1e+300");
}

TEST(Diagnostics, QuoteEachName) {
    Diagnostic d;
    d.file = "--strategy";
    d.pointer = "/strategy/name";
    d.what = "there is no strategy \"bors\"";
    d.suggestion = "bors-ng, x or rust-bors";
    EXPECT_EQ(d.text(),
              "--strategy /strategy/name: there is no strategy \"bors\"; did you mean \"bors-ng\", \"x\" or "
              "\"rust-bors\"?");
}

TEST(DisplayWidth, CountsColumns) {
    EXPECT_EQ(display_width("abc"), 3u);
    EXPECT_EQ(display_width("± 5 ✗"), 5u);
    EXPECT_EQ(display_width("變更"), 4u);
    EXPECT_EQ(display_width("e\u0301"), 1u);
    EXPECT_EQ(display_width("\x1b[31;1mred\x1b[0m"), 3u);
    EXPECT_EQ(display_width("\xff\xfe"), 2u);  // no UTF-8
    EXPECT_EQ(cut_to_width("變更ab", 3), "變");
    EXPECT_EQ(cut_to_width("ab", 3), "ab");
}

TEST(Quote, ShortensAndEscapes) {
    EXPECT_EQ(document::quote("a\"b\x1b[31m"), "\"a\\\"b\\u001b[31m\"");
    EXPECT_EQ(document::quote(std::string(100, 'x')), "\"" + std::string(60, 'x') + "…\"");
    EXPECT_EQ(document::quote(std::string(59, 'x') + "äöü"), "\"" + std::string(59, 'x') + "…\"");
}

}  // namespace
}  // namespace gatesim
