// Who knows the project.
#include "load/people/assignment/assignment.hpp"

namespace gatesim {
namespace {

class OwnProject final : public Assignment {
public:
    std::size_t choose(const ReviewPanel& panel, const ReviewRequest& request) override {
        const auto better = [&](std::size_t a, std::size_t b) { return less_busy(panel, a, b); };
        const std::size_t at_home = best_reader(
            panel, [&](std::size_t who) { return panel.home(who) == request.project; }, better);
        return at_home != kFirstFree ? at_home
                                     : best_reader(
                                           panel, [](std::size_t) { return true; }, better);
    }
};

const bool kRegistered = register_assignment(
    {"own_project", "Those who are at home in its project",
     "Whoever is at home in the project of the change; among them, the shortest queue. If there is nobody, the "
     "shortest queue of all. Knows who knows the code; where projects are unequally busy, some wait while others are "
     "idle."},
    []() -> std::unique_ptr<Assignment> { return std::make_unique<OwnProject>(); });

}  // namespace
}  // namespace gatesim
