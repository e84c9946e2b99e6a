#include "load/people/activity.hpp"

#include <algorithm>
#include <cmath>

namespace gatesim {
namespace {

constexpr std::size_t kBlock = 24 * 7;                 // cells made at once
constexpr std::size_t kMostCells = 100ULL * 366 * 24;  // a hundred years

/// The mean intensity, each moment weighted by its intensity: what a moment of work is like on average.
double mean_intensity(const Rhythm& rhythm) {
    double sum = 0, squares = 0;
    for (const double day : rhythm.weekdays)
        for (const double hour : rhythm.hours) {
            sum += day * hour;
            squares += day * hour * day * hour;
        }
    return squares / sum;
}

}  // namespace

ActivityClock::ActivityClock(const Rhythm& rhythm, const Period& period, LocalClock clock, Luck luck, Time from,
                             Doing doing)
    : rhythm_(rhythm),
      clock_(std::move(clock)),
      luck_(luck),
      doing_(doing),
      origin_(from - clock_.of_week(from) % kHour),
      start_unix_(period.start_unix * kSecond),
      unit_(mean_intensity(rhythm)) {}

double ActivityClock::intensity_at(Time begin) const {
    const Time of_week = clock_.of_week(begin);
    double result = rhythm_.hours[static_cast<std::size_t>(of_week % kDay / kHour)] *
                    rhythm_.weekdays[static_cast<std::size_t>(of_week / kDay)] / unit_;
    for (const Rhythm::Season& season : rhythm_.seasons)
        if (season.from <= begin && begin < season.until)
            result *= doing_ == Doing::writing ? season.factor : season.readers;
    if (rhythm_.day_to_day > 0) {  // a log-normal factor with mean 1, the same for everybody on one day (UTC)
        const auto day = static_cast<std::uint64_t>((begin + start_unix_) / kDay);
        const double variance = std::log1p(rhythm_.day_to_day * rhythm_.day_to_day);
        const double z = standard_normal_quantile(luck_.uniform(Purpose::burst, day));
        result *= std::exp(std::sqrt(variance) * z - variance / 2);
    }
    return result;
}

void ActivityClock::reach(std::size_t cell) {
    while (cells_.size() <= cell)
        for (std::size_t i = 0; i < kBlock; ++i) {
            const double intensity = intensity_at(origin_ + static_cast<Time>(cells_.size()) * kHour);
            cells_.push_back({intensity, total_});
            total_ += intensity;
        }
}

bool ActivityClock::awake(Time time) {
    reach(cell_of(time));
    return cells_[cell_of(time)].intensity > 0;
}

double ActivityClock::until(Time time) {
    const std::size_t cell = cell_of(time);
    reach(cell);
    const Time into = time - origin_ - static_cast<Time>(cell) * kHour;
    return cells_[cell].sum + cells_[cell].intensity * (static_cast<double>(into) / static_cast<double>(kHour));
}

Time ActivityClock::when(double work) {
    while (total_ <= work) {
        if (cells_.size() > kMostCells) return kNever;
        reach(cells_.size());
    }
    const auto behind =
        std::upper_bound(cells_.begin(), cells_.end(), work, [](double w, const Cell& c) { return w < c.sum; });
    auto cell = behind - 1;  // the last one that begins with no more than that
    while (cell->intensity <= 0) ++cell;
    const double share = std::clamp((work - cell->sum) / cell->intensity, 0.0, 1.0);
    const auto into = static_cast<Time>(share * static_cast<double>(kHour - 1));
    return origin_ + (cell - cells_.begin()) * kHour + into;
}

Time ActivityClock::after(Time start, Time work) {
    const double due = until(start) + static_cast<double>(work) / static_cast<double>(kHour);
    if (work == 0 && awake(start)) return start;
    const Time then = when(due);
    return std::max(then, start);  // rounding
}

}  // namespace gatesim
