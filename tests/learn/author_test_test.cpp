// The author's test finds whatever is tampered with. A checker that nobody checks is worth little.

#include "support.hpp"

namespace gatesim::learn {
namespace {

void expect_red(const LessonCopy& lesson, const std::string& because) {
    const std::string found = troubles(lesson.test());
    EXPECT_NE(found.find(because), std::string::npos) << "it says only:\n" << found;
}

TEST(AuthorTest, TheLessonIsInOrderAsItIs) {
    const LessonCopy lesson;
    EXPECT_EQ(troubles(lesson.test()), "");
}

TEST(AuthorTest, AStarterThatPasses) {
    const LessonCopy lesson;
    lesson.replace("work.json", "nodes\": 0", "nodes\": 4");
    expect_red(lesson, "work.json as it is handed out passes");
}

TEST(AuthorTest, ASolutionThatFails) {
    const LessonCopy lesson;
    lesson.write("solution/work.json", R"({"set": {"/pools/machines/nodes": 20}})");
    expect_red(lesson, "modest: fail");
}

TEST(AuthorTest, ASolutionThatIsNotAllowed) {
    const LessonCopy lesson;
    lesson.write("solution/work.json", R"({"set": {"/pools/machines/nodes": 101}})");
    expect_red(lesson, "101 is out of range");
}

TEST(AuthorTest, ASolutionTooNearTheLine) {
    const LessonCopy lesson;
    // The goal is put where the solution's median is: it may pass on one luck and not on another.
    const Figures figures = read_figures(lesson.read());
    ASSERT_TRUE(figures.count("through"));
    const double minutes = std::stod(figures.at("through").number);
    ASSERT_NE(figures.at("through").text.find("min"), std::string::npos);
    lesson.replace("lesson.json", "\"modest\": {",
                   "\"near\": {\"text\": \"near\", \"measure\": \"gate_time_s.p50\", \"at_most\": " +
                       std::to_string(minutes * 60 + 10) + "},\n\"modest\": {");
    const std::string found = troubles(lesson.test());
    EXPECT_TRUE(found.find("standard errors from the line") != std::string::npos ||
                found.find("near: too-close") != std::string::npos || found.find("near: fail") != std::string::npos)
        << found;
}

TEST(AuthorTest, AWrongAnswerThatPasses) {
    const LessonCopy lesson;
    lesson.replace("wrong/a-hall.json", "60", "6");
    expect_red(lesson, "wrong/a-hall.json: it passes");
}

TEST(AuthorTest, AWrongAnswerWithAnotherMessage) {
    const LessonCopy lesson;
    lesson.replace("wrong/a-hall.json", "modest.hall", "lands.otherwise");
    expect_red(lesson, "must say lands.otherwise, but says modest.hall");
}

TEST(AuthorTest, AMessageThatIsGone) {
    const LessonCopy lesson;
    lesson.replace("lesson.json", "\"hall\": {", "\"palace\": {");
    expect_red(lesson, "must say modest.hall, but says modest.palace");
}

TEST(AuthorTest, TwoWrongAnswersWithOneMessage) {
    const LessonCopy lesson;
    lesson.write("wrong/another-hall.json", R"({"must_say": "modest.hall", "set": {"/pools/machines/nodes": 90}})");
    expect_red(lesson, "another wrong answer brings up modest.hall, too");
}

TEST(AuthorTest, AWrongAnswerThatShouldBeRefused) {
    const LessonCopy lesson;
    lesson.replace("wrong/another-knob.json", "/jobs/unit/duration\": \"1m\"", "/pools/machines/nodes\": 3");
    expect_red(lesson, "it was not refused");
}

TEST(AuthorTest, NoWrongAnswerAtAll) {
    const LessonCopy lesson;
    std::filesystem::remove_all(lesson.path("wrong"));
    expect_red(lesson, "there is no wrong answer");
}

TEST(AuthorTest, ANumberThatIsNotMeasured) {
    const LessonCopy lesson;
    const std::string number = read_figures(lesson.read()).at("through").number;
    lesson.replace("expected/golden.json", number, "17.5");
    expect_red(lesson, "expected/golden.json is not what is measured now");
}

TEST(AuthorTest, FiguresThatAreMissing) {
    const LessonCopy lesson;
    std::filesystem::remove(lesson.path("expected/golden.json"));
    expect_red(lesson, "expected/golden.json is missing");
}

TEST(AuthorTest, AScenarioThatChanged) {
    const LessonCopy lesson;
    lesson.replace("scenario.json", "\"20m\"", "\"25m\"");
    expect_red(lesson, "expected/golden.json is not what is measured now");
}

TEST(AuthorTest, ANumberTypedByHand) {
    const LessonCopy lesson;
    lesson.replace("solution/why.md", "{{golden.through}}", "25.3 min");
    expect_red(lesson, "solution/why.md: 25.3 is typed by hand");
}

TEST(AuthorTest, ANumberTypedIntoAHint) {
    const LessonCopy lesson;
    lesson.replace("lesson.json", "How many has it?", "It wants 37.");
    expect_red(lesson, "hint 2: 37 is typed by hand");
}

TEST(AuthorTest, ATokenThatMeansNothing) {
    const LessonCopy lesson;
    lesson.replace("README.md", "{{dir}}", "{{golden.throuhg}}");
    expect_red(lesson, "README.md: {{golden.throuhg}} means nothing");
}

TEST(AuthorTest, AHintThatIsMissing) {
    const LessonCopy lesson;
    lesson.replace("lesson.json", "\"Every job needs a machine of the pool `machines`. How many has it?\",", "");
    expect_red(lesson, "there must be four hints, not 3");
}

TEST(AuthorTest, AFigureOverThePracticeSeeds) {
    const LessonCopy lesson;
    lesson.replace("lesson.json", "\"golden\": {",
                   R"("variants": 3, "questions": {"slow": {"text": "Which took longest?",
                      "answer": {"table": "changes", "most": "gate_time_s", "column": "outcome"}}},
                      "golden": {"seeds": {"question": "slow", "answer": "landed"}, )");
    lesson.write("solution/work.json", R"({"set": {"/pools/machines/nodes": 4}, "answers": {"slow": "landed"}})");
    EXPECT_NE(troubles(lesson.test()).find("expected/golden.json"), std::string::npos) << "there is one more";
    const LessonReport report = lesson.test();
    EXPECT_NE(report.golden.find(R"("seeds": {
   "text": "3",)"),
              std::string::npos)
        << report.golden;
    lesson.replace("lesson.json", "\"question\": \"slow\"", "\"question\": \"slo\"");
    EXPECT_NE(lesson.complaints().find("slo is not a question about the practice run"), std::string::npos);
}

/// A question of the practice run, with eight seeds of it.
void ask(const LessonCopy& lesson, const std::string& question, const std::string& answer) {
    lesson.replace("lesson.json", "\"golden\": {",
                   "\"variants\": 8, \"questions\": {\"asked\": " + question + "},\n\"golden\": {");
    lesson.write("solution/work.json",
                 R"({"set": {"/pools/machines/nodes": 4}, "answers": {"asked": )" + answer + "}}");
}

TEST(AuthorTest, AnAnswerThatIsAnEmptyCell) {
    const LessonCopy lesson;
    ask(lesson, R"({"text": "?", "answer": {"table": "changes", "most": "gate_time_s", "column": "fault_of"}})",
        R"("c1")");
    for (const char* seed : {"1", "5", "8"})
        expect_red(lesson, std::string("practice seed ") + seed + ": asked: the cell that answers it is empty");
}

TEST(AuthorTest, AnAnswerThatIsNoneOfTheChoices) {
    const LessonCopy lesson;
    ask(lesson, R"({"text": "?", "choices": {"ejected": "e", "lost": "l"},
        "answer": {"table": "changes", "most": "gate_time_s", "column": "outcome"}})",
        R"("ejected")");
    expect_red(lesson, "practice seed 8: asked: the answer, landed, is not one of the choices");
}

