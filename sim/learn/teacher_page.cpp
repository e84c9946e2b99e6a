#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "learn/markdown.hpp"
#include "learn/page_frame.hpp"
#include "learn/pages.hpp"

namespace gatesim::learn {

namespace {

constexpr const char* kStyle =
    ":root{--ink:#111;--paper:#fff;--soft:#555;--code:#eee;--line:#999}"
    "@media screen and (prefers-color-scheme:dark){"
    ":root{--ink:#eee;--paper:#111;--soft:#bbb;--code:#2b2b2b;--line:#777}}"
    "*{box-sizing:border-box}body{font:18px/1.5 sans-serif;margin:0 auto;padding:1.5rem;max-width:46rem;"
    "color:var(--ink);background:var(--paper);overflow-wrap:anywhere}"
    "section{break-after:page;margin:0 0 3rem}h1{font-size:1.6em;line-height:1.25;margin:0 0 .6em;border-bottom:2px "
    "solid var(--line)}h2,h3{font-size:1.2em;margin:1.4em 0 .4em}"
    "pre,code{font-family:monospace;background:var(--code);font-size:15px}pre{padding:.6em;white-space:pre-wrap}"
    ".note{color:var(--soft)}.table{margin:0 0 1em}"
    "table{border-collapse:collapse}td,th{border-bottom:1px solid var(--line);padding:.2em 1em .2em 0;text-align:left;"
    "vertical-align:top}.soft{color:var(--soft)}@media(max-width:600px){body{padding:1rem}}";

/// Below the paragraph about the board, or where there is none, at the beginning.
std::string with_figures(const std::vector<Block>& blocks, const std::vector<std::string>& figures) {
    const auto board = std::find_if(blocks.begin(), blocks.end(),
                                    [](const Block& block) { return block.text.starts_with("**Board.**"); });
    const auto cut = board == blocks.end() ? blocks.begin() : board + 1;
    return html_blocks({blocks.begin(), cut}) + fmt::format("{}", fmt::join(figures, "")) +
           html_blocks({cut, blocks.end()});
}

}  // namespace

std::string teacher_markdown(const TeacherLesson& l) {
    const Lesson& lesson = l.lesson;
    std::string out = fmt::format("{} + {} minutes (tell, do). For teachers: the solution is in here.\n\n",
                                  lesson.teach_minutes, lesson.do_minutes);
    out += without_title(l.notes);
    out += "\n## The four hints\n\n";
    for (std::size_t i = 0; i < l.hints.size(); ++i) out += fmt::format("{}. {}\n", i + 1, l.hints[i]);
    out += "\n## A work.json that passes\n\n```\n" + l.solution + "```\n";
    for (const auto& [name, text] : l.programs) out += fmt::format("\n## {}\n\n```\n{}```\n", name, text);
    return out + "\n## Why it works\n\n" + without_title(l.why);
}

std::string teacher_page(const std::vector<TeacherLesson>& lessons, const std::string& title) {
    std::string body;
    for (const TeacherLesson& l : lessons)
        body += "<section>\n<h1>" + lesson_title(l.lesson) + "</h1>\n" +
                with_figures(read_markdown(teacher_markdown(l)), l.figures) + "</section>\n";
    return framed(title, kStyle, body);
}

}  // namespace gatesim::learn
