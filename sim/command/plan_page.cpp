// The page of a plan: the answer, the curve of each metric with what is promised, the tables.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "command/plan_report.hpp"
#include "command/report_text.hpp"
#include "measure/unit_text.hpp"
#include "picture/heat.hpp"
#include "picture/panels.hpp"
#include "record/words.hpp"
#include "report/page.hpp"
#include "study/comparison.hpp"

namespace gatesim {

using report::Page;
using report::TextTable;

namespace {

std::string header_of(const PlanReport& report) {
    using picture::escaped;
    const Scenario& first = report.cells.front().scenario;
    const std::string title = first.title.empty() ? first.name : first.title;
    std::vector<std::string> promises;
    for (const Promise& promise : report.plan.terms.promises) promises.push_back(promise.text);
    const std::string question = fmt::format("What is the least that keeps {} in {}?", list_text(promises), first.name);
    return fmt::format("<h1>{}</h1>\n<p class=\"question\">{}</p>\n<p class=\"answer\">{}</p>\n", escaped(title),
                       escaped(question), escaped(plan_answer(report.plan)));
}

PrintUnit unit_of(const Plan& plan, std::size_t i) {
    std::vector<double> sizes;
    for (const CurveRow& row : plan.curve)
        if (row.estimates[i].mean) sizes.push_back(*row.estimates[i].mean);
    return print_unit(metrics()[plan.shown[i]].unit, sizes);
}

double in(const std::optional<double>& value, const PrintUnit& unit) {
    return value ? *value / unit.divisor : picture::Point::kNoValue;
}

std::string standing_of(const Plan& plan, const CurveRow& row) {
    if (row.cell == plan.found.answer) return "the least that keeps";
    const PlanStanding known = plan.found.cells[row.cell].known;
    return known == PlanStanding::unknown ? "not judged" : standing_text(known);
}

TextTable table_of(const Plan& plan) {
    TextTable out;
    for (const SweepAxis& axis : plan.terms.axes) out.head.push_back(axis.name);
    for (std::size_t m : plan.shown) out.head.push_back(spoken(metrics()[m]));
    out.head.emplace_back("replications");
    out.head.emplace_back("standing");
    for (const CurveRow& row : plan.curve) {
        std::vector<std::string> cells;
        for (std::size_t a = 0; a < plan.terms.axes.size(); ++a)
            cells.push_back(plan.terms.axes[a].values[plan.terms.at(row.cell, a)]);
        for (std::size_t i = 0; i < plan.shown.size(); ++i) cells.push_back(text(row.estimates[i], unit_of(plan, i)));
        const PlanCell& cell = plan.found.cells[row.cell];
        cells.push_back(row.scouts_only ? fmt::format("{} scouts", cell.scouts) : fmt::format("{}", cell.measured));
        cells.push_back(standing_of(plan, row));
        out.rows.push_back(std::move(cells));
    }
    return out;
}

/// What is promised of a metric, as lines across.
std::vector<picture::Reference> bounds_of(const Plan& plan, std::size_t metric, const PrintUnit& unit) {
    std::vector<picture::Reference> out;
    for (const Promise& promise : plan.terms.promises)
        if (promise.metric == metric) out.push_back({promise.bound / unit.divisor, "promised: " + promise.text});
    return out;
}

void add_line(Page& page, const Plan& plan, std::size_t i) {
    const Metric& metric = metrics()[plan.shown[i]];
    const PrintUnit unit = unit_of(plan, i);
    picture::Series measured{"measured", {}}, scouts{"scouts", {}};
    measured.band = scouts.band = false;
    scouts.fine = true;
    for (const CurveRow& row : plan.curve) {
        double x = 0;
        const std::string& value = plan.terms.axes[0].values[row.cell];
        if (std::from_chars(value.data(), value.data() + value.size(), x).ec != std::errc{}) return;
        const Estimate& e = row.estimates[i];
        (row.scouts_only ? scouts : measured)
            .points.push_back({x, in(e.mean, unit), in(e.low, unit), in(e.high, unit)});
    }
    std::vector<picture::Series> series;
    for (picture::Series* s : {&measured, &scouts}) {
        std::sort(s->points.begin(), s->points.end(), [](const auto& a, const auto& b) { return a.x < b.x; });
        if (!s->points.empty()) series.push_back(*s);
    }
    const std::string label = unit.text.empty() ? spoken(metric) : spoken(metric) + ", " + unit.text;
    page.figure(
        fmt::format("curve-{}", i + 1), fmt::format("{} by {}", spoken(metric), plan.terms.axes[0].name),
        "Means with their 95 % intervals; scouts only said where to look.", false,
        [&](const picture::About& about) {
            return picture::lines_svg(
                {about,
                 {.label = plan.terms.axes[0].name},
                 {{{.label = label, .from_zero = true}, series, bounds_of(plan, plan.shown[i], unit)}}});
        },
        table_of(plan));
}

void add_heat(Page& page, const Plan& plan, std::size_t i) {
    const SweepAxis &down = plan.terms.axes[0], &across = plan.terms.axes[1];
    const PrintUnit unit = unit_of(plan, i);
    std::vector<std::vector<picture::Cell>> cells(down.values.size(), std::vector<picture::Cell>(across.values.size()));
    for (const CurveRow& row : plan.curve) {
        if (!row.estimates[i].mean) continue;
        cells[plan.terms.at(row.cell, 0)][plan.terms.at(row.cell, 1)] = {
            in(row.estimates[i].mean, unit), text(*row.estimates[i].mean, unit), row.cell == plan.found.answer,
            plan.found.cells[row.cell].known == PlanStanding::undecided};
    }
    const Metric& metric = metrics()[plan.shown[i]];
    page.figure(
        fmt::format("heat-{}", i + 1), fmt::format("{} by {} and {}", spoken(metric), down.name, across.name),
        "★ is the least that keeps what is promised; ≈ cannot be told. Empty: nothing was run there.", false,
        [&](const picture::About& about) {
            return picture::heat_svg({about, across.name, down.name, across.values, down.values, cells});
        },
        table_of(plan));
}

void add_lists(Page& page, const Plan& plan) {
    page.section("excluded", "What is excluded");
    TextTable table{{"configuration", "promise", "it is"}};
    for (std::size_t cell : plan.found.excluded())
        for (std::size_t p = 0; p < plan.terms.promises.size(); ++p) {
            const PromiseView& view = plan.found.cells[cell].promises[p];
            if (view.standing == PlanStanding::fails)
                table.rows.push_back({cell_label(plan.terms, cell), plan.terms.promises[p].text,
                                      text(view.seen, metrics()[plan.terms.promises[p].metric].unit)});
        }
    if (table.rows.empty())
        page.paragraph("Nothing was measured that breaks a promise.");
    else
        page.table(table);
    std::vector<std::string> lines;
    for (const Headroom& h : plan.headroom)
        lines.push_back(fmt::format("{}: {}", h.what,
                                    !h.why_not.empty() ? "not looked at: " + h.why_not
                                    : h.value.empty()  ? fmt::format("more than {}={}", plan.terms.axes[0].name, h.most)
                                                       : fmt::format("about {}={}", plan.terms.axes[0].name, h.value)));
    if (lines.empty()) return;
    page.section("headroom", "Head-room");
    page.paragraph("A first idea, from 2 replications at each value that was looked at.");
    page.list(lines);
}

void add_ends(Page& page, const PlanReport& report) {
    page.section("assumptions", "What this rests on");
    std::vector<std::string> known = plan_cautions(report.plan);
    if (known.empty()) known.emplace_back("No warnings.");
    page.list(known);
    page.raw("<h3>The same again</h3>\n");
    page.paragraph(fmt::format("Seed {}, {} replications.", report.options.seed, report.plan.runs));
    page.raw(fmt::format("<p><code>{}</code></p>\n", picture::escaped("gatesim " + report.again)));
}

}  // namespace

std::string plan_page(const PlanReport& report) {
    const Plan& plan = report.plan;
    Page page;
    page.section("curve", "Around the answer");
    for (std::size_t i = 0; i < plan.shown.size(); ++i) {
        if (plan.terms.axes.size() == 1)
            add_line(page, plan, i);
        else
            add_heat(page, plan, i);
    }
    page.table(table_of(plan));
    add_lists(page, plan);
    add_ends(page, report);
    const Scenario& first = report.cells.front().scenario;
    return page.finish(first.title.empty() ? first.name : first.title, header_of(report));
}

}  // namespace gatesim
