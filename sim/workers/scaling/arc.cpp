// actions-runner-controller's scale sets: a runner a job, and min on top.
#include "workers/scaling/scaling.hpp"

namespace gatesim {
namespace {

struct Parameters {
    bool counts_coming = true;
    bool counts_failed = true;
    bool empty_shrinks = false;
    Time idle_time = 0;
};

const std::vector<Field<Parameters>> kFields = {
    field("counts_coming", &Parameters::counts_coming,
          "Whether nodes that boot count as there. Without it every look asks for a node a waiting job once more."),
    field("counts_failed", &Parameters::counts_failed,
          "Whether a node that never came up goes on counting as there, as a failed runner does until somebody deletes "
          "it."),
    field("empty_shrinks", &Parameters::empty_shrinks,
          "Whether a look that sees no job lowers the number. The product does not: it waits for a job that ends."),
    time_field("idle_time", &Parameters::idle_time, 0, kLongest,
               "How long a node that is too many stays idle before it stops."),
};

class Arc final : public ScalingRule {
public:
    explicit Arc(const Parameters& parameters) : p_(parameters) {}

    Orders decide(const Sight& sight) override {
        const std::int64_t assigned = sight.queued + sight.running;
        std::int64_t wanted = std::min(sight.min + assigned, sight.max);
        const bool empty = assigned == 0 && was_ == 0;  // no job, and none has ended since the last look
        if (empty && !p_.empty_shrinks) wanted = std::min(std::max(last_, wanted), sight.max);
        was_ = assigned;
        last_ = wanted;
        Orders out;
        out.target = wanted;
        if (!p_.counts_coming) out.target = std::min(wanted + sight.booting, sight.max);
        if (p_.counts_failed) out.target = std::max<std::int64_t>(0, out.target - sight.failed);
        stop_idle(sight, sight.there() - wanted, p_.idle_time, out);
        return out;
    }

private:
    Parameters p_;
    std::int64_t last_ = 0;  // what it wanted last
    std::int64_t was_ = 0;   // jobs that it saw last
};

const bool kRegistered = register_scaling<Arc>(
    {.name = "arc",
     .summary = "A node for each job, and min idle ones on top (actions-runner-controller)",
     .help =
         "The target is min + jobs that wait or run, at most max. A look that sees neither a job nor one that has "
         "ended since the last look lowers nothing. What is too many stops when it is idle, the longest up first. The "
         "product's runners serve one job each: single_use true.",
     .source = "actions/actions-runner-controller, cmd/ghalistener/worker/worker.go (setDesiredWorkerState)",
     .counter = "A runner that failed to start counts as one that is there, so a broken image starves the set "
                "(actions-runner-controller issue 3953); min-ready asks anew.",
     .poll = 50 * kSecond},
    kFields);

}  // namespace
}  // namespace gatesim
