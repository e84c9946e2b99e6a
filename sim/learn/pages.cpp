#include "learn/pages.hpp"

#include <fmt/format.h>

#include "learn/markdown.hpp"

namespace gatesim::learn {

namespace {

constexpr const char* kProjectorStyle =
    "body{font:2.2vw/1.4 sans-serif;margin:3vw 6vw;color:#111;background:#fff}"
    "section{min-height:97vh;break-after:page}h1{font-size:4vw;margin:0 0 1vw}h2,h3{font-size:2.8vw;margin:1.5vw 0 "
    ".5vw}"
    "pre,code{font-family:monospace;font-size:.9em;background:#eee}pre{padding:.6em;white-space:pre-wrap}"
    "table{border-collapse:collapse}td,th{border-bottom:2px solid #999;padding:.2em .8em;text-align:left}"
    ".minutes{float:right;color:#555}"
    "@media(prefers-color-scheme:dark){body{color:#eee;background:#111}pre,code{background:#333}}";

/// One page of A4 or Letter a lesson, whatever there is to read: what is left of it becomes room to write.
constexpr const char* kSheetStyle =
    "@page{margin:12mm}body{font:10pt/1.32 serif;color:#000;background:#fff;max-width:186mm;margin:auto}"
    "section{break-after:page;break-inside:avoid;height:250mm;display:flex;flex-direction:column}"
    "h1{font-size:15pt;margin:0 0 2mm}h2,h3{font-size:11pt;margin:2.5mm 0 .5mm}p{margin:0 0 1.8mm}ul,ol{margin:0 0 2mm}"
    "pre,code{font-family:monospace;font-size:8.2pt}pre{border:.3mm solid #999;padding:1.5mm;margin:0 0 2mm;"
    "white-space:pre-wrap}table{border-collapse:collapse;width:100%}td,th{border:.2mm solid #666;padding:.8mm 1.5mm;"
    "text-align:left;vertical-align:top}.tried{flex:1;min-height:28mm;table-layout:fixed}.tried th{height:5mm}"
    ".line{border-bottom:.2mm solid #000;height:6.5mm}.minutes{float:right}"
    ".guess{display:grid;grid-template-columns:1fr 1fr;gap:0 6mm}.guess p{margin:0}";

std::string page(const std::string& title, const char* style, const std::string& body) {
    return fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{}</title>\n"
        "<meta name=\"viewport\" content=\"width=device-width\"><style>{}</style></head>\n<body>\n{}</body></html>\n",
        html_escaped(title), style, body);
}

std::string heading(const Lesson& lesson, int minutes) {
    const std::string number = lesson.name.substr(0, lesson.name.find('-'));
    return fmt::format("<h1><span class=\"minutes\">{} min</span>{} {}</h1>\n", minutes, number,
                       html_escaped(lesson.title));
}

std::string without_marks(std::string text) {
    std::erase(text, '`');
    return text;
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
        for (const std::string& o : l.lesson.objectives) body += "<li>" + html_escaped(without_marks(o)) + "</li>\n";
        body += "</ul>\n" + story_html(l.story);
        bool first = true;
        for (const Question& q : l.lesson.questions) {
            if (!q.first) continue;
            if (first) body += "<h3>Before you run it: what do you expect?</h3>\n<div class=\"guess\">\n";
            first = false;
            body += "<div><p>" + html_escaped(q.text) + "</p><div class=\"line\"></div></div>\n";
        }
        if (!first) body += "</div>\n";
        body +=
            "<h3>What you tried</h3>\n<table class=\"tried\"><tr><th>what you changed</th><th>what came of "
            "it</th><th>what you make of it</th></tr>\n";
        for (int i = 0; i < 3; ++i) body += "<tr><td></td><td></td><td></td></tr>\n";
        body += "</table>\n<h3>One rule you do not believe any more</h3>\n<div class=\"line\"></div>\n</section>\n";
    }
    return page(title, kSheetStyle, body);
}

}  // namespace gatesim::learn
