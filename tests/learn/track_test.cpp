#include "learn/track.hpp"

#include "support.hpp"

namespace gatesim::learn {
namespace {

Track three() {
    Track out;
    out.lessons = {
        {"00-warm-up", 1, "", false}, {"05-bet-on-the-future", 1, "", false}, {"06-the-reset", 1, "", false}};
    return out;
}

TEST(Track, LessonsAreFoundByWhatPeopleType) {
    const Track track = three();
    std::string problem;
    EXPECT_EQ(track.find("05-bet-on-the-future", problem), 1u);
    EXPECT_EQ(track.find("05", problem), 1u);
    EXPECT_EQ(track.find("5", problem), 1u);
    EXPECT_EQ(track.find("reset", problem), 2u);
    EXPECT_FALSE(track.find("the", problem));
    EXPECT_NE(problem.find("may be 05-bet-on-the-future, 06-the-reset"), std::string::npos) << problem;
    EXPECT_FALSE(track.find("99", problem));
    EXPECT_NE(problem.find("there is no lesson \"99\""), std::string::npos);
}

TEST(Track, ManifestErrorsHaveTheirPlace) {
    const TemporaryFolder folder;
    std::ofstream(folder.path() + "/track.json")
        << "{\"format\": 1, \"name\": \"x\", \"title\": \"t\",\n"
           "\"welcom\": \"w\", \"closing\": \"c\",\n"
           "\"lessons\": [{\"lesson\": \"05 Bet\"}, {\"lesson\": \"07-gone\"}]}";
    std::vector<Diagnostic> problems;
    EXPECT_FALSE(read_track(folder.path(), problems));
    const std::string said = text(problems);
    EXPECT_NE(said.find("track.json:2:1: /welcom: unknown key; did you mean \"welcome\"?"), std::string::npos) << said;
    EXPECT_NE(said.find("is not a name for a lesson"), std::string::npos) << said;
    EXPECT_NE(said.find("there is no folder 07-gone"), std::string::npos) << said;
}

TEST(Manifest, MistakesAreNamed) {
    const LessonCopy lesson;
    lesson.replace("lesson.json", "landed / arrived", "landde / arrived");
    EXPECT_NE(lesson.complaints().find("nothing is called landde; did you mean landed?"), std::string::npos)
        << lesson.complaints();
}

TEST(Manifest, KeysThatAreMissingOrUnknown) {
    const LessonCopy lesson;
    lesson.replace("lesson.json", "\"title\"", "\"tilte\"");
    const std::string said = lesson.complaints();
    EXPECT_NE(said.find("did you mean \"title\"?"), std::string::npos) << said;
    EXPECT_NE(said.find("\"title\" is missing"), std::string::npos) << said;
}

}  // namespace
}  // namespace gatesim::learn
