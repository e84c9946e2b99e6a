#include "learn/golden_series.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <functional>

#include "learn/facts.hpp"

namespace gatesim::learn {

namespace {

using Pairs = std::vector<std::pair<double, double>>;

Pairs defined(const Series& a, const Series& b) {
    Pairs out;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        if (a[i] && b[i]) out.emplace_back(*a[i], *b[i]);
    return out;
}

double mean_of(const Pairs& pairs, const std::function<double(const std::pair<double, double>&)>& value) {
    double sum = 0;
    for (const auto& pair : pairs) sum += value(pair);
    return sum / static_cast<double>(pairs.size());
}

double variance_of(const Pairs& pairs, const std::function<double(const std::pair<double, double>&)>& value) {
    const double mean = mean_of(pairs, value);
    double sum = 0;
    for (const auto& pair : pairs) sum += (value(pair) - mean) * (value(pair) - mean);
    return sum / static_cast<double>(pairs.size() - 1);
}

double difference(const std::pair<double, double>& pair) {
    return pair.first - pair.second;
}

/// n f(all) - (n - 1) f(all but one), for each one. Nothing to say of fewer than three.
Series pseudo_values(const Pairs& pairs, const std::function<double(const Pairs&)>& figure) {
    Series out;
    if (pairs.size() < 3) return out;
    const auto n = static_cast<double>(pairs.size());
    const double all = figure(pairs);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        Pairs others = pairs;
        others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
        out.push_back(n * all - (n - 1) * figure(others));
    }
    return out;
}

}  // namespace

Series mistaken(const Series& a, const Series& b) {
    const Pairs pairs = defined(a, b);
    const bool first_is_less = !pairs.empty() && mean_of(pairs, difference) < 0;
    return pseudo_values(pairs, [&](const Pairs& some) {
        std::size_t wrong = 0;
        for (std::size_t i = 0; i < some.size(); ++i)
            for (std::size_t j = 0; j < some.size(); ++j)
                if (i != j) wrong += first_is_less ? some[i].first >= some[j].second : some[i].first <= some[j].second;
        return static_cast<double>(wrong) / static_cast<double>(some.size() * (some.size() - 1));
    });
}

Series gain(const Series& a, const Series& b) {
    return pseudo_values(defined(a, b), [](const Pairs& some) {
        const double apart = variance_of(some, [](const auto& pair) { return pair.first; }) +
                             variance_of(some, [](const auto& pair) { return pair.second; });
        const double together = variance_of(some, difference);
        return together > 0 && apart > 0 ? std::log(apart / together) : 0;
    });
}

Estimate golden_estimate(const Golden& golden, const Series& series) {
    const auto is_truth = [](const std::optional<double>& value) { return !value || *value == 0 || *value == 1; };
    Estimate out = mean_interval(series);
    if (golden.unit == "share" && !out.alike && std::all_of(series.begin(), series.end(), is_truth))
        return truth_interval(series);
    if (golden.gives != Golden::Gives::gain) return golden.unit == "share" ? possible(out, golden.unit) : out;
    for (std::optional<double>* end : {&out.mean, &out.low, &out.high})
        if (*end) *end = std::exp(**end);
    return out;
}

Series practice_count(const Lesson& lesson, const Golden& golden, Stage& stage, const std::string& scratch,
                      StudyProblem& trouble) {
    const Staged* staged = stage.get("learner");
    const Question* question = lesson.find_question(golden.question);
    if (!staged || !question || !question->fact) return {};
    std::size_t count = 0;
    for (std::uint64_t seed = 1; seed <= lesson.variants; ++seed) {
        const std::string folder = scratch + "/figure-" + std::to_string(seed);
        const Tables tables = practice_tables(staged->scenario, seed, folder, trouble);
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
        if (!trouble.text.empty()) return {};
        const auto right = fact_values(*question->fact, tables);
        count += std::find(right.begin(), right.end(), golden.answer) != right.end();
    }
    return {static_cast<double>(count)};
}

}  // namespace gatesim::learn
