// As many as min and the hours say.
#include "workers/scaling/scaling.hpp"

namespace gatesim {
namespace {

struct Parameters {
    Time idle_time = 0;
};

const std::vector<Field<Parameters>> kFields = {
    time_field("idle_time", &Parameters::idle_time, 0, kLongest,
               "How long a node that is too many stays idle before it stops."),
};

class Static final : public ScalingRule {
public:
    explicit Static(const Parameters& parameters) : p_(parameters) {}

    Orders decide(const Sight& sight) override {
        Orders out;
        out.target = within(sight, 0);
        stop_idle(sight, sight.there() - out.target, p_.idle_time, out);
        return out;
    }

private:
    Parameters p_;
};

const bool kRegistered = register_scaling<Static>(
    {.name = "static",
     .summary = "As many as min and keep_warm say, whatever is asked for",
     .help =
         "Keeps the pool at its min, or at what keep_warm says for the hour, if that is more. A node that leaves (its "
         "uses, its lifetime, its provider) is replaced. What is too many stops as soon as it is idle.",
     .source = "no product: what a group of machines of a fixed size does, or one with scheduled sizes",
     .counter = "It neither follows a burst nor saves anything in a quiet hour that no line of keep_warm names; arc "
                "follows both, after a boot.",
     .poll = kMinute},
    kFields);

}  // namespace
}  // namespace gatesim
