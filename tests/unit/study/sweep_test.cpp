#include "study/sweep.hpp"

#include <gtest/gtest.h>

namespace gatesim {
namespace {

constexpr std::size_t kLooks = 5;  // 10, 20, 40, 80, 160

/// So many cells that are never told apart in n replications, but one further that is worse in all of them.
GridResult never_differs(std::size_t cells, std::size_t n, std::size_t metric) {
    GridResult out;
    for (std::size_t cell = 0; cell <= cells; ++cell) {
        out.what_runs.push_back(std::to_string(cell));
        out.records.emplace_back();
        for (std::size_t r = 0; r < n; ++r) {
            ReplicationRecord record;
            record.number = static_cast<std::uint32_t>(r + 1);
            record.values.resize(metrics().size());
            const double luck = 3600 + 100 * static_cast<double>(r % 7);
            record.values[metric] = cell < cells ? luck : 2 * luck;
            out.records.back().push_back(std::move(record));
        }
    }
    return out;
}

bool decided(std::size_t cells, std::size_t n, double matters = 0.05) {
    SweepTerms terms;
    terms.metrics = {*find_metric("landing_time_s.mean")};
    terms.matters = matters;
    terms.looks = kLooks;
    // The cell that is worse is one of those that are counted.
    return is_decided(never_differs(cells - 1, n, terms.metrics.front()), terms);
}

TEST(Sweeps, EndWhenWhatWasNeverSeenIsTooRareToMatter) {
    // With p = 5 % of replications differing, 45 pairs all agree in n of them by luck in 45 x 0.95^n < 5 %: n = 133.
    EXPECT_FALSE(decided(10, 132));
    EXPECT_TRUE(decided(10, 133));
    EXPECT_TRUE(decided(10, 160)) << "the last look that is planned by default";
    EXPECT_TRUE(decided(19, 160));
    EXPECT_FALSE(decided(20, 160)) << "190 pairs need 161";
    EXPECT_FALSE(decided(10, 40));
    EXPECT_FALSE(decided(10, 64, 0.1));
    EXPECT_TRUE(decided(10, 65, 0.1)) << "45 x 0.9^n";
}

}  // namespace
}  // namespace gatesim
