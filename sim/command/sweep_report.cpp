#include "command/sweep_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "command/compare_report.hpp"
#include "command/report_text.hpp"
#include "record/narrator.hpp"
#include "record/words.hpp"

namespace gatesim {

namespace {

constexpr std::size_t kWidth = 80;

const Metric& metric_of(const SweepReport& report) {
    return metrics()[report.sweep.terms.metrics.front()];
}

std::string marked(CellStanding standing, bool colored) {
    const char* text = standing == CellStanding::best     ? "★ best"
                       : standing == CellStanding::tied   ? "= may be as good"
                       : standing == CellStanding::behind ? "✗ not as good"
                                                          : "? undefined";
    const Style style = standing == CellStanding::behind ? Style::plain : Style::good;
    return colored ? styled(text, style) : text;
}

std::string heading(const SweepReport& report, bool terminal) {
    const Scenario& first = report.cells.front().scenario;
    const std::string title = first.title.empty() ? first.name : first.title;
    std::string what = fmt::format(
        "{}: {} cells on the same luck, seed {}, {} of each", first.name, report.cells.size(), report.options.seed,
        counted(static_cast<std::int64_t>(report.grid.replications()), "replication", "replications"));
    if (terminal) what += ", engine " + report.options.engine;
    return (terminal ? styled(title, Style::strong) : title) + "\n" + wrap(what, kWidth, 2) + "\n" +
           wrap(fmt::format("By {}: the mean of each cell, and how far it is from the best one.",
                            metric_of(report).name),
                kWidth, 0) +
           "\n";
}

std::string cell_row(const SweepReport& report, std::size_t cell, std::size_t i, std::size_t label_width,
                     bool terminal) {
    const Sweep& s = report.sweep;
    const std::size_t m = s.terms.metrics[i];
    const Metric& metric = metrics()[m];
    std::string mean = text(s.summaries[cell].estimates[m], metric.unit);
    if (s.overloaded[cell] && metric.unit == "s") mean += " !";
    std::string out = "  " + filled_up(report.cells[cell].label, label_width);
    if (i > 0) return out + mean + "\n";
    out += filled_up(mean, 19);
    if (cell == s.best) return out + filled_up("", 19) + marked(s.standings[cell], terminal) + "\n";
    const std::string difference = signed_text(s.behind[cell], metric.unit);
    if (characters(out) + std::max<std::size_t>(19, characters(difference) + 1) + 16 > kWidth)
        out = without_blanks(out) + "\n" + std::string(4 + label_width, ' ');
    return out + filled_up(difference, 19) + marked(s.standings[cell], terminal) + "\n";
}

std::string blocks(const SweepReport& report, bool terminal) {
    std::size_t label_width = 8;
    for (const Arm& cell : report.cells) label_width = std::max(label_width, characters(cell.label) + 1);
    label_width = std::min<std::size_t>(label_width, 28);
    std::string out;
    for (std::size_t i = 0; i < report.sweep.terms.metrics.size(); ++i) {
        const Metric& metric = metrics()[report.sweep.terms.metrics[i]];
        out += "\n" + (terminal ? styled(metric.name, Style::strong) : metric.name) +
               fmt::format("  {}; {}\n", metric.brief, direction_text(metric.direction));
        for (std::size_t cell = 0; cell < report.cells.size(); ++cell)
            out += cell_row(report, cell, i, label_width, terminal);
    }
    return out;
}

/// Two axes: the deciding metric once more, as a matrix, if that fits.
std::string matrix(const SweepReport& report) {
    const Sweep& s = report.sweep;
    if (s.terms.axes.size() < 2) return "";
    const SweepAxis& down = s.terms.axes[0];
    const SweepAxis& across = s.terms.axes[1];
    const std::size_t m = s.terms.metrics.front();
    std::vector<std::string> texts;
    std::size_t width = 0;
    for (std::size_t cell = 0; cell < report.cells.size(); ++cell) {
        const bool fine = s.standings[cell] == CellStanding::best || s.standings[cell] == CellStanding::tied;
        texts.push_back(text(s.summaries[cell].estimates[m], metrics()[m].unit) + (cell == s.best ? " ★"
                                                                                   : fine         ? " ="
                                                                                                  : ""));
        width = std::max(width, characters(texts.back()) + 2);
    }
    for (const std::string& value : across.values) width = std::max(width, characters(across.name + value) + 3);
    std::size_t first = 0;
    for (const std::string& value : down.values) first = std::max(first, characters(down.name + value) + 3);
    if (first + 2 + across.values.size() * width > kWidth) return "";
    std::string out = "\n  " + filled_up("", first);
    for (const std::string& value : across.values) out += filled_up(across.name + "=" + value, width);
    for (std::size_t cell = 0; cell < report.cells.size(); ++cell) {
        if (cell % across.values.size() == 0) {
            while (out.back() == ' ') out.pop_back();
            out += "\n  " + filled_up(down.name + "=" + down.values[cell / across.values.size()], first);
        }
        out += filled_up(texts[cell], width);
    }
    while (out.back() == ' ') out.pop_back();
    return out + "\n";
}

std::string answer(const SweepReport& report) {
    const Sweep& s = report.sweep;
    const Metric& metric = metric_of(report);
    if (s.best == Sweep::kNoCell) return fmt::format("{} is undefined everywhere: there is no best cell.", metric.name);
    std::vector<std::string> tied;
    for (std::size_t cell = 0; cell < report.cells.size(); ++cell)
        if (s.standings[cell] == CellStanding::tied) tied.push_back(report.cells[cell].label);
    const std::string best =
        fmt::format("By {} the best is {} ({})", metric.name, report.cells[s.best].label,
                    text(*s.summaries[s.best].estimates[s.terms.metrics.front()].mean, metric.unit));
    if (tied.empty()) return best + "; every other cell is behind it.";
    const bool all = tied.size() + 1 == report.cells.size();
    return fmt::format("{}; {} replications do not tell {} from it{}.", best, report.grid.replications(),
                       enumeration(tied), all ? ": nothing here is known to matter" : "");
}

}  // namespace

std::string sweep_text(const SweepReport& report, bool terminal) {
    const Sweep& s = report.sweep;
    std::string out = heading(report, terminal) + blocks(report, terminal) + matrix(report) + "\n";
    auto cautions = grid_cautions(report.cells, report.grid, s.summaries, s.overloaded);
    if (s.terms.precision > 0 && !report.grid.settled && !report.grid.interrupted)
        cautions.push_back(
            fmt::format("Not every distance from the best is known to ± {:g} %; --at-most allows more "
                        "replications.",
                        s.terms.precision * 100));
    for (const std::string& caution : cautions)
        out += wrap((terminal ? styled("! ", Style::bad) : "! ") + caution, kWidth, 2) + "\n";
    if (!cautions.empty()) out += "\n";
    out += wrap((terminal ? styled("Answer: ", Style::strong) : "Answer: ") + answer(report), kWidth, 2) + "\n\n";
    if (!terminal) return out + fmt::format("Again    gatesim {}\n", report.again);
    out += fmt::format("Files    {}/\nAgain    {} {}\n", report.directory, called_as(), report.again);
    return out + styled(fmt::format("\n{} events in {:.1f} s, {:.0f} MiB\n", report.grid.events, report.grid.wall_s,
                                    report.grid.peak_rss_mib),
                        Style::faint);
}

}  // namespace gatesim
