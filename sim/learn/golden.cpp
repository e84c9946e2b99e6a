#include "learn/golden.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "learn/bench.hpp"
#include "learn/checker.hpp"
#include "learn/claims.hpp"
#include "learn/golden_series.hpp"
#include "learn/reader.hpp"
#include "learn/reference.hpp"
#include "learn/variants.hpp"
#include "learn/wording.hpp"
#include "measure/interval.hpp"

namespace gatesim::learn {

namespace {

using Document = nlohmann::ordered_json;

Figure figure_of(const Estimate& e, const std::string& unit) {
    Figure out;
    if (!e.mean) {
        out.text = out.number = out.interval = "undefined";
        return out;
    }
    const bool certain = e.low && e.high && *e.low < *e.high;
    const std::string full = certain ? estimate_text(e, unit) : amount_text(*e.mean, unit);
    // The value alone, before "± 0.3" or "(4.1 to 5.2)".
    out.text = certain ? full.substr(0, std::min(full.find(" ± "), full.find(" ("))) : full;
    out.number = out.text.substr(0, out.text.find(' '));
    out.interval = certain ? fmt::format("{} (95 %, n = {})", full, e.n) : full;
    return out;
}

Document entry(const Figure& figure, const Estimate& e, const std::string& unit) {
    const auto rounded = [](const std::optional<double>& value) {
        return value ? Document(fmt::format("{:.6g}", *value)) : Document(nullptr);
    };
    return {{"text", figure.text},     {"number", figure.number}, {"interval", figure.interval}, {"unit", unit},
            {"mean", rounded(e.mean)}, {"low", rounded(e.low)},   {"high", rounded(e.high)}};
}

std::string shown(const document::Node& value) {
    return value.kind == document::Node::Kind::text ? value.text : one_line(value);
}

/// Measures all figures of one author's work: its runs are shared.
class Measurer {
public:
    Measurer(const Lesson& lesson, const GoldenOptions& how, GoldenResult& out, std::shared_ptr<Journal> journal)
        : lesson_(lesson), how_(how), out_(out), journal_(std::move(journal)) {}

    bool measure(const std::string& whose, Document& figures) {
        auto read = work_named(lesson_, whose, out_.problems);
        if (!read) return false;
        const Work work = std::move(*read);
        Stage stage(lesson_, work, how_.overlay);
        for (const auto& [sets, label] : points(whose)) {
            if (!at_point(stage, whose, sets, label, figures)) {
                for (const Diagnostic& d : stage.problems()) out_.problems.push_back(d);
                return false;
            }
        }
        return true;
    }

private:
    using Point = std::pair<std::vector<std::string>, std::string>;

    /// The points of all axes that figures of this work are measured over; first the one without any.
    std::vector<Point> points(const std::string& whose) const {
        std::vector<Point> out = {{{}, ""}};
        for (const Golden& g : lesson_.golden) {
            if (g.work != whose || !g.over) continue;
            for (const document::Node& value : g.over->values) {
                const Point point{{set_text(g.over->pointer, value)}, shown(value)};
                if (std::find(out.begin(), out.end(), point) == out.end()) out.push_back(point);
            }
        }
        return out;
    }

    static bool is_at(const Golden& g, const std::vector<std::string>& sets) {
        if (!g.over) return sets.empty();
        for (const document::Node& value : g.over->values)
            if (sets == std::vector<std::string>{set_text(g.over->pointer, value)}) return true;
        return false;
    }

    bool at_point(Stage& stage, const std::string& whose, const std::vector<std::string>& sets,
                  const std::string& label, Document& figures) {
        std::set<std::uint32_t> runs;
        for (const Golden& g : lesson_.golden)
            if (g.work == whose && is_at(g, sets)) runs.insert(g.runs);
        return std::all_of(runs.begin(), runs.end(), [&](std::uint32_t count) {
            std::vector<const Golden*> wanted;
            for (const Golden& g : lesson_.golden)
                if (g.work == whose && is_at(g, sets) && g.runs == count) wanted.push_back(&g);
            return measure_some(stage, wanted, count, sets, label, figures);
        });
    }

