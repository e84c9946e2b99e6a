#include "study/plan_document.hpp"

#include <nlohmann/json.hpp>

#include "study/comparison.hpp"
#include "study/csv_text.hpp"

namespace gatesim {

namespace {

using Json = nlohmann::ordered_json;

Json number(const std::optional<double>& value) {
    return value ? Json(*value) : Json(nullptr);
}

/// {"/pools/default/nodes": "50"}: values as they would be typed.
Json at_json(const PlanTerms& terms, std::size_t cell) {
    Json out = Json::object();
    for (std::size_t axis = 0; axis < terms.axes.size(); ++axis) {
        const std::string& text = terms.axes[axis].values[terms.at(cell, axis)];
        const Json value = Json::parse(text, nullptr, false);
        out[terms.axes[axis].pointer] = value.is_discarded() ? Json(text) : value;
    }
    return out;
}

Json estimate_json(const Estimate& e) {
    Json out = {{"mean", number(e.mean)}, {"low", number(e.low)}, {"high", number(e.high)}, {"n", e.n}};
    if (e.alike) out["may_differ"] = e.unseen;
    return out;
}

Json cell_or_null(const PlanTerms& terms, std::size_t cell) {
    return cell == PlanFound::kNoCell ? Json(nullptr) : at_json(terms, cell);
}

Json excluded_json(const Plan& plan) {
    Json out = Json::array();
    for (std::size_t cell : plan.found.excluded()) {
        const auto& views = plan.found.cells[cell].promises;
        for (std::size_t p = 0; p < views.size(); ++p) {
            if (views[p].standing != PlanStanding::fails) continue;
            out.push_back({{"at", at_json(plan.terms, cell)},
                           {"promise", plan.terms.promises[p].text},
                           {"mean", number(views[p].seen.mean)},
                           {"low", number(views[p].seen.low)},
                           {"high", number(views[p].seen.high)},
                           {"n", views[p].seen.n}});
        }
    }
    return out;
}

Json promises_json(const Plan& plan, const PlanCell& cell) {
    Json out = Json::array();
    for (std::size_t p = 0; p < cell.promises.size(); ++p) {
        Json promise = {{"promise", plan.terms.promises[p].text},
                        {"standing", standing_text(cell.promises[p].standing)}};
        promise.update(estimate_json(cell.promises[p].seen));
        out.push_back(std::move(promise));
    }
    return out;
}

Json curve_json(const Plan& plan) {
    Json out = Json::array();
    for (const CurveRow& row : plan.curve) {
        const PlanCell& cell = plan.found.cells[row.cell];
        Json j;
        j["at"] = at_json(plan.terms, row.cell);
        j["label"] = cell_label(plan.terms, row.cell);
        j["standing"] = standing_text(cell.known);
        j["judged"] = !cell.promises.empty();
        j["replications"] = row.scouts_only ? cell.scouts : cell.measured;
        j["scouts_only"] = row.scouts_only;
        j["overloaded"] = row.overloaded;
        j["nodes"] = plan.terms.nodes[row.cell] > 0 ? Json(plan.terms.nodes[row.cell]) : Json(nullptr);
        j["promises"] = promises_json(plan, cell);
        j["metrics"] = Json::object();
        for (std::size_t i = 0; i < plan.shown.size(); ++i)
            j["metrics"][metrics()[plan.shown[i]].name] = estimate_json(row.estimates[i]);
        out.push_back(std::move(j));
    }
    return out;
}

Json cells_json(const Plan& plan, const std::vector<std::size_t>& cells) {
    Json out = Json::array();
    for (std::size_t cell : cells) out.push_back(at_json(plan.terms, cell));
    return out;
}

Json axes_json(const Plan& plan) {
    Json out = Json::array();
    for (std::size_t a = 0; a < plan.terms.axes.size(); ++a) {
        const PlanAxisFound& found = plan.found.axes[a];
        out.push_back({{"pointer", plan.terms.axes[a].pointer},
                       {"values", plan.terms.axes[a].values},
                       {"helps", found.helps == Helps::more   ? "more"
                                 : found.helps == Helps::less ? "less"
                                                              : "neither"},
                       {"why", found.why.empty() ? Json(nullptr) : Json(found.why)}});
    }
    return out;
}

Json cheapest_json(const Plan& plan) {
    if (plan.found.cheapest == PlanFound::kNoCell) return nullptr;
    Json out;
    out["at"] = at_json(plan.terms, plan.found.cheapest);
    const auto& price = plan.terms.price;
    out["by"] = plan.terms.metric                           ? metrics()[*plan.terms.metric].name
                : price[plan.found.cheapest] > 0            ? "price"
                : plan.terms.nodes[plan.found.cheapest] > 0 ? "nodes"
                                                            : "value";
    for (const CurveRow& row : plan.curve)
        for (std::size_t i = 0; i < plan.shown.size(); ++i)
            if (row.cell == plan.found.cheapest && plan.terms.metric == plan.shown[i])
                out.update(estimate_json(row.estimates[i]));
    out["ties"] = cells_json(plan, plan.found.cheapest_ties);
    return out;
}

Json headroom_json(const Plan& plan) {
    Json out = Json::array();
    for (const Headroom& h : plan.headroom)
        out.push_back({{"what", h.what},
                       {"set", h.changed},
                       {"needs", h.value.empty() ? Json(nullptr) : Json(h.value)},
                       {"looked_up_to", h.most.empty() ? Json(nullptr) : Json(h.most)},
                       {"why_not", h.why_not.empty() ? Json(nullptr) : Json(h.why_not)}});
    return out;
}

Json floors_json(const Plan& plan) {
    Json out = Json::array();
    for (const Floor& f : plan.floors)
        out.push_back({{"promise", plan.terms.promises[f.promise].text},
                       {"at", at_json(plan.terms, f.cell)},
                       {"here", estimate_json(f.here)},
                       {"nodes_without_limit", f.without_limit.mean ? estimate_json(f.without_limit) : Json(nullptr)},
                       {"why", f.why}});
    return out;
}

Json breaks_json(const Plan& plan) {
    Json out = Json::array();
    for (const auto& [cell, promise] : plan.breaks)
        out.push_back({{"at", at_json(plan.terms, cell)}, {"promise", plan.terms.promises[promise].text}});
    return out;
}

}  // namespace

std::string cell_label(const PlanTerms& terms, std::size_t cell) {
    std::string out;
    for (std::size_t axis = 0; axis < terms.axes.size(); ++axis)
        out += (out.empty() ? "" : " ") + terms.axes[axis].name + "=" + terms.axes[axis].values[terms.at(cell, axis)];
    return out;
}

std::string plan_json(const std::vector<Arm>& cells, const GridOptions& options, const GridResult& grid,
                      const Plan& plan) {
    Json out;
    out["format"] = kFormat;
    out["version"] = version();
    out["scenario"] = cells.front().scenario.name;
    out["seed"] = options.seed;
    out["engine"] = options.engine;
    out["confidence"] = plan.terms.confidence;
    out["level_of_one_promise"] = plan.found.level;
    out["looks"] = plan.terms.looks;
    out["warmup"] = plan.warmup.steady ? Json::parse(warmup_text(plan.warmup)) : Json(nullptr);
    out["partial"] = plan.partial;
    out["promises"] = Json::array();
    for (std::size_t p = 0; p < plan.terms.promises.size(); ++p) {
        const Promise& promise = plan.terms.promises[p];
        out["promises"].push_back({{"promise", promise.text},
                                   {"metric", metrics()[promise.metric].name},
                                   {"at_most", promise.at_most},
                                   {"bound", promise.bound},
                                   {"opposing", static_cast<bool>(plan.found.opposing[p])}});
    }
    out["over"] = axes_json(plan);
    out["answer"] = cell_or_null(plan.terms, plan.found.answer);
    out["cheapest"] = cheapest_json(plan);
    out["excluded"] = excluded_json(plan);
    out["undecided"] = cells_json(plan, plan.found.undecided());
    out["breaks_first"] = breaks_json(plan);
    out["floors"] = floors_json(plan);
    out["headroom"] = headroom_json(plan);
    out["curve"] = curve_json(plan);
    out["runs"] = plan.runs;
    out["timing"] = {{"wall_s", grid.wall_s}, {"events", grid.events}, {"peak_rss_mib", grid.peak_rss_mib}};
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string plan_csv(const Plan& plan) {
    std::vector<std::string> head;
    for (const SweepAxis& axis : plan.terms.axes) head.push_back(axis.pointer);
    for (const char* name : {"standing", "judged", "scouts_only", "overloaded", "nodes", "metric", "unit", "n", "mean",
                             "low", "high", "answer", "cheapest"})
        head.emplace_back(name);
    std::string out = csv_row(head);
    for (const CurveRow& row : plan.curve) {
        const PlanCell& cell = plan.found.cells[row.cell];
        for (std::size_t i = 0; i < plan.shown.size(); ++i) {
            std::vector<std::string> fields;
            for (std::size_t a = 0; a < plan.terms.axes.size(); ++a)
                fields.push_back(plan.terms.axes[a].values[plan.terms.at(row.cell, a)]);
            const Metric& metric = metrics()[plan.shown[i]];
            const Estimate& e = row.estimates[i];
            const auto yes = [](bool value) { return std::string(value ? "yes" : "no"); };
            for (const std::string& field :
                 {std::string(standing_text(cell.known)), yes(!cell.promises.empty()), yes(row.scouts_only),
                  yes(row.overloaded),
                  plan.terms.nodes[row.cell] > 0 ? csv_number(plan.terms.nodes[row.cell]) : std::string(), metric.name,
                  metric.unit, std::to_string(e.n), csv_number(e.mean), csv_number(e.low), csv_number(e.high),
                  yes(row.cell == plan.found.answer), yes(row.cell == plan.found.cheapest)})
                fields.push_back(field);
            out += csv_row(fields);
        }
    }
    return out;
}

}  // namespace gatesim
