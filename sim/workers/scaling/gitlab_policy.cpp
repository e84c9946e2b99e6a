// GitLab Runner's autoscaler: what is in use, and an idle reserve that grows with it.
#include <cmath>

#include "workers/scaling/scaling.hpp"

namespace gatesim {
namespace {

struct Parameters {
    std::int64_t idle_count = 0;
    Time idle_time = 20 * kMinute;
    double scale_factor = 0;
    std::int64_t scale_factor_limit = 0;
    bool kills_busy = false;
};

const std::vector<Field<Parameters>> kFields = {
    field(
        "idle_count", &Parameters::idle_count, 0, 1e9,
        "Idle instances that are kept beside those in use; the pool's min and keep_warm raise it by hours (periods)."),
    time_field("idle_time", &Parameters::idle_time, 0, kLongest,
               "An instance that has been idle for so long and is too many goes."),
    field("scale_factor", &Parameters::scale_factor, 0, 100,
          "The idle reserve as a share of those in use, if that is more than idle_count.", ParameterKind::number),
    field("scale_factor_limit", &Parameters::scale_factor_limit, 0, 1e9,
          "The most that scale_factor asks for; 0 = no limit."),
    field("kills_busy", &Parameters::kills_busy,
          "Whether an instance that got a job since it was seen idle goes all the same (with signal_delay)."),
};

class GitLabPolicy final : public ScalingRule {
public:
    explicit GitLabPolicy(const Parameters& parameters) : p_(parameters) {}

    Orders decide(const Sight& sight) override {
        const std::int64_t used = sight.running + sight.queued;
        auto share = static_cast<std::int64_t>(std::ceil(static_cast<double>(used) * p_.scale_factor));
        if (p_.scale_factor_limit > 0) share = std::min(share, p_.scale_factor_limit);
        const std::int64_t reserve = std::max({p_.idle_count, share, sight.min});
        Orders out;
        out.target = std::min(used + reserve, sight.max);
        out.even_busy = p_.kills_busy;
        stop_idle(sight, sight.there() - out.target, p_.idle_time, out);
        return out;
    }

private:
    Parameters p_;
};

const bool kRegistered = register_scaling<GitLabPolicy>(
    {.name = "gitlab-policy",
     .summary = "What is in use plus an idle reserve, by hours and as a share (GitLab Runner)",
     .help = "The target is jobs that wait or run + the reserve: idle_count, or scale_factor x those in use (up to "
             "scale_factor_limit), or min and keep_warm for the hour, whichever is most; at most max. What is too many "
             "goes "
             "when it has been idle for idle_time. Uses an instance: the pool's max_uses (max_use_count).",
     .source =
         "gitlabhq/gitlab-runner, docs/configuration/advanced-configuration.md (runners.autoscaler.policy); the scaler "
         "itself (taskscaler) was not read",
     .counter =
         "A reserve as a share grows without end where scale_factor_limit is left out (cattle-ops issue 851), and a "
         "reserve that is seen late is shut down while it works (kills_busy). arc keeps a fixed one.",
     .poll = 5 * kSecond},
    kFields);

}  // namespace
}  // namespace gatesim
