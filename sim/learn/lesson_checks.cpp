// lesson.json: questions, cases, checks and what they speak of.

#include <fmt/format.h>

#include <algorithm>

#include "learn/lesson_parts.hpp"
#include "measure/metric.hpp"
#include "record/columns.hpp"

namespace gatesim::learn {

namespace {

std::optional<View> need(Reader& reader, const View& object, const char* key) {
    auto value = object.find(key);
    if (!value) reader.complain(object, fmt::format("\"{}\" is missing", key));
    return value;
}

void check_column(Reader& reader, const View& view, const Fact& fact, const std::string& column) {
    if (column.empty()) return;
    std::vector<std::string> known;
    for (const TableDoc& doc : table_docs())
        if (doc.name == fact.table)
            for (const Column& c : doc.columns) known.emplace_back(c.name);
    if (std::find(known.begin(), known.end(), column) == known.end())
        reader.complain(view, fmt::format("the table {} has no column {}", fact.table, column),
                        "columns: " + document::listing(known));
}

std::optional<Fact> read_fact(Reader& reader, const View& view) {
    Fact out;
    reader.keys(view, {"table", "where", "most", "least", "column", "largest", "count", "sum"}, {"table"});
    out.table = reader.text(view, "table");
    std::vector<std::string> tables;
    for (const TableDoc& doc : table_docs()) tables.emplace_back(doc.name);
    if (std::find(tables.begin(), tables.end(), out.table) == tables.end()) {
        reader.complain(view, "no such table", "one of " + document::listing(tables));
        return std::nullopt;
    }
    if (const auto where = reader.object(view, "where"))
        for (const Member& m : where->node->members) {
            out.where.emplace_back(m.key, m.value.kind == Node::Kind::text ? m.value.text : one_line(m.value));
            check_column(reader, *where, out, m.key);
        }
    out.most = !view.find("least");
    out.by = reader.text(view, out.most ? "most" : "least");
    out.column = reader.text(view, "column");
    out.largest = reader.texts(view, "largest");
    out.sum = reader.text(view, "sum");
    out.count = reader.flag(view, "count");
    for (const std::string& column : {out.by, out.column, out.sum}) check_column(reader, view, out, column);
    for (const std::string& column : out.largest) check_column(reader, view, out, column);
    if (!out.column.empty() + !out.largest.empty() + !out.sum.empty() + out.count != 1)
        reader.complain(view, "it needs one of column, largest, sum and count");
    return out;
}

void read_answer(Reader& reader, const View& view, Question& question) {
    const auto answer = view.find("answer");
    if (!answer) return;
    if (answer->node->kind == Node::Kind::object) {
        question.fact = read_fact(reader, *answer);
    } else if (!question.choices.empty() || (question.unit.empty() && answer->node->kind == Node::Kind::text &&
                                             !read_quantity(answer->node->text))) {
        question.answer_text = answer->node->text;
        const bool known =
            question.choices.empty() || std::any_of(question.choices.begin(), question.choices.end(),
                                                    [&](const auto& c) { return c.first == *question.answer_text; });
        if (!known) reader.complain(*answer, "it is not one of the choices");
    } else {
        question.answer = reader.expression(*answer);
    }
}

Question read_question(Reader& reader, const View& view, const std::string& id) {
    Question out;
    out.id = id;
    reader.keys(view, {"text", "task", "unit", "first", "choices", "answer", "within", "messages"}, {"text"});
    out.text = reader.text(view, "text");
    out.unit = reader.text(view, "unit");
    out.task = static_cast<int>(reader.count(view, "task", 1, 99).value_or(1));
    out.first = reader.flag(view, "first");
    if (const auto choices = reader.object(view, "choices"))
        for (const Member& m : choices->node->members) out.choices.emplace_back(m.key, m.value.text);
    read_answer(reader, view, out);
    out.within = read_width(reader, view);
    out.messages = read_messages(reader, view);
    return out;
}

Case read_case(Reader& reader, const View& view, const std::string& id) {
    Case out;
    out.id = id;
    reader.keys(view, {"text", "work", "set"});
    const std::string work = reader.text(view, "work");
    static const std::vector<std::string> kWhose = {"learner", "none", "starter", "solution"};
    const auto it = std::find(kWhose.begin(), kWhose.end(), work.empty() ? "learner" : work);
    if (it == kWhose.end()) {
        reader.complain(*view.find("work"), "no such work", "one of " + document::listing(kWhose));
    } else {
        out.work = static_cast<Whose>(it - kWhose.begin());
    }
    if (const auto set = reader.object(view, "set")) out.sets = reader.sets(*set);
    return out;
}

Best read_best(Reader& reader, const View& view, const std::string& id) {
    Best out;
    out.id = id;
    reader.keys(view, {"over", "case", "most", "least", "keep"}, {"over"});
    if (const auto over = reader.object(view, "over"))
        for (std::size_t i = 0; i < over->node->members.size(); ++i)
            if (auto axis = read_axis(reader, *over, i)) out.over.push_back(std::move(*axis));
    out.base = reader.text(view, "case");
    out.most = !view.find("least");
    if (need(reader, view, out.most ? "most" : "least"))
        out.goal = reader.expression(view, out.most ? "most" : "least");
    for (const std::string& text : reader.texts(view, "keep")) {
        std::string problem;
        if (auto keep = Expression::parse(text, problem))
            out.keep.push_back(std::move(*keep));
        else
            reader.complain(view, fmt::format("\"{}\": {}", text, problem));
    }
    return out;
}

Experiment read_experiment(Reader& reader, const View& view) {
    Experiment out;
    reader.keys(view, {"between", "metric", "pairs", "same_luck", "warmup"}, {"between", "metric", "pairs"});
    const auto between = reader.texts(view, "between");
    if (between.size() != 2) reader.complain(view, "between must name two cases");
    if (between.size() == 2) std::tie(out.first, out.second) = std::tie(between[0], between[1]);
    out.metric = reader.text(view, "metric");
    if (!find_metric(out.metric)) reader.complain(view, fmt::format("there is no metric \"{}\"", out.metric));
    out.pairs = reader.expression(view, "pairs");
    out.same_luck = reader.expression(view, "same_luck");
    out.warmup = reader.expression(view, "warmup");
    return out;
}

void read_goal(Reader& reader, const View& view, Check& check) {
    const char* key = view.find("at_least") ? "at_least" : view.find("at_most") ? "at_most" : "of";
    check.relation = view.find("at_least")  ? Relation::at_least
                     : view.find("at_most") ? Relation::at_most
                                            : Relation::within;
    if (!need(reader, view, "measure")) return;
    check.measure = reader.expression(view, "measure");
    if (view.find("at_least").has_value() + view.find("at_most").has_value() + view.find("within").has_value() != 1)
        return reader.complain(view, "it needs one of at_least, at_most and within");
    if (const auto goal = need(reader, view, key)) {
        check.goal = reader.expression(*goal);
        check.goal_text = goal->node->kind == Node::Kind::text ? goal->node->text : one_line(*goal->node);
    }
    if (check.relation == Relation::within) check.within = read_width(reader, view).value_or(Width{});
}

Check read_check(Reader& reader, const View& view, const std::string& id) {
    Check out;
    out.id = id;
    reader.keys(view,
                {"text", "task", "measure", "at_least", "at_most", "within", "of", "unit", "each", "guard",
                 "from_attempt", "messages", "experiment"},
                {"text"});
    out.text = reader.text(view, "text");
    out.task = static_cast<int>(reader.count(view, "task", 1, 99).value_or(1));
    out.each = reader.flag(view, "each");
    out.guard = reader.flag(view, "guard");
    out.from_attempt = static_cast<int>(reader.count(view, "from_attempt", 1, 99).value_or(1));
    out.messages = read_messages(reader, view);
    if (const auto experiment = reader.object(view, "experiment"))
        out.experiment = read_experiment(reader, *experiment);
    else
        read_goal(reader, view, out);
    out.unit = reader.text(view, "unit");
    if (!view.find("unit") && out.measure) out.unit = unit_of(*out.measure);
    return out;
}

Golden read_figure(Reader& reader, const View& view, const std::string& id) {
    Golden out;
    out.id = id;
    reader.keys(view, {"measure", "against", "gives", "question", "answer", "work", "runs", "unit", "over"});
    out.measure = reader.expression(view, "measure");
    out.against = reader.expression(view, "against");
    out.question = reader.text(view, "question");
    out.answer = reader.text(view, "answer");
    if (!view.find("measure") == !view.find("question"))
        reader.complain(view, "it needs either \"measure\" or \"question\"");
    const std::string gives = reader.text(view, "gives");
    if (gives == "mistaken") out.gives = Golden::Gives::mistaken;
    if (gives == "gain") out.gives = Golden::Gives::gain;
    if (out.gives == Golden::Gives::mean ? view.find("gives") || out.against : !out.against)
        reader.complain(view, "\"against\" needs \"gives\", one of mistaken and gain, and the other way round");
    if (view.find("work")) out.work = reader.text(view, "work");
    out.runs = static_cast<std::uint32_t>(reader.count(view, "runs", 2, 1000).value_or(out.runs));
    out.unit = reader.text(view, "unit");
    if (!view.find("unit") && out.measure && !out.against) out.unit = unit_of(*out.measure);
    if (out.gives == Golden::Gives::mistaken) out.unit = "share";
    if (const auto over = reader.object(view, "over")) {
        if (over->node->members.size() != 1)
            reader.complain(*over, "it must name one pointer");
        else
            out.over = read_axis(reader, *over, 0);
    }
    return out;
}

/// Reads a map of things by their ids.
template <class T, class Read>
void read_map(Reader& reader, const View& root, const char* key, std::vector<T>& out, Read read) {
    const auto map = reader.object(root, key);
    if (!map) return;
    for (std::size_t i = 0; i < map->node->members.size(); ++i)
        out.push_back(read(reader, map->child(i), map->node->members[i].key));
}

}  // namespace

std::vector<Message> read_messages(Reader& reader, const View& object) {
    std::vector<Message> out;
    const auto messages = reader.object(object, "messages");
    if (!messages) return out;
    for (std::size_t i = 0; i < messages->node->members.size(); ++i) {
        const View view = messages->child(i);
        reader.keys(view, {"if", "say"}, {"say"});
        out.push_back({messages->node->members[i].key, reader.expression(view, "if"), reader.text(view, "say")});
    }
    return out;
}

std::optional<Width> read_width(Reader& reader, const View& object) {
    const auto value = object.find("within");
    if (!value) return std::nullopt;
    const bool text = value->node->kind == Node::Kind::text;
    const auto number = text                                      ? read_quantity(value->node->text)
                        : value->node->kind == Node::Kind::number ? std::optional(value->node->number)
                                                                  : std::nullopt;
    if (!number) {
        reader.complain(*value, "it must be a share (\"5%\") or a quantity");
        return std::nullopt;
    }
    return Width{*number, text && value->node->text.ends_with('%')};
}

std::optional<Axis> read_axis(Reader& reader, const View& object, std::size_t member) {
    const View values = object.child(member);
    Axis out;
    out.pointer = reader.pointer(values, object.node->members[member].key);
    if (values.node->kind != Node::Kind::list || values.node->members.empty()) {
        reader.complain(values, "it must be a list of values");
        return std::nullopt;
    }
    for (const Member& m : values.node->members) out.values.push_back(m.value);
    return out;
}

void read_questions(Reader& reader, const View& root, Lesson& lesson) {
    read_map(reader, root, "questions", lesson.questions, read_question);
}

void read_cases(Reader& reader, const View& root, Lesson& lesson) {
    lesson.cases = {{"learner", Whose::learner, {}}, {"starter", Whose::starter, {}}};
    read_map(reader, root, "cases", lesson.cases, read_case);
}

void read_bests(Reader& reader, const View& root, Lesson& lesson) {
    read_map(reader, root, "best", lesson.bests, read_best);
}

void read_aliases(Reader& reader, const View& root, Lesson& lesson) {
    const auto where = reader.object(root, "where");
    if (!where) return;
    for (const Member& m : where->node->members) {
        const auto slash = m.value.text.find('/');
        const bool based = slash != std::string::npos && slash > 0 && m.value.text[slash - 1] == ':';
        const std::string base = based ? m.value.text.substr(0, slash - 1) : "learner";
        const std::string pointer = based ? m.value.text.substr(slash) : m.value.text;
        lesson.aliases.push_back({m.key, base, reader.pointer(*where, pointer)});
    }
}

void read_checks(Reader& reader, const View& root, Lesson& lesson) {
    read_map(reader, root, "checks", lesson.checks, read_check);
    const bool judged = !lesson.checks.empty() || std::any_of(lesson.questions.begin(), lesson.questions.end(),
                                                              [](const Question& q) { return q.judged(); });
    if (!judged) reader.complain(root, "it has nothing to check: no checks, and no question with an answer");
}

void read_golden(Reader& reader, const View& root, Lesson& lesson) {
    read_map(reader, root, "golden", lesson.golden, read_figure);
}

}  // namespace gatesim::learn
