// Taskcluster's worker-manager: workers for pending tasks that no idle one will take; workers end themselves.
#include <cmath>

#include "workers/scaling/scaling.hpp"

namespace gatesim {
namespace {

struct Parameters {
    double scaling_ratio = 1;
    Time idle_timeout = 15 * kMinute;
    bool counts_coming = true;
    bool counts_stopping = true;
};

const std::vector<Field<Parameters>> kFields = {
    field("scaling_ratio", &Parameters::scaling_ratio, 0, 1, "Workers for each pending task (scalingRatio).",
          ParameterKind::number),
    time_field("idle_timeout", &Parameters::idle_timeout, 0, kLongest,
               "A worker that has had no task for so long ends itself (afterIdleSeconds)."),
    field("counts_coming", &Parameters::counts_coming,
          "Whether workers that were asked for count. Without it one task has five workers."),
    field("counts_stopping", &Parameters::counts_stopping,
          "Whether workers that stop count towards max, as the product does, so that a region that cannot start any is "
          "not asked for ever more."),
};

class Taskcluster final : public ScalingRule {
public:
    explicit Taskcluster(const Parameters& parameters) : p_(parameters) {}

    Orders decide(const Sight& sight) override {
        const std::int64_t existing = sight.running + sight.idle();
        const std::int64_t pending = std::max<std::int64_t>(0, sight.queued - sight.idle());
        const std::int64_t not_stopped = existing + (p_.counts_stopping ? sight.stopping : 0);
        const double most = std::min(static_cast<double>(pending) * p_.scaling_ratio + static_cast<double>(not_stopped),
                                     static_cast<double>(sight.max));
        const auto desired = std::max(sight.min, static_cast<std::int64_t>(std::ceil(most)));
        const std::int64_t spawn = std::max<std::int64_t>(0, desired - not_stopped);
        Orders out;
        out.target = sight.there() + std::max<std::int64_t>(0, spawn - (p_.counts_coming ? sight.booting : 0));
        stop_idle(sight, sight.idle(), p_.idle_timeout, out);
        out.target -= static_cast<std::int64_t>(out.stop.size());  // the next look sees that they are missing
        return out;
    }

private:
    Parameters p_;
};

const bool kRegistered = register_scaling<Taskcluster>(
    {.name = "taskcluster",
     .summary = "Workers for tasks that no idle one will take; idle ones end themselves (Taskcluster)",
     .help =
         "desired = max(min, min(pending - idle, times scaling_ratio, + existing + stopping, max)); spawned is what "
         "desired exceeds existing, stopping and requested by. Workers end themselves after idle_timeout, also below "
         "min: the next look starts new ones.",
     .source = "taskcluster/taskcluster, services/worker-manager/src/estimator.js (simple)",
     .counter =
         "A burst that is shorter than a boot is served by nobody and leaves idle workers (issue 8783); workers that "
         "stop for long keep new ones from starting (6641, counts_stopping).",
     .poll = kMinute},
    kFields);

}  // namespace
}  // namespace gatesim
