// sweep.json and sweep.csv.
#include <nlohmann/json.hpp>

#include "study/csv_text.hpp"
#include "study/sweep.hpp"

namespace gatesim {

namespace {

using Json = nlohmann::ordered_json;

Json number(const std::optional<double>& value) {
    return value ? Json(*value) : Json(nullptr);
}

Json cell_json(const std::vector<Arm>& cells, const Sweep& sweep, std::size_t cell) {
    Json out;
    out["label"] = cells[cell].label;
    out["values"] = Json::object();
    for (std::size_t a = 0; a < sweep.terms.axes.size(); ++a)
        out["values"][sweep.terms.axes[a].pointer] = value_of(sweep.terms, cell, a);
    out["standing"] = standing_text(sweep.standings[cell]);
    out["overloaded"] = static_cast<bool>(sweep.overloaded[cell]);
    const Difference& d = sweep.behind[cell];
    out["from_best"] = {{"mean", number(d.mean)}, {"low", number(d.low)}, {"high", number(d.high)}, {"n", d.n}};
    if (d.alike) out["from_best"]["may_differ"] = d.unseen;
    if (sweep.standings[cell] != CellStanding::best) out["from_best"]["verdict"] = verdict_text(d.verdict);
    Json study = Json::parse(summary_json(sweep.summaries[cell]));
    out["warnings"] = std::move(study["warnings"]);
    out["metrics"] = std::move(study["metrics"]);
    for (const char* key : {"ejection_causes", "waste_causes"}) out[key] = std::move(study[key]);
    return out;
}

Json labels(const std::vector<Arm>& cells, const std::vector<std::size_t>& wanted) {
    Json out = Json::array();
    for (std::size_t cell : wanted) out.push_back(cells[cell].label);
    return out;
}

}  // namespace

std::string sweep_json(const std::vector<Arm>& cells, const GridOptions& options, const GridResult& grid,
                       const Sweep& sweep) {
    Json out;
    out["format"] = kFormat;
    out["version"] = version();
    out["scenario"] = cells.front().scenario.name;
    out["over"] = Json::array();
    for (const SweepAxis& axis : sweep.terms.axes)
        out["over"].push_back({{"pointer", axis.pointer}, {"values", axis.values}});
    out["seed"] = options.seed;
    out["replications"] = grid.replications();
    out["engine"] = options.engine;
    out["level"] = kLevel;
    out["level_of_one_difference"] = sweep.level;
    out["precision"] = sweep.terms.precision > 0 ? Json(sweep.terms.precision) : Json(nullptr);
    out["precise"] = sweep.terms.precision > 0 ? Json(grid.settled) : Json(nullptr);
    out["look"] = grid.look;
    out["looks"] = sweep.terms.looks;
    out["matters"] = sweep.terms.matters;
    out["decided"] = is_decided(grid, sweep.terms);
    out["warmup"] = grid.warmup.steady ? Json::parse(warmup_text(grid.warmup)) : Json(nullptr);
    out["partial"] = grid.interrupted;
    out["metric"] = metrics()[sweep.terms.metrics.front()].name;
    out["best"] = sweep.best == Sweep::kNoCell ? Json(nullptr) : Json(cells[sweep.best].label);
    out["tied"] = labels(cells, sweep.with({CellStanding::as_good, CellStanding::undecided}));
    out["as_good"] = labels(cells, sweep.with({CellStanding::as_good}));
    out["undecided"] = labels(cells, sweep.with({CellStanding::undecided}));
    out["pick"] = sweep.pick == Sweep::kNoCell ? Json(nullptr) : Json(cells[sweep.pick].label);
    out["pick_by"] = sweep.thrift == Thrift::none ? Json(nullptr) : Json(thrift_text(sweep.thrift));
    out["cells"] = Json::array();
    for (std::size_t cell = 0; cell < cells.size(); ++cell) out["cells"].push_back(cell_json(cells, sweep, cell));
    out["timing"] = {{"wall_s", grid.wall_s}, {"events", grid.events}, {"peak_rss_mib", grid.peak_rss_mib}};
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string sweep_csv(const std::vector<Arm>& cells, const Sweep& sweep) {
    std::vector<std::string> head;
    for (const SweepAxis& axis : sweep.terms.axes) head.push_back(axis.pointer);
    for (const char* name : {"metric", "unit", "n", "mean", "low", "high", "from_best", "from_best_low",
                             "from_best_high", "standing", "overloaded", "pick"})
        head.push_back(name);
    std::string out = csv_row(head);
    for (std::size_t cell = 0; cell < cells.size(); ++cell) {
        for (std::size_t m : sweep.terms.metrics) {
            const Estimate& e = sweep.summaries[cell].estimates[m];
            const bool deciding = m == sweep.terms.metrics.front();
            const Difference d = deciding ? sweep.behind[cell] : Difference{};
            std::vector<std::string> row;
            for (std::size_t a = 0; a < sweep.terms.axes.size(); ++a) row.push_back(value_of(sweep.terms, cell, a));
            for (const std::string& field :
                 {metrics()[m].name, metrics()[m].unit, std::to_string(e.n), csv_number(e.mean), csv_number(e.low),
                  csv_number(e.high), csv_number(d.mean), csv_number(d.low), csv_number(d.high),
                  std::string(deciding ? standing_text(sweep.standings[cell]) : ""),
                  std::string(sweep.overloaded[cell] ? "yes" : "no"), std::string(cell == sweep.pick ? "yes" : "no")})
                row.push_back(field);
            out += csv_row(row);
        }
    }
    return out;
}

}  // namespace gatesim
