// How likely a change lands, and who of two is through first.
#include <cmath>
#include <numbers>

#include "strategy/tree/speculation.hpp"

namespace gatesim {

double reckoned_to_land(const Head& head) {
    double peace = 1, needs = 1;
    for (const Link& link : head.before) {
        peace *= 1 - static_cast<double>(link.conflict) * link.head->lands;
        if (link.must) needs *= link.head->lands;
    }
    double own = head.own;
    if (head.some_passed) {
        own = 1;  // a build that passed has no defect in it
    } else if (head.some_failed) {
        const double other = own * (1 - peace);  // it was somebody ahead
        own = other / (1 - own + other + 1e-12);
    }
    double lands = own * peace * needs;
    for (const Path& path : head.paths) {
        if (path.key != head.best_key || path.verdict == Path::Verdict::open) continue;
        double likely = 1;  // of coming true, whoever is through first
        for (const Link& link : head.before) likely *= guessed_in(link) ? link.head->lands : 1 - link.head->lands;
        lands = (path.verdict == Path::Verdict::passed ? likely : 0) + (1 - likely) * lands;
    }
    return lands;
}

double ends_first(const Expected& mine, const Expected& other, Time later) {
    const double gap = static_cast<double>(other.mean - mine.mean - later);
    const double spread = std::hypot(static_cast<double>(mine.sigma), static_cast<double>(other.sigma));
    if (!(spread > 0)) return gap > 0 ? 1 : gap < 0 ? 0 : 0.5;
    return 0.5 * std::erfc(-gap / spread / std::numbers::sqrt2);
}

}  // namespace gatesim
