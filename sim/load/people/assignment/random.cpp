// Chance decides.
#include "load/people/assignment/assignment.hpp"

namespace gatesim {
namespace {

class Random final : public Assignment {
public:
    std::size_t choose(const ReviewPanel& panel, const ReviewRequest& request) override {
        std::size_t readers = 0;
        for (std::size_t who = 0; who < panel.size(); ++who) readers += panel.may_read(who);
        auto left = static_cast<std::size_t>(request.luck * static_cast<double>(readers));
        for (std::size_t who = 0; who < panel.size(); ++who)
            if (panel.may_read(who) && left-- == 0) return who;
        return kFirstFree;
    }
};

const bool kRegistered = register_assignment(
    {"random", "Anybody, by chance",
     "Each patch set goes to somebody drawn by chance, whoever is at work or busy. What happens where nobody organises "
     "it and authors add a name that they remember; the yardstick for the other rules."},
    []() -> std::unique_ptr<Assignment> { return std::make_unique<Random>(); });

}  // namespace
}  // namespace gatesim
