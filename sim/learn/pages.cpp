#include "learn/pages.hpp"

#include <fmt/format.h>

#include "learn/markdown.hpp"

namespace gatesim::learn {

namespace {

constexpr const char* kProjectorStyle =
    "body{font:2.2vw/1.4 sans-serif;margin:3vw 6vw;color:#111;background:#fff}"
    "section{min-height:92vh;break-after:page}h1{font-size:4vw;margin:0 0 1vw}h2,h3{font-size:2.8vw;margin:1.5vw 0 "
    ".5vw}"
    "pre,code{font-family:monospace;font-size:.9em;background:#eee}pre{padding:.6em;white-space:pre-wrap}"
    "table{border-collapse:collapse}td,th{border-bottom:2px solid #999;padding:.2em .8em;text-align:left}"
    ".minutes{float:right;color:#555}"
    "@media(prefers-color-scheme:dark){body{color:#eee;background:#111}pre,code{background:#333}}";

constexpr const char* kSheetStyle =
    "@page{margin:18mm}body{font:11pt/1.4 serif;color:#000;background:#fff;max-width:180mm;margin:auto}"
    "section{break-after:page}h1{font-size:16pt;margin:0 0 4mm}h2,h3{font-size:12pt;margin:4mm 0 1mm}"
    "pre,code{font-family:monospace;font-size:9pt}pre{border:.3mm solid #999;padding:2mm;white-space:pre-wrap}"
    "table{border-collapse:collapse;width:100%}td,th{border:.2mm solid #666;padding:1.5mm;text-align:left;"
    "vertical-align:top}.line{border-bottom:.2mm solid #000;height:8mm}.minutes{float:right}";

std::string page(const std::string& title, const char* style, const std::string& body) {
    return fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{}</title>\n"
        "<meta name=\"viewport\" content=\"width=device-width\"><style>{}</style></head>\n<body>\n{}</body></html>\n",
        html_escaped(title), style, body);
}

std::string heading(const Lesson& lesson, int minutes) {
    const std::string number = lesson.name.substr(0, lesson.name.find('-'));
    return fmt::format("<h1>{} {} <span class=\"minutes\">{} min</span></h1>\n", number, html_escaped(lesson.title),
                       minutes);
}

/// The story without its first heading, which is the lesson's title again.
std::string story_html(const std::string& story) {
    const std::size_t end = story.find('\n');
    return html_markdown(story.starts_with("# ") && end != std::string::npos ? story.substr(end) : story);
}

}  // namespace

std::string projector_page(const std::vector<PageLesson>& lessons, const std::string& title) {
    std::string body;
    for (const PageLesson& l : lessons)
        body += "<section>\n" + heading(l.lesson, l.lesson.do_minutes) + story_html(l.story) + "</section>\n";
    return page(title, kProjectorStyle, body);
}

std::string sheet_page(const std::vector<PageLesson>& lessons, const std::string& title) {
    std::string body;
    for (const PageLesson& l : lessons) {
        body += "<section>\n" + heading(l.lesson, l.lesson.teach_minutes + l.lesson.do_minutes) + "<ul>\n";
        for (const std::string& o : l.lesson.objectives) body += "<li>" + html_escaped(o) + "</li>\n";
        body += "</ul>\n" + story_html(l.story);
        bool first = true;
        for (const Question& q : l.lesson.questions) {
            if (!q.first) continue;
            if (first) body += "<h3>Before you run it: what do you expect?</h3>\n";
            first = false;
            body += "<p>" + html_escaped(q.text) + "</p><div class=\"line\"></div>\n";
        }
        body +=
            "<h3>What you tried</h3>\n<table><tr><th>what you changed</th><th>what came of it</th><th>what you make "
            "of it</th></tr>\n";
        for (int i = 0; i < 4; ++i) body += "<tr><td>&nbsp;<br>&nbsp;</td><td></td><td></td></tr>\n";
        body += "</table>\n<h3>One rule you do not believe any more</h3>\n<div class=\"line\"></div>\n</section>\n";
    }
    return page(title, kSheetStyle, body);
}

}  // namespace gatesim::learn
