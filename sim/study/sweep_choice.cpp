// Of all cells that are as good as the best: the one that takes least.
#include <algorithm>
#include <charconv>
#include <functional>
#include <limits>

#include "scenario/units.hpp"
#include "study/sweep.hpp"

namespace gatesim {

namespace {

using Cells = std::vector<std::size_t>;

/// Those with the least of an exact number.
Cells least_of(const Cells& from, const std::function<double(std::size_t)>& number) {
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t cell : from) least = std::min(least, number(cell));
    Cells out;
    for (std::size_t cell : from)
        if (number(cell) <= least) out.push_back(cell);
    return out;
}

/// Those that are not known to take more than the one with the least mean; all, if some cell has none.
Cells least_by_metric(const Cells& from, std::size_t metric, const GridResult& grid, const Sweep& sweep) {
    const auto mean = [&](std::size_t cell) { return sweep.summaries[cell].estimates[metric].mean; };
    if (!std::all_of(from.begin(), from.end(), [&](std::size_t cell) { return mean(cell).has_value(); })) return from;
    const std::size_t least =
        *std::min_element(from.begin(), from.end(), [&](std::size_t a, std::size_t b) { return *mean(a) < *mean(b); });
    const Series reference = grid.values(least, metric);
    Cells out;
    for (std::size_t cell : from) {
        const Difference d = difference(metrics()[metric], grid.values(cell, metric), reference, sweep.level,
                                        sweep.terms.matters, grid.chance_between(cell, least));
        if (cell == least || d.verdict != Verdict::worse) out.push_back(cell);
    }
    return out;
}

/// All nodes that the limited pools provide, each counted as `weight` says; infinite with an unlimited one.
double provided(const Scenario& scenario, const std::function<double(const Pool&)>& weight) {
    double out = 0;
    for (const Pool& pool : scenario.pools)
        out += pool.most() == kUnlimited ? std::numeric_limits<double>::infinity()
                                         : static_cast<double>(pool.most()) * weight(pool);
    return out;
}

bool is_priced(const Scenario& scenario) {
    return !scenario.pools.empty() && std::all_of(scenario.pools.begin(), scenario.pools.end(), [](const Pool& pool) {
        return pool.price_per_hour > 0 && pool.most() != kUnlimited;
    });
}

std::optional<double> plain_number(const std::string& text) {
    double out = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
    return out;
}

}  // namespace

std::optional<double> number_of(std::string text) {
    if (text.size() > 1 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
    if (const auto number = plain_number(text)) return number;
    if (const auto time = units::read_time(text).value) return seconds(*time);
    return units::read_share(text).value;
}

namespace {

/// Those with the smallest value of an axis; all, if its values have no order.
Cells smallest(const Cells& from, std::size_t axis, const SweepTerms& terms) {
    for (std::size_t cell : from)
        if (!number_of(value_of(terms, cell, axis))) return from;
    return least_of(from, [&](std::size_t cell) { return *number_of(value_of(terms, cell, axis)); });
}

}  // namespace

const char* thrift_text(Thrift thrift) {
    switch (thrift) {
        case Thrift::none:
            return "";
        case Thrift::price:
            return "price";
        case Thrift::nodes:
            return "nodes";
        case Thrift::node_hours:
            return "node_hours";
        case Thrift::value:
            return "value";
    }
    return "";
}

double nodes_provided(const Scenario& scenario) {
    return provided(scenario, [](const Pool&) { return 1.0; });
}

void choose_thriftiest(const std::vector<Arm>& cells, const GridResult& grid, Sweep& sweep) {
    Cells left = sweep.with({CellStanding::best, CellStanding::as_good});
    if (left.empty()) return;
    const auto narrow = [&](Thrift thrift, Cells kept) {
        if (kept.size() < left.size()) sweep.thrift = thrift;
        left = std::move(kept);
    };
    narrow(Thrift::price, least_by_metric(left, *find_metric("cost"), grid, sweep));
    if (std::all_of(left.begin(), left.end(), [&](std::size_t cell) { return is_priced(cells[cell].scenario); })) {
        narrow(Thrift::price, least_of(left, [&](std::size_t cell) {
                   return provided(cells[cell].scenario, [](const Pool& pool) { return pool.price_per_hour; });
               }));
    }
    narrow(Thrift::nodes, least_of(left, [&](std::size_t cell) { return nodes_provided(cells[cell].scenario); }));
    narrow(Thrift::node_hours, least_by_metric(left, *find_metric("node_hours"), grid, sweep));
    for (std::size_t axis = 0; axis < sweep.terms.axes.size(); ++axis)
        narrow(Thrift::value, smallest(left, axis, sweep.terms));
    sweep.pick = left.front();
    // What is not told apart by what it takes: the best of them.
    if (left.size() > 1 && std::find(left.begin(), left.end(), sweep.best) != left.end()) sweep.pick = sweep.best;
}

}  // namespace gatesim
