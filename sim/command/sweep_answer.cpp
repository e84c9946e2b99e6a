#include "command/sweep_answer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "command/report_text.hpp"
#include "measure/unit_text.hpp"
#include "record/words.hpp"

namespace gatesim {

namespace {

using Cells = std::vector<std::size_t>;

/// Whether the values of the sole axis rise (or fall) as plain numbers, so that "6 to 12" can be said of neighbours.
bool are_in_order(const SweepAxis& axis) {
    std::vector<double> numbers;
    for (const std::string& value : axis.values) {
        char* end = nullptr;
        numbers.push_back(std::strtod(value.c_str(), &end));
        if (end == value.c_str()) return false;
    }
    return std::is_sorted(numbers.begin(), numbers.end()) || std::is_sorted(numbers.rbegin(), numbers.rend());
}

/// "nodes=6", "nodes=6 and 8", "nodes=6 to 12"; with two axes the labels.
std::string named(const SweepReport& report, const Cells& cells) {
    const SweepTerms& terms = report.sweep.terms;
    std::vector<std::string> words;
    for (std::size_t cell : cells)
        words.push_back(terms.axes.size() == 1 ? terms.axes[0].values[cell] : report.cells[cell].label);
    if (terms.axes.size() > 1) return list_text(words);
    const bool neighbours = cells.size() > 2 && cells.back() - cells.front() + 1 == cells.size();
    return terms.axes[0].name + "=" +
           (neighbours && are_in_order(terms.axes[0]) ? fmt::format("{} to {}", words.front(), words.back())
                                                      : list_text(words));
}

/// "6 is the fewest": what the pick takes least of.
std::string thrift_sentence(const SweepReport& report) {
    const Sweep& s = report.sweep;
    const SweepTerms& terms = s.terms;
    const std::string name = terms.axes.size() == 1 ? terms.axes[0].values[s.pick] : report.cells[s.pick].label;
    const auto mean = [&](const char* metric) {
        const std::size_t m = *find_metric(metric);
        const Estimate& e = s.summaries[s.pick].estimates[m];
        return mean_text(e, print_unit(metrics()[m].unit, e.mean.value_or(0)));
    };
    switch (s.thrift) {
        case Thrift::none:
            return "";
        case Thrift::price:
            return fmt::format("; {} is the cheapest ({})", name, mean("cost"));
        case Thrift::nodes:
            if (terms.axes.size() == 1) return fmt::format("; {} is the fewest", name);
            return fmt::format("; {} has the fewest nodes ({:.0f})", name,
                               nodes_provided(report.cells[s.pick].scenario));
        case Thrift::node_hours:
            return fmt::format("; {} takes the fewest node hours ({})", name, mean("node_hours"));
        case Thrift::value:
            return fmt::format("; {} is the smallest", name);
    }
    return "";
}

}  // namespace

std::string sweep_answer(const SweepReport& report) {
    const Sweep& s = report.sweep;
    const std::size_t m = s.terms.metrics.front();
    if (s.best == Sweep::kNoCell) return "it is undefined everywhere, so there is no best cell.";
    const PrintUnit unit = common_unit(s.summaries, m);
    const std::string best =
        fmt::format("{} ({})", report.cells[s.best].label, mean_text(s.summaries[s.best].estimates[m], unit));
    const Cells good = s.with({CellStanding::best, CellStanding::as_good});
    const Cells open = s.with({CellStanding::undecided});
    const bool all = good.size() == report.cells.size();
    std::string out;
    if (good.size() == 1 && s.with({CellStanding::undecided, CellStanding::best}).size() == report.cells.size() &&
        report.cells.size() > 1) {
        const bool equal = std::all_of(s.summaries.begin(), s.summaries.end(), [&](const Summary& summary) {
            return summary.estimates[m].mean == s.summaries[s.best].estimates[m].mean;
        });
        return fmt::format(
            "{} cannot tell the cells apart: {}.",
            counted(static_cast<std::int64_t>(report.grid.replications()), "replication", "replications"),
            equal ? fmt::format("all have the same mean ({})", mean_text(s.summaries[s.best].estimates[m], unit))
                  : best + " has the best mean, which may be luck");
    }
    if (good.size() > 1)
        out = fmt::format("{}{} are as good as each other, within {}{}.", all ? "it makes no difference: " : "",
                          all && s.terms.axes.size() > 1 ? "all cells" : named(report, good),
                          percent_text(s.terms.matters), thrift_sentence(report));
    else if (open.empty())
        out = fmt::format("{} is the best; nothing else is as good.", best);
    else
        out = fmt::format("{} has the best mean.", best);
    if (!open.empty())
        out += fmt::format(" {} may be as good: {} replications cannot tell.", named(report, open),
                           report.grid.replications());
    return out;
}

}  // namespace gatesim
