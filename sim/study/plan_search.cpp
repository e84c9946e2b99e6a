#include "study/plan_search.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "measure/spending.hpp"
#include "study/plan_cheapest.hpp"
#include "study/plan_judge.hpp"

namespace gatesim {

PlanSearch::PlanSearch(const PlanTerms& terms, PlanSource& source, PlanFound& found)
    : terms_(terms), source_(source), found_(found), order_(terms) {
    found_.cells.assign(terms.cells(), {});
    found_.axes.assign(terms.axes.size(), {});
    found_.opposing.assign(terms.promises.size(), false);
    for (std::size_t axis = 0; axis < terms.axes.size(); ++axis)
        if (!order_.ordered(axis)) found_.axes[axis].why = terms.axes[axis].name + " has values without an order.";
}

std::string PlanSearch::label(std::size_t cell) const {
    std::string out;
    for (std::size_t axis = 0; axis < terms_.axes.size(); ++axis)
        out += fmt::format("{}{}={}", out.empty() ? "" : " ", terms_.axes[axis].name,
                           terms_.axes[axis].values[terms_.at(cell, axis)]);
    return out;
}

bool PlanSearch::scout(const Cells& cells, const std::string& what) {
    for (std::size_t cell : cells) found_.cells[cell].scouts = kScouts;
    return cells.empty() || source_.scout(cells, kScouts, what);
}

/// One look further for each of them.
bool PlanSearch::measure(const Cells& cells, const std::string& what) {
    std::vector<std::pair<std::size_t, std::uint32_t>> wanted;
    for (std::size_t cell : cells) {
        const auto next = std::upper_bound(terms_.looks.begin(), terms_.looks.end(), found_.cells[cell].measured);
        if (next != terms_.looks.end()) wanted.emplace_back(cell, *next);
    }
    if (!source_.measure(wanted, what)) return false;
    for (const auto& [cell, count] : wanted) found_.cells[cell].measured = count;
    return true;
}

PlanStanding PlanSearch::implied(std::size_t cell) const {
    for (std::size_t other : judged_) {
        const PlanStanding standing = found_.cells[other].standing;
        if (standing == PlanStanding::keeps && order_.helps_as_much(cell, other)) return standing;
        if (standing == PlanStanding::fails && order_.helps_as_much(other, cell)) return standing;
    }
    return found_.cells[cell].standing;
}

void PlanSearch::set_known() {
    for (std::size_t cell = 0; cell < found_.cells.size(); ++cell) {
        const PlanStanding own = found_.cells[cell].standing;
        const bool decided = own == PlanStanding::keeps || own == PlanStanding::fails;
        found_.cells[cell].known = decided ? own : implied(cell);
    }
}

std::optional<bool> PlanSearch::lean(std::size_t cell) const {
    const PlanCell& c = found_.cells[cell];
    if (c.known == PlanStanding::keeps || c.known == PlanStanding::fails) return c.known == PlanStanding::keeps;
    std::vector<Series> values;
    for (const Promise& promise : terms_.promises)
        values.push_back(c.measured > 0 ? source_.measured(cell, promise.metric, c.measured)
                         : c.scouts > 0 ? source_.scouted(cell, promise.metric, c.scouts)
                                        : Series{});
    if (c.measured > 0 || c.scouts > 0) return leans_to_keep(terms_, values, found_.opposing);
    return std::nullopt;
}

PlanSearch::Border PlanSearch::border_of(const Cells& line) const {
    const auto size = static_cast<std::ptrdiff_t>(line.size());
    const auto known = [&](std::ptrdiff_t i) { return found_.cells[line[static_cast<std::size_t>(i)]].known; };
    Border out{-1, -1, size, size};
    for (std::ptrdiff_t i = size - 1; i >= 0; --i)
        if (known(i) == PlanStanding::keeps) out.keeps = i;
    for (std::ptrdiff_t i = 0; i < out.keeps; ++i)
        if (known(i) == PlanStanding::fails) out.fails = i;
    out.seems_to_fail = out.fails;
    for (std::ptrdiff_t i = out.fails + 1; i < out.keeps; ++i)
        if (lean(line[static_cast<std::size_t>(i)]) == false) out.seems_to_fail = i;
    out.seems_to_keep = out.keeps;
    for (std::ptrdiff_t i = out.keeps - 1; i > out.seems_to_fail; --i)
        if (lean(line[static_cast<std::size_t>(i)]) == true) out.seems_to_keep = i;
    return out;
}

bool PlanSearch::scout_border() {
    const Cells coarse = order_.coarse();
    const bool any = order_.lines().size() < terms_.cells();
    if (any) {
        if (!scout(coarse, "scouts")) return false;
        find_help(coarse);
    }
    lines_ = order_.lines();
    for (bool more = true; more;) {
        Cells next;
        for (const Cells& line : lines_) {
            const Border b = border_of(line);
            if (line.size() > 1 && b.seems_to_keep - b.seems_to_fail > 1)
                next.push_back(line[static_cast<std::size_t>((b.seems_to_fail + b.seems_to_keep) / 2)]);
        }
        more = !next.empty();
        if (!scout(next, more ? "scouts at " + label(next.front()) : "")) return false;
    }
    return true;
}

void PlanSearch::judge() {
    const double level = simultaneous_level(terms_.confidence, terms_.promises.size() * lines_.size(), 1);
    if (levels_.empty() || level != found_.level) levels_ = spent_levels(level, terms_.looks);
    found_.level = level;
    for (std::size_t cell : judged_) judge_cell(terms_, levels_, source_, cell, found_.opposing, found_.cells[cell]);
    set_known();
}

/// Where every cell stands alone, those that are larger than one that keeps the promises need not be known.
bool PlanSearch::is_pruned(std::size_t cell) const {
    if (lines_.size() < terms_.cells()) return false;
    return std::any_of(judged_.begin(), judged_.end(), [&](std::size_t other) {
        return found_.cells[other].standing == PlanStanding::keeps && order_.smaller(other, cell);
    });
}

bool PlanSearch::can_go_on(std::size_t cell) const {
    const PlanCell& c = found_.cells[cell];
    return c.known != PlanStanding::keeps && c.known != PlanStanding::fails && c.measured < terms_.looks.back() &&
           !is_pruned(cell);
}

/// Outside of a border that cannot be told: the next cells on either side that can be.
void PlanSearch::wanted_outside(const Cells& line, const Border& b, Cells& out) const {
    const auto size = static_cast<std::ptrdiff_t>(line.size());
    for (std::ptrdiff_t i = b.seems_to_keep + 1; i < std::min(b.keeps, size); ++i) {
        if (!can_go_on(line[static_cast<std::size_t>(i)])) continue;
        out.push_back(line[static_cast<std::size_t>(i)]);
        break;
    }
    for (std::ptrdiff_t i = b.seems_to_fail - 1; i > b.fails; --i) {
        if (!can_go_on(line[static_cast<std::size_t>(i)])) continue;
        out.push_back(line[static_cast<std::size_t>(i)]);
        break;
    }
}

/// What is to be measured next in a line; nothing: it is decided, or cannot be.
PlanSearch::Cells PlanSearch::wanted(const Cells& line, Cells& to_scout) const {
    const Border b = border_of(line);
    Cells out;
    if (line.size() == 1) {
        if (can_go_on(line.front())) out.push_back(line.front());
        return out;
    }
    if (b.keeps - b.fails <= 1) return out;
    if (b.seems_to_keep - b.seems_to_fail > 1) {
        to_scout.push_back(line[static_cast<std::size_t>((b.seems_to_fail + b.seems_to_keep) / 2)]);
        return out;
    }
    for (const std::ptrdiff_t i : {b.seems_to_fail, b.seems_to_keep})
        if (i > b.fails && i < b.keeps && can_go_on(line[static_cast<std::size_t>(i)]))
            out.push_back(line[static_cast<std::size_t>(i)]);
    if (out.empty()) wanted_outside(line, b, out);
    return out;
}

bool PlanSearch::measure_border() {
    Cells border;
    for (const Cells& line : lines_) {
        const Border b = border_of(line);
        const auto last = static_cast<std::ptrdiff_t>(line.size()) - 1;
        for (const std::ptrdiff_t i : {std::max<std::ptrdiff_t>(b.seems_to_fail, 0), std::min(b.seems_to_keep, last)})
            if (border.empty() || border.back() != line[static_cast<std::size_t>(i)])
                border.push_back(line[static_cast<std::size_t>(i)]);
    }
    if (!source_.settle(border)) return false;
    judge();
    for (;;) {
        Cells next, to_scout;
        for (const Cells& line : lines_)
            for (std::size_t cell : wanted(line, to_scout)) next.push_back(cell);
        if (!scout(to_scout, to_scout.empty() ? "" : "scouts at " + label(to_scout.front()))) return false;
        if (next.empty() && to_scout.empty()) {
            if (steps_agree()) return true;
            continue;
        }
        for (std::size_t cell : next)
            if (std::find(judged_.begin(), judged_.end(), cell) == judged_.end()) judged_.push_back(cell);
        if (!next.empty() && !measure(next, label(next.front()))) return false;
        judge();
    }
}

void PlanSearch::set_answer() {
    found_.answer = PlanFound::kNoCell;
    for (std::size_t cell = 0; cell < found_.cells.size(); ++cell) {
        if (found_.cells[cell].known != PlanStanding::keeps) continue;
        if (found_.answer == PlanFound::kNoCell || order_.smaller(cell, found_.answer)) found_.answer = cell;
    }
}

std::size_t PlanSearch::least_leaning() const {
    std::size_t out = PlanFound::kNoCell;
    for (const Cells& line : lines_) {
        const Border b = border_of(line);
        if (b.seems_to_keep >= static_cast<std::ptrdiff_t>(line.size())) continue;
        const std::size_t cell = line[static_cast<std::size_t>(b.seems_to_keep)];
        if (out == PlanFound::kNoCell || order_.smaller(cell, out)) out = cell;
    }
    return out;
}

std::vector<std::size_t> PlanFound::undecided() const {
    std::vector<std::size_t> out;
    for (std::size_t cell = 0; cell < cells.size(); ++cell)
        if (cells[cell].known == PlanStanding::undecided) out.push_back(cell);
    return out;
}

std::vector<std::size_t> PlanFound::excluded() const {
    std::vector<std::size_t> out;
    for (std::size_t cell = 0; cell < cells.size(); ++cell)
        if (standing_with_all(cells[cell]) == PlanStanding::fails) out.push_back(cell);
    return out;
}

std::vector<std::size_t> PlanFound::seen() const {
    std::vector<std::size_t> out;
    for (std::size_t cell = 0; cell < cells.size(); ++cell)
        if (cells[cell].measured + cells[cell].scouts > 0) out.push_back(cell);
    return out;
}

PlanFound find_plan(const PlanTerms& terms, PlanSource& source) {
    PlanFound out;
    PlanSearch search(terms, source, out);
    out.whole = search.scout_border() && search.measure_border() && search.measure_opposing();
    search.set_answer();
    out.whole = out.whole && choose_cheapest(terms, search.order(), source, out) && search.measure_curve();
    for (const PlanCell& cell : out.cells) out.runs += cell.scouts + cell.measured;
    return out;
}

}  // namespace gatesim
