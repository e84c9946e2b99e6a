// Landings against what arrives and what the nodes allow; how long changes take, and where that time goes.
#include <fmt/format.h>

#include <algorithm>
#include <map>

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

std::string a_day(double value) {
    return text(value, "") + " a day";
}

void add_rates(Page& page, const StudyFolder& folder) {
    picture::Bars bars{{}, {.label = "changes a day"}};
    TextTable table{{"", "land", "the nodes would allow"}};
    std::vector<std::string> far;
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
    }
    if (bars.bars.empty()) return;
    std::string desc =
        "The ceiling: landings a day if the nodes of limited pools were always busy and a landing cost what it costs "
        "here.";
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

/// How long the test took that decided, by change: of the attempt with which it landed, or of its last one.
std::map<std::string, double> deciding_tests(const Tables& tables) {
    std::map<std::string, double> out;
    if (!tables.attempts || !tables.stays) return out;
    std::map<std::string, std::string> change_of;
    for (std::size_t row = 0; row < tables.stays->rows(); ++row)
        change_of[tables.stays->text(row, "item")] = tables.stays->text(row, "change");
    std::map<std::string, bool> landed;
    for (std::size_t row = 0; row < tables.attempts->rows(); ++row) {
        const Table& attempts = *tables.attempts;
        const double tested = attempts.number(row, "tested_s"), ended = attempts.number(row, "ended_s");
        const double length = (tested == tested ? tested : ended) - attempts.number(row, "opened_s");
        const bool lands = attempts.text(row, "end") == "landed";
        if (!(length >= 0)) continue;
        for (const std::string& item : names_in(attempts.text(row, "item"))) {
            const std::string& change = change_of[item];
            if (landed[change] && !lands) continue;
            landed[change] |= lands;
            out[change] = length;
        }
    }
    return out;
}

const std::vector<std::string> kParts = {"review",  "check",         "waiting",
                                         "testing", "testing again", "away after an ejection"};

/// Means over the changes that landed, in seconds, in the order of kParts.
std::vector<double> parts_of(const ReportArm& arm) {
    std::vector<double> out(kParts.size(), 0);
    out[0] = mean_of(arm, "author_time_s.mean").value_or(0) + mean_of(arm, "review_time_s.mean").value_or(0);
    out[1] = mean_of(arm, "check_wait_s.mean").value_or(0);
    if (!arm.tables.changes) {
        if (const auto gate = mean_of(arm, "gate_wait_s.mean")) out[2] = *gate;
        return out;
    }
    const Table& changes = *arm.tables.changes;
    const auto deciding = deciding_tests(arm.tables);
    double n = 0;
    std::vector<double> sums(4, 0);
    for (std::size_t row = 0; row < changes.rows(); ++row) {
        if (changes.text(row, "outcome") != "landed") continue;
        ++n;
        const auto part = [&](const char* column) {
            const double v = changes.number(row, column);
            return v == v ? v : 0;
        };
        const double tested = part("tested_s");
        const auto at = deciding.find(changes.text(row, "change"));
        const double again = at == deciding.end() ? 0 : std::max(0.0, tested - at->second);
        sums[0] += part("node_wait_s") + part("queue_wait_s");
        sums[1] += tested - again;
        sums[2] += again;
        sums[3] += part("away_s");
    }
    for (std::size_t i = 0; i < sums.size() && n > 0; ++i) out[i + 2] = sums[i] / n;
    return out;
}

}  // namespace

void add_landings(Page& page, const StudyFolder& folder) {
    page.section("landings", "Landings");
    add_rates(page, folder);
    add_running_counts(page, folder);
}

void add_lead_time(Page& page, const StudyFolder& folder) {
    const bool tables = std::any_of(folder.arms.begin(), folder.arms.end(),
                                    [](const ReportArm& arm) { return arm.tables.changes.has_value(); });
    std::vector<std::vector<double>> all;
    double most = 0;
    for (const ReportArm& arm : folder.arms) {
        all.push_back(parts_of(arm));
        for (const double part : all.back()) most = std::max(most, part);
    }
    if (!(most > 0) && folder.kind != FolderKind::run) return;  // studies have no tables: not worth a section
    page.section("lead-time", "Where the time goes");
    if (!(most > 0)) {
        page.paragraph(
            "How the time splits into waiting and testing stands in the tables of a run, which this folder does not "
            "have.");
        return;
    }
    // Only the parts that there are.
    std::vector<std::string> names;
    std::vector<std::vector<double>> parts(all.size());
    for (std::size_t p = 0; p < kParts.size(); ++p) {
        if (std::none_of(all.begin(), all.end(), [&](const std::vector<double>& of) { return of[p] > 0; })) continue;
        names.push_back(kParts[p]);
        for (std::size_t a = 0; a < all.size(); ++a) parts[a].push_back(all[a][p]);
    }
    TextTable table{{"mean of a landed change"}};
    table.head.insert(table.head.end(), names.begin(), names.end());
    table.head.emplace_back("in all");
    std::vector<picture::Bar> bars;
    for (std::size_t a = 0; a < all.size(); ++a) {
        double sum = 0;
        std::vector<std::string> row = {folder.arms[a].label};
        for (const double part : parts[a]) sum += part, row.push_back(text(part, "s"));
        row.push_back(text(sum, "s"));
        table.rows.push_back(std::move(row));
        bars.push_back({folder.arms[a].label, parts[a], text(sum, "s")});
    }
    std::string desc = "Mean time of a landed change, by what it was spent on.";
    if (tables && folder.replications > 1)
        desc += fmt::format(" Times at the gate are those of replication {}.", folder.shown);
    if (!tables) desc += " All time at the gate counts as waiting here; a run with tables splits it.";
    page.figure(
        "lead", "Lead time of a landed change", desc, false,
        [&](const picture::About& about) {
            return picture::bars_svg({about, {.kind = picture::Kind::duration}, names, bars});
        },
        table);
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
