#include "learn/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "scenario/field.hpp"
#include "scenario/read_json.hpp"

namespace gatesim::learn {

namespace {

constexpr std::size_t kLargest = 1 << 20;

void collect_sets(const Node& patch, const std::string& pointer, std::vector<std::string>& out) {
    if (!is_leaf(patch)) {
        for (const Member& m : patch.members) collect_sets(m.value, document::below(pointer, m.key), out);
        return;
    }
    out.push_back(set_text(pointer, patch));
}

}  // namespace

Reader::Reader(const std::string& path)
    : sources_{{path, std::filesystem::path(path).parent_path().string()}}, errors_(sources_) {
    const document::FileText file = document::read_file(path, kLargest);
    if (!file.problem.empty()) {
        errors_.add_unreadable({0, 0, 0}, "", "cannot read it: " + file.problem);
        return;
    }
    if (file.too_large) {
        errors_.add_raw({0, 0, 0}, "", "the file is larger than 1 MiB");
        return;
    }
    document_ = document::read_json(file.content, 0, errors_);
}

std::optional<View> Reader::root() {
    if (!document_) return std::nullopt;
    const View view{&*document_, ""};
    if (document_->kind != Node::Kind::object) {
        complain(view, "the file must hold an object: {...}");
        return std::nullopt;
    }
    return view;
}

void Reader::complain(const View& view, const std::string& what, const std::string& allowed) {
    errors_.add_raw(view.node->at, view.pointer, what, allowed);
}

void Reader::keys(const View& object, const std::vector<std::string>& known, const std::vector<std::string>& needed) {
    if (object.node->kind != Node::Kind::object) return complain(object, "it must be an object: {...}");
    for (const Member& m : object.node->members) {
        if (m.key == "notes" || m.key == "$schema") continue;
        if (std::find(known.begin(), known.end(), m.key) != known.end()) continue;
        const std::string near = document::nearest(m.key, known);
        errors_.add_raw(m.at, document::below(object.pointer, m.key),
                        "unknown key" + (near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near)),
                        "keys here: " + document::listing(known));
    }
    for (const std::string& key : needed)
        if (!object.node->find(key)) complain(object, fmt::format("\"{}\" is missing", key));
}

std::string Reader::text(const View& object, const char* key) {
    const auto value = object.find(key);
    if (!value) return "";
    if (value->node->kind == Node::Kind::text) return value->node->text;
    complain(*value, "it must be a text");
    return "";
}

bool Reader::flag(const View& object, const char* key) {
    const auto value = object.find(key);
    if (!value) return false;
    if (value->node->kind != Node::Kind::flag) complain(*value, "it must be true or false");
    return value->node->flag;
}

std::optional<double> Reader::count(const View& object, const char* key, double low, double high) {
    const auto value = object.find(key);
    if (!value) return std::nullopt;
    if (value->node->is_whole() && value->node->number >= low && value->node->number <= high)
        return value->node->number;
    complain(*value, fmt::format("it must be a whole number from {} to {}", low, high));
    return std::nullopt;
}

std::vector<std::string> Reader::texts(const View& object, const char* key) {
    std::vector<std::string> out;
    const auto value = object.find(key);
    if (!value) return out;
    if (value->node->kind != Node::Kind::list) {
        complain(*value, "it must be a list of texts");
        return out;
    }
    for (std::size_t i = 0; i < value->node->members.size(); ++i) {
        const View item = value->child(i);
        if (item.node->kind == Node::Kind::text)
            out.push_back(item.node->text);
        else
            complain(item, "it must be a text");
    }
    return out;
}

std::optional<View> Reader::object(const View& object, const char* key) {
    auto value = object.find(key);
    if (!value) return std::nullopt;
    if (value->node->kind == Node::Kind::object) return value;
    complain(*value, "it must be an object: {...}");
    return std::nullopt;
}

std::optional<Expression> Reader::expression(const View& value) {
    if (value.node->kind == Node::Kind::number) return Expression::constant(value.node->number);
    if (value.node->kind != Node::Kind::text) {
        complain(value, "it must be a number, a quantity or an expression");
        return std::nullopt;
    }
    std::string problem;
    auto out = Expression::parse(value.node->text, problem);
    if (!out) complain(value, fmt::format("\"{}\" is not an expression: {}", value.node->text, problem));
    return out;
}

std::optional<Expression> Reader::expression(const View& object, const char* key) {
    const auto value = object.find(key);
    return value ? expression(*value) : std::nullopt;
}

std::string Reader::pointer(const View& value, const std::string& text) {
    if (text.empty() || !document::split_pointer(text))
        complain(value, fmt::format("\"{}\" is not a JSON pointer", text), "like /strategy/window");
    return text;
}

std::vector<std::string> Reader::sets(const View& object) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < object.node->members.size(); ++i) {
        const Member& m = object.node->members[i];
        out.push_back(set_text(pointer(object.child(i), m.key), m.value));
    }
    return out;
}

std::string set_text(const std::string& pointer, const Node& value) {
    return pointer + "=" + document::to_json(value);
}

bool is_leaf(const Node& patch) {
    return patch.kind != Node::Kind::object || patch.members.empty() || patch.find("dist") != nullptr;
}

std::vector<std::string> patch_sets(const Node& patch) {
    std::vector<std::string> out;
    collect_sets(patch, "", out);
    return out;
}

std::string one_line(const Node& value) {
    std::string out;
    bool blank = false;
    for (const char c : document::to_json(value)) {
        if (c == '\n') {
            blank = true;
            continue;
        }
        if (blank && c == ' ') continue;
        if (blank && !out.empty() && out.back() == ',') out += ' ';
        blank = false;
        out += c;
    }
    return out;
}

}  // namespace gatesim::learn
