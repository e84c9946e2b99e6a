// What validate says where only landings are known: a table, and one document.
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "command/report_text.hpp"
#include "command/validate_landings.hpp"
#include "load/when.hpp"

namespace gatesim {

namespace {

using Json = nlohmann::ordered_json;
using validate::LandingFigure;
using validate::LandingScores;
using validate::Said;

std::string shown(double value, const std::string& unit) {
    if (unit == "share") return fmt::format("{:.0f} %", 100 * value);
    if (unit != "s") return fmt::format("{:.3g}", value);
    if (value < 100) return fmt::format("{:.0f} s", value);
    return value < 3600 ? fmt::format("{:.1f} min", value / 60) : fmt::format("{:.2f} h", value / 3600);
}

/// "1.29 (1.26 to 1.31)"
std::string shown(const Said& said, const std::string& unit) {
    if (said.values.empty()) return "-";
    return fmt::format("{} ({} to {})", shown(said.median, unit), shown(said.low, unit), shown(said.high, unit));
}

std::string row(const std::string& what, const std::vector<std::string>& cells) {
    std::string out = filled_up("  " + what, 24);
    for (std::size_t i = 0; i < cells.size(); ++i) out += filled_up(cells[i], i == 0 ? 10 : 31);
    return without_blanks(out) + "\n";
}

std::string part_text(const LandingsReport& report, const char* name, const validate::Spans& spans,
                      const LandingsReport::Part& part) {
    std::string out = fmt::format("\n{} time", name);
    for (const validate::Span& span : spans.list)
        out += fmt::format(", {} .. {}", format_when(report.record.origin + span.from),
                           format_when(report.record.origin + std::min(span.to, report.record.length)));
    out += "\n" + row("", {"seen", "model (90 %)", "hours again", "no gate"});
    const auto& list = validate::landing_figure_list();
    for (std::size_t k = 0; k < list.size(); ++k) {
        const std::string unit = list[k].unit;
        const auto& seen = part.model.seen[k];
        out += row(list[k].name, {seen ? shown(*seen, unit) : "-", shown(part.model.said[k], unit),
                                  shown(part.hours.said[k], unit), shown(part.free.said[k], unit)});
    }
    const auto off = [](double value) { return fmt::format("{:.3f}", value); };
    out += row("off, all figures", {"", off(part.model.off(part.model)), "", off(part.free.off(part.free))});
    out += row("off, without uploads", {"", off(part.model.off(part.hours)), off(part.hours.off(part.hours)), ""});
    out += row("seen in its 90 %", {"", shown(part.model.met(), "share"), shown(part.hours.met(), "share"),
                                    shown(part.free.met(), "share")});
    return out;
}

double rounded(double value) {
    return std::round(value * 1e4) / 1e4;
}

Json said_json(const Said& said) {
    if (said.values.empty()) return nullptr;
    return {{"median", rounded(said.median)},
            {"low", rounded(said.low)},
            {"high", rounded(said.high)},
            {"off", rounded(said.off)}};
}

Json part_json(const LandingsReport::Part& part) {
    Json figures = Json::object();
    const auto& list = validate::landing_figure_list();
    for (std::size_t k = 0; k < list.size(); ++k)
        figures[list[k].name] = {{"seen", part.model.seen[k] ? Json(rounded(*part.model.seen[k])) : Json()},
                                 {"model", said_json(part.model.said[k])},
                                 {"hours_again", said_json(part.hours.said[k])},
                                 {"no_gate", said_json(part.free.said[k])}};
    return {{"off", rounded(part.model.off(part.free))},
            {"no_gate_off", rounded(part.free.off(part.model))},
            {"off_without_uploads", rounded(part.model.off(part.hours))},
            {"hours_again_off", rounded(part.hours.off(part.model))},
            {"figures_in_90", rounded(part.model.met())},
            {"figures", std::move(figures)}};
}

}  // namespace

std::string landings_text(const LandingsReport& report) {
    std::string out = fmt::format(
        "{} beside {}: {} changes, {} replications\n\n"
        "When changes came into the queue is not recorded. So its length, stays and ejections cannot be judged; what\n"
        "landed can be. Approvals are drawn: upload, and the wait of one of the {} landings of the training time less\n"
        "{} in the gate, on a clock that goes as fast as people were active in each hour of the week.\n",
        report.scenario, report.folder, report.record.stays.size(), report.replications, report.waits,
        shown(seconds(report.gate), "s"));
    out += part_text(report, "Training", report.train, report.in_train);
    out += part_text(report, "Test", report.test, report.in_test);
    const LandingsReport::Part& test = report.in_test;
    out += fmt::format(
        "\nhours again: what landed in an hour of the training time lands in an hour of the same place in the week\n"
        "no gate: everybody lands after the wait of somebody of the training time, upload to landing\n"
        "off: CRPS of the logarithms, mean over figures: 0.1 is about a tenth\n\n"
        "The model {}: in test time it is {:.3f} off, without a gate\n{:.3f}; in what needs no uploads {:.3f}, with "
        "the hours "
        "of the training time again {:.3f}.\nAgain: {}\n",
        validate::verdict_name(report.verdict), test.model.off(test.free), test.free.off(test.model),
        test.model.off(test.hours), test.hours.off(test.model), report.again);
    return out;
}

std::string landings_json(const LandingsReport& report) {
    const Json out = {{"verdict", validate::verdict_name(report.verdict)},
                      {"verdict_by", "landings"},
                      {"scenario", report.scenario},
                      {"seed", report.seed},
                      {"replications", report.replications},
                      {"stays", report.record.stays.size()},
                      {"gate_s", rounded(seconds(report.gate))},
                      {"train", part_json(report.in_train)},
                      {"test", part_json(report.in_test)}};
    return out.dump(2) + "\n";
}

}  // namespace gatesim