TEST(AuthorTest, AnAnswerThatNoRowGives) {
    const LessonCopy lesson;
    ask(lesson,
        R"({"text": "?", "answer": {"table": "changes", "where": {"outcome": "withdrawn"}, "most": "gate_time_s",
        "column": "change"}})",
        R"("c1")");
    expect_red(lesson, "practice seed 3: asked: no row of the table answers it");
}

TEST(AuthorTest, APracticeAnswerTamperedWith) {
    const LessonCopy lesson;
    ask(lesson, R"({"text": "?", "answer": {"table": "changes", "most": "gate_time_s", "column": "outcome"}})",
        R"("landed")");
    lesson.write("expected/golden.json", lesson.test().golden);
    EXPECT_EQ(troubles(lesson.test()), "");
    lesson.replace("expected/golden.json", "\"8\": {\n   \"asked\": [\n    \"landed\"",
                   "\"8\": {\n   \"asked\": [\n    \"ejected\"");
    expect_red(lesson, "expected/golden.json is not what is measured now");
}

/// A sentence of the explanation, and what must be so for it.
void claim(const LessonCopy& lesson, const std::string& says, const std::string& so) {
    lesson.write("solution/why.md",
                 read_text(lesson.path("solution/why.md")).value_or("") + "\nNothing is\never red here.\n");
    lesson.replace("lesson.json", "\"golden\": {",
                   "\"claims\": {\"red\": {\"says\": \"" + says + "\", \"so\": \"" + so + "\"}},\n\"golden\": {");
}

