// schema: descriptions for programs.

#include "scenario/schema.hpp"

#include <nlohmann/json.hpp>

#include "command/command.hpp"
#include "command/log_style_page.hpp"
#include "command/own_table_page.hpp"
#include "command/terminal.hpp"
#include "measure/metric.hpp"
#include "record/columns.hpp"
#include "strategy/registry.hpp"
#include "study/summary.hpp"

namespace gatesim {

namespace {

using Json = nlohmann::ordered_json;

std::string tables() {
    Json out;
    out["format"] = kFormat;
    out["version"] = version();
    for (const auto* docs : {&table_docs(), &optional_table_docs()})
        for (const TableDoc& doc : *docs) {
            Json& table = out["tables"][doc.file()];
            table["row"] = doc.row;
            for (const Column& c : doc.columns) {
                table["columns"].push_back(
                    {{"name", c.name}, {"unit", *c.unit ? Json(c.unit) : Json(nullptr)}, {"meaning", c.meaning}});
            }
        }
    add_own_tables(out["tables"]);
    return out.dump(2) + "\n";
}

std::string metric_table() {
    Json out;
    out["format"] = kFormat;
    out["version"] = version();
    for (const Metric& m : metrics()) {
        const char* better = m.direction == Direction::lower    ? "lower"
                             : m.direction == Direction::higher ? "higher"
                                                                : nullptr;
        out["metrics"][m.name] = {{"unit", m.unit},
                                  {"population", m.population},
                                  {"formula", m.formula},
                                  {"better", better ? Json(better) : Json(nullptr)},
                                  {"interval", m.rare_count ? "poisson" : "student"}};
    }
    return out.dump(2) + "\n";
}

int run_schema(const Arguments& arguments) {
    const std::string what = arguments.positional(0);
    if (what.empty() || what == "scenario")
        print_out(scenario_schema(strategy_descriptions()));
    else if (what == "tables")
        print_out(tables());
    else if (what == "metrics")
        print_out(metric_table());
    else if (what == "log-style")
        print_out(log_style_schema());
    else
        return usage_error("schema", "there is a schema of scenario, tables, metrics and log-style, not of " + what);
    return kFine;
}

const bool kRegistered =
    register_command({.name = "schema",
                      .summary = "Print the JSON Schema of scenarios, or the columns or metrics as JSON",
                      .help = "",
                      .examples = {"schema > scenario.schema.json", "schema tables"},
                      .positionals = {{"WHAT", "scenario, tables, metrics or log-style; default: scenario", false}},
                      .options = {},
                      .run = run_schema});

}  // namespace

}  // namespace gatesim
