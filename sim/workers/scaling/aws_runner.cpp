// terraform-aws-github-runner: a machine for each job that still waits after a while; a look for idle ones now and
// then.
#include <set>

#include "workers/scaling/scaling.hpp"

namespace gatesim {
namespace {

struct Parameters {
    Time delay = 30 * kSecond;
    bool asks_again = true;
    Time scale_down_every = 5 * kMinute;
    Time min_running_time = 5 * kMinute;
    Time idle_for = 0;
    std::int64_t idle_count = 0;
};

const std::vector<Field<Parameters>> kFields = {
    time_field("delay", &Parameters::delay, 0, kDay,
               "A job that still waits after this gets a machine of its own (delay_webhook_event)."),
    field("asks_again", &Parameters::asks_again,
          "Whether a job for which there was no room under max is tried again; else its event is lost."),
    time_field("scale_down_every", &Parameters::scale_down_every, kSecond, kDay,
               "How often idle machines are looked for (scale_down_schedule_expression)."),
    time_field(
        "min_running_time", &Parameters::min_running_time, 0, kWeek,
        "A machine younger than this, counted from its launch, is left alone (minimum_running_time_in_minutes)."),
    time_field("idle_for", &Parameters::idle_for, 0, kWeek,
               "How long a machine must have been idle at that look. The product asks only whether it is idle at that "
               "instant: 0s."),
    field("idle_count", &Parameters::idle_count, 0, 1e9,
          "So many idle machines are spared, the youngest (idle_config). None is started for it; min does that "
          "(pool_config)."),
};

class AwsRunner final : public ScalingRule {
public:
    explicit AwsRunner(const Parameters& parameters) : p_(parameters) {}

    Orders decide(const Sight& sight) override {
        Orders out;
        out.target = std::max(start(sight), std::min(sight.running + sight.min, sight.max));
        if (sight.now < scale_down_at_) {
            out.again = scale_down_at_;
            return out;
        }
        scale_down_at_ = sight.now + p_.scale_down_every;
        out.again = scale_down_at_;
        scale_down(sight, out);
        out.target -= static_cast<std::int64_t>(out.stop.size());
        return out;
    }

private:
    /// One machine for each job that has waited for so long, once.
    std::int64_t start(const Sight& sight) {
        std::int64_t target = sight.there();
        std::set<RequestId> waiting;
        for (const Wanted& one : sight.wanted) {
            const bool due = one.since + p_.delay <= sight.now;
            const bool had = handled_.count(one.request) != 0;
            if (had || (due && (target + one.nodes <= sight.max || !p_.asks_again))) waiting.insert(one.request);
            if (due && !had && target + one.nodes <= sight.max) target += one.nodes;
        }
        handled_ = std::move(waiting);
        return target;
    }

    void scale_down(const Sight& sight, Orders& out) const {
        Orders all;
        stop_idle(sight, sight.idle(), p_.idle_for, all);
        std::erase_if(all.stop,
                      [&](std::size_t i) { return sight.idle_nodes[i].asked + p_.min_running_time > sight.now; });
        const auto spared = static_cast<std::size_t>(std::max(p_.idle_count, sight.min));
        for (std::size_t i = 0; i + spared < all.stop.size(); ++i) out.stop.push_back(all.stop[i]);
    }

    Parameters p_;
    Time scale_down_at_ = 0;
    std::set<RequestId> handled_;  // that got their machine and wait still
};

const bool kRegistered = register_scaling<AwsRunner>(
    {.name = "aws-runner",
     .summary = "A machine for each job that waits 30 s; every 5 min idle ones go (terraform-aws-github-runner)",
     .help =
         "Each job that still waits after delay starts one machine, once, if max allows. Every scale_down_every, those "
         "that are idle at that instant and older than min_running_time stop, the oldest first. A machine that has "
         "not come up within boot_timeout is taken for an orphan and killed. Not modelled: that a busy machine "
         "counts among the spared ones, and that an orphan lives until the look after next.",
     .source = "github-aws-runners/terraform-aws-github-runner, variables.tf (runner_boot_time_in_minutes 5, "
               "runners_maximum_count 3); lambdas/functions/control-plane/src/scale-runners/scale-down.ts",
     .counter =
         "A boot that takes longer than boot_timeout never ends (issue 4076); a machine that is idle for a second "
         "between two jobs goes (3573, idle_for mends it); a job whose machine somebody else used has no other "
         "coming. arc looks at the whole queue each time.",
     .poll = 30 * kSecond,
     .boot_timeout = 5 * kMinute},
    kFields);

}  // namespace
}  // namespace gatesim
