// A comparison: differences from the baseline, time against cost, and the same seeds side by side.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "measure/unit_text.hpp"
#include "picture/dots.hpp"
#include "picture/scatter.hpp"
#include "report/sections.hpp"

namespace gatesim::report {

namespace {

picture::Mark mark_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::better:
            return picture::Mark::good;
        case Verdict::worse:
            return picture::Mark::bad;
        case Verdict::undecided:
            return picture::Mark::unsure;
        default:
            return picture::Mark::plain;
    }
}

Estimate estimate_of(const Difference& d) {
    Estimate out;
    out.mean = d.mean, out.low = d.low, out.high = d.high, out.n = d.n, out.alike = d.alike;
    return out;
}

std::string difference_text(const Difference& d, const PrintUnit& unit) {
    if (!d.mean) return "cannot be compared";
    if (d.none_seen) return "none seen";
    const std::string out = text(estimate_of(d), unit);
    return *d.mean > 0 && out.find_first_of("123456789") != std::string::npos ? "+" + out : out;
}

/// Of an arm against the baseline, in percent of the baseline's mean, so that all metrics share an axis. No metric is
/// below zero, so no arm can have less than 100 % less: an interval that goes on is cut there, and says so.
picture::DotRow row_of(const Difference& d, double base, const std::string& label, const std::string& said) {
    const auto percent = [&](const std::optional<double>& v) {
        return v ? 100 * *v / std::abs(base) : picture::Point::kNoValue;
    };
    picture::DotRow row{label, percent(d.mean), percent(d.low), percent(d.high), said, mark_of(d.verdict)};
    if (!(row.low < -100)) return row;
    row.low = -100;
    row.cut = true;
    row.text += ", cut at −100 %";
    return row;
}

/// Where the axis ends, in percent: if some differences are so large that all others would shrink to nothing, above
/// those others. Nothing if none is.
std::optional<double> clip_of(const std::vector<picture::DotRow>& rows) {
    constexpr double kApart = 8, kLeast = 10;  ///< times as far; and percent that always fit
    double fits = kLeast;
    std::vector<double> tops;
    for (const picture::DotRow& row : rows) {
        if (!std::isfinite(row.value)) continue;
        tops.push_back(std::isfinite(row.high) ? std::max(row.value, row.high) : row.value);
        fits = std::max(fits, -(std::isfinite(row.low) ? std::min(row.value, row.low) : row.value));
    }
    std::sort(tops.begin(), tops.end());
    for (std::size_t i = 1; i < tops.size(); ++i) {
        fits = std::max(fits, tops[i - 1]);
        if (tops[i] > kApart * fits) return fits * 1.25;
    }
    return std::nullopt;
}

/// Rows beyond it end in an arrow, and have their figure in words.
void clip(std::vector<picture::DotRow>& rows, double end) {
    for (picture::DotRow& row : rows) {
        if (!(row.value > end || row.high > end)) continue;
        row.over = true;
        row.text += fmt::format(", +{} %", picture::number_label(std::round(row.value), 1));
    }
}

double number(const std::optional<double>& value, double divisor) {
    return value ? *value / divisor : picture::Point::kNoValue;
}

/// What a landing costs: money where nodes have a price, else builds.
std::size_t cost_metric(const StudyFolder& folder) {
    const std::size_t cost = *find_metric("cost");
    const bool priced = std::any_of(folder.arms.begin(), folder.arms.end(), [&](const ReportArm& arm) {
        return arm.summary.estimates[cost].mean.value_or(0) > 0;
    });
    return priced ? cost : *find_metric("builds_per_landed");
}

}  // namespace

void add_differences(Page& page, const StudyFolder& folder) {
    // Runs side by side have them where they met the same luck.
    if (folder.kind != FolderKind::compare && (folder.kind != FolderKind::run || folder.named.empty())) return;
    const ReportArm& base = folder.arms[folder.baseline];
    page.section("differences", "Differences from " + base.label);
    page.paragraph(
        fmt::format("All arms met the same luck. {} A difference below {} is negligible.",
                    folder.replications > 1
                        ? "Differences are taken replication by replication; the intervals of all of them hold at "
                          "once in 95 of 100 comparisons."
                        : "This is one replication, so the differences have no interval, and nobody knows what "
                          "other luck would bring.",
                    text(folder.matters, "share")));
    for (std::size_t a = 0; a < folder.arms.size(); ++a) {
        if (a == folder.baseline) continue;
        std::vector<picture::DotRow> rows;
        TextTable table{{"metric", base.label, folder.arms[a].label, "difference", "verdict"}};
        for (std::size_t i = 0; i < folder.named.size(); ++i) {
            const std::size_t m = folder.named[i];
            const Difference& d = folder.arms[a].differences[i];
            const PrintUnit unit = unit_of(folder, m);
            const std::string said = difference_text(d, unit);
            table.rows.push_back({metrics()[m].name, number_of(base, m, unit), number_of(folder.arms[a], m, unit), said,
                                  verdict_text(d.verdict)});
            const double mean = base.summary.estimates[m].mean.value_or(0);
            if (mean != 0)
                rows.push_back(
                    row_of(d, mean, spoken(metrics()[m]), fmt::format("{}: {}", verdict_text(d.verdict), said)));
        }
        const double matters = 100 * folder.matters;
        const std::optional<double> end = clip_of(rows);
        if (end) clip(rows, *end);
        const bool cut = std::any_of(rows.begin(), rows.end(), [](const picture::DotRow& row) { return row.cut; });
        page.figure(
            fmt::format("difference-{}", a), folder.arms[a].label + " against " + base.label,
            std::string("Differences in percent of the baseline, with their intervals. The grey band is what is "
                        "negligible; a ring is undecided.") +
                (cut ? " An interval that ends in an arrow is cut at −100 %: less than nothing there cannot be." : "") +
                (end ? " A line that ends in an arrow at the right goes on to the percentage beside it." : ""),
            false,
            [&](const picture::About& about) {
                return picture::dots_svg({about,
                                          {.label = "difference, % of " + base.label, .high = end},
                                          rows,
                                          {{0, ""}},
                                          {{-matters, matters, "negligible"}}});
            },
            table);
    }
}

