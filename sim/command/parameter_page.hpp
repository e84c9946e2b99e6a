// Parameters of strategies, by our names for them and by those of the products.
#pragma once

#include <string>

#include "model/parameter.hpp"

namespace gatesim {

/// A parameter as `describe STRATEGY` prints it, with the value it has there.
std::string parameter_text(const StrategyDescription& strategy, const Parameter& parameter);

/// What `describe` says of a name that is a parameter, or a product's word for one or for a strategy; "" if it is
/// neither.
std::string parameter_page(const std::string& word);

/// `list parameters`: each with its strategies and the products' words for it.
std::string parameter_list();

/// `list WORD`: a line for each thing that a product calls so; "" if none does.
std::string word_lines(const std::string& word);

}  // namespace gatesim
