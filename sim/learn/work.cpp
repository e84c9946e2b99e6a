#include "learn/work.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "learn/reader.hpp"
#include "scenario/meant.hpp"
#include "scenario/units.hpp"

namespace gatesim::learn {

namespace {

std::string range_text(const Edit& edit) {
    if (edit.any) return "any value";
    if (edit.from) return fmt::format("from {} to {}", edit.from_text, edit.to_text);
    std::vector<std::string> values;
    for (const Node& node : edit.one_of) values.push_back(one_line(node));
    return "one of " + document::listing(values);
}

/// All that may be set, for a message.
std::string all_edits(const Lesson& lesson) {
    if (lesson.edits.empty()) return "nothing of the scenario: this lesson has no use for \"set\"";
    std::vector<std::string> out;
    for (const Edit& e : lesson.edits) out.push_back(fmt::format("{} ({}; {})", e.pointer, e.text, range_text(e)));
    return "you may set " + document::listing(out);
}

bool matches(const Node& pattern, const Node& value) {
    if (pattern.kind == Node::Kind::text && value.kind == Node::Kind::text && pattern.text.ends_with('*')) {
        const std::string_view head(pattern.text.data(), pattern.text.size() - 1);
        return value.text.starts_with(head) && value.text.find("..") == std::string::npos;
    }
    return one_line(pattern) == one_line(value);
}

/// What is wrong with a value for that pointer; empty if nothing.
std::string trouble(const Edit& edit, const Node& value) {
    if (edit.any) return "";
    if (!edit.one_of.empty()) {
        const bool found =
            std::any_of(edit.one_of.begin(), edit.one_of.end(), [&](const Node& n) { return matches(n, value); });
        return found ? "" : fmt::format("{} is not among the choices", one_line(value));
    }
    const bool bare = edit.quantity == "a bare number";
    if (bare && value.kind != Node::Kind::number)
        return fmt::format("it must be a bare number, not {}", one_line(value));
    const bool within_reach = value.number >= *edit.from && value.number <= *edit.to;
    if (bare && within_reach && !value.is_whole() && edit.from_text.find('.') == std::string::npos)
        return fmt::format("it must be a whole number, not {}", one_line(value));
    if (!bare && (value.kind != Node::Kind::text || units::what_is(value.text) != edit.quantity))
        return fmt::format("it must be {} like \"{}\", not {}", edit.quantity, edit.to_text, one_line(value));
    const double number = bare ? value.number : read_quantity(value.text).value_or(NAN);
    if (!(number >= *edit.from && number <= *edit.to)) return fmt::format("{} is out of range", one_line(value));
    return "";
}

class WorkReader {
public:
    WorkReader(const Lesson& lesson, Reader& reader) : lesson_(lesson), reader_(reader) {}

    void read(const View& root, Work& work) {
        std::vector<std::string> keys = {"set", "levers", "answers"};
        if (root.find("must_say")) {
            keys.emplace_back("must_say");
            work.must_say = reader_.text(root, "must_say");
            work.has_must_say = true;
        }
        reader_.keys(root, keys);
        if (const auto set = reader_.object(root, "set")) settings(*set, work);
        if (const auto levers = reader_.object(root, "levers")) read_levers(*levers, work);
        if (const auto answers = reader_.object(root, "answers")) read_answers(*answers, work);
    }

private:
    void settings(const View& set, Work& work) {
        for (const Member& m : set.node->members) {
            const auto it = std::find_if(lesson_.edits.begin(), lesson_.edits.end(),
                                         [&](const Edit& e) { return e.pointer == m.key; });
            if (m.value.kind == Node::Kind::null) continue;  // not set: as the scenario has it
            if (it == lesson_.edits.end()) {
                std::vector<std::string> known;
                for (const Edit& e : lesson_.edits) known.push_back(e.pointer);
                const std::string near = document::nearest(m.key, known);
                reader_.complain({&m.value, m.key},
                                 near.empty() ? "this is not yours to change here"
                                              : "there is no such thing to set" + document::did_you_mean(near),
                                 all_edits(lesson_));
                continue;
            }
            const std::string what = trouble(*it, m.value);
            if (!what.empty())
                reader_.complain({&m.value, m.key}, what, fmt::format("{}: {}", it->text, range_text(*it)));
            work.settings.push_back({m.key, m.value});
        }
    }

    void read_levers(const View& levers, Work& work) {
        for (std::size_t i = 0; i < levers.node->members.size(); ++i) {
            const View view = levers.child(i);
            const std::string& id = levers.node->members[i].key;
            const Lever* lever = lesson_.find_lever(id);
            if (!lever) {
                std::vector<std::string> known;
                for (const Lever& l : lesson_.levers) known.push_back(l.id);
                reader_.complain(view, "there is no such lever",
                                 known.empty() ? "this lesson has none" : "levers: " + document::listing(known));
            } else if (view.node->kind != Node::Kind::null) {
                work.levers[id] = lever->choices.empty() ? amount(view, *lever) : choice(view, *lever);
            }
        }
    }
    Value amount(const View& view, const Lever& lever) {
        const auto number =
            view.node->kind == Node::Kind::number ? std::optional(view.node->number) : read_quantity(view.node->text);
        const bool right =
            number && *number >= lever.from && *number <= lever.to && (!lever.whole || std::floor(*number) == *number);
        if (!right)
            reader_.complain(view, fmt::format("{} will not do", one_line(*view.node)),
                             fmt::format("{}: a {}number from {} to {}", lever.text, lever.whole ? "whole " : "",
                                         lever.from, lever.to));
        return Value::of(number.value_or(0));
    }
    Value choice(const View& view, const Lever& lever) {
        const std::string text = view.node->kind == Node::Kind::text ? view.node->text : one_line(*view.node);
        std::vector<std::string> known;
        for (const auto& c : lever.choices) known.push_back(c.first);
        if (std::find(known.begin(), known.end(), text) == known.end())
            reader_.complain(view, fmt::format("{} is not among the choices", one_line(*view.node)),
                             fmt::format("{}: one of {}", lever.text, document::listing(known)));
        Value out{std::nullopt, text};
        return read_quantity(text) ? Value::of(*read_quantity(text)) : out;
    }

