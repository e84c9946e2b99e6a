// Nodepool: a node for each request, and some ready ones.
#include "workers/scaling/scaling.hpp"

namespace gatesim {
namespace {

struct Parameters {
    Time max_ready_age = 0;
    bool counts_coming = true;
};

const std::vector<Field<Parameters>> kFields = {
    time_field("max_ready_age", &Parameters::max_ready_age, 0, kLongest,
               "A node that has been ready for longer is deleted; 0s: never."),
    field("counts_coming", &Parameters::counts_coming,
          "Whether nodes that boot count as there. Without it every look asks for a node a waiting request once more."),
};

class MinReady final : public ScalingRule {
public:
    explicit MinReady(const Parameters& parameters) : p_(parameters) {}

    Orders decide(const Sight& sight) override {
        Orders out;
        const std::int64_t wanted = sight.running + sight.queued + sight.min;
        out.target = std::min(wanted + (p_.counts_coming ? 0 : sight.booting), sight.max);
        if (p_.max_ready_age > 0) stop_idle(sight, sight.idle(), p_.max_ready_age, out);
        return out;
    }

private:
    Parameters p_;
};

const bool kRegistered = register_scaling<MinReady>(
    {.name = "min-ready",
     .summary = "A node for each request, and min ready ones that wait (Nodepool)",
     .help =
         "A request gets a ready node, or one is launched for it, up to max; beside them, min ready ones are kept. A "
         "ready node that nobody asks for any more stays until somebody does, or until max_ready_age. The product's "
         "nodes serve one job each: single_use true; requests go to the providers in order: fall_back_after.",
     .source =
         "openstack-infra/nodepool, nodepool/launcher.py (createMinReady); doc/source/configuration.rst (min-ready, "
         "max-ready-age, launch-timeout 3600)",
     .counter =
         "After a burst of requests that were taken back, its nodes stay up for nothing; arc stops them at the next "
         "look.",
     .poll = 10 * kSecond,
     .boot_timeout = kHour},
    kFields);

}  // namespace
}  // namespace gatesim
