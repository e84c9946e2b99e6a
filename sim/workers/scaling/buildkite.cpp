// Buildkite's agent scaler: jobs over agents, with a factor and a cool-down for each direction.
#include <cmath>

#include "workers/scaling/scaling.hpp"

namespace gatesim {
namespace {

struct Parameters {
    std::int64_t buffer = 0;
    double out_factor = 1;
    double in_factor = 1;
    Time out_cooldown = 0;
    Time in_cooldown = kHour;
    bool one_cooldown = false;
    bool scales_in = true;
    Time idle_period = 10 * kMinute;
};

const std::vector<Field<Parameters>> kFields = {
    field("buffer", &Parameters::buffer, 0, 1e9,
          "So many instances more while there are jobs, but no more than jobs (INSTANCE_BUFFER)."),
    field("out_factor", &Parameters::out_factor, 0, 100, "Multiplies a step up (SCALE_OUT_FACTOR).",
          ParameterKind::number),
    field("in_factor", &Parameters::in_factor, 0, 100, "Multiplies a step down (SCALE_IN_FACTOR).",
          ParameterKind::number),
    time_field("out_cooldown", &Parameters::out_cooldown, 0, kWeek,
               "After a step up, none follows for so long (SCALE_OUT_COOLDOWN_PERIOD)."),
    time_field("in_cooldown", &Parameters::in_cooldown, 0, kWeek,
               "After a step down, none follows for so long (SCALE_IN_COOLDOWN_PERIOD)."),
    field("one_cooldown", &Parameters::one_cooldown,
          "Whether a step in either direction starts the cool-down of both (SCALE_ONLY_AFTER_ALL_EVENT): then a step "
          "down "
          "keeps the pool from growing."),
    field("scales_in", &Parameters::scales_in,
          "Whether the number is lowered by the scaler (not DISABLE_SCALE_IN); else agents end themselves."),
    time_field("idle_period", &Parameters::idle_period, 0, kLongest,
               "With scales_in false: an agent that had no job for so long ends itself; 0s: never."),
};

class Buildkite final : public ScalingRule {
public:
    explicit Buildkite(const Parameters& parameters) : p_(parameters) {}

    Orders decide(const Sight& sight) override {
        const std::int64_t jobs = sight.queued + sight.running;
        const std::int64_t desired = within(sight, jobs + std::min(p_.buffer, jobs));
        const std::int64_t there = sight.there();
        Orders out;
        out.target = there;
        if (desired > there && may(sight.now, last_out_, last_in_, p_.out_cooldown)) {
            const double step = std::ceil(static_cast<double>(desired - there) * p_.out_factor);
            out.target = std::min(there + static_cast<std::int64_t>(step), sight.max);
            last_out_ = sight.now;
        }
        if (!p_.scales_in) {
            if (p_.idle_period > 0) stop_idle(sight, there - sight.min, p_.idle_period, out);
        } else if (desired < there && may(sight.now, last_in_, last_out_, p_.in_cooldown)) {
            const double step = std::ceil(static_cast<double>(there - desired) * p_.in_factor);
            stop_idle(sight, std::min(static_cast<std::int64_t>(step), there - sight.min), 0, out);
            if (!out.stop.empty()) last_in_ = sight.now;
        }
        out.target -= static_cast<std::int64_t>(out.stop.size());
        return out;
    }

private:
    /// The first step in a direction is free, as long as the other direction does not count.
    bool may(Time now, Time same, Time other, Time cooldown) const {
        if (same == kNever) return !p_.one_cooldown || other == kNever || now - other >= cooldown;
        const Time last = p_.one_cooldown && other != kNever ? std::max(same, other) : same;
        return now - last >= cooldown;
    }

    Parameters p_;
    Time last_out_ = kNever, last_in_ = kNever;
};

const bool kRegistered = register_scaling<Buildkite>(
    {.name = "buildkite",
     .summary = "Jobs that wait or run plus a buffer, with a cool-down for each direction (Buildkite)",
     .help =
         "desired = jobs that wait or run + min(buffer, jobs), between min and max. A step up or down is multiplied by "
         "its factor, and none in that direction follows within its cool-down. A step down stops idle instances, the "
         "longest up first. Not modelled: several agents an instance, and waiting jobs behind a wait step.",
     .source = "buildkite/buildkite-agent-scaler, scaler/scaler.go, scaler/scaling_calculator.go",
     .counter =
         "It is scaled in over lunch and has cold machines afterwards (issues 58, 72); with one_cooldown that step "
         "down keeps it from growing for the whole cool-down. predictive knows the hour before it comes.",
     .poll = 10 * kSecond},
    kFields);

}  // namespace
}  // namespace gatesim
