#include "learn/reference.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "learn/bench.hpp"
#include "learn/claims.hpp"
#include "learn/reader.hpp"
#include "learn/wording.hpp"

namespace gatesim::learn {

namespace {

bool is_measured(const Check& check) {
    if (check.experiment || !check.measure) return false;
    const auto& names = check.measure->names();
    return std::none_of(names.begin(), names.end(),
                        [](const std::string& name) { return name.starts_with("answer."); });
}

std::string shown(const Value& value) {
    return value.text ? *value.text : amount_text(value.number.value_or(0), "");
}

}  // namespace

Reference measure_reference(const Lesson& lesson, const GoldenOptions& how, const std::shared_ptr<Journal>& journal,
                            GoldenResult& out) {
    Reference reference;
    const auto work = work_named(lesson, "solution", out.problems);
    if (!work) return reference;
    Stage stage(lesson, *work, how.overlay);
    Bench bench(stage, golden_bench(lesson, how, journal));
    for (const Check& check : lesson.checks)
        if (is_measured(check)) bench.want(*check.measure);
    if (!bench.run([] { return Bench::Undecided{}; })) {
        out.trouble = bench.problem();
        out.problems.insert(out.problems.end(), stage.problems().begin(), stage.problems().end());
        return reference;
    }
    for (const Check& check : lesson.checks) {
        if (!is_measured(check)) continue;
        const Estimate e = mean_interval(bench.series(*check.measure, bench.replications({&*check.measure})));
        if (!e.mean) continue;
        const bool certain = e.low && e.high && *e.low < *e.high;
        reference[check.id] = certain ? estimate_text(e, check.unit) : amount_text(*e.mean, check.unit);
    }
    return reference;
}

Reference read_reference(const Lesson& lesson) {
    Reference out;
    const auto json =
        nlohmann::json::parse(read_text(lesson.path("expected/golden.json")).value_or(""), nullptr, false);
    if (!json.is_object() || !json.contains("reference") || !json["reference"].is_object()) return out;
    for (const auto& [id, value] : json["reference"].items())
        if (value.is_string()) out[id] = value.get<std::string>();
    return out;
}

std::vector<Beside> beside_reference(const Lesson& lesson, const Work& work, const CheckOutcome& outcome) {
    std::vector<Beside> out;
    std::vector<Diagnostic> ignored;
    const auto solved = read_work(lesson, lesson.path("solution/work.json"), ignored);
    if (!solved) return out;
    for (const Setting& yours : work.settings)
        for (const Setting& theirs : solved->settings)
            if (theirs.pointer == yours.pointer)
                out.push_back({yours.pointer, one_line(yours.value), one_line(theirs.value)});
    for (const Lever& lever : lesson.levers) {
        const auto yours = work.levers.find(lever.id), theirs = solved->levers.find(lever.id);
        if (yours != work.levers.end() && theirs != solved->levers.end())
            out.push_back({lever.text, shown(yours->second), shown(theirs->second)});
    }
    const Reference reference = read_reference(lesson);
    for (const Finding& f : outcome.findings)
        if (const auto it = reference.find(f.id); it != reference.end()) out.push_back({f.text, f.yours, it->second});
    return out;
}

}  // namespace gatesim::learn
