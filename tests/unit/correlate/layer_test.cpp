// How layers are written, found from a sample of lines.
#include "correlate/layer.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "correlate/vocabulary.hpp"

namespace gatesim::correlate {
namespace {

constexpr const char* kServices[] = {"console", "n-api", "n-cpu"};
constexpr const char* kSentences[] = {"volume attached", "image is stale", "queue opened",
                                      "lease was lost",  "token renewed",  "port bound",
                                      "agent paused",    "mirror synced",  "wheel built"};

/// Lines of ten builds, written by `line` of service and sentence.
template <class Line>
LayerRule rule_of(const Line& line) {
    LayerSample sample;
    for (std::uint32_t build = 0; build < 10; ++build)
        for (int i = 0; i < 60; ++i) sample.line(build, line(kServices[i % 3], kSentences[(i / 3 + build) % 9]));
    return sample.rule();
}

TEST(Layer, IsATagInBrackets) {
    const LayerRule rule = rule_of([](auto s, auto t) { return fmt::format("[10:00:00] [{}] INFO {}", s, t); });
    EXPECT_EQ(rule.tag("[11:00:00] [n-api] ERROR broken"), "n-api");
    EXPECT_EQ(rule.tag("  File \"x.py\""), "");
    EXPECT_EQ(rule.text(), "the first word of a line (times do not count)");
}

TEST(Layer, IsAServiceOfSyslog) {
    const LayerRule rule =
        rule_of([](auto s, auto t) { return fmt::format("Jan  6 10:00:00 host-7 {}[123]: INFO: {}", s, t); });
    EXPECT_EQ(rule.tag("Jan 12 10:00:00 host-1 n-cpu[9]: ERROR: broken"), "n-cpu");
}

TEST(Layer, IsAMemberOfJson) {
    const LayerRule rule =
        rule_of([](auto s, auto t) { return fmt::format(R"({{"ts": 1, "layer": "{}", "msg": "{}"}})", s, t); });
    EXPECT_EQ(rule.tag(R"({"ts": 2, "layer": "n-api", "msg": "broken"})"), "n-api");
}

TEST(Layer, IsNotTheFirstWordOfASentence) {
    EXPECT_FALSE(rule_of([](auto, auto t) { return fmt::format("2014-01-06 10:00:00 INFO {}", t); }).is_there());
}

TEST(Layer, OfALineWithoutATagIsThatOfTheLineBefore) {
    Layers layers(rule_of([](auto s, auto t) { return fmt::format("{} | {}", s, t); }));
    layers.begin();
    EXPECT_EQ(layers.of("", "n-api | Traceback"), "n-api");
    EXPECT_EQ(layers.of("", "ValueError: 7"), "n-api");
    EXPECT_EQ(layers.of("n-cpu.txt", "whatever"), "n-cpu.txt");
}

}  // namespace
}  // namespace gatesim::correlate
