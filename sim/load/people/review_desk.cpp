#include "load/people/review_desk.hpp"

#include "load/people/review_people.hpp"
#include "load/people/review_sampled.hpp"

namespace gatesim {

std::unique_ptr<ReviewDesk> make_review_desk(const ReviewLoad& review, const Rhythm& rhythm, const Scenario& scenario,
                                             Luck luck, Calendar& calendar, LoadDoor& door, ReviewListener& listener) {
    if (review.sampled) return make_sampled_desk(scenario, *review.sampled, rhythm, luck, calendar, door, listener);
    return std::make_unique<PeopleDesk>(scenario, review, luck, calendar, door, listener);
}

std::uint64_t review_key(const std::string& name, int patchset) {
    auto key = static_cast<std::uint64_t>(patchset);
    for (const char letter : name) key = join_key(key, static_cast<unsigned char>(letter));
    return key;
}

}  // namespace gatesim
