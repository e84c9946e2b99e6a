// The formulas give what is published or was computed elsewhere.
#include <gtest/gtest.h>

#include <cmath>

#include "strategy/batch_cost.hpp"
#include "study/verify/theory.hpp"

namespace gatesim::theory {
namespace {

TEST(Formulas, erlang_c) {
    EXPECT_NEAR(erlang_c(1, 0.8), 0.8, 1e-12);
    EXPECT_NEAR(erlang_c(2, 1.6), 0.71111, 5e-6);
    EXPECT_NEAR(erlang_c(10, 9), 0.66873, 5e-6);
    EXPECT_NEAR(erlang_c(500, 475), 0.17696, 5e-6);
    EXPECT_NEAR(erlang_wait(1, 0.8), 4, 1e-12);
    EXPECT_NEAR(erlang_wait(4, 3.2), 0.74554, 5e-6);
    EXPECT_NEAR(erlang_wait(10, 9), 0.66873, 5e-6);
    EXPECT_NEAR(erlang_wait(100, 95), 0.10129, 5e-6);
}

TEST(Formulas, pollaczek_khinchine) {
    EXPECT_NEAR(single_server_wait(0.8, 0), 2, 1e-12);
    EXPECT_NEAR(single_server_wait(0.8, 1), 4, 1e-12);
    EXPECT_NEAR(single_server_wait(0.9, 2), 22.5, 1e-12);
    EXPECT_NEAR(single_server_wait(0.5, 0.5), 0.625, 1e-12);
}

TEST(Formulas, fixed_window) {
    EXPECT_NEAR(resolved_per_round(0.05, 20), 12.83, 0.005);
    EXPECT_NEAR(20 / resolved_per_round(0.05, 20), 1.56, 0.005);
    EXPECT_NEAR(resolved_per_round(0.2, 4), 2.952, 1e-9);
    EXPECT_NEAR(resolved_per_round(0.01, 20), 18.21, 0.005);
}

TEST(Formulas, tree_of_guesses) {
    // Worked out apart from this code, to two decimals.
    EXPECT_NEAR(resolved_by_best_paths(0.1, 511), 18.33, 0.005);
    EXPECT_NEAR(resolved_by_best_paths(0.1, 63), 11.68, 0.005);
    EXPECT_NEAR(resolved_by_best_paths(0.03, 255), 35.52, 0.005);
    EXPECT_NEAR(resolved_by_best_paths(0.02, 511), 53.73, 0.005);
    EXPECT_NEAR(resolved_by_best_paths(0.2, 15), 5.24, 0.005);
    EXPECT_NEAR(resolved_by_best_paths(0.5, 511), 9, 1e-9);
    // Few builds and rare failures: nothing but the likeliest path, as with a window.
    EXPECT_NEAR(resolved_by_best_paths(0.02, 15), resolved_per_round(0.02, 15), 1e-9);
}

TEST(Formulas, unlimited_window) {
    EXPECT_NEAR(unlimited_window(0.5).time * 0.5, 0.750, 1e-12);
    EXPECT_NEAR(unlimited_window(0.5).builds, 1.750, 1e-12);
    EXPECT_NEAR(unlimited_window(0.25).time * 0.5, 0.5833, 5e-5);
    EXPECT_NEAR(unlimited_window(0.8).time, 3.0, 1e-12);
    EXPECT_NEAR(unlimited_window(0.8).builds, 3.4, 1e-12);
}

TEST(Formulas, window_as_changes_see_it) {
    EXPECT_NEAR(window_at_reports({1, 3}, 0.02).mean, 97.5, 0.05);
    EXPECT_NEAR(window_at_reports({1, 3}, 0.05).mean, 37.5, 0.05);
    EXPECT_NEAR(window_at_reports({1, 3}, 0.20).mean, 8.4, 0.05);
    EXPECT_NEAR(window_at_reports({1, 3}, 0.20).at_floor, 0.11, 0.005);
    EXPECT_NEAR(window_at_reports({1, 3}, 0.30).at_floor, 0.24, 0.005);
}

TEST(Formulas, window_in_rounds) {
    const RoundChain usual = window_in_rounds({1, 3}, 0.05);  // published from simulation, so not to the last digit
    EXPECT_NEAR(usual.window, 23.5, 0.1);
    EXPECT_NEAR(usual.resolved, 12.4, 0.1);
    EXPECT_NEAR(usual.landed, 11.8, 0.1);
    EXPECT_NEAR(usual.builds_per_resolved, 1.88, 0.01);
    EXPECT_NEAR(window_in_rounds({2, 20}, 0.05).window, 47, 0.1);
    // A window that cannot move is a fixed one.
    EXPECT_NEAR(window_in_rounds({0, 20}, 0.05).resolved, resolved_per_round(0.05, 20), 1e-9);
}

TEST(Formulas, batches) {
    // Worked out apart from this code: Dorfman, halves, with inference, stop-at-4.
    struct Row {
        double fails;
        std::size_t size;
        double dorfman, bisect, infer, stop;
    };
    constexpr Row kPublished[] = {{0.01, 4, .289, .290, .280, .289},    {0.01, 8, .202, .184, .169, .184},
                                  {0.01, 16, .211, .140, .121, .140},   {0.02, 4, .328, .328, .309, .328},
                                  {0.02, 8, .274, .241, .212, .240},    {0.02, 16, .339, .213, .177, .212},
                                  {0.05, 4, .435, .440, .394, .435},    {0.05, 8, .462, .399, .335, .395},
                                  {0.05, 16, .622, .407, .328, .402},   {0.10, 4, .594, .612, .528, .594},
                                  {0.10, 8, .695, .629, .518, .611},    {0.10, 16, .877, .669, .542, .651},
                                  {0.20, 4, .840, .905, .768, .840},    {0.20, 8, .957, .988, .820, .923},
                                  {0.20, 16, 1.034, 1.047, .871, .982}, {0.30, 4, 1.010, 1.140, .972, 1.010},
                                  {0.30, 8, 1.067, 1.251, 1.060, 1.120}};
    for (const Row& row : kPublished) {
        const AllPass all_pass = independent_failures(row.fails);
        EXPECT_NEAR(batch_cost(OnRed::singles, row.size, all_pass), row.dorfman, 6e-4) << row.fails << " " << row.size;
        EXPECT_NEAR(batch_cost(OnRed::bisect, row.size, all_pass), row.bisect, 6e-4) << row.fails << " " << row.size;
        EXPECT_NEAR(batch_cost(OnRed::prefix, row.size, all_pass), row.infer, 6e-4) << row.fails << " " << row.size;
        EXPECT_NEAR(batch_cost(OnRed::stop_at_4, row.size, all_pass), row.stop, 6e-4) << row.fails << " " << row.size;
    }
    EXPECT_EQ(best_batch_size(OnRed::singles, 20, independent_failures(0.01)), 11u);
    EXPECT_EQ(best_batch_size(OnRed::singles, 20, independent_failures(0.10)), 4u);
    EXPECT_EQ(best_batch_size(OnRed::singles, 20, independent_failures(0.50)), 1u);
    // Failures in runs: from what rate on batches of four cost more than they save.
    EXPECT_NEAR(batch_cost(OnRed::singles, 4, clustered_failures(0.380, 2.34)), 1, 5e-3);
    EXPECT_NEAR(batch_cost(OnRed::singles, 4, clustered_failures(0.470, 4)), 1, 5e-3);
    EXPECT_NEAR(batch_cost(OnRed::singles, 4, independent_failures(0.2929)), 1, 5e-4);
}

TEST(Formulas, builds_of_recorded_changes) {
    // Two batches of four, the second one red in its third, and one that is left over.
    const std::vector<char> passes = {1, 1, 1, 1, 1, 1, 0, 1, 0};
    EXPECT_EQ(batch_builds(OnRed::singles, 4, passes), 1u + 5 + 1);
    EXPECT_EQ(batch_builds(OnRed::stop_at_4, 4, passes), 1u + 5 + 1);
    EXPECT_EQ(batch_builds(OnRed::bisect, 4, passes), 1u + (1 + 2 + 2) + 1);
    EXPECT_EQ(batch_builds(OnRed::prefix, 4, passes),
              1u + (1 + 1 + 1 + 1) + 1);                              // the last: its neighbour is not known
    EXPECT_EQ(batch_builds(OnRed::quarters, 9, passes), 1u + 4 + 3);  // parts of 2, 2, 2 and 3, the last red
    EXPECT_EQ(batch_builds(OnRed::bisect, 1, passes), passes.size());
    EXPECT_EQ(batch_builds(OnRed::bisect, 4, {}), 0u);
}

TEST(Formulas, builds_of_all_patterns_average_to_the_cost) {
    constexpr double kFails = 0.2;
    for (const OnRed on_red : {OnRed::bisect, OnRed::prefix, OnRed::stop_at_4, OnRed::singles, OnRed::quarters})
        for (const std::size_t size : {1, 2, 3, 5, 8, 11}) {
            double mean = 0;
            for (std::uint32_t pattern = 0; pattern < 1u << size; ++pattern) {
                std::vector<char> passes(size);
                for (std::size_t i = 0; i < size; ++i) passes[i] = pattern >> i & 1 ? 0 : 1;
                const int bad = __builtin_popcount(pattern);
                mean += std::pow(kFails, bad) * std::pow(1 - kFails, static_cast<double>(size) - bad) *
                        static_cast<double>(batch_builds(on_red, size, passes));
            }
            const double cost = batch_cost(on_red, size, independent_failures(kFails));
            EXPECT_NEAR(mean / static_cast<double>(size), cost, 1e-9) << size;
        }
}

}  // namespace
}  // namespace gatesim::theory
