#include "study/verify/theory.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <queue>
#include <vector>

namespace gatesim::theory {

namespace {

/// Windows above this are cut; at the failure rates used here they have no weight.
constexpr int kWidest = 1500;

/// The stationary law of a chain over windows 0 .. kWidest. `step` adds to `next` where the weight of one window goes.
using Law = std::vector<double>;
Law stationary(int start, const std::function<void(int window, double weight, Law& next)>& step) {
    Law law(kWidest + 1, 0.0);
    law[static_cast<std::size_t>(start)] = 1;
    // The halving forgets the past: a few hundred steps reach what doubles can hold.
    for (int round = 0; round < 20'000; ++round) {
        Law next(law.size(), 0.0);
        for (int w = 0; w <= kWidest; ++w) {
            const double weight = law[static_cast<std::size_t>(w)];
            if (weight > 1e-18) step(w, weight, next);
        }
        double moved = 0;
        for (std::size_t w = 0; w < law.size(); ++w) moved += std::abs(next[w] - law[w]);
        law = std::move(next);
        if (moved < 1e-12) break;
    }
    return law;
}

int halved(const WindowRule& rule, int window) {
    return std::max(rule.floor, window / 2);
}

double& weight_of(Law& law, int window) {
    return law[static_cast<std::size_t>(std::min(window, kWidest))];
}

}  // namespace

double erlang_c(int servers, double load) {
    double blocked = 1;
    for (int k = 1; k <= servers; ++k) blocked = load * blocked / (k + load * blocked);
    const double rho = load / servers;
    return blocked / (1 - rho * (1 - blocked));
}

double erlang_wait(int servers, double load) {
    return erlang_c(servers, load) / (servers - load);
}

double single_server_wait(double rho, double cv) {
    return rho * (1 + cv * cv) / (2 * (1 - rho));
}

double resolved_per_round(double fails, int window) {
    return (1 - std::pow(1 - fails, window)) / fails;
}

Unlimited unlimited_window(double rho) {
    const double work = rho / (2 * (1 - rho));  // M/D/1: what an arrival finds, in durations
    return {1 + work, 1 + rho + rho * work};    // Little: customers there = rho x (1 + work)
}

ReportChain window_at_reports(const WindowRule& rule, double fails) {
    const Law law = stationary(rule.floor, [&](int window, double weight, Law& next) {
        weight_of(next, window + rule.up) += weight * (1 - fails);
        weight_of(next, halved(rule, window)) += weight * fails;
    });
    ReportChain out{0, law[static_cast<std::size_t>(rule.floor)]};
    for (int w = 0; w <= kWidest; ++w) out.mean += w * law[static_cast<std::size_t>(w)];
    return out;
}

RoundChain window_in_rounds(const WindowRule& rule, double fails) {
    const Law law = stationary(rule.floor, [&](int window, double weight, Law& next) {
        double reached = weight;  // nothing has failed so far
        for (int landed = 0; landed < window; ++landed) {
            weight_of(next, halved(rule, window + rule.up * landed)) += reached * fails;
            reached *= 1 - fails;
        }
        weight_of(next, window + rule.up * window) += reached;
    });
    RoundChain out{0, 0, 0, 0};
    for (int w = rule.floor; w <= kWidest; ++w) {
        out.window += w * law[static_cast<std::size_t>(w)];
        out.resolved += resolved_per_round(fails, w) * law[static_cast<std::size_t>(w)];
    }
    out.landed = out.resolved * (1 - fails);
    out.builds_per_resolved = out.window / out.resolved;
    return out;
}

double resolved_by_best_paths(double fails, int builds) {
    struct Class {  // all paths of so many passes and failures
        double value;
        int passes, failures;
        double paths;
        bool operator<(const Class& other) const { return value < other.value; }
    };
    std::priority_queue<Class> open;
    open.push({1, 0, 0, 1});
    double sum = 0;
    for (double left = builds; left > 0;) {
        const Class best = open.top();
        open.pop();
        const double taken = std::min(left, best.paths);
        sum += taken * best.value;
        left -= taken;
        const int depth = best.passes + best.failures + 1;
        // One more pass; and from the edge, one more failure. So each class comes up once.
        open.push({best.value * (1 - fails), best.passes + 1, best.failures, best.paths * depth / (best.passes + 1)});
        if (best.passes == 0) open.push({best.value * fails, 0, best.failures + 1, 1});
    }
    return sum;
}

}  // namespace gatesim::theory
