// What a manifest says of pictures: mistakes are named at their place.
#include "support.hpp"

namespace gatesim::learn {
namespace {

/// What is said of the warm-up with these keys in its manifest.
std::string said_of(const std::string& keys) {
    const LessonCopy lesson;
    lesson.replace("lesson.json", "\"hints\": [", keys + ", \"hints\": [");
    std::vector<Diagnostic> problems;
    return read_lesson(lesson.folder(), problems) ? "" : text(problems);
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(Pictures, AreReadAsTheyAreWritten) {
    const LessonCopy lesson;
    lesson.replace("lesson.json", "\"hints\": [",
                   R"("beside": {"case": "one", "label": "a gate with one machine"},
                      "pictures": {"day": {"text": "A day.", "stays": "one", "rows": 5, "until": "2h", "seed": 3}},
                      "hints": [)");
    const Lesson read = lesson.read();
    ASSERT_TRUE(read.beside);
    EXPECT_EQ(read.beside->id, "one");
    ASSERT_EQ(read.pictures.size(), 1u);
    const Picture& picture = read.pictures.front();
    EXPECT_EQ(picture.kind, Picture::Kind::stays);
    EXPECT_EQ(picture.of, std::vector<std::string>{"one"});
    EXPECT_EQ(picture.rows, 5u);
    EXPECT_EQ(picture.seed, 3u);
    EXPECT_EQ(picture.until, 2 * kHour);
    EXPECT_FALSE(picture.shown);
}

TEST(Pictures, MistakesAreNamed) {
    EXPECT_EQ(said_of(R"("pictures": {"a": {"text": "t", "stays": "starter"}})"), "");
    EXPECT_TRUE(has(said_of(R"("beside": {"case": "two", "label": "x"})"), "there is no case \"two\""));
    EXPECT_TRUE(has(said_of(R"("beside": {"case": "one"})"), "\"label\" is missing"));
    EXPECT_TRUE(has(said_of(R"("pictures": {"a": {"text": "t", "stays": "two"}})"), "there is no case \"two\""));
    EXPECT_TRUE(has(said_of(R"("pictures": {"a": {"text": "t"}})"), "one of stays, window, seeds and figures"));
    EXPECT_TRUE(
        has(said_of(R"("pictures": {"a": {"text": "t", "stays": "one", "window": "one"}})"), "it needs one of"));
    EXPECT_TRUE(has(said_of(R"("pictures": {"a": {"text": "t", "figures": ["through"]}})"), "with an \"over\""));
    EXPECT_TRUE(has(said_of(R"("pictures": {"a": {"text": "t", "seeds": ["one"], "metric": "speed"}})"), "\"metric\""));
    EXPECT_TRUE(has(said_of(R"("pictures": {"../a": {"text": "t", "stays": "one"}})"), "that of a file"));
    EXPECT_TRUE(has(said_of(R"("pictures": {"a": {"text": "t", "stays": "one", "until": "soon"}})"), "must be a time"));
}

}  // namespace
}  // namespace gatesim::learn
