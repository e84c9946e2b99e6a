#include "study/verify/train_theory.hpp"

#include <cmath>
#include <cstddef>
#include <vector>

namespace gatesim::theory {

double lands_where_any_red_leaves(double fails, int position) {
    const double q = 1 - fails;
    std::vector<double> lands{1};  // by position
    for (int n = 1; n <= position; ++n) {
        double odds = std::pow(q, n - 1);
        for (int first = 1; first < n; ++first) {
            const int between = n - 1 - first;         // of these, s are green and stay ahead of it
            double chance = std::pow(fails, between);  // that s = 0
            for (int s = 0; s <= between; ++s) {
                odds += std::pow(q, first - 1) * fails * chance * lands[static_cast<std::size_t>(s) + 1];
                chance *= (q / fails) * (between - s) / (s + 1);
            }
        }
        lands.push_back(q * odds);
    }
    return lands.back();
}

double innocents_behind_a_broken_car(int followers) {
    double sum = 0;
    for (int i = 2; i <= followers + 1; ++i) sum += 1.0 / i;
    return sum;
}

}  // namespace gatesim::theory
