#include "command/sweep_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "command/compare_report.hpp"
#include "command/report_text.hpp"
#include "command/sweep_answer.hpp"
#include "command/table_blocks.hpp"
#include "model/display_width.hpp"
#include "record/narrator.hpp"
#include "record/words.hpp"

namespace gatesim {

namespace {

constexpr std::size_t kWidth = 80;

const Metric& metric_of(const SweepReport& report) {
    return metrics()[report.sweep.terms.metrics.front()];
}

/// Where no cell is known to be worse than another, the best mean may be luck: then it is as good, or undecided, as the
/// others are.
CellStanding said_of(const Sweep& sweep, std::size_t cell) {
    const CellStanding standing = sweep.standings[cell];
    if (standing != CellStanding::best || sweep.standings.size() < 2 || !sweep.with({CellStanding::behind}).empty())
        return standing;
    return sweep.with({CellStanding::as_good}).empty() ? CellStanding::undecided : CellStanding::as_good;
}

std::string marked(CellStanding standing, bool colored) {
    const char* text = standing == CellStanding::best        ? "★ best"
                       : standing == CellStanding::as_good   ? "= as good"
                       : standing == CellStanding::undecided ? "? undecided"
                       : standing == CellStanding::behind    ? "✗ not as good"
                                                             : "? undefined";
    const bool good = standing == CellStanding::best || standing == CellStanding::as_good;
    return colored ? styled(text, good ? Style::good : Style::plain) : text;
}

std::string heading(const SweepReport& report, bool terminal) {
    const Scenario& first = report.cells.front().scenario;
    const std::string title = first.title.empty() ? first.name : first.title;
    std::string what = fmt::format(
        "{}: {} cells on the same luck, seed {}, {} of each", first.name, report.cells.size(), report.options.seed,
        counted(static_cast<std::int64_t>(report.grid.replications()), "replication", "replications"));
    if (terminal) what += ", engine " + report.options.engine;
    return (terminal ? styled(title, Style::strong) : title) + "\n" + wrap(what, kWidth, 2) + "\n" +
           wrap(fmt::format("By {}: the mean of each cell, and how far it is from the best one. Differences below {} "
                            "are negligible: as good.",
                            metric_of(report).name, percent_text(report.sweep.terms.matters)),
                kWidth, 0) +
           "\n";
}

TableRow row(const SweepReport& report, std::size_t cell, std::size_t i, const PrintUnit& unit, bool terminal) {
    const Sweep& s = report.sweep;
    const std::size_t m = s.terms.metrics[i];
    TableRow out{report.cells[cell].label, text(s.summaries[cell].estimates[m], unit), "", ""};
    if (s.overloaded[cell] && metrics()[m].unit == "s") out.value += " !";
    if (i > 0) return out;
    if (cell != s.best) out.difference = signed_text(s.behind[cell], unit);
    out.mark = marked(said_of(s, cell), terminal);
    return out;
}

std::string blocks(const SweepReport& report, bool terminal) {
    std::vector<TableBlock> out;
    for (std::size_t i = 0; i < report.sweep.terms.metrics.size(); ++i) {
        const std::size_t m = report.sweep.terms.metrics[i];
        const std::string& name = metrics()[m].name;
        out.push_back({terminal ? styled(name, Style::strong) : name, about_text(metrics()[m]),
                       common_unit(report.sweep.summaries, m), [&report, i, terminal](const PrintUnit& unit) {
                           std::vector<TableRow> rows;
                           for (std::size_t cell = 0; cell < report.cells.size(); ++cell)
                               rows.push_back(row(report, cell, i, unit, terminal));
                           return rows;
                       }});
    }
    return blocks_text(out, terminal ? out_columns() : kWidth);
}

/// The cells of the matrix, with a mark: the best one, those as good.
std::vector<std::string> matrix_texts(const SweepReport& report, const PrintUnit& unit) {
    const Sweep& s = report.sweep;
    std::vector<std::string> out;
    for (std::size_t cell = 0; cell < report.cells.size(); ++cell) {
        const CellStanding standing = said_of(s, cell);
        out.push_back(text(s.summaries[cell].estimates[s.terms.metrics.front()], unit) +
                      (standing == CellStanding::best        ? " ★"
                       : standing == CellStanding::as_good   ? " ="
                       : standing == CellStanding::undecided ? " ?"
                                                             : ""));
    }
    return out;
}

/// Two axes: the deciding metric once more, as a matrix, if that fits.
std::string matrix(const SweepReport& report, std::size_t room) {
    const Sweep& s = report.sweep;
    if (s.terms.axes.size() < 2) return "";
    const SweepAxis& down = s.terms.axes[0];
    const SweepAxis& across = s.terms.axes[1];
    const auto texts = matrix_texts(report, common_unit(s.summaries, s.terms.metrics.front()));
    std::size_t width = 0;
    for (const std::string& text : texts) width = std::max(width, display_width(text) + 2);
    for (const std::string& value : across.values) width = std::max(width, display_width(across.name + value) + 3);
    std::size_t first = 0;
    for (const std::string& value : down.values) first = std::max(first, display_width(down.name + value) + 3);
    if (first + 2 + across.values.size() * width > room) return "";
    std::string line = "  " + filled_up("", first);
    for (const std::string& value : across.values) line += filled_up(across.name + "=" + value, width);
    std::string out = "\n" + without_blanks(line) + "\n";
    for (std::size_t row = 0; row < down.values.size(); ++row) {
        line = "  " + filled_up(down.name + "=" + down.values[row], first);
        for (std::size_t column = 0; column < across.values.size(); ++column)
            line += filled_up(texts[row * across.values.size() + column], width);
        out += without_blanks(line) + "\n";
    }
    return out;
}

std::vector<std::string> cautions(const SweepReport& report) {
    const Sweep& s = report.sweep;
    auto out = grid_cautions(report.cells, report.grid, s.summaries, s.overloaded, "cells");
    for (const Difference& d : s.behind) {
        if (!d.alike) continue;
        out.push_back(
            fmt::format("A cell that never differs from the best has no interval: {}.", alike_text(d.n, d.unseen)));
        break;
    }
    if (!report.open_end || report.grid.settled || report.grid.interrupted) return out;
    out.push_back(s.terms.precision > 0
                      ? fmt::format("Not every distance from the best is known to ± {}; --at-most allows more "
                                    "replications.",
                                    percent_text(s.terms.precision))
                      : "Not every cell is decided; --at-most allows more replications.");
    return out;
}

/// Of what ejections and waste consist where it is best.
std::string causes(const SweepReport& report) {
    const Sweep& sweep = report.sweep;
    if (sweep.best == Sweep::kNoCell) return "";
    const Summary& best = sweep.summaries[sweep.best];
    std::string out;
    const auto add = [&](const std::string& title, const std::string& text) {
        if (!text.empty()) out += wrap(fmt::format("{}: {}.", title, text), kWidth, 2) + "\n";
    };
    const bool star = said_of(sweep, sweep.best) == CellStanding::best;
    add(fmt::format("Ejections by cause in {} (shares of the changes that arrived)",
                    star ? "the best cell" : report.cells[sweep.best].label),
        numbers_text(ejection_causes(best)));
    add("Node hours for nothing there, by cause (shares of all)", causes_text(waste_causes(best)));
    return out.empty() ? out : out + "\n";
}

}  // namespace

std::string sweep_text(const SweepReport& report, bool terminal) {
    std::string out = heading(report, terminal) + blocks(report, terminal) +
                      matrix(report, terminal ? out_columns() : kWidth) + "\n" + causes(report);
    const auto list = cautions(report);
    for (const std::string& caution : list)
        out += wrap((terminal ? styled("! ", Style::bad) : "! ") + caution, kWidth, 2) + "\n";
    if (!list.empty()) out += "\n";
    const std::string head = fmt::format("Answer ({}): ", spoken(metric_of(report)));
    return out + end_text({head, sweep_answer(report), report.again, report.directory, report.grid}, terminal);
}

}  // namespace gatesim