TEST(AuthorTest, ASentenceThatIsSo) {
    const LessonCopy lesson;
    claim(lesson, "Nothing is ever red here", "ejected == 0 and golden.through > 0");
    EXPECT_EQ(troubles(lesson.test()), "");
}

TEST(AuthorTest, ASentenceThatIsNotSo) {
    const LessonCopy lesson;
    claim(lesson, "Nothing is ever red here", "ejected > 0 or golden.through > 1000h");
    expect_red(lesson, "claim red: \"Nothing is ever red here\" is not so on average");
}

TEST(AuthorTest, ASentenceThatWasChanged) {
    const LessonCopy lesson;
    claim(lesson, "All is red here", "ejected == 0");
    expect_red(lesson, "claim red: no text says \"All is red here\"");
}

TEST(AuthorTest, AClaimAboutAFigureThatIsNotThere) {
    const LessonCopy lesson;
    claim(lesson, "Nothing is ever red here", "golden.throuhg > 0");
    EXPECT_NE(lesson.complaints().find("there is no figure \"throuhg\""), std::string::npos);
}

TEST(AuthorTest, ACheckThatTakesTooLong) {
    const LessonCopy lesson;
    double now = 0, step = 9;  // processor seconds: two cores share them
    AuthorOptions options;
    options.jobs = 2;
    options.scratch = lesson.scratch() + "/scratch";
    options.clock = [&] { return now += step; };
    EXPECT_EQ(troubles(test_lesson(lesson.folder(), options)), "");
    step = 21;
    EXPECT_NE(troubles(test_lesson(lesson.folder(), options)).find("the dearest check takes 10.5 s on 2 cores"),
              std::string::npos);
}

TEST(AuthorTest, FilesThatAreMissingOrStray) {
    const LessonCopy lesson;
    lesson.write("notes.txt", "to do\n");
    std::filesystem::remove(lesson.path("instructor.md"));
    const std::string found = troubles(lesson.test());
    EXPECT_NE(found.find("notes.txt is not named in lesson.json"), std::string::npos) << found;
    EXPECT_NE(found.find("instructor.md is missing"), std::string::npos) << found;
}

TEST(AuthorTest, AnOrganisationOfOnesOwn) {
    const LessonCopy lesson;
    AuthorOptions options;
    options.jobs = 2;
    options.scratch = lesson.scratch() + "/scratch";
    // Ten times the changes: eight machines are far too few, but they do land in the end.
    options.overlay = {"/load/arrivals/rate=\"3/h\""};
    LessonReport report = test_lesson(lesson.folder(), options);
    EXPECT_EQ(troubles(report), "");
    EXPECT_NE(report.golden, read_text(lesson.path("expected/golden.json")));
    // And one in which it cannot be taught: nothing ever lands.
    options.overlay = {"/jobs/unit/flake=\"100%\""};
    report = test_lesson(lesson.folder(), options);
    EXPECT_NE(troubles(report).find("lands: fail"), std::string::npos) << troubles(report);
}

}  // namespace
}  // namespace gatesim::learn
