// By the hour of the week: what was needed then in earlier weeks.
#include <array>
#include <cmath>

#include "workers/scaling/scaling.hpp"

namespace gatesim {
namespace {

constexpr std::size_t kHours = 7 * 24;

struct Parameters {
    double share = 0.9;
    std::int64_t weeks = 4;
    Time lead = 15 * kMinute;
    Time idle_time = 10 * kMinute;
    bool follows_queue = true;
};

const std::vector<Field<Parameters>> kFields = {
    field("share", &Parameters::share, 0, 1,
          "Of the peaks that this hour had in the weeks that are remembered, the one that so many do not exceed.",
          ParameterKind::share),
    field("weeks", &Parameters::weeks, 1, 520, "How many weeks are remembered."),
    time_field("lead", &Parameters::lead, 0, kDay,
               "It boots so long ahead: the hour that is reached by then counts too."),
    time_field("idle_time", &Parameters::idle_time, 0, kLongest,
               "How long a node that is too many stays idle before it stops."),
    field("follows_queue", &Parameters::follows_queue,
          "Whether it follows what waits as well when that is more than foreseen."),
};

class Predictive final : public ScalingRule {
public:
    explicit Predictive(const Parameters& parameters) : p_(parameters) {}

    Orders decide(const Sight& sight) override {
        const std::int64_t needed = sight.queued + sight.running;
        learn(sight, needed);
        std::int64_t wanted = std::max(foreseen(sight.of_week), foreseen((sight.of_week + p_.lead) % kWeek));
        if (p_.follows_queue || !knows_) wanted = std::max(wanted, needed + sight.min);
        Orders out;
        out.target = within(sight, wanted);
        stop_idle(sight, sight.there() - out.target, p_.idle_time, out);
        return out;
    }

private:
    void learn(const Sight& sight, std::int64_t needed) {
        const auto hour = static_cast<std::size_t>(sight.of_week / kHour);
        if (hour != hour_) {
            if (hour_ < kHours) {
                auto& peaks = peaks_[hour_];
                peaks.push_back(peak_);
                if (peaks.size() > static_cast<std::size_t>(p_.weeks)) peaks.erase(peaks.begin());
            }
            hour_ = hour;
            peak_ = 0;
        }
        peak_ = std::max(peak_, needed);
        knows_ = !peaks_[hour_].empty();
    }

    std::int64_t foreseen(Time of_week) const {
        std::vector<std::int64_t> peaks = peaks_[static_cast<std::size_t>(of_week / kHour)];
        if (peaks.empty()) return 0;
        std::sort(peaks.begin(), peaks.end());
        const double rank = std::ceil(p_.share * static_cast<double>(peaks.size()));
        return peaks[static_cast<std::size_t>(std::max(rank, 1.0)) - 1];
    }

    Parameters p_;
    std::array<std::vector<std::int64_t>, kHours> peaks_;  // by hour of the week, a number a week
    std::size_t hour_ = kHours;                            // that is being learned
    std::int64_t peak_ = 0;
    bool knows_ = false;
};

const bool kRegistered = register_scaling<Predictive>(
    {.name = "predictive",
     .summary = "What this hour of the week needed in earlier weeks, booted ahead",
     .help =
         "It remembers the most nodes that were wanted at once in each hour of the week, and has so many up before "
         "that "
         "hour comes. What it has not seen yet, the first week above all, it takes as arc does: jobs that wait or run, "
         "and min on top. Hours are those of the period's clock.",
     .source = "no product: the simplest of what is called predictive scaling",
     .counter =
         "It pays for a busy hour of last week that does not come back, and knows nothing of holidays; arc pays for "
         "what is there.",
     .poll = kMinute},
    kFields);

}  // namespace
}  // namespace gatesim
