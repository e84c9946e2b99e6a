#include "command/lesson_goals.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "picture/canvas.hpp"

namespace gatesim {

namespace {

using Json = nlohmann::json;
using picture::escaped;

std::string row(const Json& test) {
    const auto text = [&](const char* key) {
        const auto it = test.find(key);
        return it != test.end() && it->is_string() ? it->get<std::string>() : std::string();
    };
    if (text("goal").empty()) return "";  // a question: its answer is right or wrong, and has no distance
    const std::string status = text("status");
    const char* sign = status == "pass" ? "✓ " : status == "fail" ? "✗ " : "";
    return fmt::format(
        "<tr><th scope=\"row\">{}{}</th><td style=\"white-space:nowrap\">{}</td><td>{}</td><td>{}</td></tr>\n", sign,
        escaped(text("text")), escaped(text("goal")), escaped(text("yours")), escaped(text("distance")));
}

}  // namespace

std::string with_goals(std::string page, const std::string& results) {
    const Json json = Json::parse(results, nullptr, false);
    if (!json.is_object() || !json.contains("tests") || !json["tests"].is_array()) return page;
    std::string rows;
    for (const Json& test : json["tests"])
        if (test.is_object()) rows += row(test);
    constexpr std::string_view kMain = "<main>\n";
    const std::size_t at = page.find(kMain);
    if (rows.empty() || at == std::string::npos) return page;
    constexpr std::string_view kContents = "<nav aria-label=\"Contents\"><ul>\n";
    page.insert(
        at + kMain.size(),
        fmt::format(
            "<section id=\"goals\" aria-labelledby=\"goals-h\">\n<h2 id=\"goals-h\">Goal and yours</h2>\n"
            "<p>As of your last check, which runs on luck that nobody has seen. What is below is one run, on the "
            "practice luck.</p>\n<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"goals\"><table>"
            "<thead><tr><th scope=\"col\">what</th><th scope=\"col\">goal</th><th scope=\"col\">yours</th>"
            "<th scope=\"col\">distance</th></tr></thead><tbody>\n{}</tbody></table></div>\n</section>\n",
            rows));
    if (const std::size_t contents = page.find(kContents); contents < at)
        page.insert(contents + kContents.size(), "<li><a href=\"#goals\">Goal and yours</a></li>\n");
    return page;
}

}  // namespace gatesim
