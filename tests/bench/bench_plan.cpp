// bench_plan [STUDIES]: how often a plan is wrong. Whole searches over the nodes of one pool, 40 to 60, for the
// scenario that the planner's question is shown on: 40 changes an hour, one job of an hour (exponential), 20 days, p95
// of the wait for a node at most 5 minutes. Erlang's formula and 4,000 replications say 50 (49: 5.7 min, 50: 3.4 min).
// The pool is simulated by a loop of its own, a hundred times as fast as gatesim, so that a thousand plans take
// minutes.
//
// Prints of how many studies the answer is another one, in how many 49 is excluded, and what they cost. A plan has to
// be wrong at most 5 times in 100 (confidence 95 %).
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <map>
#include <queue>
#include <random>

#include "measure/spending.hpp"
#include "study/plan.hpp"

namespace {

using namespace gatesim;

constexpr double kRate = 40, kHours = 480, kWarmup = 24;
constexpr std::size_t kFirst = 40, kLast = 60, kTruth = 50;

/// 95 % of the waits of one replication are not longer than that, in seconds. The luck is the same for any `nodes`.
double wait_p95(std::size_t nodes, std::uint64_t luck) {
    std::mt19937_64 random(luck);
    std::exponential_distribution<double> gap(kRate), length(1);
    std::priority_queue<double, std::vector<double>, std::greater<>> free;
    for (std::size_t i = 0; i < nodes; ++i) free.push(0);
    std::vector<double> waits;
    for (double at = gap(random); at < kHours; at += gap(random)) {
        const double start = std::max(at, free.top());
        free.pop();
        free.push(start + length(random));
        if (at > kWarmup) waits.push_back((start - at) * 3600);
    }
    const auto k = static_cast<std::ptrdiff_t>(std::ceil(0.95 * static_cast<double>(waits.size()))) - 1;
    std::nth_element(waits.begin(), waits.begin() + k, waits.end());
    return waits[static_cast<std::size_t>(k)];
}

class OnePool : public PlanSource {
public:
    explicit OnePool(std::uint64_t seed) : seed_(seed) {}
    bool scout(const std::vector<std::size_t>&, std::uint32_t, const std::string&) override { return true; }
    bool settle(const std::vector<std::size_t>&) override { return true; }
    bool measure(const std::vector<std::pair<std::size_t, std::uint32_t>>&, const std::string&) override {
        return true;
    }
    Series scouted(std::size_t cell, std::size_t, std::uint32_t count) const override { return series(cell, count, 0); }
    Series measured(std::size_t cell, std::size_t, std::uint32_t count) const override {
        return series(cell, count, 1000);
    }
    Chance chance(std::size_t) const override { return Chance::some; }

private:
    Series series(std::size_t cell, std::uint32_t count, std::uint64_t from) const {
        Series out;
        for (std::uint64_t number = from; number < from + count; ++number) {
            auto& known = known_[{cell, number}];
            if (!known) known = wait_p95(kFirst + cell, seed_ * 1000003 + number);
            out.push_back(known);
        }
        return out;
    }

    std::uint64_t seed_;
    mutable std::map<std::pair<std::size_t, std::uint64_t>, std::optional<double>> known_;
};

PlanTerms terms() {
    PlanTerms out;
    SweepAxis axis{"/pools/default/nodes", "nodes", {}};
    for (std::size_t n = kFirst; n <= kLast; ++n) {
        axis.values.push_back(std::to_string(n));
        out.nodes.push_back(static_cast<double>(n));
    }
    out.axes.push_back(axis);
    out.price.assign(out.nodes.size(), 0);
    out.promises.push_back({"node_wait_s.p95 <= 5m", *find_metric("node_wait_s.p95"), true, 300});
    out.looks = dense_looks(10, 120);
    return out;
}

}  // namespace

int main(int argc, char** argv) {
    const int studies = argc > 1 ? std::atoi(argv[1]) : 200;
    int wrong = 0, too_few = 0, excluded = 0, over = 0;
    std::uint64_t runs = 0, most = 0;
    for (int seed = 1; seed <= studies; ++seed) {
        OnePool pool(static_cast<std::uint64_t>(seed));
        const PlanFound found = find_plan(terms(), pool);
        const std::size_t answer = found.answer == PlanFound::kNoCell ? 0 : kFirst + found.answer;
        wrong += answer != kTruth;
        too_few += answer > 0 && answer < kTruth;
        const std::vector<std::size_t> out = found.excluded();
        excluded += std::find(out.begin(), out.end(), kTruth - 1 - kFirst) != out.end();
        over += found.axes.front().helps != Helps::more;
        runs += found.runs;
        most = std::max(most, found.runs);
    }
    fmt::print("{} plans: {} wrong ({} of them with too few nodes), 49 excluded in {}, the order not seen in {}\n",
               studies, wrong, too_few, excluded, over);
    fmt::print("replications of a plan: {:.0f} on average, {} at most\n",
               static_cast<double>(runs) / std::max(1, studies), most);
    return 20 * wrong <= studies ? 0 : 1;
}
