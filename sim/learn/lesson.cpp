#include "learn/lesson.hpp"

#include <algorithm>

#include "measure/metric.hpp"

namespace gatesim::learn {

namespace {

template <class T>
const T* by_id(const std::vector<T>& list, const std::string& id) {
    const auto it = std::find_if(list.begin(), list.end(), [&](const T& item) { return item.id == id; });
    return it == list.end() ? nullptr : &*it;
}

}  // namespace

const Case* Lesson::find_case(const std::string& id) const {
    return by_id(cases, id);
}
const Question* Lesson::find_question(const std::string& id) const {
    return by_id(questions, id);
}
const Lever* Lesson::find_lever(const std::string& id) const {
    return by_id(levers, id);
}
const Best* Lesson::find_best(const std::string& id) const {
    return by_id(bests, id);
}
const Alias* Lesson::find_alias(const std::string& wanted) const {
    const auto it = std::find_if(aliases.begin(), aliases.end(), [&](const Alias& a) { return a.name == wanted; });
    return it == aliases.end() ? nullptr : &*it;
}

std::optional<CaseMetric> case_metric(const std::string& name) {
    const auto colon = name.find(':');
    CaseMetric out;
    out.base = colon == std::string::npos ? "learner" : name.substr(0, colon);
    const std::string metric = colon == std::string::npos ? name : name.substr(colon + 1);
    if (metric == "warmup_s" && colon != std::string::npos) {
        out.warmup = true;
        return out;
    }
    const auto index = find_metric(metric);
    if (!index) return std::nullopt;
    out.metric = *index;
    return out;
}

std::string unit_of(const Expression& expression) {
    if (expression.names().size() != 1 || expression.text() != expression.names().front()) return "";
    const auto found = case_metric(expression.text());
    if (!found) return "";
    return found->warmup ? "s" : metrics()[found->metric].unit;
}

}  // namespace gatesim::learn
