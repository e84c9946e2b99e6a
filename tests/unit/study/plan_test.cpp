// Plans over synthetic metrics: what a search finds, what it costs, and how often it is wrong.
#include "study/plan.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <random>
#include <tuple>

#include "measure/spending.hpp"

namespace gatesim {
namespace {

/// The true mean of a metric in a cell; each replication adds luck that all cells share, and a little of its own.
class Synthetic : public PlanSource {
public:
    using Truth = std::function<double(std::size_t cell, std::size_t metric)>;
    Synthetic(Truth truth, double spread, std::uint64_t seed)
        : truth_(std::move(truth)), spread_(spread), seed_(seed) {}

    bool scout(const std::vector<std::size_t>& cells, std::uint32_t count, const std::string&) override {
        runs += cells.size() * count;
        return true;
    }
    bool settle(const std::vector<std::size_t>& border) override {
        settled = border;
        return true;
    }
    bool measure(const std::vector<std::pair<std::size_t, std::uint32_t>>& cells, const std::string&) override {
        if (stop_after > 0 && ++measures >= stop_after) return false;
        for (const auto& [cell, count] : cells) touched = std::max(touched, cell);
        return true;
    }
    Series scouted(std::size_t cell, std::size_t metric, std::uint32_t count) const override {
        return series(cell, metric, count, 1000000);
    }
    Series measured(std::size_t cell, std::size_t metric, std::uint32_t count) const override {
        return series(cell, metric, count, 0);
    }
    Chance chance(std::size_t) const override { return spread_ > 0 ? Chance::some : Chance::none; }

    std::uint64_t runs = 0;
    int stop_after = 0, measures = 0;
    std::size_t touched = 0;
    std::vector<std::size_t> settled;

private:
    double value(std::size_t cell, std::size_t metric, std::uint64_t n) const {
        std::mt19937_64 common(1000003 * seed_ + 7 * n + metric),
            own(1000003 * seed_ + 7 * n + metric + 999983 * (cell + 1));
        const double luck = std::normal_distribution<double>(0, 1)(common);
        return truth_(cell, metric) + spread_ * (luck + 0.2 * std::normal_distribution<double>(0, 1)(own));
    }
    Series series(std::size_t cell, std::size_t metric, std::uint32_t count, std::uint64_t from) const {
        Series out;
        for (std::uint64_t n = from; n < from + count; ++n) {
            auto& known = known_[{cell, metric, n}];
            if (!known) known = value(cell, metric, n);
            out.push_back(known);
        }
        return out;
    }

