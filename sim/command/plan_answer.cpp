// The answer of a plan, in sentences.
#include <fmt/format.h>

#include <algorithm>

#include "command/plan_report.hpp"
#include "command/report_text.hpp"
#include "measure/unit_text.hpp"
#include "record/words.hpp"
#include "study/plan_order.hpp"

namespace gatesim {

namespace {

std::string labels(const PlanTerms& terms, const std::vector<std::size_t>& cells) {
    std::vector<std::string> out;
    for (std::size_t cell : cells) out.push_back(cell_label(terms, cell));
    return list_text(out);
}

/// "3.3 min (2.7 to 4.2)", as it was judged.
std::string seen_text(const Plan& plan, std::size_t cell, std::size_t p) {
    const PlanCell& c = plan.found.cells[cell];
    return c.promises.empty() ? "" : text(c.promises[p].seen, metrics()[plan.terms.promises[p].metric].unit);
}

std::string all_promises(const Plan& plan) {
    std::vector<std::string> out;
    for (const Promise& promise : plan.terms.promises) out.push_back(promise.text);
    return list_text(out);
}

/// "; node_wait_s.p95 is 3.3 min (2.7 to 4.2)".
std::string numbers_of(const Plan& plan, std::size_t cell) {
    std::vector<std::string> out;
    for (std::size_t p = 0; p < plan.terms.promises.size(); ++p)
        if (const std::string seen = seen_text(plan, cell, p); !seen.empty())
            out.push_back(fmt::format("{} is {}", metrics()[plan.terms.promises[p].metric].name, seen));
    return out.empty() ? "" : "; " + list_text(out);
}

std::string cheapest_text(const Plan& plan) {
    const PlanFound& found = plan.found;
    const std::string by = plan.terms.metric                      ? "least " + metrics()[*plan.terms.metric].name
                           : plan.terms.price[found.cheapest] > 0 ? "lowest price of the nodes provided"
                           : plan.terms.nodes[found.cheapest] > 0 ? "fewest nodes"
                                                                  : "smallest values";
    const std::string name = found.cheapest == found.answer ? "It" : cell_label(plan.terms, found.cheapest);
    std::string out =
        fmt::format(" {} is the cheapest{} ({}).", name, found.cheapest == found.answer ? ", too" : "", by);
    if (!found.cheapest_ties.empty())
        out += fmt::format(" In that, {} cannot be told from it, or differ by less than {}.",
                           labels(plan.terms, found.cheapest_ties), percent_text(plan.terms.matters));
    return out;
}

/// What was found of the cells one step below.
std::string below_text(const Plan& plan) {
    std::string out;
    for (const auto& [cell, p] : plan.breaks) {
        const PlanStanding standing = plan.found.cells[cell].known;
        if (standing == PlanStanding::keeps) continue;
        const std::string seen = seen_text(plan, cell, p);
        out += fmt::format(" {} {} {}{}.", cell_label(plan.terms, cell),
                           standing == PlanStanding::fails ? "breaks" : "seems to break", plan.terms.promises[p].text,
                           seen.empty() ? "" : ": " + seen);
    }
    return out;
}

/// Whether the answer is an end of the axis, so that there is nothing below it in the plan.
bool is_first(const Plan& plan) {
    if (plan.terms.axes.size() != 1 || plan.found.axes.front().helps == Helps::neither) return false;
    PlanOrder order(plan.terms);
    if (plan.found.axes.front().helps == Helps::less) order.turn(0);
    return order.rank(plan.found.answer, 0) == 0;
}

}  // namespace

std::string plan_answer(const Plan& plan) {
    const PlanFound& found = plan.found;
    const std::vector<std::size_t> undecided = found.undecided();
    std::string out;
    if (!found.whole) out = "the search was stopped. ";
    if (found.answer == PlanFound::kNoCell) {
        out +=
            fmt::format("{} is known to keep {}", undecided.empty() ? "no configuration" : "none", all_promises(plan));
        out += undecided.empty() ? "." : fmt::format("; of {} it cannot be told.", labels(plan.terms, undecided));
        if (found.whole && undecided.empty() && plan.floors.empty() && plan.terms.promises.size() > 1)
            out += " Each can be kept, but not all of them at once.";
        for (const Floor& floor : plan.floors) {
            const Metric& metric = metrics()[plan.terms.promises[floor.promise].metric];
            out += fmt::format(" {} gets no better than {} ({}). {}", metric.name,
                               floor.here.mean ? text(floor.here, metric.unit) : "undefined",
                               cell_label(plan.terms, floor.cell), floor.why);
        }
        return out;
    }
    out += fmt::format("{} is the least that keeps {}{}.", cell_label(plan.terms, found.answer), all_promises(plan),
                       numbers_of(plan, found.answer));
    out += below_text(plan);
    if (is_first(plan)) out += " Nothing less was asked about, and something less may do.";
    out += cheapest_text(plan);
    if (!undecided.empty())
        out += fmt::format(" It cannot be told whether {} would do.", labels(plan.terms, undecided));
    return out;
}

}  // namespace gatesim
