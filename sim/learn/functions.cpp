#include "learn/functions.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "learn/slowest.hpp"
#include "study/verify/theory.hpp"

namespace gatesim::learn {

namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

int whole(double value) {
    return static_cast<int>(std::clamp(std::round(value), 0.0, 1e6));
}

}  // namespace

const std::vector<Function>& functions() {
    static const std::vector<Function> table = {
        {"min", 2, [](const double* a) { return std::min(a[0], a[1]); }},
        {"max", 2, [](const double* a) { return std::max(a[0], a[1]); }},
        {"abs", 1, [](const double* a) { return std::abs(a[0]); }},
        {"sqrt", 1, [](const double* a) { return std::sqrt(a[0]); }},
        {"exp", 1, [](const double* a) { return std::exp(a[0]); }},
        {"log", 1, [](const double* a) { return std::log(a[0]); }},
        {"log2", 1, [](const double* a) { return std::log2(a[0]); }},
        {"round", 1, [](const double* a) { return std::round(a[0]); }},
        {"floor", 1, [](const double* a) { return std::floor(a[0]); }},
        {"ceil", 1, [](const double* a) { return std::ceil(a[0]); }},
        {"erlang_c", 2,
         [](const double* a) {
             return a[0] >= 1 && a[1] > 0 && a[1] < a[0] ? theory::erlang_c(whole(a[0]), a[1]) : kUndefined;
         }},
        {"erlang_wait", 2,
         [](const double* a) {
             return a[0] >= 1 && a[1] > 0 && a[1] < a[0] ? theory::erlang_wait(whole(a[0]), a[1]) : kUndefined;
         }},
        {"single_server_wait", 2,
         [](const double* a) { return a[0] >= 0 && a[0] < 1 ? theory::single_server_wait(a[0], a[1]) : kUndefined; }},
        {"resolved_per_round", 2,
         [](const double* a) {
             if (a[0] <= 0) return a[1];
             return a[0] <= 1 && a[1] >= 1 ? theory::resolved_per_round(a[0], whole(a[1])) : kUndefined;
         }},
        {"slowest_of", 2,
         [](const double* a) { return a[0] >= 1 && a[1] >= 0 ? slowest_of(whole(a[0]), a[1]) : kUndefined; }},
        {"slowest_spread", 2,
         [](const double* a) { return a[0] >= 1 && a[1] >= 0 ? slowest_spread(whole(a[0]), a[1]) : kUndefined; }},
        {"in_order_mean", 3,
         [](const double* a) {
             return a[0] >= 0 && a[1] >= 1 && a[2] >= 0 ? in_order_mean(a[0], whole(a[1]), a[2]) : kUndefined;
         }},
        {"in_order_quantile", 4,
         [](const double* a) {
             const bool fine = a[0] >= 0 && a[1] >= 1 && a[2] >= 0 && a[3] > 0 && a[3] < 1;
             return fine ? in_order_quantile(a[0], whole(a[1]), a[2], a[3]) : kUndefined;
         }},
        {"unlimited_time", 1,
         [](const double* a) { return a[0] >= 0 && a[0] < 1 ? theory::unlimited_window(a[0]).time : kUndefined; }},
        {"unlimited_builds", 1,
         [](const double* a) { return a[0] >= 0 && a[0] < 1 ? theory::unlimited_window(a[0]).builds : kUndefined; }},
    };
    return table;
}

}  // namespace gatesim::learn
