#include "command/plan_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "command/report_text.hpp"
#include "command/table_blocks.hpp"
#include "command/terminal.hpp"
#include "measure/unit_text.hpp"
#include "record/narrator.hpp"
#include "record/words.hpp"
#include "study/comparison.hpp"

namespace gatesim {

namespace {

constexpr std::size_t kWidth = 80;

std::string heading(const PlanReport& report, bool terminal) {
    const Scenario& first = report.cells.front().scenario;
    const Plan& plan = report.plan;
    const std::string title = first.title.empty() ? first.name : first.title;
    std::string what =
        fmt::format("{}: {}, seed {}, {}", first.name,
                    counted(static_cast<std::int64_t>(report.cells.size()), "configuration", "configurations"),
                    report.options.seed, counted(static_cast<std::int64_t>(plan.runs), "replication", "replications"));
    if (terminal) what += ", engine " + report.options.engine;
    std::vector<std::string> promises;
    for (const Promise& promise : plan.terms.promises) promises.push_back(promise.text);
    return (terminal ? styled(title, Style::strong) : title) + "\n" + wrap(what, kWidth, 2) + "\n" +
           wrap(fmt::format("Promised: {}. With {} confidence, however often it was looked at.", list_text(promises),
                            percent_text(plan.terms.confidence)),
                kWidth, 0) +
           "\n";
}

/// "✓ keeps", and how that is known.
std::string mark_of(const Plan& plan, const CurveRow& row, bool terminal) {
    const PlanCell& cell = plan.found.cells[row.cell];
    const bool judged = cell.standing == PlanStanding::keeps || cell.standing == PlanStanding::fails;
    const bool keeps = cell.known == PlanStanding::keeps;
    std::string out = keeps                                   ? "✓ keeps"
                      : cell.known == PlanStanding::fails     ? "✗ breaks"
                      : cell.known == PlanStanding::undecided ? "? undecided"
                                                              : "· not judged";
    if (!judged && (keeps || cell.known == PlanStanding::fails)) out += ", as its neighbour";
    if (row.cell == plan.found.answer) out = "★ least that keeps";
    return terminal ? styled(out, keeps ? Style::good : Style::plain) : out;
}

/// Of a curve that is too long to be read: what stands by the answer, and what was excluded.
bool is_printed(const Plan& plan, const CurveRow& row) {
    constexpr std::size_t kMost = 25;
    if (plan.curve.size() <= kMost || plan.found.answer == PlanFound::kNoCell) return true;
    if (row.cell == plan.found.cheapest) return true;
    bool near = true;
    for (std::size_t axis = 0; axis < plan.terms.axes.size(); ++axis) {
        const std::size_t a = plan.terms.at(row.cell, axis), b = plan.terms.at(plan.found.answer, axis);
        near &= std::max(a, b) - std::min(a, b) <= 2;
    }
    return near;
}

std::vector<TableRow> rows_of(const Plan& plan, std::size_t i, const PrintUnit& unit, bool terminal) {
    std::vector<TableRow> out;
    for (const CurveRow& row : plan.curve) {
        if (!is_printed(plan, row)) continue;
        TableRow line{cell_label(plan.terms, row.cell), text(row.estimates[i], unit), "", ""};
        if (row.overloaded && metrics()[plan.shown[i]].unit == "s") line.value += " !";
        if (row.scouts_only) line.value += " ~";
        if (i == 0) line.mark = mark_of(plan, row, terminal);
        out.push_back(std::move(line));
    }
    return out;
}

std::string blocks(const PlanReport& report, bool terminal) {
    const Plan& plan = report.plan;
    std::vector<TableBlock> out;
    for (std::size_t i = 0; i < plan.shown.size(); ++i) {
        const Metric& metric = metrics()[plan.shown[i]];
        std::vector<double> sizes;
        for (const CurveRow& row : plan.curve)
            if (row.estimates[i].mean) sizes.push_back(*row.estimates[i].mean);
        out.push_back({terminal ? styled(metric.name, Style::strong) : metric.name, about_text(metric),
                       print_unit(metric.unit, sizes),
                       [&plan, i, terminal](const PrintUnit& unit) { return rows_of(plan, i, unit, terminal); }});
    }
    return blocks_text(out, terminal ? out_columns() : kWidth);
}

std::string excluded(const Plan& plan) {
    std::string out;
    for (std::size_t cell : plan.found.excluded()) {
        const auto& views = plan.found.cells[cell].promises;
        for (std::size_t p = 0; p < views.size(); ++p) {
            if (views[p].standing != PlanStanding::fails) continue;
            const Metric& metric = metrics()[plan.terms.promises[p].metric];
            out += fmt::format("  {} breaks {}: {}\n", cell_label(plan.terms, cell), plan.terms.promises[p].text,
                               text(views[p].seen, metric.unit));
        }
    }
    return out.empty() ? "" : "\nExcluded\n" + out;
}

std::string headroom(const Plan& plan) {
    std::string out;
    for (const Headroom& h : plan.headroom) {
        const std::string& name = plan.terms.axes.front().name;
        const std::string says = !h.why_not.empty() ? "not looked at: " + h.why_not
                                 : h.value.empty()  ? fmt::format("more than {}={}", name, h.most)
                                                    : fmt::format("about {}={}", name, h.value);
        out += wrap(fmt::format("  {}: {}", h.what, says), kWidth, 4) + "\n";
    }
    return out.empty() ? "" : "\nHead-room (a first idea, from 2 replications at each value)\n" + out;
}

}  // namespace

std::vector<std::string> plan_cautions(const Plan& plan) {
    std::vector<std::string> out = warmup_sentences(plan.warmup);
    for (const PlanAxisFound& axis : plan.found.axes)
        if (!axis.why.empty())
            out.push_back(axis.why + " So every configuration was judged by itself, and none by its neighbours.");
    for (std::size_t p = 0; p < plan.terms.promises.size(); ++p)
        if (plan.found.opposing[p])
            out.push_back(
                fmt::format("What helps the other promises hurts {}: it was only judged where the others are "
                            "kept first.",
                            plan.terms.promises[p].text));
    const auto hidden = std::count_if(plan.curve.begin(), plan.curve.end(),
                                      [&](const CurveRow& row) { return !is_printed(plan, row); });
    if (hidden > 0)
        out.push_back(fmt::format("{} that {} farther from the answer {} in plan.csv.",
                                  counted(hidden, "configuration", "configurations"), hidden == 1 ? "is" : "are",
                                  hidden == 1 ? "stands" : "stand"));
    bool scouts = false, overloaded = false;
    for (const CurveRow& row : plan.curve) {
        scouts |= row.scouts_only;
        overloaded |= row.overloaded;
    }
    if (scouts)
        out.push_back(
            fmt::format("What is marked with ~ comes from {} scouts, whose luck is their own; it only said "
                        "where to look.",
                        kScouts));
    if (overloaded)
        out.push_back(
            "What is marked with ! is overloaded: the queue grows through the whole period, so a longer one "
            "would show worse numbers.");
    if (!plan.found.undecided().empty())
        out.push_back("Not every configuration could be told; --at-most allows more replications.");
    return out;
}

std::string plan_text(const PlanReport& report, bool terminal) {
    const Plan& plan = report.plan;
    std::string out = heading(report, terminal) + blocks(report, terminal) + excluded(plan) + headroom(plan) + "\n";
    const auto list = plan_cautions(plan);
    for (const std::string& caution : list)
        out += wrap((terminal ? styled("! ", Style::bad) : "! ") + caution, kWidth, 2) + "\n";
    if (!list.empty()) out += "\n";
    const std::string head = "Answer (least that keeps what is promised): ";
    return out + end_text({head, plan_answer(plan), report.again, report.directory, report.grid}, terminal);
}

}  // namespace gatesim
