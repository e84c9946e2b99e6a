// A strategy's name as part of a test's name, where hyphens are not allowed.
#pragma once

#include <algorithm>
#include <string>

namespace gatesim {

inline std::string name_of_test(std::string strategy) {
    std::replace(strategy.begin(), strategy.end(), '-', '_');
    return strategy;
}

}  // namespace gatesim
