// How often mean_interval and Student's interval hold the mean of values whose law is known, and of waits in queues
// simulated without gatesim (Lindley's recursion). Prints the table of laws in sim/TRUST.md.
//
//     bench_intervals [STUDIES]     (20000)
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "measure/interval.hpp"

using namespace gatesim;

namespace {

using Bits = std::mt19937_64;
using Draw = std::function<double(Bits&)>;

struct Law {
    std::string name;
    double mean;
    Draw draw;
};

template <class Distribution>
Draw of(Distribution distribution) {
    return [distribution](Bits& bits) mutable { return distribution(bits); };
}

Draw power(double exponent) {
    return [exponent](Bits& bits) { return std::pow(std::uniform_real_distribution<>()(bits), exponent); };
}

/// Standard normal, and so much more in that share.
Draw mixture(double share, double more) {
    return [=](Bits& bits) {
        const bool other = std::uniform_real_distribution<>()(bits) < share;
        return std::normal_distribution<>()(bits) + (other ? more : 0);
    };
}

struct Queue {
    double load, hours;  ///< measured for so long, after `warmup`
    double warmup;
    bool constant;  ///< M/D/1; else M/M/1. A service takes half an hour on average
    int percent;    ///< of the times in the queue and in service; 0: their mean
};

double replication(const Queue& queue, Bits& bits) {
    constexpr double kService = 0.5;
    std::exponential_distribution<> gap(queue.load / kService), service(1 / kService);
    std::vector<double> times;
    double wait = 0, last = 0;
    for (double at = gap(bits); at < queue.warmup + queue.hours;) {
        last = queue.constant ? kService : service(bits);
        if (at >= queue.warmup) times.push_back(wait + last);
        const double next = gap(bits);
        wait = std::max(0.0, wait + last - next);
        at += next;
    }
    if (times.empty()) return kService;
    if (queue.percent > 0) {
        const auto nth = times.begin() + static_cast<long>((times.size() - 1) * queue.percent / 100);
        std::nth_element(times.begin(), nth, times.end());
        return *nth;
    }
    double sum = 0;
    for (double t : times) sum += t;
    return sum / static_cast<double>(times.size());
}

/// The truth is the mean of the pool from which the studies draw.
Law of_queue(const std::string& name, const Queue& queue) {
    Bits bits(20261129);
    std::vector<double> pool(40000);
    double sum = 0;
    for (double& v : pool) sum += v = replication(queue, bits);
    const double mean = sum / static_cast<double>(pool.size());
    return {name, mean, [pool](Bits& b) { return pool[b() % pool.size()]; }};
}

std::vector<Law> laws() {
    const double weibull = std::tgamma(1 + 1 / 0.7);
    std::vector<Law> out = {
        {"normal", 0, of(std::normal_distribution<>())},
        {"uniform", 0.5, power(1)},
        {"Student's t, 3 degrees", 0, of(std::student_t_distribution<>(3))},
        {"Poisson, mean 50", 50, of(std::poisson_distribution<>(50))},
        {"Poisson, mean 4", 4, of(std::poisson_distribution<>(4))},
        {"Poisson, mean 1", 1, of(std::poisson_distribution<>(1))},
        {"gamma, shape 4", 4, of(std::gamma_distribution<>(4))},
        {"exponential", 1, of(std::exponential_distribution<>(1))},
        {"gamma, shape 0.5", 0.5, of(std::gamma_distribution<>(0.5))},
        {"Weibull, shape 0.7", weibull, of(std::weibull_distribution<>(0.7, 1))},
        {"Pareto, exponent 4", 4.0 / 3, power(-1.0 / 4)},
        {"Pareto, exponent 2.5", 2.5 / 1.5, power(-1 / 2.5)},
        {"beta (5, 1), tail below", 5.0 / 6, power(1.0 / 5)},
        {"normal, 25 % of them 4 higher", 1, mixture(0.25, 4)},
        {"normal, 10 % of them 5 higher", 0.5, mixture(0.1, 5)},
    };
    for (double sigma : {0.3, 0.6, 0.8, 1.0, 1.5})
        out.push_back({fmt::format("log-normal, sigma {}", sigma), std::exp(sigma * sigma / 2),
                       of(std::lognormal_distribution<>(0, sigma))});
    out.push_back(of_queue("M/D/1, load 0.8, 12 days, mean", {0.8, 296, 40, true, 0}));
    out.push_back(of_queue("M/D/1, load 0.8, 12 days, p95", {0.8, 296, 40, true, 95}));
    out.push_back(of_queue("M/M/1, load 0.8, 12 days, mean", {0.8, 296, 40, false, 0}));
    out.push_back(of_queue("M/M/1, load 0.9, 5 days, p95", {0.9, 128, 40, false, 95}));
    out.push_back(of_queue("M/M/1, load 0.6, 2 days, mean", {0.6, 40, 8, false, 0}));
    return out;
}

struct Misses {
    double low = 0, high = 0, student = 0;
};

Misses misses(const Law& law, std::size_t n, int studies) {
    Bits bits(7);
    Misses out;
    const double share = 100.0 / studies;
    for (int study = 0; study < studies; ++study) {
        std::vector<std::optional<double>> x;
        for (std::size_t i = 0; i < n; ++i) x.emplace_back(law.draw(bits));
        const Estimate ours = mean_interval(x), student = student_interval(x);
        const bool wide = ours.low.has_value();
        const double low = wide ? *ours.low : *ours.mean, high = wide ? *ours.high : *ours.mean;
        out.low += high < law.mean ? share : 0;
        out.high += low > law.mean ? share : 0;
        out.student += *student.low > law.mean || *student.high < law.mean ? share : 0;
    }
    return out;
}

}  // namespace

int main(int argc, char** argv) {
    const int studies = argc > 1 ? std::atoi(argv[1]) : 20000;
    const std::size_t sizes[] = {5, 10, 20, 40, 160};
    fmt::print("| law |");
    for (std::size_t n : sizes) fmt::print(" n = {} |", n);
    fmt::print("\n| --- | --- | --- | --- | --- | --- |\n");
    for (const Law& law : laws()) {
        fmt::print("| {} |", law.name);
        for (std::size_t n : sizes) {
            const Misses m = misses(law, n, n > 100 ? studies / 4 : studies);
            const double covered = 100 - m.low - m.high;
            const bool out = m.low > 4 || m.high > 4 || covered < 93 || covered > 97.5;
            fmt::print(" {}{:.1f} ({:.1f}, {:.1f}){}, {:.1f} |", out ? "*" : "", covered, m.low, m.high, out ? "*" : "",
                       100 - m.student);
        }
        fmt::print("\n");
    }
    return 0;
}
