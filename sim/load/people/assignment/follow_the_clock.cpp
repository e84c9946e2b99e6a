// Where it is day.
#include "load/people/assignment/assignment.hpp"

namespace gatesim {
namespace {

class FollowTheClock final : public Assignment {
public:
    std::size_t choose(const ReviewPanel& panel, const ReviewRequest&) override {
        return best_reader(
            panel, [](std::size_t) { return true; },
            [&](std::size_t a, std::size_t b) {
                const Time mine = panel.at_work(a), theirs = panel.at_work(b);
                return mine != theirs ? mine < theirs : less_busy(panel, a, b);
            });
    }
};

const bool kRegistered = register_assignment(
    {"follow_the_clock", "Whoever is at work now, or is next",
     "Whoever is at work; if nobody is, whoever begins first. Among those, the shortest queue, then whoever was asked "
     "least often. For teams spread over time zones, where a patch set that waits for one person waits for that "
     "person's morning."},
    []() -> std::unique_ptr<Assignment> { return std::make_unique<FollowTheClock>(); });

}  // namespace
}  // namespace gatesim
