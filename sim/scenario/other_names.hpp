// What people call a strategy who know it from elsewhere.
#pragma once

#include <string>
#include <vector>

namespace gatesim::document {

/// A product, a company or a rule, and the strategies that somebody means who types it, the nearest first.
struct OtherName {
    std::string word;
    std::vector<std::string> strategies;
};

const std::vector<OtherName>& other_names();

}  // namespace gatesim::document
