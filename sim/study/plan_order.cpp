#include "study/plan_order.hpp"

#include <algorithm>
#include <charconv>
#include <numeric>

namespace gatesim {

namespace {

/// A number with something behind it: 40/h.
struct Amount {
    double number = 0;
    std::string unit;
};

std::optional<Amount> amount_of(const std::string& text) {
    Amount out;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), out.number);
    if (read.ec != std::errc{}) return std::nullopt;
    out.unit = text.substr(static_cast<std::size_t>(read.ptr - text.data()));
    return out;
}

/// The values as numbers; empty if they have no order.
std::vector<double> numbers_of(const std::vector<std::string>& values) {
    std::vector<double> out;
    for (const std::string& value : values)
        if (const auto number = number_of(value)) out.push_back(*number);
    if (out.size() == values.size()) return out;
    out.clear();
    const auto first = amount_of(values.front());
    for (const std::string& value : values) {
        const auto amount = amount_of(value);
        if (!first || !amount || amount->unit != first->unit) return {};
        out.push_back(amount->number);
    }
    return out;
}

/// `most` of 0 .. n - 1 at most, evenly, both ends among them.
std::vector<std::size_t> spread(std::size_t n, std::size_t most) {
    std::vector<std::size_t> out;
    if (n <= most) most = n;
    for (std::size_t i = 0; i < most; ++i) out.push_back(most == 1 ? 0 : i * (n - 1) / (most - 1));
    return out;
}

}  // namespace

std::size_t PlanTerms::cells() const {
    std::size_t out = 1;
    for (const SweepAxis& axis : axes) out *= axis.values.size();
    return out;
}

std::size_t PlanTerms::at(std::size_t cell, std::size_t axis) const {
    const std::size_t columns = axes.size() > 1 ? axes[1].values.size() : 1;
    return axis == 0 ? cell / columns : cell % columns;
}

PlanOrder::PlanOrder(const PlanTerms& terms) : terms_(terms) {
    for (const SweepAxis& axis : terms.axes) {
        const std::vector<double> numbers = numbers_of(axis.values);
        std::vector<std::size_t> sorted(axis.values.size()), rank(axis.values.size());
        std::iota(sorted.begin(), sorted.end(), 0);
        if (!numbers.empty())
            std::stable_sort(sorted.begin(), sorted.end(),
                             [&](std::size_t a, std::size_t b) { return numbers[a] < numbers[b]; });
        for (std::size_t i = 0; i < sorted.size(); ++i) rank[sorted[i]] = i;
        ordered_.push_back(!numbers.empty());
        rank_.push_back(rank);
    }
}

void PlanOrder::turn(std::size_t axis) {
    for (std::size_t& rank : rank_[axis]) rank = rank_[axis].size() - 1 - rank;
}

std::size_t PlanOrder::moved(std::size_t cell, std::size_t axis, std::size_t rank) const {
    const auto& ranks = rank_[axis];
    const auto value = static_cast<std::size_t>(std::find(ranks.begin(), ranks.end(), rank) - ranks.begin());
    if (terms_.axes.size() == 1) return value;
    const std::size_t columns = terms_.axes[1].values.size();
    return axis == 0 ? value * columns + terms_.at(cell, 1) : terms_.at(cell, 0) * columns + value;
}

bool PlanOrder::helps_as_much(std::size_t a, std::size_t b) const {
    for (std::size_t axis = 0; axis < terms_.axes.size(); ++axis)
        if (ordered_[axis] ? rank(a, axis) < rank(b, axis) : rank(a, axis) != rank(b, axis)) return false;
    return true;
}

bool PlanOrder::smaller(std::size_t a, std::size_t b) const {
    const double x = terms_.nodes[a], y = terms_.nodes[b];
    if (x > 0 && y > 0 && x != y) return x < y;
    std::size_t steps_a = 0, steps_b = 0;
    for (std::size_t axis = 0; axis < terms_.axes.size(); ++axis) {
        steps_a += rank(a, axis);
        steps_b += rank(b, axis);
    }
    return steps_a != steps_b ? steps_a < steps_b : a < b;
}

/// The axis that lines go along: of the ordered ones the one with most values.
std::size_t PlanOrder::inner() const {
    std::size_t out = terms_.axes.size(), most = 0;
    for (std::size_t axis = 0; axis < terms_.axes.size(); ++axis) {
        if (!ordered_[axis] || terms_.axes[axis].values.size() <= most) continue;
        most = terms_.axes[axis].values.size();
        out = axis;
    }
    return out;
}

std::vector<std::vector<std::size_t>> PlanOrder::lines() const {
    std::vector<std::vector<std::size_t>> out;
    const std::size_t axis = inner();
    for (std::size_t cell = 0; cell < terms_.cells(); ++cell) {
        if (axis == terms_.axes.size()) {
            out.push_back({cell});
        } else if (rank(cell, axis) == 0) {
            out.emplace_back();
            for (std::size_t r = 0; r < terms_.axes[axis].values.size(); ++r)
                out.back().push_back(moved(cell, axis, r));
        }
    }
    return out;
}

std::vector<std::size_t> PlanOrder::coarse() const {
    std::vector<std::vector<std::size_t>> ranks;
    for (std::size_t axis = 0; axis < terms_.axes.size(); ++axis) {
        const std::size_t n = terms_.axes[axis].values.size();
        ranks.push_back(spread(n, !ordered_[axis] ? n : terms_.axes.size() == 1 ? 5 : axis == inner() ? 4 : 3));
    }
    std::vector<std::size_t> out;
    for (std::size_t cell = 0; cell < terms_.cells(); ++cell) {
        bool in = true;
        for (std::size_t axis = 0; axis < terms_.axes.size(); ++axis)
            in &= std::find(ranks[axis].begin(), ranks[axis].end(), rank(cell, axis)) != ranks[axis].end();
        if (in) out.push_back(cell);
    }
    return out;
}

std::vector<std::pair<std::size_t, std::size_t>> PlanOrder::steps(const std::vector<std::size_t>& from,
                                                                  std::size_t axis) const {
    std::vector<std::pair<std::size_t, std::size_t>> out;
    for (std::size_t a : from) {
        std::size_t next = a;
        for (std::size_t b : from) {
            bool beside = rank(b, axis) > rank(a, axis) && (next == a || rank(b, axis) < rank(next, axis));
            for (std::size_t other = 0; other < terms_.axes.size(); ++other)
                beside &= other == axis || rank(a, other) == rank(b, other);
            if (beside) next = b;
        }
        if (next != a) out.emplace_back(a, next);
    }
    return out;
}

}  // namespace gatesim
