#include "learn/results.hpp"

#include <nlohmann/json.hpp>

namespace gatesim::learn {

namespace {

using Document = nlohmann::ordered_json;

Document number(const std::optional<double>& value) {
    return value ? Document(*value) : Document(nullptr);
}

std::string problem_text(const CheckOutcome& outcome) {
    if (!outcome.problems.empty()) return text(outcome.problems);
    if (!outcome.trouble.text.empty()) return outcome.trouble.text;
    if (outcome.missing.empty()) return "";
    std::string out = "answer first: ";
    for (const std::string& id : outcome.missing) out += (out.ends_with(": ") ? "" : ", ") + id;
    return out;
}

}  // namespace

std::string results_json(const Lesson& lesson, const CheckOutcome& outcome, const Texts& texts) {
    Document tests = Document::array();
    for (const Finding& f : outcome.findings)
        tests.push_back({{"name", f.id},
                         {"task_id", f.task},
                         {"text", texts.fill(f.text)},
                         {"guard", f.guard},
                         {"status", status_name(f.status)},
                         {"judged", f.judged},
                         {"message_id", f.message_id},
                         {"message", texts.fill(f.message)},
                         {"goal", f.goal},
                         {"yours", f.yours},
                         {"distance", f.distance},
                         {"unit", f.unit},
                         {"measured", number(f.measured)},
                         {"low", number(f.low)},
                         {"high", number(f.high)},
                         {"target", f.question ? Document(nullptr) : number(f.target)},
                         {"replications", f.n}});
    const Document out = {{"version", 1},
                          {"lesson", lesson.name},
                          {"revision", lesson.revision},
                          {"status", status_name(outcome.status)},
                          {"message", problem_text(outcome)},
                          {"tests", tests}};
    return out.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace gatesim::learn
