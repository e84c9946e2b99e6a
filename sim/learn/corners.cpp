#include "learn/corners.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "learn/reader.hpp"

namespace gatesim::learn {

namespace {

/// One thing that may be turned, and its two ends.
struct Knob {
    const Edit* edit = nullptr;
    const Lever* lever = nullptr;
};

constexpr std::size_t kMostTogether = 4;

std::vector<Knob> knobs_of(const Lesson& lesson) {
    std::vector<Knob> out;
    for (const Edit& edit : lesson.edits)
        if (edit.from && edit.to) out.push_back({&edit, nullptr});
    for (const Lever& lever : lesson.levers) out.push_back({nullptr, &lever});
    return out;
}

void turn_edit(const Edit& edit, bool high, Work& work) {
    const std::string& written = high ? edit.to_text : edit.from_text;
    const bool bare = edit.quantity == "a bare number";
    Node value;
    value.kind = bare ? Node::Kind::number : Node::Kind::text;
    value.number = high ? *edit.to : *edit.from;
    value.text = written;
    const auto at = std::find_if(work.settings.begin(), work.settings.end(),
                                 [&](const Setting& s) { return s.pointer == edit.pointer; });
    if (at == work.settings.end())
        work.settings.push_back({edit.pointer, value});
    else
        at->value = value;
}

void turn_lever(const Lever& lever, bool high, Work& work) {
    if (lever.choices.empty()) {
        work.levers[lever.id] = Value::of(high ? lever.to : lever.from);
        return;
    }
    const std::string& word = (high ? lever.choices.back() : lever.choices.front()).first;
    const auto number = read_quantity(word);
    work.levers[lever.id] = number ? Value::of(*number) : Value{std::nullopt, word};
}

void turn(const Knob& knob, bool high, Work& work) {
    knob.edit ? turn_edit(*knob.edit, high, work) : turn_lever(*knob.lever, high, work);
}

}  // namespace

std::vector<Work> corner_works(const Lesson& lesson, const Work& solved) {
    const std::vector<Knob> knobs = knobs_of(lesson);
    std::vector<Work> out;
    if (knobs.empty()) return out;
    if (knobs.size() <= kMostTogether) {
        for (std::size_t bits = 0; bits < (std::size_t{1} << knobs.size()); ++bits) {
            out.push_back(solved);
            for (std::size_t k = 0; k < knobs.size(); ++k) turn(knobs[k], (bits >> k & 1) != 0, out.back());
        }
        return out;
    }
    for (const bool high : {false, true}) {
        out.push_back(solved);
        for (const Knob& knob : knobs) turn(knob, high, out.back());
        for (const Knob& knob : knobs) {
            out.push_back(solved);
            turn(knob, high, out.back());
        }
    }
    return out;
}

std::string corner_text(const Work& work) {
    std::string out;
    for (const Setting& s : work.settings)
        out += fmt::format("{}{} = {}", out.empty() ? "" : ", ", s.pointer, one_line(s.value));
    for (const auto& [id, value] : work.levers)
        out += fmt::format("{}{} = {}", out.empty() ? "" : ", ", id,
                           value.text ? *value.text : fmt::format("{:g}", value.number.value_or(0)));
    return out;
}

}  // namespace gatesim::learn