    void read_answers(const View& answers, Work& work) {
        for (std::size_t i = 0; i < answers.node->members.size(); ++i) {
            const View view = answers.child(i);
            const std::string& id = answers.node->members[i].key;
            const Question* question = lesson_.find_question(id);
            if (!question) {
                std::vector<std::string> known;
                for (const Question& q : lesson_.questions) known.push_back(q.id);
                const std::string near = document::nearest(id, known);
                reader_.complain(
                    view,
                    "there is no such question" + (near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near)),
                    known.empty() ? "this lesson asks none" : "questions: " + document::listing(known));
            } else if (view.node->kind != Node::Kind::null) {
                answer(view, *question, work);
            }
        }
    }
    void answer(const View& view, const Question& question, Work& work) {
        const Node& node = *view.node;
        if (node.kind != Node::Kind::text && node.kind != Node::Kind::number)
            return reader_.complain(view, "an answer is a number or a text, or null until there is one");
        if (!question.choices.empty()) {
            std::vector<std::string> known;
            for (const auto& c : question.choices) known.push_back(c.first);
            const std::string text = node.kind == Node::Kind::text ? node.text : one_line(node);
            if (std::find(known.begin(), known.end(), text) == known.end())
                return reader_.complain(view, fmt::format("{} is not among the choices", one_line(node)),
                                        question.text + " One of " + document::listing(known));
            work.answers[question.id] = {std::nullopt, text};
            return;
        }
        if (!question.numeric()) {
            work.answers[question.id] = {std::nullopt, node.kind == Node::Kind::text ? node.text : one_line(node)};
            return;
        }
        number(view, question, work);
    }
    /// Numbers of questions that ask for a time or a share must have their unit; "0.2" might mean anything.
    void number(const View& view, const Question& question, Work& work) {
        const Node& node = *view.node;
        const bool timed = question.unit == "s", share = question.unit == "share";
        const std::string like = timed ? "\"1h30m\"" : share ? "\"5%\"" : "12";
        const std::string kind = node.kind == Node::Kind::number ? "" : std::string(units::what_is(node.text));
        const auto value = node.kind == Node::Kind::number ? std::optional(node.number) : read_quantity(node.text);
        const bool right = value && (!timed || kind == "a time") && (!share || kind == "a share") &&
                           (timed || share || kind.empty() || kind == "a bare number");
        if (!right)
            return reader_.complain(view, fmt::format("{} is no answer here", one_line(node)),
                                    fmt::format("{} An answer looks like {}", question.text, like));
        work.answers[question.id] = Value::of(*value);
    }

    const Lesson& lesson_;
    Reader& reader_;
};

}  // namespace

std::vector<std::string> Work::unanswered(const Lesson& lesson, bool only_first) const {
    std::vector<std::string> out;
    for (const Question& q : lesson.questions)
        if ((q.first || !only_first) && !answers.count(q.id)) out.push_back(q.id);
    return out;
}

std::optional<Work> read_work(const Lesson& lesson, const std::string& path, std::vector<Diagnostic>& problems) {
    Reader reader(path);
    Work work;
    work.path = path;
    work.folder = std::filesystem::path(path).parent_path().string();
    if (const auto root = reader.root()) WorkReader(lesson, reader).read(*root, work);
    if (reader.fine()) return work;
    for (Diagnostic& d : reader.take()) problems.push_back(std::move(d));
    return std::nullopt;
}

std::vector<std::string> sets_of(const Lesson& lesson, const Work& work, const Names& aliases) {
    std::vector<std::string> out;
    for (const Setting& s : work.settings) out.push_back(set_text(s.pointer, s.value));
    for (const Lever& lever : lesson.levers) {
        const auto given = work.levers.find(lever.id);
        if (given == work.levers.end()) continue;
        const Value& x = given->second;
        for (const auto& [value, patch] : lever.choices) {
            const bool chosen = x.text ? *x.text == value : read_quantity(value) == x.number;
            if (chosen)
                for (std::string& set : patch_sets(patch)) out.push_back(std::move(set));
        }
        for (const Lever::Turn& turn : lever.turns) {
            const Value value =
                turn.value.value([&](const std::string& name) { return name == "x" ? x : aliases(name); });
            if (!value.number) continue;
            const double number = *value.number;
            const std::string text =
                lever.as == Lever::As::share  ? fmt::format("\"{:.9g}%\"", std::max(0.0, number) * 100)
                : lever.as == Lever::As::time ? fmt::format("\"{}us\"", std::llround(std::max(0.0, number) * 1e6))
                                              : fmt::format("{}", std::llround(number));
            out.push_back(turn.pointer + "=" + text);
        }
    }
    return out;
}

}  // namespace gatesim::learn
