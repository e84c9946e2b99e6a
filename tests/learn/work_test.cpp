// What learners hand in: errors that teach, at every place of the file.

#include "learn/work.hpp"

#include "support.hpp"

namespace gatesim::learn {
namespace {

std::string complaint(const LessonCopy& copy, const std::string& work) {
    copy.write("mine.json", work);
    std::vector<Diagnostic> problems;
    const auto read = read_work(copy.read(), copy.path("mine.json"), problems);
    EXPECT_FALSE(read) << work;
    return text(problems);
}

void expect_in(const std::string& text, const std::string& piece) {
    EXPECT_NE(text.find(piece), std::string::npos) << "lacks " << piece << ":\n" << text;
}

TEST(Work, AnEditElsewhereNamesThePointerAndWhatMayBeSet) {
    const LessonCopy copy;
    const std::string said = complaint(copy, "{\n  \"set\": {\"/load/arrivals/rate\": \"1/day\"}}");
    expect_in(said, "mine.json:2:");
    expect_in(said, "/load/arrivals/rate: this is not yours to change here");
    expect_in(said, "you may set /pools/machines/nodes (machines in the pool; from 0 to 100)");
}

TEST(Work, AMisspeltPointer) {
    const LessonCopy copy;
    expect_in(complaint(copy, R"({"set": {"/pools/machine/nodes": 4}})"), "did you mean /pools/machines/nodes?");
}

TEST(Work, ValuesOutOfRangeOrOfAnotherKind) {
    const LessonCopy copy;
    expect_in(complaint(copy, R"({"set": {"/pools/machines/nodes": 101}})"), "101 is out of range");
    expect_in(complaint(copy, R"({"set": {"/pools/machines/nodes": -1}})"), "from 0 to 100");
    expect_in(complaint(copy, R"({"set": {"/pools/machines/nodes": 2.5}})"), "whole number");
    expect_in(complaint(copy, R"({"set": {"/pools/machines/nodes": "4"}})"), "a bare number");
    expect_in(complaint(copy, R"({"set": {"/pools/machines/nodes": [4]}})"), "a bare number");
}

TEST(Work, AFileThatIsNoJson) {
    const LessonCopy copy;
    expect_in(complaint(copy, "{\"set\": {\n  \"/pools/machines/nodes\": 4,\n}}"), "mine.json:3:");
    expect_in(complaint(copy, ""), "mine.json:1:");
    expect_in(complaint(copy, "[]"), "must hold an object");
    expect_in(complaint(copy, R"({"sett": {}})"), "did you mean \"set\"?");
    expect_in(complaint(copy, R"({"set": 4})"), "must be an object");
}

TEST(Work, AFileThatIsNotThere) {
    const LessonCopy copy;
    std::vector<Diagnostic> problems;
    EXPECT_FALSE(read_work(copy.read(), copy.path("gone.json"), problems));
    ASSERT_FALSE(problems.empty());
    EXPECT_EQ(problems.front().exit_code, 4);
}

TEST(Work, QuestionsAskForTheirUnits) {
    const LessonCopy copy;
    copy.replace("lesson.json", "\"checks\": {", R"("questions": {
        "time": {"text": "How long?", "unit": "s"}, "share": {"text": "Which share?", "unit": "share"},
        "many": {"text": "How many?"}, "pick": {"text": "Which?", "choices": {"a": "A", "b": "B"}}}, "checks": {)");
    expect_in(complaint(copy, R"({"answers": {"time": 90}})"), "An answer looks like \"1h30m\"");
    expect_in(complaint(copy, R"({"answers": {"share": 5}})"), "An answer looks like \"5%\"");
    expect_in(complaint(copy, R"({"answers": {"many": "some"}})"), "An answer looks like 12");
    expect_in(complaint(copy, R"({"answers": {"pick": "c"}})"), "not among the choices");
    expect_in(complaint(copy, R"({"answers": {"pikc": "a"}})"), "did you mean \"pick\"?");
    copy.write("mine.json", R"({"answers": {"time": "1h30m", "share": "5%", "many": 7, "pick": null}})");
    std::vector<Diagnostic> problems;
    const auto work = read_work(copy.read(), copy.path("mine.json"), problems);
    ASSERT_TRUE(work) << text(problems);
    EXPECT_EQ(work->answers.at("time").number, 5400);
    EXPECT_EQ(work->answers.count("pick"), 0u) << "null is: not answered yet";
}

}  // namespace
}  // namespace gatesim::learn
