// Where the time of a change that landed goes.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "measure/unit_text.hpp"
#include "model/list_cell.hpp"
#include "picture/bars.hpp"
#include "report/sections.hpp"

namespace gatesim::report {

namespace {

double mean_of(const ReportArm& arm, const char* metric) {
    return arm.summary.estimates[*find_metric(metric)].mean.value_or(0);
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

/// What the time of a landed change consists of, by gate.
struct Parts {
    std::vector<std::string> names;
    std::vector<std::vector<double>> of;      ///< by arm, in seconds
    std::vector<std::vector<Estimate>> sure;  ///< by arm: with their intervals, where there are any
};

/// The time before and around the gate: means over all replications.
Parts around_the_gate(const StudyFolder& folder) {
    Parts out{{"author", "review", "check"}, {}, {}};
    for (const ReportArm& arm : folder.arms) {
        out.of.emplace_back();
        out.sure.emplace_back();
        for (const char* metric : {"author_time_s.mean", "review_time_s.mean", "check_wait_s.mean"}) {
            out.of.back().push_back(mean_of(arm, metric));
            out.sure.back().push_back(arm.summary.estimates[*find_metric(metric)]);
        }
    }
    return out;
}

/// The time at the gate, out of the tables of the replication that is shown: means over the changes that landed.
Parts at_the_gate(const StudyFolder& folder) {
    Parts out{{"waiting", "testing", "testing again", "away after an ejection"}, {}, {}};
    for (const ReportArm& arm : folder.arms) {
        std::vector<double> sums(out.names.size(), 0);
        double n = 0;
        const auto deciding = deciding_tests(arm.tables);
        for (std::size_t row = 0; arm.tables.changes && row < arm.tables.changes->rows(); ++row) {
            const Table& changes = *arm.tables.changes;
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
        for (double& sum : sums) sum = n > 0 ? sum / n : 0;
        out.of.push_back(std::move(sums));
    }
    return out;
}

void append(Parts& to, const Parts& more) {
    to.names.insert(to.names.end(), more.names.begin(), more.names.end());
    for (std::size_t a = 0; a < to.of.size(); ++a)
        to.of[a].insert(to.of[a].end(), more.of[a].begin(), more.of[a].end());
    to.sure.clear();
}

/// Without the parts that are nowhere. False if none is left.
bool drop_nothing(Parts& parts) {
    for (std::size_t p = parts.names.size(); p-- > 0;) {
        if (std::any_of(parts.of.begin(), parts.of.end(), [&](const auto& of) { return of[p] > 0; })) continue;
        const auto at = static_cast<std::ptrdiff_t>(p);
        parts.names.erase(parts.names.begin() + at);
        for (auto& of : parts.of) of.erase(of.begin() + at);
        for (auto& sure : parts.sure) sure.erase(sure.begin() + at);
    }
    return !parts.names.empty();
}

void add_parts(Page& page, const StudyFolder& folder, const std::string& id, const std::string& heading,
               const std::string& desc, const Parts& parts) {
    TextTable table{{"mean of a landed change"}};
    table.head.insert(table.head.end(), parts.names.begin(), parts.names.end());
    table.head.emplace_back("in all");
    std::vector<picture::Bar> bars;
    for (std::size_t a = 0; a < parts.of.size(); ++a) {
        double sum = 0;
        std::vector<std::string> row = {folder.arms[a].label};
        for (std::size_t p = 0; p < parts.names.size(); ++p) {
            sum += parts.of[a][p];
            row.push_back(parts.sure.empty() ? text(parts.of[a][p], "s")
                                             : text(parts.sure[a][p], print_unit("s", parts.of[a][p])));
        }
        row.push_back(text(sum, "s"));
        table.rows.push_back(std::move(row));
        bars.push_back({folder.arms[a].label, parts.of[a], text(sum, "s")});
    }
    page.figure(
        id, heading, desc, false,
        [&](const picture::About& about) {
            return picture::bars_svg({about, {.kind = picture::Kind::duration}, parts.names, bars});
        },
        table);
}

}  // namespace

void add_lead_time(Page& page, const StudyFolder& folder) {
    const bool tables = std::any_of(folder.arms.begin(), folder.arms.end(),
                                    [](const ReportArm& arm) { return arm.tables.changes.has_value(); });
    Parts around = around_the_gate(folder), gate = at_the_gate(folder);
    Parts all = around;
    append(all, gate);
    if (!drop_nothing(all) && folder.kind != FolderKind::run) return;  // studies have no tables: not worth a section
    page.section("lead-time", "Where the time goes");
    if (all.names.empty()) {
        page.paragraph(tables ? "No change landed in this replication."
                              : "How the time splits into waiting and testing stands in the tables of a run, which "
                                "this folder does not have.");
        return;
    }
    const std::string what = "Mean time of a landed change, by what it was spent on.";
    const std::string author = " Author: it waits for a new patch set or another try.";
    if (folder.replications <= 1 && tables) {
        const bool people = all.names.front() == "author";
        add_parts(page, folder, "lead", "Lead time of a landed change", what + (people ? author : ""), all);
        return;
    }
    // Means of all replications and times of one are not added up.
    if (tables && drop_nothing(gate))
        add_parts(
            page, folder, "lead", "A landed change at the gate",
            fmt::format("{} Of replication {} of {}, the one with tables.", what, folder.shown, folder.replications),
            gate);
    for (std::size_t a = 0; a < around.of.size(); ++a) {
        const std::size_t m = *find_metric("gate_wait_s.mean");
        around.of[a].push_back(mean_of(folder.arms[a], "gate_wait_s.mean"));
        around.sure[a].push_back(folder.arms[a].summary.estimates[m]);
    }
    around.names.emplace_back("at the gate");
    if (drop_nothing(around) && around.names.size() > 1)
        add_parts(page, folder, "lead-all", "Lead time of a landed change",
                  fmt::format("{}{} Means over all {} replications; the table has their 95 % intervals.", what, author,
                              folder.replications),
                  around);
}

}  // namespace gatesim::report
