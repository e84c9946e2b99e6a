#include "scenario/override.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "model/parameter.hpp"
#include "scenario/field.hpp"
#include "scenario/read_json.hpp"

namespace gatesim::document {

namespace {

/// The value as JSON; as text if it is not JSON ("45m" needs no quotes on a command line).
Node read_value(const std::string& text, std::uint32_t source) {
    const Sources none(source + 1);
    Errors ignored(none);
    Node out;
    if (auto parsed = read_json(text, source, ignored)) {
        out = std::move(*parsed);
    } else {
        out.kind = Node::Kind::text;
        out.text = text;
    }
    return out;
}

/// Values from the command line have a pointer, not a line.
void forget_lines(Node& node, std::uint32_t source) {
    node.at = {source, 0, 0};
    for (Member& member : node.members) {
        member.at = {source, 0, 0};
        forget_lines(member.value, source);
    }
}

/// The member `token` of `node`, made if it is not there; nullptr (and `problem`) if there can be none.
Node* descend(Node& node, const std::string& token, std::uint32_t source, std::string& problem) {
    if (node.kind == Node::Kind::list) {
        std::size_t index = 0;
        const auto end = token.data() + token.size();
        const auto read = std::from_chars(token.data(), end, index);
        if (token == "-") index = node.members.size();
        if (token != "-" &&
            (token.empty() || read.ec != std::errc{} || read.ptr != end || index > node.members.size())) {
            problem = fmt::format("{} is not a place in a list of {}", quote(token), node.members.size());
            return nullptr;
        }
        if (index == node.members.size()) node.members.push_back({"", {source, 0, 0}, {}});
        return &node.members[index].value;
    }
    if (node.kind == Node::Kind::null) node.kind = Node::Kind::object;
    if (node.kind != Node::Kind::object) {
        problem = fmt::format("there is nothing below a plain value ({})", quote(token));
        return nullptr;
    }
    for (Member& member : node.members) {
        if (member.key == token) return &member.value;
    }
    node.members.push_back({token, {source, 0, 0}, {}});
    node.members.back().value.at = {source, 0, 0};
    return &node.members.back().value;
}

void remove(Node& node, const std::string& token) {
    std::erase_if(node.members,
                  [&](const Member& member) { return node.kind == Node::Kind::object && member.key == token; });
}

/// A strategy may be written as its name alone, or left out; its parameters can be set all the same.
void spell_out_strategy(Node& document, std::uint32_t source) {
    if (document.kind != Node::Kind::object) return;
    std::string ignored;
    Node& strategy = *descend(document, "strategy", source, ignored);
    if (strategy.kind == Node::Kind::object || strategy.kind == Node::Kind::list) return;
    Node name = strategy;
    if (name.kind != Node::Kind::text) {
        name.kind = Node::Kind::text;
        name.text = StrategyChoice{}.name;
    }
    Node spelt;
    spelt.kind = Node::Kind::object;
    spelt.at = strategy.at;
    spelt.members.push_back({"name", strategy.at, std::move(name)});
    strategy = std::move(spelt);
}

}  // namespace

bool apply_overrides(Node& document, const std::vector<std::string>& sets, std::uint32_t source, Errors& errors) {
    for (const std::string& set : sets) {
        const auto equals = set.find('=');
        const std::string pointer = set.substr(0, equals);
        const auto tokens = split_pointer(pointer);
        if (equals == std::string::npos || pointer.empty() || !tokens) {
            errors.add_raw({source, 0, 0}, "", fmt::format("{} is not of the form /pointer=value", quote(set)),
                           "like: --set /pools/default/nodes=20");
            return false;
        }
        if (tokens->size() > kDeepest) {
            errors.add_raw({source, 0, 0}, "", fmt::format("the pointer is nested more than {} deep", kDeepest));
            return false;
        }
        if (tokens->front() == "extends") {
            errors.add_raw({source, 0, 0}, pointer, "the base of a scenario can only be named in its file");
            return false;
        }
        Node value = read_value(set.substr(equals + 1), source);
        forget_lines(value, source);
        if (tokens->front() == "strategy" && tokens->size() > 1) spell_out_strategy(document, source);
        Node* place = &document;
        Node* holder = nullptr;
        std::string problem;
        for (const std::string& token : *tokens) {
            holder = place;
            place = descend(*place, token, source, problem);
            if (place == nullptr) {
                errors.add_raw({source, 0, 0}, pointer, problem);
                return false;
            }
        }
        if (value.kind == Node::Kind::null) {
            remove(*holder, tokens->back());
        } else {
            *place = std::move(value);
        }
    }
    return true;
}

}  // namespace gatesim::document
