// The shortest queue.
#include "load/people/assignment/assignment.hpp"

namespace gatesim {
namespace {

class Load final : public Assignment {
public:
    std::size_t choose(const ReviewPanel& panel, const ReviewRequest&) override {
        return best_reader(
            panel, [](std::size_t) { return true; },
            [&](std::size_t a, std::size_t b) { return less_busy(panel, a, b); });
    }
};

const bool kRegistered =
    register_assignment({"load", "The shortest queue",
                         "Whoever has the fewest patch sets waiting; among equals, whoever was asked least often. "
                         "Spreads work, and looks neither at the clock nor at who knows the project."},
                        []() -> std::unique_ptr<Assignment> { return std::make_unique<Load>(); });

}  // namespace
}  // namespace gatesim