    Truth truth_;
    double spread_;
    std::uint64_t seed_;
    mutable std::map<std::tuple<std::size_t, std::size_t, std::uint64_t>, std::optional<double>> known_;
};

const std::size_t kWait = *find_metric("node_wait_s.p95");
const std::size_t kWaste = *find_metric("waste_share");

SweepAxis axis(const std::string& name, int from, int to) {
    SweepAxis out{"/" + name, name, {}};
    for (int value = from; value <= to; ++value) out.values.push_back(std::to_string(value));
    return out;
}

PlanTerms terms_over(std::vector<SweepAxis> axes, std::uint32_t most = 160) {
    PlanTerms out;
    out.axes = std::move(axes);
    out.promises.push_back({"node_wait_s.p95 <= 100s", kWait, true, 100});
    out.looks = dense_looks(10, most);
    out.nodes.assign(out.cells(), 0);
    out.price.assign(out.cells(), 0);
    return out;
}

TEST(Plans, FindTheBorderByHalves) {
    Synthetic source([](std::size_t cell, std::size_t) { return 990.0 - 20 * static_cast<double>(cell); }, 5, 1);
    const PlanFound found = find_plan(terms_over({axis("nodes", 0, 99)}), source);
    EXPECT_EQ(found.answer, 45U);
    EXPECT_LT(found.runs, 400U);
    EXPECT_EQ(found.axes[0].helps, Helps::more);
}

TEST(Plans, SayWhatIsExcludedAndCheapest) {
    Synthetic source([](std::size_t cell, std::size_t) { return 300.0 - 30 * static_cast<double>(cell); }, 20, 2);
    const PlanFound found = find_plan(terms_over({axis("nodes", 0, 20)}), source);
    EXPECT_EQ(found.answer, 7U);
    EXPECT_EQ(found.cheapest, 7U);
    EXPECT_EQ(found.excluded(), (std::vector<std::size_t>{6}));
    EXPECT_TRUE(found.undecided().empty());
    EXPECT_EQ(found.cells[3].known, PlanStanding::fails) << "by its neighbour";
    EXPECT_EQ(found.cells[20].known, PlanStanding::keeps) << "by its neighbour";
    EXPECT_EQ(source.settled, (std::vector<std::size_t>{6, 7}));
}

// On the border no number of replications can tell; the answer is the next one that is known, and it is said.
TEST(Plans, NameWhatCannotBeTold) {
    Synthetic source([](std::size_t cell, std::size_t) { return 150.0 - 10 * static_cast<double>(cell); }, 40, 3);
    const PlanFound found = find_plan(terms_over({axis("nodes", 0, 20)}, 40), source);
    ASSERT_NE(found.answer, PlanFound::kNoCell);
    EXPECT_GT(found.answer, 5U);
    const auto undecided = found.undecided();
    EXPECT_FALSE(undecided.empty());
    for (std::size_t cell : undecided) EXPECT_LT(cell, found.answer);
}

TEST(Plans, FollowAnAxisThatHelpsTheOtherWay) {
    Synthetic source([](std::size_t cell, std::size_t) { return 10.0 + 12 * static_cast<double>(cell); }, 5, 4);
    const PlanFound found = find_plan(terms_over({axis("rate", 0, 20)}), source);
    EXPECT_EQ(found.axes[0].helps, Helps::less);
    EXPECT_EQ(found.answer, 7U) << "the most that is kept: 94; 8 has 106";
}

// The middle is best: the axis has no order, and every cell is judged by itself.
TEST(Plans, SeeThatAMetricDoesNotGoOneWay) {
    Synthetic source(
        [](std::size_t cell, std::size_t) { return 60.0 + 4 * std::pow(static_cast<double>(cell) - 8, 2); }, 5, 5);
    const PlanFound found = find_plan(terms_over({axis("window", 0, 16)}), source);
    EXPECT_EQ(found.axes[0].helps, Helps::neither);
    EXPECT_NE(found.axes[0].why.find("does not go one way"), std::string::npos);
    EXPECT_EQ(found.answer, 5U) << "60 + 4 x 9 = 96";
}

// More nodes shorten the wait and waste more: the waste is judged where the wait is kept first.
TEST(Plans, JudgePromisesThatWantOppositeWays) {
    PlanTerms terms = terms_over({axis("nodes", 0, 20)});
    terms.promises.push_back({"waste_share <= 30%", kWaste, true, 0.3});
    const auto waste = [](double share) {
        return [share](std::size_t cell, std::size_t metric) {
            return metric == kWait ? 300.0 - 30 * static_cast<double>(cell) : share + 0.02 * static_cast<double>(cell);
        };
    };
    Synthetic source(waste(0.1), 0.004, 6);
    const PlanFound found = find_plan(terms, source);
    EXPECT_EQ(found.answer, 7U);
    EXPECT_TRUE(found.opposing[1]);
    Synthetic dear(waste(0.2), 0.004, 6);
    const PlanFound none = find_plan(terms, dear);
    EXPECT_EQ(none.answer, PlanFound::kNoCell) << "at 7 the waste is 34 %";
    EXPECT_EQ(none.cells[20].known, PlanStanding::fails);
}

TEST(Plans, TakeTwoAxes) {
    Synthetic source(
        [](std::size_t cell, std::size_t) {
            return 395.0 - 20 * static_cast<double>(cell / 5) - 35 * static_cast<double>(cell % 5);
        },
        5, 7);
    PlanTerms terms = terms_over({axis("nodes", 0, 19), axis("window", 0, 4)});
    for (std::size_t cell = 0; cell < terms.cells(); ++cell) terms.nodes[cell] = 10 + static_cast<double>(cell / 5);
    const PlanFound found = find_plan(terms, source);
    ASSERT_NE(found.answer, PlanFound::kNoCell);
    EXPECT_EQ(found.answer, 8U * 5 + 4) << "the fewest nodes: 395 - 160 - 140 = 95";
    EXPECT_LT(found.runs, 1500U);
}

TEST(Plans, NothingKeepsIt) {
    Synthetic source([](std::size_t cell, std::size_t) { return 300.0 - static_cast<double>(cell); }, 5, 8);
    const PlanFound found = find_plan(terms_over({axis("nodes", 0, 20)}), source);
    EXPECT_EQ(found.answer, PlanFound::kNoCell);
    EXPECT_EQ(found.excluded(), (std::vector<std::size_t>{20}));
    EXPECT_EQ(found.cells[0].known, PlanStanding::fails);
}

TEST(Plans, EndWhenTheyAreStopped) {
    Synthetic source([](std::size_t cell, std::size_t) { return 300.0 - 30 * static_cast<double>(cell); }, 200, 9);
    source.stop_after = 2;
    EXPECT_FALSE(find_plan(terms_over({axis("nodes", 0, 20)}), source).whole);
}

// What is promised of the whole answer: wrong in 5 of 100 at most. The steps are those of the scenario on which plans
// are shown (0.36 and 0.97 standard deviations of a replication away from the bound).
TEST(Plans, AreSeldomWrong) {
    int wrong = 0, excluded = 0;
    constexpr int kStudies = 120;
    for (std::uint64_t seed = 1; seed <= kStudies; ++seed) {
        Synthetic source(
            [](std::size_t cell, std::size_t) {
                return cell < 10 ? 100 + 0.36 * 40 + 50 * (9 - static_cast<double>(cell)) : 100 - 0.97 * 40;
            },
            40, seed);
        const PlanFound found = find_plan(terms_over({axis("nodes", 0, 20)}), source);
        wrong += found.answer != 10;
        const std::vector<std::size_t> out = found.excluded();
        excluded += std::find(out.begin(), out.end(), 9U) != out.end();
    }
    EXPECT_LE(wrong, 11) << "of 120; 6 are allowed, and two standard deviations are 4.8";
    EXPECT_GE(excluded, 100);
}

// A cell that breaks the promise by next to nothing is taken for one that keeps it in 2.5 of 100 at most, though it is
// looked at again and again.
TEST(Plans, SeldomTakeWhatHardlyBreaksAPromise) {
    int wrong = 0;
    constexpr int kStudies = 300;
    for (std::uint64_t seed = 1; seed <= kStudies; ++seed) {
        Synthetic source(
            [](std::size_t cell, std::size_t) { return cell < 10 ? 101 + 50 * (9 - static_cast<double>(cell)) : 50.0; },
            40, seed);
        wrong += find_plan(terms_over({axis("nodes", 0, 20)}, 80), source).answer == 9;
    }
    EXPECT_LE(wrong, 13) << "of 300; 7.5 are allowed, and two standard deviations are 5.4";
}

}  // namespace
}  // namespace gatesim
