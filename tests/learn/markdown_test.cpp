#include "learn/markdown.hpp"

#include <gtest/gtest.h>

namespace gatesim::learn {
namespace {

std::string shouted(const std::string& text) {
    return "# " + text;
}

TEST(Markdown, ForTheTerminal) {
    const std::string text =
        "# A title\n\nA paragraph that\nis broken **anywhere**, with *marks* and `a*b`.\n\n1. one\n2. two\n   goes "
        "on\n\n"
        "```\n  code  stays\n```\n\n| a | b |\n| --- | --- |\n| long one | x |\n";
    EXPECT_EQ(
        plain_markdown(text, 40, shouted),
        "# A title\n\nA paragraph that is broken anywhere,\nwith marks and `a*b`.\n\n  1. one\n  2. two goes on\n\n"
        "      code  stays\n\n  a         b\n  long one  x\n");
    // Wide characters take two columns, accents none.
    EXPECT_EQ(plain_markdown("| 日本 | b |\n| --- | --- |\n| e\u0301a | x |\n", 40, shouted),
              "  日本  b\n  e\u0301a    x\n");
}

TEST(Markdown, CommandsGoOnAsAShellTakesIt) {
    EXPECT_EQ(plain_markdown("```\ngatesim run scenario.json --seed 1 --set /strategy/window=20\n```\n", 40, shouted),
              "    gatesim run scenario.json --seed 1 \\\n        --set /strategy/window=20\n");
    EXPECT_EQ(plain_markdown("```\ngatesim lesson run    the story of the morning, told again\n```\n", 40, shouted),
              "    gatesim lesson run\n        the story of the morning, told\n        again\n");
}

TEST(Markdown, AsHtml) {
    EXPECT_EQ(html_markdown("## T & U\n\n- **a** <b>\n- c\n\nd `1 < 2`\n"),
              "<h3>T &amp; U</h3>\n<ul>\n<li><strong>a</strong> &lt;b&gt;</li>\n<li>c</li>\n</ul>\n"
              "<p>d <code>1 &lt; 2</code></p>\n");
    EXPECT_EQ(html_markdown("日本 – 'a' \"b\"\n"), "<p>日本 – &#39;a&#39; &quot;b&quot;</p>\n");
}

TEST(Markdown, CodeAsHtmlKeepsItsWordsAndPutsNotesBelow) {
    EXPECT_EQ(html_markdown("```\na --b    not\n\n  c\n```\n"),
              "<pre><span class=\"line\"><span class=\"w\">a</span> <span class=\"w\">--b</span>    "
              "<span class=\"note\">not</span></span><span class=\"line\"> </span>"
              "<span class=\"line\">  <span class=\"w\">c</span></span></pre>\n");
}

TEST(Markdown, AListThatGoesOnCountsOn) {
    EXPECT_EQ(html_markdown("1. a\n\nb\n\n2. c\n"),
              "<ol>\n<li>a</li>\n</ol>\n<p>b</p>\n<ol start=\"2\">\n<li>c</li>\n</ol>\n");
}

TEST(Markdown, NothingInATextBecomesAnElement) {
    EXPECT_EQ(html_markdown("<script>alert('x')</script>").find("<script"), std::string::npos);
}

}  // namespace
}  // namespace gatesim::learn
