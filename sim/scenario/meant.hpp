// What somebody may have meant by a name that is none.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/parameter.hpp"

namespace gatesim::document {

/// As "a", "a or b", "a, b or c"; "" if nothing is near (see likely()).
std::string meant(std::string_view word, const std::vector<std::string>& candidates);

/// The same for a strategy: what it is called elsewhere ("uber", "merge-queue"), its name, or a word of its
/// description.
std::string meant_strategy(std::string_view word, const std::vector<StrategyDescription>& strategies);

/// "; did you mean NEAR?", the end of a message about a name that is none; "" if nothing is near.
std::string did_you_mean(const std::string& near);

}  // namespace gatesim::document
