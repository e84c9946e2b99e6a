// Landings against what arrives and what the nodes allow; how long changes take.
#include <fmt/format.h>

#include <algorithm>

#include "measure/unit_text.hpp"
#include "model/list_cell.hpp"
#include "picture/bars.hpp"
#include "picture/dots.hpp"
#include "picture/histogram.hpp"
#include "report/over_time.hpp"
#include "report/sections.hpp"

namespace gatesim::report {

namespace {

std::optional<double> mean_of(const ReportArm& arm, const char* metric) {
    return arm.summary.estimates[*find_metric(metric)].mean;
}

/// Landings a day if the nodes of limited pools were always busy at the price that a landing has here.
std::optional<double> ceiling_of(const ReportArm& arm) {
    const auto landed = mean_of(arm, "landed_per_day");
    const auto use = mean_of(arm, "node_utilisation");
    if (!landed || !use || !(*use > 0) || !(*landed > 0)) return std::nullopt;
    return *landed / *use;
}

/// Where a gate tests one state after the other, whatever nodes there are: landings a day if it always tested, with
/// states as full and as often red as here. Nothing where states are tested side by side, or where that is not known.
std::optional<double> ceiling_of_turns(const ReportArm& arm) {
    if (!arm.tables.attempts) return std::nullopt;
    const Table& attempts = *arm.tables.attempts;
    std::vector<std::pair<double, double>> tests;
    double landed = 0, busy = 0;
    for (std::size_t row = 0; row < attempts.rows(); ++row) {
        const double from = attempts.number(row, "opened_s"), until = attempts.number(row, "ended_s");
        if (!(until > from)) continue;
        tests.emplace_back(from, until);
        busy += until - from;
        if (attempts.text(row, "end") == "landed")
            landed += static_cast<double>(names_in(attempts.text(row, "item")).size());
    }
    std::sort(tests.begin(), tests.end());
    for (std::size_t i = 1; i < tests.size(); ++i)
        if (tests[i].first < tests[i - 1].second) return std::nullopt;
    if (tests.size() < 2 || !(landed > 0)) return std::nullopt;
    return landed / busy * 86400;
}

std::string a_day(double value) {
    return text(value, "") + " a day";
}

void add_rates(Page& page, const StudyFolder& folder) {
    picture::Bars bars{{}, {.label = "changes a day"}};
    TextTable table{{"", "land", "the nodes would allow"}};
    std::vector<std::string> far;
    const bool turns = std::any_of(folder.arms.begin(), folder.arms.end(),
                                   [](const ReportArm& arm) { return ceiling_of_turns(arm).has_value(); });
    if (turns) table.head.emplace_back("tests one after the other would allow");
    for (const ReportArm& arm : folder.arms) {
        const auto landed = mean_of(arm, "landed_per_day");
        if (!landed) continue;
        const auto ceiling = ceiling_of(arm);
        const std::string of = folder.arms.size() == 1 ? "" : arm.label + ": ";
        const std::size_t m = *find_metric("landed_per_day");
        bars.bars.push_back({of + "land", {*landed}, text(arm.summary.estimates[m], PrintUnit{"", 1})});
        if (ceiling && *ceiling <= 5 * *landed)
            bars.bars.push_back({of + "the nodes would allow", {*ceiling}, text(*ceiling, "")});
        else if (ceiling)
            far.push_back(of + a_day(*ceiling));
        table.rows.push_back({arm.label, a_day(*landed), ceiling ? a_day(*ceiling) : "no limit"});
        if (!turns) continue;
        const auto in_turn = ceiling_of_turns(arm);
        table.rows.back().push_back(in_turn ? a_day(*in_turn) : "tests side by side");
        if (in_turn)
            bars.bars.push_back({of + "tests one after the other would allow", {*in_turn}, text(*in_turn, "")});
    }
    if (bars.bars.empty()) return;
    std::string desc =
        "The ceiling of the nodes: landings a day if those of limited pools were always busy and a landing took as "
        "many "
        "node hours as here; where changes land in batches, in batches as full as here.";
    if (turns)
        desc += fmt::format(
            " A gate that tests one state after the other has a second one: as if it always tested, with states as "
            "full "
            "and as often red as in replication {}.",
            folder.shown);
    if (!far.empty()) desc += fmt::format(" Nodes are no limit here; they would allow far more ({}).", listed(far));
    page.figure(
        "rates", "Landings against the ceiling", desc, false,
        [&](const picture::About& about) { return bars.about = about, picture::bars_svg(bars); }, table);
}

/// How many had arrived and landed by then.
picture::Series running_count(std::vector<double> times, const std::string& name, double until) {
    std::sort(times.begin(), times.end());
    picture::Series out{name, {{0, 0}}, true};
    for (const double at : times) out.points.push_back({at, out.points.back().y + 1});
    out.points.push_back({until, out.points.back().y});
    return out;
}

void add_running_counts(Page& page, const StudyFolder& folder) {
    picture::Panel panel;
    panel.y.label = "changes, counted up";
    panel.y.from_zero = true;
    TextTable table{{"", "arrived", "landed"}};
    for (const ReportArm& arm : folder.arms) {
        if (!arm.tables.changes) continue;
        const Table& changes = *arm.tables.changes;
        const double until = last_instant(arm.tables);
        const std::string of = folder.arms.size() == 1 ? "" : arm.label + ": ";
        std::vector<double> landed;
        for (std::size_t row = 0; row < changes.rows(); ++row)
            if (changes.text(row, "outcome") == "landed") landed.push_back(changes.number(row, "left_s"));
        const auto arrived = changes.numbers("first_enqueued_s");
        if (panel.series.empty()) panel.series.push_back(running_count(arrived, "arrived", until));
        panel.series.push_back(running_count(landed, of + "landed", until));
        table.rows.push_back({arm.label, fmt::format("{}", arrived.size()), fmt::format("{}", landed.size())});
    }
    if (panel.series.empty()) return;
    page.figure(
        "counts", "Arrivals and landings",
        "How many changes had asked to land and how many had landed; the gap between the lines waits.", false,
        [&](const picture::About& about) {
            return picture::lines_svg({about, time_axis(folder), {panel}});
        },
        table);
}

}  // namespace

void add_landings(Page& page, const StudyFolder& folder) {
    page.section("landings", "Landings");
    add_rates(page, folder);
    add_running_counts(page, folder);
}

void add_gate_time(Page& page, const StudyFolder& folder) {
    page.section("gate-time", "How long changes are at the gate");
    std::vector<picture::DotRow> rows;
    TextTable table{{""}};
    const char* kStatistics[] = {"p50", "p90", "p95", "p99"};
    for (const char* statistic : kStatistics) table.head.emplace_back(statistic);
    const PrintUnit unit = unit_of(folder, *find_metric("gate_time_s.p90"));
    for (const ReportArm& arm : folder.arms) {
        table.rows.push_back({arm.label});
        for (const char* statistic : kStatistics) {
            const std::size_t m = *find_metric(fmt::format("gate_time_s.{}", statistic));
            const Estimate& e = arm.summary.estimates[m];
            table.rows.back().push_back(text(e, unit));
            if (!e.mean) continue;
            const std::string name = folder.arms.size() == 1 ? statistic : fmt::format("{} {}", arm.label, statistic);
            const auto in = [&](const std::optional<double>& v) {
                return v ? *v / unit.divisor : picture::Point::kNoValue;
            };
            rows.push_back({name, in(e.mean), in(e.low), in(e.high), text(e, unit)});
        }
    }
    for (const ReportArm& arm : folder.arms) {
        if (!arm.tables.changes) continue;
        std::vector<picture::Reference> marks;
        for (const auto& [metric, name] :
             {std::pair{"gate_time_s.p50", "half within"}, {"gate_time_s.p95", "95 % within"}})
            if (const auto mean = mean_of(arm, metric))
                marks.push_back({*mean, fmt::format("{} {}", name, text(*mean, "s"))});
        const std::string heading =
            folder.arms.size() == 1 ? "Distribution of gate time" : "Distribution of gate time: " + arm.label;
        page.figure(fmt::format("gate-time-{}", &arm - folder.arms.data()), heading,
                    fmt::format("Times from first enqueue to final exit, replication {}; the dashed lines are means "
                                "over all replications.",
                                folder.shown),
                    false,
                    [&](const picture::About& about) {
                        return picture::histogram_svg(
                            {about,
                             {.label = "time at the gate", .kind = picture::Kind::duration, .from_zero = true},
                             arm.tables.changes->numbers("gate_time_s"),
                             marks});
                    },
                    {});
    }
    page.figure(
        "percentiles", "Gate time: half, 90, 95 and 99 of 100 changes",
        "Dots are means over replications, lines their 95 % intervals.", false,
        [&](const picture::About& about) {
            return picture::dots_svg({about, {.label = axis_label("gate time", unit), .from_zero = true}, rows});
        },
        table);
}

}  // namespace gatesim::report
