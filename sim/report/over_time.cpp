#include "report/over_time.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "measure/unit_text.hpp"
#include "report/sections.hpp"

namespace gatesim::report {

using picture::Point;

picture::Axis time_axis(const StudyFolder& folder) {
    picture::Axis out;
    out.kind = folder.has_start ? picture::Kind::date : picture::Kind::duration;
    out.start_unix = folder.start_unix;
    return out;
}

std::vector<QueueSteps> queue_steps(const Table& queue) {
    std::vector<QueueSteps> out;
    for (std::size_t row = 0; row < queue.rows(); ++row) {
        const std::string name = queue.text(row, "pipeline") + "/" + queue.text(row, "queue");
        auto at = std::find_if(out.begin(), out.end(), [&](const QueueSteps& q) { return q.name == name; });
        if (at == out.end()) {
            at = out.insert(out.end(), {name, {"changes in the queue", {}}, {"window", {}}});
            at->length.steps = at->window.steps = true;
        }
        const double time = queue.number(row, "at_s");
        at->length.points.push_back({time, queue.number(row, "length")});
        at->window.points.push_back({time, queue.number(row, "window")});
    }
    return out;
}

std::vector<picture::Pool> pool_use(const Table& nodes, const std::vector<PoolSize>& sizes) {
    std::map<std::string, std::map<double, double>> changes;
    for (std::size_t row = 0; row < nodes.rows(); ++row) {
        const double n = nodes.number(row, "nodes");
        const double from = nodes.number(row, "granted_s");
        const double until = nodes.number(row, "released_s");
        if (!(n > 0) || !(until >= from)) continue;
        auto& pool = changes[nodes.text(row, "pool")];
        pool[from] += n;
        pool[until] -= n;
    }
    std::vector<picture::Pool> out;
    for (const auto& [name, steps] : changes) {
        picture::Pool pool{name, 0, {}};
        for (const PoolSize& size : sizes)
            if (size.name == name) pool.size = size.nodes;
        double busy = 0;
        for (const auto& [at, step] : steps) pool.busy.push_back({at, busy += step});
        out.push_back(std::move(pool));
    }
    return out;
}

double last_instant(const Tables& tables) {
    double out = 0;
    const auto look = [&](const std::optional<Table>& table, const char* column) {
        if (!table) return;
        for (const double at : table->numbers(column)) out = std::max(out, at);
    };
    look(tables.queue, "at_s");
    look(tables.changes, "left_s");
    look(tables.nodes, "released_s");
    look(tables.stays, "left_s");
    look(tables.attempts, "ended_s");
    return out;
}

namespace {

constexpr std::size_t kMostQueues = 6;

/// Greatest and mean over time of steps.
std::vector<std::string> step_row(const std::string& name, const std::vector<Point>& points) {
    double most = 0;
    double area = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        most = std::max(most, points[i].y);
        if (i > 0) area += points[i - 1].y * (points[i].x - points[i - 1].x);
    }
    const double span = points.empty() ? 0 : points.back().x - points.front().x;
    return {name, text(most, ""), span > 0 ? text(area / span, "") : ""};
}

bool has_values(const picture::Series& series) {
    return std::any_of(series.points.begin(), series.points.end(), [](const Point& p) { return p.y == p.y; });
}

double most_of(const picture::Series& series) {
    double most = 0;
    for (const Point& p : series.points) most = std::max(most, p.y);
    return most;
}

picture::Panel panel_of(const std::string& label) {
    picture::Panel out;
    out.y.label = label;
    out.y.from_zero = true;
    return out;
}

/// Of one gate: each queue with its window, which has a panel of its own where it would dwarf the queue. Of several:
/// each queue with a line a gate.
std::vector<picture::Panel> queue_panels(const StudyFolder& folder, TextTable& table) {
    std::vector<picture::Panel> out;
    const bool one = folder.arms.size() == 1;
    for (const ReportArm& arm : folder.arms) {
        if (!arm.tables.queue) continue;
        auto queues = queue_steps(*arm.tables.queue);
        if (queues.size() > kMostQueues) queues.resize(kMostQueues);
        for (QueueSteps& queue : queues) {
            table.rows.push_back(step_row(one ? queue.name : arm.label + ": " + queue.name, queue.length.points));
            if (!one) {
                queue.length.name = arm.label;
                auto panel =
                    std::find_if(out.begin(), out.end(), [&](const auto& p) { return p.y.label == queue.name; });
                if (panel == out.end()) panel = out.insert(out.end(), panel_of(queue.name));
                panel->series.push_back(std::move(queue.length));
                continue;
            }
            const bool apart = most_of(queue.window) > 2 * most_of(queue.length);
            out.push_back(panel_of(queue.name + (apart ? ", changes" : "")));
            out.back().series.push_back(std::move(queue.length));
            if (!has_values(queue.window)) continue;
            if (apart) out.push_back(panel_of(queue.name + ", window"));
            out.back().series.push_back(std::move(queue.window));
        }
    }
    return out;
}

void add_queues(Page& page, const StudyFolder& folder) {
    TextTable table{{"", "most", "mean over time"}};
    const std::vector<picture::Panel> panels = queue_panels(folder, table);
    if (panels.empty()) return;
    page.figure(
        "queue", "Queue and window",
        "Changes in each queue of a gate from moment to moment; where the window is limited, how many of them may be "
        "tested at once.",
        false,
        [&](const picture::About& about) {
            return picture::lines_svg({about, time_axis(folder), panels});
        },
        table);
}

void add_pools(Page& page, const StudyFolder& folder) {
    std::vector<picture::Pool> pools;
    const bool one = folder.arms.size() == 1;
    for (const ReportArm& arm : folder.arms) {
        if (!arm.tables.nodes) continue;
        for (picture::Pool& pool : pool_use(*arm.tables.nodes, folder.pools)) {
            if (!one) pool.name = arm.label + ": " + pool.name;
            pools.push_back(std::move(pool));
        }
    }
    if (pools.empty()) return;
    TextTable table{{"pool", "most busy", "mean over time", "nodes"}};
    for (picture::Pool& pool : pools) {
        table.rows.push_back(step_row(pool.name, pool.busy));
        table.rows.back().push_back(pool.size > 0 ? text(pool.size, "") : "without limit");
        // A line for the size far above all use would leave no room for the use.
        double most = 0;
        for (const Point& p : pool.busy) most = std::max(most, p.y);
        if (pool.size > 5 * most) pool.size = 0;
    }
    page.figure(
        "nodes", "Busy nodes",
        "Nodes handed out by each pool; the dashed line is how many there are, where they are near.", false,
        [&](const picture::About& about) {
            return picture::lines_svg(picture::occupation(about, time_axis(folder), pools));
        },
        table);
}

}  // namespace

void add_over_time(Page& page, const StudyFolder& folder) {
    const bool any = std::any_of(folder.arms.begin(), folder.arms.end(),
                                 [](const ReportArm& arm) { return arm.tables.queue || arm.tables.nodes; });
    if (!any) return;
    page.section("over-time", "Queue, window and nodes over time");
    if (folder.replications > 1)
        page.paragraph(fmt::format("Replication {} of {}.", folder.shown, folder.replications));
    add_queues(page, folder);
    add_pools(page, folder);
    add_pool_lives(page, folder);
}

}  // namespace gatesim::report
