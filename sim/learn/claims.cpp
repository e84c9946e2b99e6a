#include "learn/claims.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "learn/bench.hpp"
#include "learn/checker.hpp"
#include "learn/lesson_parts.hpp"

namespace gatesim::learn {

namespace {

Claim read_claim(Reader& reader, const View& view, const std::string& id) {
    Claim out;
    out.id = id;
    reader.keys(view, {"says", "so", "work", "each"}, {"says", "so"});
    out.says = reader.text(view, "says");
    out.so = reader.expression(view, "so");
    if (view.find("work")) out.work = reader.text(view, "work");
    out.each = reader.flag(view, "each");
    return out;
}

/// What is not so about the claim; empty if it is true.
std::string refuted(const Claim& claim, const Bench& bench) {
    if (!claim.each) return bench.value_of_means(*claim.so).holds() ? "" : "on average";
    const Series series = bench.series(*claim.so, bench.replications({&*claim.so}));
    const auto wrong =
        std::count_if(series.begin(), series.end(), [](const auto& value) { return !value || *value == 0; });
    return wrong == 0 ? "" : fmt::format("in {} of {} runs", wrong, series.size());
}

}  // namespace

void read_claims(Reader& reader, const View& root, Lesson& lesson) {
    const auto map = reader.object(root, "claims");
    if (!map) return;
    for (std::size_t i = 0; i < map->node->members.size(); ++i)
        lesson.claims.push_back(read_claim(reader, map->child(i), map->node->members[i].key));
}

std::optional<Work> work_named(const Lesson& lesson, const std::string& whose, std::vector<Diagnostic>& problems) {
    if (whose == "none") return Work{};
    const std::string file = whose == "solution"  ? "solution/work.json"
                             : whose == "starter" ? "work.json"
                                                  : whose + ".json";
    return read_work(lesson, lesson.path(file), problems);
}

bool judge_claims(const Lesson& lesson, const GoldenOptions& how, const std::shared_ptr<Journal>& journal,
                  GoldenResult& out) {
    for (const Claim& claim : lesson.claims) {
        const auto work = work_named(lesson, claim.work, out.problems);
        if (!work) return false;
        Stage stage(lesson, *work, how.overlay);
        Bench bench(stage, golden_bench(lesson, how, journal));
        for (const auto& [name, mean] : out.means) bench.know("golden." + name, Value::of(mean));
        bench.want(*claim.so);
        if (!bench.run([] { return Bench::Undecided{}; })) {
            out.trouble = bench.problem();
            out.problems.insert(out.problems.end(), stage.problems().begin(), stage.problems().end());
            return false;
        }
        if (const std::string when = refuted(claim, bench); !when.empty())
            out.untrue.push_back(
                fmt::format("claim {}: \"{}\" is not so {}: {}", claim.id, claim.says, when, claim.so->text()));
    }
    return true;
}

std::string in_one_line(const std::string& text) {
    std::string out;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (!blank)
            out += c;
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    if (out.ends_with(' ')) out.pop_back();
    return out;
}

}  // namespace gatesim::learn
