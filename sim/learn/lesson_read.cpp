// lesson.json -> Lesson: the frame, and what learners may touch.

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "learn/lesson_parts.hpp"
#include "model/time.hpp"
#include "scenario/units.hpp"

namespace gatesim::learn {

namespace {

std::string quantity_kind(const Node& node) {
    if (node.kind == Node::Kind::number) return "a bare number";
    return node.kind == Node::Kind::text ? std::string(units::what_is(node.text)) : "";
}

/// The end of a range: its number, and how it was written.
std::optional<double> range_end(Reader& reader, const View& edit, const char* key, std::string& written,
                                std::string& quantity) {
    const auto value = edit.find(key);
    if (!value) return std::nullopt;
    const std::string kind = quantity_kind(*value->node);
    const auto number =
        value->node->kind == Node::Kind::number ? value->node->number : read_quantity(value->node->text);
    if (kind.empty() || !number) {
        reader.complain(*value, "it must be a number or a quantity");
        return std::nullopt;
    }
    if (!quantity.empty() && quantity != kind) reader.complain(*value, "from and to must be of one unit");
    quantity = kind;
    written = value->node->kind == Node::Kind::number ? one_line(*value->node) : value->node->text;
    return number;
}

Edit read_edit(Reader& reader, const View& view, const std::string& pointer) {
    Edit out;
    out.pointer = reader.pointer(view, pointer);
    reader.keys(view, {"text", "from", "to", "one_of", "any"}, {"text"});
    out.text = reader.text(view, "text");
    out.from = range_end(reader, view, "from", out.from_text, out.quantity);
    out.to = range_end(reader, view, "to", out.to_text, out.quantity);
    out.any = reader.flag(view, "any");
    if (const auto list = view.find("one_of"))
        for (const Member& m : list->node->members) out.one_of.push_back(m.value);
    const int ways = (out.from && out.to) + !out.one_of.empty() + out.any;
    if (ways != 1) reader.complain(view, "it needs from and to, or one_of, or any");
    return out;
}

void read_turns(Reader& reader, const View& view, Lever& lever) {
    const auto turns = reader.object(view, "turns");
    if (!turns) return;
    for (std::size_t i = 0; i < turns->node->members.size(); ++i) {
        const View value = turns->child(i);
        const std::string pointer = reader.pointer(value, turns->node->members[i].key);
        if (auto expression = reader.expression(value)) lever.turns.push_back({pointer, std::move(*expression)});
    }
}

Lever read_lever(Reader& reader, const View& view, const std::string& id) {
    Lever out;
    out.id = id;
    reader.keys(view, {"text", "from", "to", "whole", "turns", "as", "choices"}, {"text"});
    out.text = reader.text(view, "text");
    if (const auto choices = reader.object(view, "choices"))
        for (const Member& m : choices->node->members) out.choices.emplace_back(m.key, m.value);
    std::string written, quantity;
    const auto from = range_end(reader, view, "from", written, quantity);
    const auto to = range_end(reader, view, "to", written, quantity);
    out.from = from.value_or(0);
    out.to = to.value_or(0);
    out.whole = reader.flag(view, "whole");
    const std::string as = reader.text(view, "as");
    if (!as.empty() && as != "share" && as != "time" && as != "count")
        reader.complain(*view.find("as"), "it must be share, time or count");
    out.as = as == "time" ? Lever::As::time : as == "count" ? Lever::As::count : Lever::As::share;
    read_turns(reader, view, out);
    if (out.choices.empty() == out.turns.empty()) reader.complain(view, "it needs either turns or choices");
    if (!out.turns.empty() && (!from || !to)) reader.complain(view, "it needs from and to");
    return out;
}

void read_minutes(Reader& reader, const View& root, Lesson& lesson) {
    const auto minutes = reader.object(root, "minutes");
    if (!minutes) return;
    reader.keys(*minutes, {"teach", "do"}, {"teach", "do"});
    lesson.teach_minutes = static_cast<int>(reader.count(*minutes, "teach", 0, 240).value_or(0));
    lesson.do_minutes = static_cast<int>(reader.count(*minutes, "do", 1, 240).value_or(0));
}

void read_frame(Reader& reader, const View& root, Lesson& lesson) {
    lesson.revision = static_cast<int>(reader.count(root, "revision", 1, 1e6).value_or(1));
    lesson.title = reader.text(root, "title");
    lesson.kind = reader.text(root, "kind");
    const std::vector<std::string> kinds = {"read", "predict", "tune", "policy", "diagnose", "design"};
    if (std::find(kinds.begin(), kinds.end(), lesson.kind) == kinds.end() && root.find("kind"))
        reader.complain(*root.find("kind"), "no such kind", "one of " + document::listing(kinds));
    read_minutes(reader, root, lesson);
    lesson.objectives = reader.texts(root, "objectives");
    if (root.find("objectives") && lesson.objectives.empty())
        reader.complain(*root.find("objectives"), "at least one objective is needed");
    lesson.files = reader.texts(root, "files");
    lesson.programs = reader.texts(root, "programs");
    lesson.variants = static_cast<std::uint32_t>(reader.count(root, "variants", 1, 1000).value_or(1));
    lesson.hints = reader.texts(root, "hints");
    if (root.find("hints") && lesson.hints.size() != 4)
        reader.complain(*root.find("hints"), fmt::format("there must be four hints, not {}", lesson.hints.size()));
    const std::string warmup = reader.text(root, "warmup");
    if (warmup.empty()) return;
    const auto time = units::read_time(warmup);
    if (time.value) lesson.warmup = *time.value;
    if (!time.value) reader.complain(*root.find("warmup"), "it must be a time: " + time.problem);
}

/// A check without a unit of its own has that of the answer it measures, or of the metric it is held against.
void find_units(Lesson& lesson) {
    for (Check& check : lesson.checks) {
        if (!check.unit.empty() || !check.measure) continue;
        const std::string& measure = check.measure->text();
        const Question* question = measure.starts_with("answer.") ? lesson.find_question(measure.substr(7)) : nullptr;
        if (question) check.unit = question->unit;
        if (check.unit.empty() && check.goal) check.unit = unit_of(*check.goal);
    }
}

}  // namespace

void read_edits(Reader& reader, const View& root, Lesson& lesson) {
    const auto edits = reader.object(root, "edit");
    if (!edits) return;
    for (std::size_t i = 0; i < edits->node->members.size(); ++i)
        lesson.edits.push_back(read_edit(reader, edits->child(i), edits->node->members[i].key));
}

void read_levers(Reader& reader, const View& root, Lesson& lesson) {
    const auto levers = reader.object(root, "levers");
    if (!levers) return;
    for (std::size_t i = 0; i < levers->node->members.size(); ++i)
        lesson.levers.push_back(read_lever(reader, levers->child(i), levers->node->members[i].key));
}

std::optional<Lesson> read_lesson(const std::string& folder, std::vector<Diagnostic>& problems) {
    Reader reader(folder + "/lesson.json");
    Lesson lesson;
    lesson.folder = folder;
    lesson.name = std::filesystem::path(folder).filename().string();
    if (const auto root = reader.root()) {
        reader.keys(*root, {"format",   "revision", "title",  "kind",   "minutes",   "objectives", "files",  "programs",
                            "variants", "warmup",   "edit",   "levers", "questions", "cases",      "beside", "pictures",
                            "best",     "where",    "checks", "hints",  "golden",    "claims"},
                    {"format", "revision", "title", "kind", "minutes", "objectives", "hints"});
        reader.count(*root, "format", 1, 1);
        read_frame(reader, *root, lesson);
        read_edits(reader, *root, lesson);
        read_levers(reader, *root, lesson);
        read_questions(reader, *root, lesson);
        read_cases(reader, *root, lesson);
        read_beside(reader, *root, lesson);
        read_bests(reader, *root, lesson);
        read_aliases(reader, *root, lesson);
        read_checks(reader, *root, lesson);
        read_golden(reader, *root, lesson);
        read_pictures(reader, *root, lesson);
        read_claims(reader, *root, lesson);
        find_units(lesson);
        if (reader.fine()) check_names(reader, *root, lesson);
    }
    if (reader.fine()) return lesson;
    for (Diagnostic& d : reader.take()) problems.push_back(std::move(d));
    return std::nullopt;
}

}  // namespace gatesim::learn
