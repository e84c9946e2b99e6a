#include "scenario/errors.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenario/field.hpp"
#include "scenario/meant.hpp"
#include "scenario/words.hpp"

namespace gatesim::document {

std::string pointer_token(std::string_view key) {
    std::string out;
    for (const char c : key) {
        if (c == '~') {
            out += "~0";
        } else if (c == '/') {
            out += "~1";
        } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            out += '?';  // a pointer is printed: nothing may move the cursor of a terminal
        } else {
            out += c;
        }
    }
    return out;
}

std::string below(const std::string& pointer, std::string_view key) {
    return fmt::format("{}/{}", pointer, pointer_token(key));
}

std::optional<View> View::find(std::string_view key) const {
    const Node* found = node->find(key);
    if (found == nullptr) return std::nullopt;
    return View{found, below(pointer, key)};
}

View View::child(std::size_t index) const {
    const Member& member = node->members[index];
    const bool object = node->kind == Node::Kind::object;
    return View{&member.value, pointer + "/" + (object ? pointer_token(member.key) : std::to_string(index))};
}

namespace {
constexpr std::size_t kLongestPointer = 400;  ///< of a message; keys may be as long as the file
}

void Errors::keep(Diagnostic diagnostic, Position at) {
    if (at.source < sources_.size()) diagnostic.file = sources_[at.source].name;
    diagnostic.line = at.line;
    if (diagnostic.pointer.size() > kLongestPointer)
        diagnostic.pointer.replace(kLongestPointer, std::string::npos, "…");
    diagnostic.column = at.column;
    const auto same = [&](const Diagnostic& d) {
        return d.line == at.line && d.column == at.column && d.file == diagnostic.file && d.what == diagnostic.what &&
               (d.line > 0 || d.pointer == diagnostic.pointer);
    };
    if (std::any_of(list_.begin(), list_.end(), same)) return;
    if (list_.size() < kMost) {
        list_.push_back(std::move(diagnostic));
    } else {
        ++dropped_;
    }
}

void Errors::add(Position at, const std::string& pointer, std::string what, std::string suggestion, std::string allowed,
                 std::string see) {
    Diagnostic d;
    d.pointer = pointer;
    d.what = std::move(what);
    d.suggestion = std::move(suggestion);
    d.allowed = std::move(allowed);
    d.see = std::move(see);
    if (d.see.empty()) {
        auto place = locate(pointer);
        if (place && d.allowed.empty()) d.allowed = words(*place->shapes);
        // What stands below a strategy is not in the table; the strategy is.
        for (auto end = pointer.rfind('/'); !place && end != std::string::npos && end > 0;
             end = pointer.rfind('/', end - 1)) {
            place = locate(std::string_view(pointer).substr(0, end));
        }
        if (place) d.see = place->pattern;
    }
    keep(std::move(d), at);
}

void Errors::add_raw(Position at, const std::string& pointer, std::string what, std::string allowed) {
    Diagnostic d;
    d.pointer = pointer;
    d.what = std::move(what);
    d.allowed = std::move(allowed);
    keep(std::move(d), at);
}

void Errors::add_unreadable(Position at, const std::string& pointer, std::string what) {
    Diagnostic d;
    d.pointer = pointer;
    d.what = std::move(what);
    d.exit_code = 4;
    if (const auto place = locate(pointer)) d.see = place->pattern;
    keep(std::move(d), at);
}

void Errors::unknown_name(const View& view, std::string_view what, const std::vector<std::string>& known) {
    add(view, fmt::format("there is no {} {}", what, quote(view.node->text)), meant(view.node->text, known),
        known.empty() ? fmt::format("no {} is defined", what) : fmt::format("known: {}", listing(known)));
}

std::vector<Diagnostic> Errors::take() {
    if (dropped_ > 0) {
        Diagnostic more;
        more.file = list_.back().file;
        more.what = fmt::format("{} more error{} not shown", dropped_, dropped_ == 1 ? "" : "s");
        list_.push_back(std::move(more));
        dropped_ = 0;
    }
    return std::move(list_);
}

}  // namespace gatesim::document
