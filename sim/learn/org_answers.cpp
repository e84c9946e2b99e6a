#include "learn/org_answers.hpp"

#include <fmt/format.h>

#include "learn/author_texts.hpp"
#include "learn/reader.hpp"

namespace gatesim::learn {

namespace {

using Answers = std::map<std::string, Node>;

Node number_node(double value, const std::string& unit) {
    Node out;
    out.kind = unit == "s" || unit == "share" ? Node::Kind::text : Node::Kind::number;
    out.number = std::stod(fmt::format("{:.6g}", value));
    out.text = unit == "s" ? fmt::format("{:.0f}s", value) : unit == "share" ? fmt::format("{:.6g}%", 100 * value) : "";
    return out;
}

/// What would be right, for each question whose answer depends on the scenario.
Answers right_answers(const Lesson& lesson, const CheckOutcome& solved) {
    Answers out;
    for (const Finding& f : solved.findings) {
        for (const Check& c : lesson.checks) {
            const bool prediction = c.id == f.id && c.relation == Relation::within && c.measure &&
                                    c.measure->text().starts_with("answer.") && c.measure->names().size() == 1;
            const Question* q = prediction ? lesson.find_question(c.measure->text().substr(7)) : nullptr;
            if (q && f.target) out[q->id] = number_node(*f.target, q->unit);
        }
        const Question* question = f.question ? lesson.find_question(f.id) : nullptr;
        if (!question) continue;
        if (question->answer && f.target) out[f.id] = number_node(*f.target, question->unit);
        if (question->fact && !f.right.empty()) {
            const auto number = question->numeric() ? read_quantity(f.right) : std::nullopt;
            Node node;
            node.kind = Node::Kind::text;
            node.text = f.right;
            out[f.id] = number ? number_node(*number, question->unit) : node;
        }
    }
    return out;
}

std::optional<Node> read(const Lesson& lesson, const std::string& file) {
    Reader reader(lesson.path(file));
    const auto root = reader.root();
    return root ? std::optional(*root->node) : std::nullopt;
}

}  // namespace

std::map<std::string, std::string> answers_for(const Lesson& lesson, const CheckOutcome& solved) {
    std::map<std::string, std::string> out;
    const Answers right = right_answers(lesson, solved);
    const auto solution = read(lesson, "solution/work.json");
    const Node* given = solution ? solution->find("answers") : nullptr;
    if (!given || right.empty()) return out;
    std::vector<std::string> files = wrong_files(lesson);
    files.emplace_back("solution/work.json");
    for (const std::string& file : files) {
        auto document = read(lesson, file);
        if (!document) continue;
        bool changed = false;
        for (document::Member& part : document->members) {
            if (part.key != "answers") continue;
            for (document::Member& answer : part.value.members) {
                const auto now = right.find(answer.key);
                const Node* before = given->find(answer.key);
                if (now == right.end() || !before || one_line(*before) != one_line(answer.value)) continue;
                answer.value = now->second;
                changed = true;
            }
        }
        if (changed) out[file] = document::to_json(*document) + "\n";
    }
    return out;
}

}  // namespace gatesim::learn
