#include "learn/texts.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "learn/reader.hpp"
#include "scenario/field.hpp"
#include "scenario/read_json.hpp"

namespace gatesim::learn {

namespace {

constexpr std::size_t kLargestText = 1 << 20;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/// The value at a pointer as a person reads it: texts without their quotes.
std::optional<std::string> shown_at(const Node& document, const std::string& pointer) {
    const auto tokens = document::split_pointer(pointer);
    if (!tokens) return std::nullopt;
    const Node* at = &document;
    for (const std::string& token : *tokens) {
        at = at->find(token);
        if (!at) return std::nullopt;
    }
    return at->kind == Node::Kind::text ? at->text : one_line(*at);
}

/// Without tokens, code blocks and code spans.
std::string prose(const std::string& text) {
    std::string out;
    std::size_t i = 0;
    const auto skip = [&](const char* open, const char* close) {
        const std::string_view o(open), c(close);
        if (text.compare(i, o.size(), o) != 0) return false;
        const std::size_t end = text.find(c, i + o.size());
        i = end == std::string::npos ? text.size() : end + c.size();
        out += ' ';
        return true;
    };
    while (i < text.size())
        if (!skip("{{", "}}") && !skip("```", "```") && !skip("`", "`")) out += text[i++];
    return out;
}

/// Numbers as they stand in a text: digits with at most one point in between.
std::vector<std::string> numbers_in(const std::string& text) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < text.size();) {
        if (!is_digit(text[i])) {
            ++i;
            continue;
        }
        const std::size_t begin = i;
        while (i < text.size() && (is_digit(text[i]) || ((text[i] == '.' || text[i] == ',') && i + 1 < text.size() &&
                                                         is_digit(text[i + 1]))))
            ++i;
        // Part of a name, like web-12 or v2.
        const bool named = begin > 0 && (is_letter(text[begin - 1]) ||
                                         (text[begin - 1] == '-' && begin > 1 && is_letter(text[begin - 2])));
        if (!named) out.push_back(text.substr(begin, i - begin));
    }
    return out;
}

bool is_list_marker(const std::string& text, std::size_t at) {
    return at == 0 || text[at - 1] == '\n';
}

/// "1. " and the like at the beginning of lines are no numbers.
std::string without_markers(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i;
        while (end < text.size() && is_digit(text[end])) ++end;
        if (end > i && is_list_marker(text, i) && end + 1 < text.size() && text[end] == '.' && text[end + 1] == ' ')
            i = end + 1;
        else
            out += text[i++];
    }
    return out;
}

}  // namespace

std::optional<std::string> read_text(const std::string& path) {
    const document::FileText file = document::read_file(path, kLargestText);
    if (!file.problem.empty() || file.too_large) return std::nullopt;
    return file.content;
}

Figures read_figures(const Lesson& lesson) {
    Figures out;
    const auto content = read_text(lesson.path("expected/golden.json"));
    const auto json = nlohmann::json::parse(content.value_or(""), nullptr, false);
    if (!json.is_object() || !json.contains("figures") || !json["figures"].is_object()) return out;
    for (const auto& [name, figure] : json["figures"].items())
        if (figure.is_object())
            out[name] = {figure.value("text", ""), figure.value("number", ""), figure.value("interval", "")};
    return out;
}

Texts::Texts(const Lesson& lesson, TextContext context) : Texts(lesson, std::move(context), read_figures(lesson)) {}

Texts::Texts(const Lesson& lesson, TextContext context, Figures figures)
    : lesson_(lesson), context_(std::move(context)), figures_(std::move(figures)) {
    const document::Sources sources{{"scenario.json", ""}};
    document::Errors ignored(sources);
    if (auto document = document::read_json(read_text(lesson.path("scenario.json")).value_or(""), 0, ignored))
        scenario_ = std::move(*document);
}

std::optional<std::string> Texts::value(const std::string& token) const {
    if (token == "gatesim") return context_.gatesim;
    if (token == "dir") return context_.dir;
    if (token == "seed") return context_.seed > 0 ? std::to_string(context_.seed) : context_.open;
    if (token == "lesson") return lesson_.folder;
    if (token == "name") return context_.name;
    if (token.starts_with("=")) return token.substr(1);
    if (token.starts_with("scenario.")) return shown_at(scenario_, token.substr(9));
    if (!token.starts_with("golden.")) return std::nullopt;
    std::string name = token.substr(7), what;
    for (const char* ending : {".interval", ".number"})
        if (name.ends_with(ending)) {
            what = ending;
            name.resize(name.size() - what.size());
            break;
        }
    const auto figure = figures_.find(name);
    if (figure == figures_.end()) return std::nullopt;
    return what == ".interval" ? figure->second.interval
           : what == ".number" ? figure->second.number
                               : figure->second.text;
}

std::string Texts::fill(const std::string& text, std::vector<std::string>* unknown) const {
    std::string out;
    std::size_t at = 0;
    while (true) {
        const std::size_t open = text.find("{{", at);
        const std::size_t close = open == std::string::npos ? open : text.find("}}", open);
        if (close == std::string::npos) return out + text.substr(at);
        out += text.substr(at, open - at);
        const std::string token = text.substr(open + 2, close - open - 2);
        if (const auto filled = value(token)) {
            out += *filled;
        } else {
            out += "{{" + token + "}}";
            if (unknown) unknown->push_back(token);
        }
        at = close + 2;
    }
}

std::optional<std::string> Texts::file(const std::string& name) const {
    const auto text = read_text(lesson_.path(name));
    if (!text) return std::nullopt;
    return fill(*text);
}

std::vector<std::string> typed_numbers(const std::string& text, const std::string& given) {
    const auto known_list = numbers_in(given);
    const std::set<std::string> known(known_list.begin(), known_list.end());
    std::vector<std::string> out;
    for (const std::string& number : numbers_in(without_markers(prose(text)))) {
        const bool small =
            number.size() <= 2 && number.find_first_of(".,") == std::string::npos && std::stoi(number) <= 12;
        if (!small && !known.count(number)) out.push_back(number);
    }
    return out;
}

}  // namespace gatesim::learn
