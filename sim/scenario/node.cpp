#include "scenario/node.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace gatesim::document {

namespace {

void append_number(std::string& out, const Node& node) {
    if (node.is_whole()) {
        out += fmt::format("{}", static_cast<std::int64_t>(node.number));
        return;
    }
    char digits[40];
    const auto end = std::to_chars(digits, digits + sizeof digits, node.number);
    out.append(digits, end.ptr);
}

void append(std::string& out, const Node& node, std::size_t depth) {
    switch (node.kind) {
        case Node::Kind::null:
            out += "null";
            return;
        case Node::Kind::flag:
            out += node.flag ? "true" : "false";
            return;
        case Node::Kind::number:
            append_number(out, node);
            return;
        case Node::Kind::text:
            out += json_string(node.text);
            return;
        case Node::Kind::list:
        case Node::Kind::object:
            break;
    }
    const bool object = node.kind == Node::Kind::object;
    out += object ? '{' : '[';
    bool first = true;
    for (const Member& member : node.members) {
        out += first ? "\n" : ",\n";
        first = false;
        out.append(depth + 1, ' ');
        if (object) out += json_string(member.key) + ": ";
        append(out, member.value, depth + 1);
    }
    if (!first) out.append("\n").append(depth, ' ');
    out += object ? '}' : ']';
}

}  // namespace

const Node* Node::find(std::string_view key) const {
    if (kind != Kind::object) return nullptr;
    for (const Member& member : members) {
        if (member.key == key) return &member.value;
    }
    return nullptr;
}

bool Node::is_whole() const {
    return kind == Kind::number && std::abs(number) <= 9007199254740992.0 && std::floor(number) == number;
}

std::string to_json(const Node& node) {
    std::string out;
    append(out, node, 0);
    return out;
}

std::string json_string(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            out += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
        } else {
            out += c;
        }
    }
    return out + "\"";
}

}  // namespace gatesim::document
