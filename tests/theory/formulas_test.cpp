// The formulas give what is published or was computed elsewhere.
#include <gtest/gtest.h>

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
    // A window that can not move is a fixed one.
    EXPECT_NEAR(window_in_rounds({0, 20}, 0.05).resolved, resolved_per_round(0.05, 20), 1e-9);
}

}  // namespace
}  // namespace gatesim::theory
