// Reading JSON with positions and limits, merging documents, and overrides.
#include <gtest/gtest.h>

#include "scenario/merge.hpp"
#include "scenario/override.hpp"
#include "scenario/read_json.hpp"

namespace gatesim::document {
namespace {

/// Reads a text that must be fine.
Node read(const std::string& text) {
    const Sources sources{{"f", ""}};
    Errors errors(sources);
    auto node = read_json(text, 0, errors);
    EXPECT_TRUE(node.has_value()) << gatesim::text(errors.take());
    return node ? std::move(*node) : Node{};
}

/// What is said about a text that must not be fine.
std::string complaint(const std::string& text) {
    const Sources sources{{"f", ""}};
    Errors errors(sources);
    EXPECT_FALSE(read_json(text, 0, errors).has_value());
    return gatesim::text(errors.take());
}

std::string place(Position at) {
    return std::to_string(at.line) + ":" + std::to_string(at.column);
}

TEST(ReadJson, KnowsWhereEverythingStands) {
    const Node root =
        read("// first\n{\"a\" /* : 1 */ : [1,\n\t-2.5e1 , \"x\\\"]\"],\r\n \"grün\": {\"b\":null}, \"c\":true}");
    EXPECT_EQ(place(root.at), "2:1");
    EXPECT_EQ(place(root.members[0].at), "2:2");
    const Node& list = root.members[0].value;
    EXPECT_EQ(place(list.at), "2:18");
    EXPECT_EQ(place(list.members[0].value.at), "2:19");
    EXPECT_EQ(place(list.members[1].value.at), "3:2");
    EXPECT_EQ(list.members[1].value.number, -25);
    EXPECT_EQ(list.members[2].value.text, "x\"]");
    EXPECT_EQ(place(list.members[2].value.at), "3:11");
    EXPECT_EQ(place(root.members[1].at), "4:2");
    EXPECT_EQ(place(root.members[1].value.members[0].value.at), "4:15");  // characters, not bytes
    EXPECT_EQ(place(root.members[2].at), "4:22");
}

TEST(ReadJson, KeepsTheOrderOfKeys) {
    EXPECT_EQ(to_json(read("{\"z\": 1, \"a\": {\"y\": [], \"b\": {}}, \"m\": \"\\u00e4\\n\"}")),
              "{\n \"z\": 1,\n \"a\": {\n  \"y\": [],\n  \"b\": {}\n },\n \"m\": \"ä\\u000a\"\n}");
}

TEST(ReadJson, WritesNumbersTheSameWayWhateverTheyLookedLike) {
    EXPECT_EQ(to_json(read("[1, 1.0, 10e-1, 0.1, 1e308, -0.0, 12345678901234567890, 3.5]")),
              "[\n 1,\n 1,\n 1,\n 0.1,\n 1e+308,\n 0,\n 12345678901234567168,\n 3.5\n]");
}

TEST(ReadJson, SkipsAByteOrderMark) {
    EXPECT_EQ(place(read("\xEF\xBB\xBF{\"a\": 1}").members[0].at), "1:2");
}

TEST(ReadJson, RefusesWhatIsNotText) {
    EXPECT_EQ(complaint("{\"a\": \"\xFF\"}"), "f:1:8: the text is not UTF-8: byte 0xFF\n  save the file as UTF-8\n");
    EXPECT_EQ(complaint("{\"a\": \"\xC0\x80\"}"),
              "f:1:8: the text is not UTF-8: byte 0xC0\n  save the file as UTF-8\n");
    EXPECT_EQ(complaint("{\"a\": \"\xED\xA0\x80\"}"),
              "f:1:8: the text is not UTF-8: byte 0xED\n  save the file as UTF-8\n");
    EXPECT_EQ(complaint("{} // \xE2\x82"), "f:1:7: the text is not UTF-8: byte 0xE2\n  save the file as UTF-8\n");
    EXPECT_EQ(complaint(std::string("{}\0{}", 5)),
              "f:1:3: the text is not UTF-8: byte 0x00\n  save the file as UTF-8\n");
    EXPECT_EQ(complaint("\xFF\xFE{\0"), "f:1:1: the text is not UTF-8: byte 0xFF\n  save the file as UTF-8\n");
}

TEST(ReadJson, RefusesDeepNesting) {
    EXPECT_EQ(complaint(std::string(1'000'000, '[')), "f:1:65: nested more than 64 deep\n");
    std::string deep;
    for (int i = 0; i < 100; ++i) deep += "{\"a\":";
    EXPECT_EQ(complaint(deep), "f:1:321: nested more than 64 deep\n");
    read(std::string(64, '[') + std::string(64, ']'));
}

TEST(ReadJson, RefusesTooManyValues) {
    std::string many = "[0";
    for (int i = 0; i < 1'000'000; ++i) many += ",0";
    EXPECT_EQ(complaint(many + "]"),
              "f:1:2000000: the document holds more than 1000000 values\n  a long list of changes belongs in a load "
              "file (load.replay)\n");
}

TEST(ReadJson, FindsADuplicateAmongManyKeys) {
    std::string text = "{";
    for (int i = 0; i < 50'000; ++i) text += "\"k" + std::to_string(i) + "\": 0,\n";
    EXPECT_EQ(complaint(text + "\"k49998\": 1}"),
              "f:50001:1: /k49998: the key \"k49998\" stands twice, first on line 49999\n  a key may stand once in its "
              "object\n");
}

TEST(Merge, FollowsMergePatch) {
    Node base = read(R"({"a": {"x": 1, "y": 2}, "b": [1, 2], "c": 3, "d": {"z": 1}})");
    merge(
        base,
        read(
            R"({"n": {"new": true, "gone": null}, "a": {"y": null, "w": 5, "x": 7}, "b": [9], "c": null, "d": "text"})"));
    EXPECT_EQ(to_json(base), to_json(read(R"({"a": {"x": 7, "w": 5}, "b": [9], "d": "text", "n": {"new": true}})")));
}

TEST(Merge, ReplacesPlainValuesByObjects) {
    Node base = read(R"({"a": 1})");
    merge(base, read(R"({"a": {"b": 2}})"));
    EXPECT_EQ(to_json(base), to_json(read(R"({"a": {"b": 2}})")));
}

Node overridden(const std::string& text, const std::vector<std::string>& sets) {
    Node node = read(text);
    const Sources sources{{"f", ""}, {"--set", ""}};
    Errors errors(sources);
    EXPECT_TRUE(apply_overrides(node, sets, 1, errors)) << gatesim::text(errors.take());
    return node;
}

TEST(Override, ReadsJsonOrText) {
    EXPECT_EQ(to_json(overridden(R"({"a": 1, "b": [1, 2]})",
                                 {"/a=45m", "/b/0=\"7\"", "/b/-=true", "/c/d={\"e\": [1]}", "/f=", "/g==x"})),
              to_json(read(R"({"a": "45m", "b": ["7", 2, true], "c": {"d": {"e": [1]}}, "f": "", "g": "=x"})")));
}

TEST(Override, NullTakesAway) {
    EXPECT_EQ(to_json(overridden(R"({"a": {"b": 1, "c": 2}})", {"/a/b=null"})), to_json(read(R"({"a": {"c": 2}})")));
}

TEST(Override, ReachesKeysWithSlashes) {
    EXPECT_EQ(to_json(overridden("{}", {"/a~1b~0/x=1"})), to_json(read(R"({"a/b~": {"x": 1}})")));
}

TEST(Override, HasNoLine) {
    const Node node = overridden("{}", {"/a={\"b\": 1}"});
    EXPECT_EQ(node.members[0].value.at.source, 1u);
    EXPECT_EQ(node.members[0].value.members[0].at.line, 0u);
}

TEST(Document, KnowsWhatIsUtf8) {
    for (const char* text : {"", "Ana María Ø", "日本", "\xf0\x9f\x98\x80"}) EXPECT_TRUE(is_utf8(text)) << text;
    for (const char* text : {"\xff", "a\xc3", "\xc0\xaf", "\xed\xa0\x80", "\xf5\x80\x80\x80", "\xe0\x80\x80"})
        EXPECT_FALSE(is_utf8(text)) << text;
    EXPECT_FALSE(is_utf8(std::string(1, '\0')));
}

}  // namespace
}  // namespace gatesim::document
