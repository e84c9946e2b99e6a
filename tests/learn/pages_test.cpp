// The pages of a room: nothing of a text is lost, and slides fit.
#include "learn/pages.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "learn/slides.hpp"
#include "support.hpp"

namespace gatesim::learn {
namespace {

using Slides = std::vector<std::vector<Block>>;

double height(const std::vector<Block>& slide) {
    return std::accumulate(slide.begin(), slide.end(), 0.0,
                           [](double sum, const Block& block) { return sum + slide_height(block); });
}

std::string together(const Slides& slides) {
    std::string out;
    for (const auto& slide : slides)
        for (const Block& block : slide) out += block.text + "\n";
    return out;
}

std::string lines(int n) {
    std::string out;
    for (int i = 1; i <= n; ++i) out += "line " + std::to_string(i) + "\n";
    return out;
}

TEST(Slides, EveryLessonIsCutIntoSlidesThatFit) {
    std::vector<Diagnostic> problems;
    const auto track = read_track(LESSONS, problems);
    ASSERT_TRUE(track) << text(problems);
    for (const TrackEntry& entry : track->lessons) {
        const auto blocks = read_markdown(read_text(track->folder_of(entry.lesson) + "/README.md").value_or(""));
        const Slides slides = cut_into_slides(blocks, 27);
        for (const auto& slide : slides) EXPECT_LE(height(slide), 27) << entry.lesson << ": " << slide.front().text;
        EXPECT_EQ(together(slides), together({blocks})) << entry.lesson;
    }
}

TEST(Slides, LongCodeIsCutBetweenItsLines) {
    const Slides slides = cut_into_slides(read_markdown("```\n" + lines(50) + "```\n"), 27);
    ASSERT_EQ(slides.size(), 3u);
    std::string all;
    for (const auto& slide : slides) {
        ASSERT_EQ(slide.size(), 1u);
        EXPECT_LE(height(slide), 27);
        all += slide.front().text;
    }
    EXPECT_EQ(all, lines(50));
}

TEST(Slides, WhatLeadsToAListStaysWithIt) {
    std::string story;
    for (int i = 0; i < 11; ++i) story += "Words.\n\n";
    story += "Now this:\n\n- one\n- two\n";
    for (const auto& slide : cut_into_slides(read_markdown(story), 25)) {
        ASSERT_FALSE(slide.empty());
        EXPECT_NE(slide.back().text, "Now this:");
    }
}

TEST(Slides, ATaskStaysWholeWhereThatCostsNoSlide) {
    const std::string words = "Words that fill a line of a slide from its left to its right, all of it.\n\n";
    std::string story;
    for (int i = 0; i < 7; ++i) story += words;
    story += "**Task 1.** Do it.\n\n- one\n- two\n- three\n- four\n";
    const Slides slides = cut_into_slides(read_markdown(story), 27);
    ASSERT_EQ(slides.size(), 2u);
    EXPECT_TRUE(slides[1].front().text.starts_with("**Task 1.**"));
}

PageLesson page_lesson() {
    const LessonCopy copy;
    PageLesson out;
    out.lesson = copy.read();
    out.story = "# Title\n\nStory.\n";
    return out;
}

TEST(Sheet, EveryQuestionHasItsLine) {
    PageLesson entry = page_lesson();
    Question number, choice, guess;
    number.id = "pairs";
    number.text = "How many?";
    choice.id = "why";
    choice.choices = {{"luck", "by `luck`"}, {"skill", "<skill>"}};
    guess.id = "guess";
    guess.first = true;
    entry.lesson.questions = {number, choice, guess};
    const std::string page = sheet_page({entry}, "Course");
    const std::string asked = page.substr(page.find("Your answers"));
    EXPECT_NE(asked.find("<code>pairs</code> How many?</p><div class=\"rule\">"), std::string::npos) << asked;
    EXPECT_NE(asked.find("○ <code>luck</code> by luck"), std::string::npos) << asked;
    EXPECT_NE(asked.find("&lt;skill&gt;"), std::string::npos) << asked;
    EXPECT_LT(page.find("<code>guess</code>"), page.find("Your answers"));
}

TEST(Sheet, WhereNothingIsChangedNobodyAsksWhatWasChanged) {
    PageLesson entry = page_lesson();
    EXPECT_NE(sheet_page({entry}, "Course").find("what you changed"), std::string::npos);
    entry.lesson.edits.clear();
    entry.lesson.levers.clear();
    EXPECT_EQ(sheet_page({entry}, "Course").find("what you changed"), std::string::npos);
}

}  // namespace
}  // namespace gatesim::learn
