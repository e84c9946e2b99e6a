// One queue for all.
#include "load/people/assignment/assignment.hpp"

namespace gatesim {
namespace {

class OldestFirst final : public Assignment {
public:
    std::size_t choose(const ReviewPanel&, const ReviewRequest&) override { return kFirstFree; }
};

const bool kRegistered = register_assignment(
    {"oldest_first", "One queue for all; whoever has time takes what waits longest",
     "Nobody is asked by name: patch sets wait in one queue, and the first who has time and is at work takes the "
     "oldest. Of all rules that know nothing of sizes the one with the shortest mean wait (one queue for several "
     "servers), if people really look at the list from its old end."},
    []() -> std::unique_ptr<Assignment> { return std::make_unique<OldestFirst>(); });

}  // namespace
}  // namespace gatesim
