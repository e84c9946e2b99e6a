// Pools that live, over time: what is busy, what is idle, what boots and what waits.
#include <algorithm>
#include <map>

#include "measure/unit_text.hpp"
#include "report/over_time.hpp"
#include "report/sections.hpp"

namespace gatesim::report {

namespace {

constexpr std::size_t kMostPools = 6;

/// A number that moves by steps, in order of time.
class Steps {
public:
    void add(double from, double until, double by, double end) {
        if (!(from == from)) return;
        moves_[from] += by;
        moves_[until == until ? until : end] -= by;
    }

    picture::Series series(const std::string& name) const {
        picture::Series out;
        out.name = name;
        out.steps = true;
        double value = 0;
        for (const auto& [at, step] : moves_) out.points.push_back({at, value += step});
        return out;
    }

private:
    std::map<double, double> moves_;
};

struct PoolSteps {
    Steps busy, up, boots, waits;
};

std::map<std::string, PoolSteps> steps_of(const Tables& tables, double end) {
    std::map<std::string, PoolSteps> out;
    const Table& lives = *tables.node_lives;
    for (std::size_t row = 0; row < lives.rows(); ++row) {
        PoolSteps& pool = out[lives.text(row, "pool")];
        const double up = lives.number(row, "up_s"), left = lives.number(row, "left_s");
        pool.up.add(up, left, 1, end);
        pool.boots.add(lives.number(row, "booting_s"), up == up ? up : left, 1, end);
    }
    const Table& nodes = *tables.nodes;
    for (std::size_t row = 0; row < nodes.rows(); ++row) {
        const auto pool = out.find(nodes.text(row, "pool"));
        if (pool == out.end()) continue;
        const double count = nodes.number(row, "nodes"), granted = nodes.number(row, "granted_s");
        pool->second.busy.add(granted, nodes.number(row, "released_s"), count, end);
        pool->second.waits.add(nodes.number(row, "requested_s"), granted, count, end);
    }
    return out;
}

std::vector<std::string> row_of(const std::string& name, const picture::Series& series, double end) {
    double most = 0, area = 0;
    for (std::size_t i = 0; i < series.points.size(); ++i) {
        most = std::max(most, series.points[i].y);
        const double until = i + 1 < series.points.size() ? series.points[i + 1].x : end;
        area += series.points[i].y * std::max(0.0, until - series.points[i].x);
    }
    return {name, text(most, ""), end > 0 ? text(area / end, "") : ""};
}

}  // namespace

void add_pool_lives(Page& page, const StudyFolder& folder) {
    std::vector<picture::Panel> panels;
    TextTable table{{"", "most", "mean over time"}};
    for (const ReportArm& arm : folder.arms) {
        if (!arm.tables.node_lives || !arm.tables.nodes || arm.tables.node_lives->rows() == 0) continue;
        const double end = last_instant(arm.tables);
        for (const auto& [pool, steps] : steps_of(arm.tables, end)) {
            if (panels.size() == kMostPools) break;
            const std::string name = folder.arms.size() == 1 ? pool : arm.label + ": " + pool;
            picture::Panel& panel = panels.emplace_back();
            panel.y.label = name + ", nodes";
            panel.y.from_zero = true;
            panel.series = {steps.busy.series("busy"), steps.up.series("up"), steps.boots.series("booting"),
                            steps.waits.series("waited for")};
            for (const picture::Series& series : panel.series)
                table.rows.push_back(row_of(name + ": " + series.name, series, end));
        }
    }
    if (panels.empty()) return;
    page.figure(
        "pool-lives", "Nodes that come and go",
        "Of each pool that lives: nodes that are busy, nodes that are up (the rest of them is idle), nodes that boot, "
        "and "
        "nodes that are waited for, by requests that this pool serves in the end.",
        false,
        [&](const picture::About& about) {
            return picture::lines_svg({about, time_axis(folder), panels});
        },
        table);
}

}  // namespace gatesim::report
