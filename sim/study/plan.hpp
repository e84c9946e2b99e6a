// A plan: of a grid of configurations, the least that keeps promises, found with few replications.
//
// A promise is a bound on a metric ("node_wait_s.p95 <= 5m"). A configuration (a cell of the grid) keeps it if the mean
// of the metric over all replications that there could be does. That is what `expect` means for a `run`, except that
// here the mean's interval has to lie on one side of the bound.
//
// Two kinds of replications are run. Scouts have luck of their own (as the pilots of a warm-up have); they only say
// where to look. What is measured has the luck of the study: the same changes in every cell. So the cells that are
// judged were not chosen by the numbers that judge them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "measure/comparison.hpp"
#include "study/sweep.hpp"

namespace gatesim {

struct Promise {
    std::string text;        ///< "node_wait_s.p95 <= 5m"
    std::size_t metric = 0;  ///< index into metrics()
    bool at_most = true;     ///< else at least
    double bound = 0;        ///< in the metric's unit

    bool kept_by(double value) const { return at_most ? value <= bound : value >= bound; }
};

struct PlanTerms {
    std::vector<SweepAxis> axes;  ///< one or two; the cells are their product, the last one running fastest
    std::vector<Promise> promises;
    double confidence = kLevel;         ///< of the whole answer
    std::vector<std::uint32_t> looks;   ///< measured replications of a cell at which it is judged
    std::optional<std::size_t> metric;  ///< what the cheapest has least of; nothing = `price`, then `nodes`
    double matters = 0.05;              ///< a smaller difference in `metric` is none
    std::vector<double> nodes, price;   ///< by cell: nodes provided, and their price an hour; 0 = not known

    std::size_t cells() const;
    /// The index of a cell's value on an axis.
    std::size_t at(std::size_t cell, std::size_t axis) const;
};

/// What is known of a cell or of one promise in it.
enum class PlanStanding { unknown, keeps, fails, undecided };
/// As in plan.json: "unknown", "keeps", "fails", "undecided".
const char* standing_text(PlanStanding standing);

/// A promise in a cell.
struct PromiseView {
    PlanStanding standing = PlanStanding::unknown;
    Estimate seen;  ///< with the interval that decided, or the one of the last look; it holds whenever one looks
};

struct PlanCell {
    std::uint32_t scouts = 0, measured = 0;         ///< replications
    std::vector<PromiseView> promises;              ///< by promise
    PlanStanding standing = PlanStanding::unknown;  ///< measured
    PlanStanding known = PlanStanding::unknown;     ///< measured, or implied by a cell that was
};

/// Which way along an axis helps the promises.
enum class Helps { more, less, neither };

struct PlanAxisFound {
    Helps helps = Helps::neither;  ///< neither: its values have no order, or the promises do not follow it
    std::string why;               ///< a sentence where they do not; else empty
};

struct PlanFound {
    static constexpr std::size_t kNoCell = static_cast<std::size_t>(-1);

    std::vector<PlanCell> cells;
    std::vector<PlanAxisFound> axes;
    std::vector<bool> opposing;              ///< by promise: what helps the first ones hurts it
    double level = kLevel;                   ///< of all looks at one promise of one cell
    std::size_t answer = kNoCell;            ///< the least that keeps all promises; kNoCell: none is known to
    std::size_t cheapest = kNoCell;          ///< of all that are known to keep them
    std::vector<std::size_t> cheapest_ties;  ///< cannot be told from the cheapest, or is as cheap
    bool whole = true;                       ///< false: it was stopped
    std::uint64_t runs = 0;                  ///< replications, scouts among them

    /// Cells that may keep the promises or not, and stand before the answer.
    std::vector<std::size_t> undecided() const;
    /// Cells that were measured and found to break a promise.
    std::vector<std::size_t> excluded() const;
    /// Cells of which anything was run.
    std::vector<std::size_t> seen() const;
};

/// Whoever runs the replications. What was asked for is there until the plan ends.
class PlanSource {
public:
    virtual ~PlanSource() = default;
    /// Runs `count` scouts of each of these cells. False: stop. `what` is for people who wait.
    virtual bool scout(const std::vector<std::size_t>& cells, std::uint32_t count, const std::string& what) = 0;
    /// Is told the cells next to the border before anything is measured: a warm-up is found there. False: stop.
    virtual bool settle(const std::vector<std::size_t>& border) = 0;
    /// Measures replications 1 .. `count` of each of them. False: stop.
    virtual bool measure(const std::vector<std::pair<std::size_t, std::uint32_t>>& cells, const std::string& what) = 0;
    /// A metric by replication: of the scouts of a cell, and of its measured replications 1 .. `count`.
    virtual Series scouted(std::size_t cell, std::size_t metric, std::uint32_t count) const = 0;
    virtual Series measured(std::size_t cell, std::size_t metric, std::uint32_t count) const = 0;
    /// Whether luck has a part in the cell.
    virtual Chance chance(std::size_t cell) const = 0;
};

/// Finds the answer. Same terms, same numbers from the source: same answer.
///
/// 1. Scouts at up to five places of an axis say which way helps. Where some step helps a promise and another one hurts
///    it, the axis has no order and every cell is judged by itself.
/// 2. Scouts bisect to the border between cells that seem to keep the promises and cells that do not.
/// 3. The two cells at the border are measured until each is known to keep or to break them; the border moves where
/// they
///    say so. Looks share the error (spent_levels), promises and lines of an axis share it (Bonferroni). The cells of a
///    line do not: on the same luck a cell below the border can only pass if the one at the border would.
/// 4. A promise that wants the other way than those before it (opposing) is judged where all of those are kept first.
PlanFound find_plan(const PlanTerms& terms, PlanSource& source);

/// How often a cell is scouted: enough to see which way helps, as long as most say so.
inline constexpr std::uint32_t kScouts = 4;

}  // namespace gatesim
