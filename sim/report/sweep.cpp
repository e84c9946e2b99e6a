// A sweep: the curve with its interval and the band of what is as good, or the heat map.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "measure/unit_text.hpp"
#include "picture/dots.hpp"
#include "picture/heat.hpp"
#include "picture/panels.hpp"
#include "report/sections.hpp"

namespace gatesim::report {

bool told_apart(const StudyFolder& folder) {
    return std::any_of(folder.arms.begin(), folder.arms.end(),
                       [](const ReportArm& cell) { return cell.standing == "behind"; });
}

namespace {

std::string words_of(const std::string& standing) {
    return standing == "as_good" ? "as good" : standing == "behind" ? "not as good" : standing;
}

/// What is said of a cell: where none is worse, the one with the best mean is only one of those.
std::string standing_of(const StudyFolder& folder, const ReportArm& cell) {
    if (cell.standing != "best" || told_apart(folder)) return words_of(cell.standing);
    const bool known = std::any_of(folder.arms.begin(), folder.arms.end(),
                                   [](const ReportArm& other) { return other.standing == "as_good"; });
    return folder.arms.size() == 1 ? "alone" : known ? "as good" : "undecided";
}

/// A value of an axis as a number; not a number if it is none.
double as_number(const std::string& value) {
    double out = picture::Point::kNoValue;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), out);
    return error == std::errc() && end == value.data() + value.size() ? out : picture::Point::kNoValue;
}

double in(const std::optional<double>& value, const PrintUnit& unit) {
    return value ? *value / unit.divisor : picture::Point::kNoValue;
}

struct Deciding {
    std::size_t metric;
    PrintUnit unit;
    std::optional<double> best;
    std::string label() const { return axis_label(spoken(metrics()[metric]), unit); }
};

TextTable table_of(const StudyFolder& folder, const Deciding& d) {
    TextTable out;
    for (const ReportAxis& axis : folder.axes) out.head.push_back(axis.name());
    out.head.push_back(spoken(metrics()[d.metric]));
    out.head.emplace_back("from the best");
    out.head.emplace_back("standing");
    for (const ReportArm& cell : folder.arms) {
        std::vector<std::string> row = cell.at;
        row.push_back(number_of(cell, d.metric, d.unit));
        const Difference& from = cell.differences.front();
        Estimate e;
        e.mean = from.mean, e.low = from.low, e.high = from.high, e.n = from.n, e.alike = from.alike;
        row.push_back(cell.standing == "best" || !from.mean ? "" : text(e, d.unit));
        row.push_back(standing_of(folder, cell));
        out.rows.push_back(std::move(row));
    }
    return out;
}

/// What is within `matters` of the best mean.
std::vector<picture::Zone> zones_of(const StudyFolder& folder, const Deciding& d) {
    if (!d.best) return {};
    const double best = *d.best / d.unit.divisor;
    const bool lower = metrics()[d.metric].direction == Direction::lower;
    const double border = best + (lower ? 1 : -1) * folder.matters * std::abs(best);
    return {{std::min(best, border), std::max(best, border),
             fmt::format("within {} of the best mean", text(folder.matters, "share"))}};
}

void add_curve(Page& page, const StudyFolder& folder, const Deciding& d) {
    picture::Series curve{spoken(metrics()[d.metric]), {}};
    std::vector<picture::DotRow> rows;
    bool numbers = true;
    for (const ReportArm& cell : folder.arms) {
        const Estimate& e = cell.summary.estimates[d.metric];
        const double at = as_number(cell.at.front());
        numbers &= at == at;
        curve.points.push_back({at, in(e.mean, d.unit), in(e.low, d.unit), in(e.high, d.unit)});
        const std::string standing = standing_of(folder, cell);
        const auto mark = standing == "best" || standing == "as good" ? picture::Mark::good
                          : standing == "not as good"                 ? picture::Mark::plain
                                                                      : picture::Mark::unsure;
        rows.push_back({cell.at.front(), in(e.mean, d.unit), in(e.low, d.unit), in(e.high, d.unit),
                        fmt::format("{}: {}", standing_of(folder, cell), text(e, d.unit)), mark});
    }
    std::sort(curve.points.begin(), curve.points.end(), [](const auto& a, const auto& b) { return a.x < b.x; });
    const std::string heading = fmt::format("{} by {}", spoken(metrics()[d.metric]), folder.axes.front().name());
    if (numbers)
        page.figure(
            "curve", heading, "Means with their 95 % intervals; what is in the grey band is as good as the best mean.",
            false,
            [&](const picture::About& about) {
                return picture::lines_svg(
                    {about,
                     {.label = folder.axes.front().name()},
                     {{{.label = d.label(), .from_zero = true}, {curve}, {}, zones_of(folder, d)}}});
            },
            table_of(folder, d));
    else
        page.figure(
            "curve", heading, "Means with their 95 % intervals; what is in the grey band is as good as the best mean.",
            false,
            [&](const picture::About& about) {
                return picture::dots_svg({about, {.label = d.label()}, rows, {}, zones_of(folder, d)});
            },
            table_of(folder, d));
}

void add_heat(Page& page, const StudyFolder& folder, const Deciding& d) {
    const ReportAxis& down = folder.axes[0];
    const ReportAxis& across = folder.axes[1];
    const bool apart = told_apart(folder);
    std::vector<std::vector<picture::Cell>> cells(down.values.size(), std::vector<picture::Cell>(across.values.size()));
    for (std::size_t i = 0; i < folder.arms.size() && i < down.values.size() * across.values.size(); ++i) {
        const ReportArm& arm = folder.arms[i];
        const Estimate& e = arm.summary.estimates[d.metric];
        if (!e.mean) continue;
        cells[i / across.values.size()][i % across.values.size()] = {
            *e.mean / d.unit.divisor, text(*e.mean, d.unit), apart && arm.standing == "best",
            apart && (arm.standing == "as_good" || arm.standing == "undecided")};
    }
    page.figure(
        "heat", fmt::format("{} by {} and {}", spoken(metrics()[d.metric]), down.name(), across.name()),
        apart ? "★ is the best; ≈ cannot be told from it, or is as good. Darker is more."
              : "The cells cannot be told apart, or are as good as each other: none is marked as the best. Darker is "
                "more.",
        false,
        [&](const picture::About& about) {
            return picture::heat_svg({about, across.name(), down.name(), across.values, down.values, cells});
        },
        table_of(folder, d));
}

}  // namespace

void add_sweep(Page& page, const StudyFolder& folder) {
    if (folder.kind != FolderKind::sweep || folder.named.empty() || folder.axes.empty()) return;
    Deciding d{folder.named.front(), unit_of(folder, folder.named.front()), {}};
    for (const ReportArm& cell : folder.arms)
        if (cell.standing == "best") d.best = cell.summary.estimates[d.metric].mean;
    page.section("sweep", "The cells");
    if (folder.arms.size() > 1 && !told_apart(folder))
        page.paragraph("No cell is known to be worse than another, so none is called the best.");
    if (folder.axes.size() == 1)
        add_curve(page, folder, d);
    else
        add_heat(page, folder, d);
}

}  // namespace gatesim::report
