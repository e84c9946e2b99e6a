#include "learn/variants.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "learn/reader.hpp"

namespace gatesim::learn {

bool asks_about_practice(const Lesson& lesson) {
    return std::any_of(lesson.questions.begin(), lesson.questions.end(),
                       [](const Question& q) { return q.fact.has_value(); });
}

RightAnswers right_answers(const Lesson& lesson, const Tables& tables) {
    RightAnswers out;
    for (const Question& q : lesson.questions)
        if (q.fact) out[q.id] = fact_values(*q.fact, tables);
    return out;
}

RightAnswers practice_answers(const Lesson& lesson, Stage& stage, std::uint64_t seed, const std::string& scratch,
                              StudyProblem& problem) {
    const Staged* staged = stage.get("learner");
    if (!staged) {
        problem = {text(stage.problems()), 2, 0};
        return {};
    }
    const std::string folder = fmt::format("{}/practice-{}", scratch, seed);
    const Tables tables = practice_tables(staged->scenario, seed, folder, problem);
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
    return problem.text.empty() ? right_answers(lesson, tables) : RightAnswers{};
}

std::string answer_trouble(const Question& question, const std::vector<std::string>& values) {
    if (values.empty()) return "no row of the table answers it";
    for (const std::string& value : values) {
        if (value.empty()) return "the cell that answers it is empty";
        const bool chosen = std::any_of(question.choices.begin(), question.choices.end(),
                                        [&](const auto& choice) { return choice.first == value; });
        if (!question.choices.empty() && !chosen)
            return fmt::format("the answer, {}, is not one of the choices", value);
        if (question.numeric() && !read_quantity(value)) return fmt::format("the answer, {}, is not a number", value);
    }
    return "";
}

Work with_answers(const Lesson& lesson, Work work, const RightAnswers& right) {
    for (const auto& [id, values] : right) {
        const Question* question = lesson.find_question(id);
        if (!question || values.empty()) continue;
        const auto number = question->numeric() ? read_quantity(values.front()) : std::nullopt;
        work.answers[id] = number ? Value::of(*number) : Value{std::nullopt, values.front()};
    }
    return work;
}

std::optional<std::string> answered_file(const Lesson& lesson, const std::string& file, const RightAnswers& right) {
    Reader reader(lesson.path(file));
    const auto root = reader.root();
    if (!root) return std::nullopt;
    Node document = *root->node;
    for (Member& part : document.members) {
        if (part.key != "answers") continue;
        for (Member& answer : part.value.members) {
            const auto now = right.find(answer.key);
            if (now == right.end() || now->second.empty()) continue;
            const Question* question = lesson.find_question(answer.key);
            const auto number = question && question->numeric() ? read_quantity(now->second.front()) : std::nullopt;
            Node node;
            node.kind = number ? Node::Kind::number : Node::Kind::text;
            node.number = number.value_or(0);
            node.text = number ? "" : now->second.front();
            answer.value = node;
        }
    }
    return document::to_json(document) + "\n";
}

}  // namespace gatesim::learn
