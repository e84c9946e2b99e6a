// What products call the strategies and parameters that stand for them here. One table for `describe`, `list` and what
// the loader suggests.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/parameter.hpp"

namespace gatesim {

/// What a product calls a parameter, a choice of parameters, or the whole strategy.
struct ProductWord {
    std::string product;
    std::string word;       ///< as the product writes it; see same_word()
    std::string parameter;  ///< ours; empty: the word means the strategy itself
    std::string note;       ///< what else there is to say; mostly empty
};

/// The words of the original of that strategy or preset; a preset has those of its own only.
std::vector<ProductWord> product_words(const std::string& strategy);

/// The strategy's parameter that is written in another way, or that its product calls so; "" if there is none.
std::string parameter_called(const std::string& word, const StrategyDescription& strategy);

/// Whether two ways to write a word are the same: maxEntriesToBuild, max-entries-to-build, max_entries_to_build.
bool same_word(std::string_view a, std::string_view b);

}  // namespace gatesim
