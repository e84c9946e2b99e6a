#include "learn/page_frame.hpp"

#include <fmt/format.h>

#include "learn/markdown.hpp"
#include "picture/style.hpp"

namespace gatesim::learn {

namespace {

/// Of what markdown_html.cpp makes: lines of code that hang, words of them that stay whole, what is said beside them,
/// and tables, which scroll by themselves where they are too wide.
constexpr const char* kMarks =
    ".line{display:block;padding-left:4ch;text-indent:-4ch}.w{display:inline-block;max-width:100%;text-indent:0}"
    ".note{display:inline-block;text-indent:0}.table{overflow-x:auto}";

/// A figure has two drawings, and the page shows the one that fits.
constexpr const char* kFigures =
    "figure{margin:1rem 0}figcaption{margin:.3rem 0 0}.at-narrow{display:none}"
    "@media screen and (max-width:44rem){.at-wide{display:none}.at-narrow{display:block}}";

}  // namespace

std::string framed(const std::string& title, const std::string& style, const std::string& body) {
    const bool pictures = body.find("<figure>") != std::string::npos;
    return fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{}</title>\n"
        "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\"><style>{}{}{}{}</style></head>\n<body>\n{}</body></html>\n",
        html_escaped(title), kMarks, pictures ? picture::picture_style() : "", pictures ? kFigures : "", style, body);
}

std::string lesson_title(const Lesson& lesson) {
    return lesson.name.substr(0, lesson.name.find('-')) + " " + html_escaped(lesson.title);
}

std::string plain_html(std::string text) {
    std::erase(text, '`');
    return html_escaped(text);
}

std::string without_title(const std::string& story) {
    const std::size_t end = story.find('\n');
    return story.starts_with("# ") && end != std::string::npos ? story.substr(end) : story;
}

}  // namespace gatesim::learn