void add_trade_off(Page& page, const StudyFolder& folder) {
    // Cells of a grid are too many to be told apart by a label each.
    if (folder.arms.size() < 2 || (folder.kind == FolderKind::sweep && folder.arms.size() > 6)) return;
    const std::size_t time = folder.named.empty() || metrics()[folder.named.front()].unit != "s"
                                 ? *find_metric("landing_time_s.p95")
                                 : folder.named.front();
    const std::size_t cost = cost_metric(folder);
    const PrintUnit in_time = unit_of(folder, time);
    const PrintUnit in_cost = unit_of(folder, cost);
    std::vector<picture::Spot> spots;
    TextTable table{{"", spoken(metrics()[time]), spoken(metrics()[cost])}};
    double least = 1e300;
    double most = 0;
    for (const ReportArm& arm : folder.arms) {
        const Estimate& t = arm.summary.estimates[time];
        const Estimate& c = arm.summary.estimates[cost];
        table.rows.push_back({arm.label, number_of(arm, time, in_time), number_of(arm, cost, in_cost)});
        if (t.mean && *t.mean > 0) least = std::min(least, *t.mean), most = std::max(most, *t.mean);
        spots.push_back({arm.label,
                         {number(c.mean, in_cost.divisor), number(t.mean, in_time.divisor),
                          number(t.low, in_time.divisor), number(t.high, in_time.divisor)},
                         number(c.low, in_cost.divisor),
                         number(c.high, in_cost.divisor)});
    }
    const bool log = most > 20 * least;
    page.section("trade-off", "Time against cost");
    page.figure(
        "trade", fmt::format("{} against {}", spoken(metrics()[time]), spoken(metrics()[cost])),
        log ? "Below is faster, left is cheaper. The axis of times is logarithmic. Lines are 95 % intervals."
            : "Below is faster, left is cheaper. Lines are 95 % intervals.",
        false,
        [&](const picture::About& about) {
            return picture::scatter_svg(
                {about,
                 {.label = axis_label(spoken(metrics()[cost]), in_cost)},
                 {.label = axis_label(spoken(metrics()[time]), in_time), .log = log, .from_zero = !log},
                 spots,
                 "better"});
        },
        table);
}

void add_pairs(Page& page, const StudyFolder& folder) {
    if (folder.kind == FolderKind::sweep || folder.named.empty() || folder.replications < 2) return;
    const std::size_t m = folder.named.front();
    const PrintUnit unit = unit_of(folder, m);
    picture::Pairs pairs{{}, {.label = axis_label(spoken(metrics()[m]), unit), .from_zero = true}, {}, {}};
    TextTable table{{"replication"}};
    std::size_t n = 0;
    for (const ReportArm& arm : folder.arms) {
        pairs.arms.push_back(arm.label);
        table.head.push_back(arm.label);
        n = std::max(n, arm.summary.values[m].size());
    }
    for (std::size_t r = 0; r < n; ++r) {
        pairs.seeds.emplace_back();
        table.rows.push_back({fmt::format("{}", r + 1)});
        for (const ReportArm& arm : folder.arms) {
            const auto value = r < arm.summary.values[m].size() ? arm.summary.values[m][r] : std::nullopt;
            pairs.seeds.back().push_back(number(value, unit.divisor));
            table.rows.back().push_back(value ? text(*value, unit) : "");
        }
    }
    page.section("pairs", "The same luck, another gate");
    page.figure(
        "seeds", spoken(metrics()[m]) + " of each replication",
        "Dots of one replication met the same luck and are joined by a line.", false,
        [&](const picture::About& about) { return pairs.about = about, picture::pairs_svg(pairs); }, table);
}

}  // namespace gatesim::report
