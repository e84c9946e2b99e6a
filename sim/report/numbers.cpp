// Numbers of all arms that need no tables: the headlines, node hours, ejections.
#include <fmt/format.h>

#include <algorithm>

#include "measure/unit_text.hpp"
#include "picture/bars.hpp"
#include "report/sections.hpp"
#include "study/causes.hpp"

namespace gatesim::report {

namespace {

double mean_of(const ReportArm& arm, const char* metric) {
    return arm.summary.estimates[*find_metric(metric)].mean.value_or(0);
}

/// One unit for all statistics of a family and all arms, so that p50 and p95 are read side by side.
PrintUnit family_unit(const StudyFolder& folder, const Metric& metric) {
    std::vector<double> sizes;
    for (std::size_t m = 0; m < metrics().size(); ++m)
        if (metrics()[m].family == metric.family && metrics()[m].level == MetricLevel::headline)
            for (const ReportArm& arm : folder.arms) sizes.push_back(arm.summary.estimates[m].mean.value_or(0));
    return print_unit(metric.unit, sizes);
}

std::string share_text(double share) {
    return text(share, "share");
}

/// The amount, with its interval where there are several replications.
std::string amount_text(const ReportArm& arm, const CauseShare& cause) {
    const auto values = [&](const char* metric) { return arm.summary.values[*find_metric(metric)]; };
    if (const auto m = find_metric(cause.metric)) return text(arm.summary.estimates[*m], PrintUnit{"", 1});
    // What was used is the rest, replication by replication.
    return text(mean_interval(paired(values("node_hours"), values("node_hours_wasted"))), PrintUnit{"", 1});
}

/// A picture of causes: a bar a cause with one arm, or an arm a bar with the causes as its parts.
void add_causes(Page& page, const StudyFolder& folder, const std::string& id, const std::string& heading,
                const std::string& desc, const std::string& unit, const std::string& of,
                const std::vector<std::vector<CauseShare>>& causes) {
    std::vector<std::string> names;
    for (const auto& list : causes)
        for (const CauseShare& cause : list)
            if (std::find(names.begin(), names.end(), cause.words) == names.end()) names.push_back(cause.words);
    const auto find = [&](std::size_t arm, const std::string& name) -> const CauseShare* {
        for (const CauseShare& cause : causes[arm])
            if (cause.words == name) return &cause;
        return nullptr;
    };
    const bool one = folder.arms.size() == 1;
    TextTable table{{"cause"}};
    for (const ReportArm& arm : folder.arms) {
        table.head.push_back(one ? unit : arm.label + ", " + unit);
        table.head.push_back("share of " + of);
    }
    for (const std::string& name : names) {
        std::vector<std::string> row = {name};
        for (std::size_t a = 0; a < folder.arms.size(); ++a) {
            const CauseShare* cause = find(a, name);
            row.push_back(cause ? amount_text(folder.arms[a], *cause) : "0");
            row.push_back(cause ? share_text(cause->share) : "0 %");
        }
        table.rows.push_back(std::move(row));
    }
    std::string said = desc;
    if (folder.replications > 1)
        said += one ? " Means over all replications, with 95 % intervals."
                    : " Means over all replications; the table has their 95 % intervals.";
    page.figure(
        id, heading, said, false,
        [&](const picture::About& about) {
            picture::Bars bars{about, {.label = unit}};
            if (one) {
                for (const CauseShare& cause : causes[0])
                    bars.bars.push_back(
                        {cause.words,
                         {cause.amount},
                         fmt::format("{} ({})", amount_text(folder.arms[0], cause), share_text(cause.share))});
                return picture::bars_svg(bars);
            }
            bars.parts = names;
            for (std::size_t a = 0; a < folder.arms.size(); ++a) {
                picture::Bar bar{folder.arms[a].label, {}, ""};
                double sum = 0;
                for (const std::string& name : names) {
                    const CauseShare* cause = find(a, name);
                    bar.parts.push_back(cause ? cause->amount : 0);
                    sum += bar.parts.back();
                }
                bar.text = text(sum, "");
                bars.bars.push_back(std::move(bar));
            }
            return picture::bars_svg(bars);
        },
        table);
}

}  // namespace

void add_numbers(Page& page, const StudyFolder& folder) {
    page.section("numbers", "The numbers");
    if (folder.replications > 1)
        page.paragraph(fmt::format("Means over {} replications with 95 % intervals.", folder.replications));
    TextTable table{{"metric"}};
    for (const ReportArm& arm : folder.arms) table.head.push_back(arm.label);
    table.head.push_back("what");
    for (std::size_t m = 0; m < metrics().size(); ++m) {
        const Metric& metric = metrics()[m];
        const bool any = std::any_of(folder.arms.begin(), folder.arms.end(),
                                     [&](const ReportArm& arm) { return arm.summary.estimates[m].mean.has_value(); });
        const bool named = std::find(folder.named.begin(), folder.named.end(), m) != folder.named.end();
        if ((metric.level != MetricLevel::headline && !named) || !any) continue;
        std::vector<std::string> row = {metric.name};
        const PrintUnit unit = family_unit(folder, metric);
        for (const ReportArm& arm : folder.arms) {
            const Estimate& e = arm.summary.estimates[m];
            row.push_back(number_text(e, unit) +
                          (e.mean && e.n < folder.replications ? fmt::format(" (n = {})", e.n) : ""));
        }
        row.push_back(metric.brief);
        table.rows.push_back(std::move(row));
    }
    page.table(table);
}

void add_node_hours(Page& page, const StudyFolder& folder) {
    std::vector<std::vector<CauseShare>> causes;
    bool any = false;
    for (const ReportArm& arm : folder.arms) {
        auto list = waste_causes(arm.summary);
        const double all = mean_of(arm, "node_hours");
        const double used = all - mean_of(arm, "node_hours_wasted");
        if (all > 0) list.insert(list.begin(), {"used", "used", used, used / all});
        any |= all > 0;
        causes.push_back(std::move(list));
    }
    if (!any) return;
    page.section("node-hours", "Where node hours went");
    add_causes(page, folder, "hours", "Node hours by what they were good for",
               "Node hours that counted in a verdict, and those that were for nothing, by cause.", "node hours",
               "all node hours", causes);
}

void add_ejections(Page& page, const StudyFolder& folder) {
    std::vector<std::vector<CauseShare>> causes;
    bool any = false;
    for (const ReportArm& arm : folder.arms) {
        causes.push_back(ejection_causes(arm.summary));
        any |= !causes.back().empty();
    }
    page.section("ejections", "Why changes were ejected");
    if (!any) return page.paragraph("Nothing was ejected.");
    add_causes(page, folder, "causes", "Ejections by cause",
               "What was really behind each ejection. The gate cannot know; the simulation does.", "ejections",
               "the changes that arrived", causes);
}

}  // namespace gatesim::report