    bool measure_some(Stage& stage, const std::vector<const Golden*>& wanted, std::uint32_t runs,
                      const std::vector<std::string>& sets, const std::string& label, Document& figures) {
        BenchOptions options = golden_bench(lesson_, how_, journal_);
        options.looks = {runs};
        options.between = sets;
        Bench bench(stage, options);
        for (const Golden* g : wanted)
            for (const auto& e : {g->measure, g->against})
                if (e) bench.want(*e);
        if (!bench.run([] { return Bench::Undecided{}; })) {
            out_.trouble = bench.problem();
            return false;
        }
        for (const Golden* g : wanted) {
            const std::string name = g->over ? g->id + "@" + label : g->id;
            const Series series = series_of(*g, bench, stage);
            if (!out_.trouble.text.empty()) return false;
            const Estimate e = golden_estimate(*g, series);
            out_.figures[name] = figure_of(e, g->unit);
            figures[name] = entry(out_.figures[name], e, g->unit);
            if (e.mean) out_.means[name] = *e.mean;
        }
        return true;
    }

    Series series_of(const Golden& g, const Bench& bench, Stage& stage) {
        if (!g.measure) return practice_count(lesson_, g, stage, how_.scratch, out_.trouble);
        if (!g.against) return bench.series(*g.measure, bench.replications({&*g.measure}));
        const std::size_t n = bench.replications({&*g.measure, &*g.against});
        const Series first = bench.series(*g.measure, n), second = bench.series(*g.against, n);
        return g.gives == Golden::Gives::gain ? gain(first, second) : mistaken(first, second);
    }

    const Lesson& lesson_;
    const GoldenOptions& how_;
    GoldenResult& out_;
    std::shared_ptr<Journal> journal_;
};

/// The right answers of each practice seed.
Document practice_document(const Lesson& lesson, const GoldenOptions& options, GoldenResult& out) {
    Document all = Document::object();
    const auto solved = read_work(lesson, lesson.path("solution/work.json"), out.problems);
    if (!solved) return all;
    Stage stage(lesson, *solved, options.overlay);
    for (std::uint64_t seed = 1; seed <= lesson.variants && out.trouble.text.empty(); ++seed) {
        Document& answers = all[std::to_string(seed)] = Document::object();
        for (const auto& [id, values] : practice_answers(lesson, stage, seed, options.scratch, out.trouble))
            answers[id] = values;
    }
    return all;
}

}  // namespace

BenchOptions golden_bench(const Lesson& lesson, const GoldenOptions& how, const std::shared_ptr<Journal>& journal) {
    BenchOptions out;
    out.seed = check_seed(lesson.name, "golden");
    out.jobs = how.jobs;
    out.looks = {kGoldenRuns};
    out.journal = journal;
    return out;
}

GoldenResult measure_golden(const Lesson& lesson, const GoldenOptions& options) {
    GoldenResult out;
    Document measured = Document::object();
    std::vector<std::string> done;
    const auto journal = std::make_shared<Journal>();
    for (const Golden& g : lesson.golden) {
        if (std::find(done.begin(), done.end(), g.work) != done.end()) continue;
        done.push_back(g.work);
        if (!Measurer(lesson, options, out, journal).measure(g.work, measured)) return out;
    }
    if (!judge_claims(lesson, options, journal, out)) return out;
    Document document = {{"notes", "Written by gatesim lesson verify --write; not to be edited."},
                         {"lesson", lesson.name},
                         {"revision", lesson.revision},
                         {"replications", kGoldenRuns},
                         {"figures", measured}};
    if (const Reference reference = measure_reference(lesson, options, journal, out); !reference.empty())
        document["reference"] = reference;
    if (asks_about_practice(lesson)) document["practice"] = practice_document(lesson, options, out);
    if (!out.problems.empty() || !out.trouble.text.empty()) return out;
    out.document = document.dump(1) + "\n";
    return out;
}

}  // namespace gatesim::learn
