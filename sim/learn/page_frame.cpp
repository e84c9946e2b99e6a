#include "learn/page_frame.hpp"

#include <fmt/format.h>

#include "learn/markdown.hpp"

namespace gatesim::learn {

std::string framed(const std::string& title, const std::string& style, const std::string& body) {
    return fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{}</title>\n"
        "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\"><style>{}</style></head>\n<body>\n{}</body></html>\n",
        html_escaped(title), style, body);
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
