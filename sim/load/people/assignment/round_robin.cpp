// In turn.
#include "load/people/assignment/assignment.hpp"

namespace gatesim {
namespace {

class RoundRobin final : public Assignment {
public:
    std::size_t choose(const ReviewPanel& panel, const ReviewRequest&) override {
        for (std::size_t step = 0; step < panel.size(); ++step) {
            const std::size_t who = (next_ + step) % panel.size();
            if (!panel.may_read(who)) continue;
            next_ = (who + 1) % panel.size();  // whoever could not read this one is passed over
            return who;
        }
        return kFirstFree;
    }

private:
    std::size_t next_ = 0;
};

const bool kRegistered =
    register_assignment({"round_robin", "One after the other",
                         "Everybody in turn, whoever is at work or busy. Evens out how much each is asked, not how "
                         "much each has to do: who gets three large changes in a row has a long queue."},
                        []() -> std::unique_ptr<Assignment> { return std::make_unique<RoundRobin>(); });

}  // namespace
}  // namespace gatesim
