#include "learn/judge.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gatesim::learn {

namespace {

/// What two sides of a goal differ by through rounding alone.
constexpr double kRounding = 1e-9;

double slack(double goal) {
    return kRounding * std::max(1.0, std::abs(goal));
}

/// Room on the right side of one line.
Series room_of(const Series& measure, const Series& goal, bool above, double share, double width) {
    Series out;
    for (std::size_t i = 0; i < measure.size(); ++i) {
        if (!measure[i] || !goal[i]) {
            out.push_back(std::nullopt);
            continue;
        }
        const double line = *goal[i] + std::abs(*goal[i]) * share + width;
        out.push_back((above ? *measure[i] - line : line - *measure[i]) + slack(line));
    }
    return out;
}

Judgement judge_line(const Check& check, Series room) {
    Judgement out;
    out.room = std::move(room);
    out.undefined = static_cast<std::size_t>(std::count(out.room.begin(), out.room.end(), std::nullopt));
    if (out.undefined > 0 || out.room.empty()) {
        out.status = Status::fail;
        return out;
    }
    if (check.each) {
        const bool all = std::all_of(out.room.begin(), out.room.end(), [](const auto& r) { return *r >= 0; });
        out.status = all ? Status::pass : Status::fail;
        return out;
    }
    const Estimate e = mean_interval(out.room, kCheckLevel);
    const double low = e.low.value_or(*e.mean), high = e.high.value_or(*e.mean);
    if (low >= 0) out.status = Status::pass;
    if (high < 0) out.status = Status::fail;
    return out;
}

}  // namespace

const char* status_name(Status status) {
    switch (status) {
        case Status::pass:
            return "pass";
        case Status::fail:
            return "fail";
        case Status::too_close:
            return "too-close";
        case Status::open:
            return "open";
        case Status::error:
            return "error";
    }
    return "";
}

Judgement judge(const Check& check, const Series& measure, const Series& goal) {
    if (check.relation != Relation::within)
        return judge_line(check, room_of(measure, goal, check.relation == Relation::at_least, 0, 0));
    const double share = check.within.relative ? check.within.value : 0;
    const double width = check.within.relative ? 0 : check.within.value;
    Judgement low = judge_line(check, room_of(measure, goal, true, -share, -width));
    Judgement high = judge_line(check, room_of(measure, goal, false, share, width));
    Judgement& tighter = margin(low.room) < margin(high.room) ? low : high;
    Judgement out = tighter;
    const bool failed = low.status == Status::fail || high.status == Status::fail;
    const bool passed = low.status == Status::pass && high.status == Status::pass;
    out.status = failed ? std::optional(Status::fail) : passed ? std::optional(Status::pass) : std::nullopt;
    return out;
}

double margin(const Series& room) {
    double sum = 0, squares = 0;
    std::size_t n = 0;
    for (const auto& r : room) {
        if (!r) return -std::numeric_limits<double>::infinity();
        sum += *r;
        ++n;
    }
    if (n == 0) return -std::numeric_limits<double>::infinity();
    const double mean = sum / static_cast<double>(n);
    for (const auto& r : room) squares += (*r - mean) * (*r - mean);
    const double error = n < 2 ? 0 : std::sqrt(squares / static_cast<double>(n - 1) / static_cast<double>(n));
    if (error <= slack(mean))
        return mean >= 0 ? std::numeric_limits<double>::infinity() : -std::numeric_limits<double>::infinity();
    return mean / error;
}

}  // namespace gatesim::learn
