#include "validate/approvals.hpp"

#include <algorithm>
#include <cmath>

namespace gatesim::validate {

namespace {

constexpr std::size_t kHours = 168;
constexpr Time kWeek = 7 * kDay;
constexpr double kEvenly = 0.01;

}  // namespace

WeekClock::WeekClock(const std::vector<Time>& moments, Time origin) : origin_(origin) {
    std::vector<double> counts(kHours, 0);
    for (const Time moment : moments)
        counts[static_cast<std::size_t>(((moment + origin) % kWeek + kWeek) % kWeek / kHour)] += 1;
    const auto all = std::max<double>(1, static_cast<double>(moments.size()));
    for (std::size_t h = 0; h < kHours; ++h) {
        const double smooth = (counts[(h + kHours - 1) % kHours] + 2 * counts[h] + counts[(h + 1) % kHours]) / 4;
        const double share = moments.empty() ? 1.0 / kHours : smooth / all;
        rate_.push_back((1 - kEvenly) * share + kEvenly / kHours);
        sum_.push_back(h == 0 ? 0 : sum_.back() + rate_[h - 1]);
    }
}

double WeekClock::at(Time moment) const {
    const Time since = moment + origin_, week = since / kWeek, in_week = since % kWeek;
    const auto h = static_cast<std::size_t>(in_week / kHour);
    return static_cast<double>(week) + sum_[h] +
           rate_[h] * static_cast<double>(in_week % kHour) / static_cast<double>(kHour);
}

Time WeekClock::when(double reading) const {
    const double week = std::floor(reading), rest = reading - week;
    const auto h = static_cast<std::size_t>(std::upper_bound(sum_.begin(), sum_.end(), rest) - sum_.begin() - 1);
    const double hours = static_cast<double>(h) + std::min(1.0, (rest - sum_[h]) / rate_[h]);
    return static_cast<Time>(week) * kWeek + static_cast<Time>(std::llround(hours * static_cast<double>(kHour))) -
           origin_;
}

Approvals fit_approvals(const Record& record, const Spans& train, Time gate) {
    std::vector<Time> approved, uploaded;
    for (const Stay& stay : record.stays) {
        if (!stay.exact() || !stay.landed || stay.uploaded == kNever || !train.holds(stay.left())) continue;
        uploaded.push_back(stay.uploaded);
        approved.push_back(std::max(stay.uploaded, stay.left() - gate));
    }
    Approvals out{WeekClock(approved, record.origin), {}};
    for (std::size_t i = 0; i < approved.size(); ++i)
        out.waits.push_back(out.clock.at(approved[i]) - out.clock.at(uploaded[i]));
    std::sort(out.waits.begin(), out.waits.end());
    return out;
}

std::vector<Time> draw_approvals(const Approvals& approvals, const Record& record, const Luck& luck) {
    std::vector<Time> out;
    const auto n = static_cast<double>(approvals.waits.size());
    for (std::size_t i = 0; i < record.stays.size(); ++i) {
        const Stay& stay = record.stays[i];
        if (stay.enqueued != kNever || approvals.waits.empty()) {
            out.push_back(stay.enqueued);
            continue;
        }
        const double u = luck.uniform(Purpose::review_latency, i);
        const std::size_t at = std::min(static_cast<std::size_t>(u * n), approvals.waits.size() - 1);
        out.push_back(approvals.clock.when(approvals.clock.at(stay.uploaded) + approvals.waits[at]));
    }
    return out;
}

}  // namespace gatesim::validate
