#include <fmt/format.h>
#include <fmt/ranges.h>

#include "learn/markdown.hpp"
#include "learn/page_frame.hpp"
#include "learn/pages.hpp"

namespace gatesim::learn {

namespace {

/// One page of A4 or Letter a lesson, whatever there is to read: what is left of it becomes room to write. On a
/// screen it is a page with margins, in dark, too; on paper it is black on white.
constexpr const char* kStyle =
    ":root{--ink:#000;--paper:#fff;--line:#666}"
    "@media screen and (prefers-color-scheme:dark){:root{--ink:#eee;--paper:#111;--line:#999}}"
    "@page{margin:12mm}*{box-sizing:border-box}"
    "body{font:10pt/1.32 serif;color:var(--ink);background:var(--paper);max-width:186mm;margin:0 auto}"
    "section{break-after:page;break-inside:avoid;display:flex;flex-direction:column;overflow-wrap:anywhere}"
    "h1{font-size:15pt;margin:0 0 2mm;display:flex;gap:4mm;align-items:baseline}h1 span:first-child{flex:1}"
    ".minutes{font-size:11pt;font-weight:normal;white-space:nowrap}"
    "h2,h3{font-size:11pt;margin:2.5mm 0 .5mm}p{margin:0 0 1.8mm}ul,ol{margin:0 0 2mm;padding-left:5mm}"
    "pre,code{font-family:monospace;font-size:8.2pt}pre{border:.3mm solid var(--line);padding:1.5mm;margin:0 0 2mm;"
    "white-space:pre-wrap}"
    "table{border-collapse:collapse;width:100%}td,th{border:.2mm solid var(--line);padding:.8mm 1.5mm;text-align:left;"
    "vertical-align:top}.tried{flex:1;min-height:24mm;table-layout:fixed}.tried th{height:5mm}"
    ".who{display:flex;gap:6mm;margin:0 0 1mm}.who span{flex:1;border-bottom:.2mm solid var(--ink)}"
    ".rule{border-bottom:.2mm solid var(--ink);height:6.5mm}"
    ".asked{display:grid;grid-template-columns:repeat(auto-fit,minmax(75mm,1fr));gap:1.5mm 6mm;align-items:start}"
    ".asked p{margin:0}.choice{display:block;padding-left:5mm;text-indent:-5mm}"
    "figure .pic{width:100%}"
    "@media print{section{height:250mm}figure .pic{max-height:200mm}}"
    "@media screen{body{font-size:12pt;padding:6mm}section{padding:0 0 10mm;margin:0 0 10mm;"
    "border-bottom:.5mm dashed var(--line)}pre,code{font-size:10.5pt}.tried{min-height:40mm}}"
    "@media screen and (max-width:600px){.asked{grid-template-columns:1fr}body{padding:4mm}}";

/// "○ yes  ○ no": the words that work.json takes, with what they mean.
std::string choices_html(const Question& question) {
    std::string out;
    for (const auto& [word, meaning] : question.choices)
        out +=
            fmt::format("<span class=\"choice\">○ <code>{}</code> {}</span>", html_escaped(word), plain_html(meaning));
    return out;
}

/// The questions with a line each to write on; nothing if there are none.
std::string asked(const std::string& heading, const std::vector<Question>& questions, bool first) {
    std::string out;
    for (const Question& q : questions) {
        if (q.first != first) continue;
        out += fmt::format("<div><p><code>{}</code> {}</p>", html_escaped(q.id), plain_html(q.text));
        out += q.choices.empty() ? "<div class=\"rule\"></div></div>\n" : "<p>" + choices_html(q) + "</p></div>\n";
    }
    return out.empty() ? "" : "<h3>" + heading + "</h3>\n<div class=\"asked\">\n" + out + "</div>\n";
}

constexpr const char* kTried =
    "<h3>What you tried</h3>\n<table class=\"tried\"><tr><th>what you changed</th><th>what came of it</th>"
    "<th>what you make of it</th></tr>\n"
    "<tr><td></td><td></td><td></td></tr>\n<tr><td></td><td></td><td></td></tr>\n<tr><td></td><td></td><td></td></tr>\n"
    "</table>\n";

std::string objectives_html(const Lesson& lesson) {
    std::string out = "<h3>What you will be able to do</h3>\n<ul>\n";
    for (const std::string& o : lesson.objectives) out += "<li>" + plain_html(o) + "</li>\n";
    return out + "</ul>\n";
}

}  // namespace

std::string sheet_page(const std::vector<PageLesson>& lessons, const std::string& title) {
    std::string body;
    for (const PageLesson& l : lessons) {
        const bool changes = !l.lesson.edits.empty() || !l.lesson.levers.empty() || !l.lesson.programs.empty();
        body += fmt::format("<section>\n<h1><span>{}</span><span class=\"minutes\">{} min</span></h1>\n",
                            lesson_title(l.lesson), l.lesson.teach_minutes + l.lesson.do_minutes);
        body += "<p class=\"who\">Name: <span>" + html_escaped(l.learner) + "</span> Date: <span></span></p>\n";
        body += objectives_html(l.lesson) + "<h3>Story and task</h3>\n" + html_markdown(without_title(l.story));
        body += asked("Before you run it: what do you expect?", l.lesson.questions, true);
        body += asked("Your answers", l.lesson.questions, false);
        if (changes) body += kTried;
        body += "<h3>One rule you do not believe any more</h3>\n<div class=\"rule\"></div>\n</section>\n";
        if (l.figures.empty()) continue;
        body += fmt::format("<section>\n<h1><span>{}</span></h1>\n{}</section>\n", lesson_title(l.lesson),
                            fmt::join(l.figures, ""));
    }
    return framed(title, kStyle, body);
}

}  // namespace gatesim::learn
