#include "load/arrival_clock.hpp"

#include <algorithm>

namespace gatesim {

namespace {

using Span = WeeklyHours::Span;

constexpr int kKinds = 4;  // of RatePer

/// What the shifts of one day come to, overlaps counted once.
Time length_of_day(const std::vector<Span>& shifts, int day) {
    Time sum = 0, reached = 0;
    for (const Span& shift : shifts) {  // in order of their beginnings
        if (shift.from / kDay != day) continue;
        sum += std::max<Time>(0, shift.until - std::max(shift.from, reached));
        reached = std::max(reached, shift.until);
    }
    return sum;
}

/// A piece for each shift, overlaps of one day cut away; those beyond the week begin it.
void add_day(const std::vector<Span>& shifts, int day, double factor, std::vector<RatePiece>& out) {
    Time reached = 0;
    for (const Span& shift : shifts) {
        if (shift.from / kDay != day) continue;
        const Time from = std::max(shift.from, reached);
        if (shift.until <= from) continue;
        reached = shift.until;
        if (from < kWeek) out.push_back({from, std::min(shift.until, kWeek), factor});
        if (shift.until > kWeek) out.push_back({std::max<Time>(0, from - kWeek), shift.until - kWeek, factor});
    }
}

/// Where pieces overlap (a night shift, and the day after it), their factors add up.
std::vector<RatePiece> laid_flat(const std::vector<RatePiece>& pieces) {
    std::vector<Time> turns;
    for (const RatePiece& piece : pieces) turns.insert(turns.end(), {piece.from, piece.until});
    std::sort(turns.begin(), turns.end());
    turns.erase(std::unique(turns.begin(), turns.end()), turns.end());
    std::vector<RatePiece> out;
    for (std::size_t t = 0; t + 1 < turns.size(); ++t) {
        double factor = 0;
        for (const RatePiece& piece : pieces)
            if (piece.from <= turns[t] && turns[t] < piece.until) factor += piece.factor;
        if (factor > 0) out.push_back({turns[t], turns[t + 1], factor});
    }
    return out;
}

}  // namespace

std::vector<RatePiece> rate_by_hour(const WeeklyHours& hours, RatePer per) {
    if (hours.always()) return {{0, kWeek, 1}};
    std::vector<RatePiece> out;
    if (per == RatePer::hour || per == RatePer::week) {
        Time sum = 0;
        for (const Span& span : hours.spans) sum += span.until - span.from;
        const double factor = per == RatePer::hour ? 1 : static_cast<double>(kWeek) / static_cast<double>(sum);
        for (const Span& span : hours.spans) out.push_back({span.from, span.until, factor});
        return out;
    }
    const std::vector<Span>& shifts = hours.shifts.empty() ? hours.spans : hours.shifts;
    const int days = per == RatePer::weekday ? 5 : 7;
    for (int day = 0; day < days; ++day) {
        const Time length = length_of_day(shifts, day);
        if (length == 0) continue;
        const double factor = static_cast<double>(kDay) / static_cast<double>(length);
        add_day(shifts, day, per == RatePer::weekday ? factor * 7 / 5 : factor, out);
    }
    return laid_flat(out);
}

double mean_rate_factor(const WeeklyHours& hours, RatePer per) {
    double sum = 0;
    for (const RatePiece& piece : rate_by_hour(hours, per))
        sum += piece.factor * static_cast<double>(piece.until - piece.from);
    return sum / static_cast<double>(kWeek);
}

double expected_arrivals(const ArrivalLoad& load, double length) {
    const auto& steps = load.per_second.steps;
    double count = 0, from = 0;
    double rate = load.per_second.first * mean_rate_factor(load.hours, load.per.first);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const double until = std::min(length, seconds(steps[i].from));
        count += rate * std::max(0.0, until - from);
        from = std::max(from, until);
        const RatePer per = i < load.per.steps.size() ? load.per.steps[i].value : load.per.first;
        rate = steps[i].value * mean_rate_factor(load.hours, per);
    }
    return rate > 0 ? count + rate * (length - from) : count;
}

ArrivalClock::ArrivalClock(const ArrivalLoad& load, const Period& period)
    : load_(load), end_(std::min(period.length, kLongest)), rate_(load.per_second.first), per_(load.per.first) {
    if (load.hours.always()) return;
    clock_ = period.has_start ? LocalClock(period, load.hours.zone) : LocalClock::from_monday();
    for (int kind = 0; kind < kKinds; ++kind) week_.push_back(rate_by_hour(load.hours, static_cast<RatePer>(kind)));
}

/// Steps of the rate up to here.
void ArrivalClock::take_steps() {
    const auto& steps = load_.per_second.steps;
    for (; step_ < steps.size() && steps[step_].from <= here_; ++step_) {
        rate_ = steps[step_].value;
        if (step_ < load_.per.steps.size()) per_ = load_.per.steps[step_].value;
    }
}

/// From `here_` on.
ArrivalClock::Piece ArrivalClock::piece() const {
    const auto& steps = load_.per_second.steps;
    Piece found{rate_, step_ < steps.size() ? steps[step_].from : kNever};
    if (!clock_) return found;
    const Time local = clock_->of_week(here_);
    const auto& pieces = week_[static_cast<std::size_t>(per_)];
    const auto next = std::find_if(pieces.begin(), pieces.end(), [&](const RatePiece& p) { return p.until > local; });
    found.rate = 0;
    Time turn = kWeek;
    if (next != pieces.end()) {
        const bool inside = next->from <= local;
        if (inside) found.rate = rate_ * next->factor;
        turn = inside ? next->until : next->from;
    }
    found.until = std::min({found.until, here_ + turn - local, clock_->next_shift(here_)});
    return found;
}

bool ArrivalClock::go_on(double changes) {
    for (;;) {
        take_steps();
        const Piece now = piece();
        if (now.until == kNever) {
            if (now.rate <= 0) return false;
            now_ += changes / now.rate;
            return true;
        }
        const double until = seconds(now.until);
        const double here = now.rate * (until - now_);
        if (now.rate > 0 && changes < here) {
            now_ += changes / now.rate;
            return true;
        }
        changes -= here;
        now_ = until;
        here_ = now.until;
        if (here_ > end_) return false;
    }
}

}  // namespace gatesim
