// How messages and descriptions speak of shapes.
#pragma once

#include <string>

#include "scenario/field.hpp"
#include "scenario/node.hpp"

namespace gatesim::document {

/// A number as a person writes it: "1000000", not "1e+06"; "0.25".
std::string print_number(double value);

/// What is allowed, for the second line of a message: "a time (\"9m\") or a distribution", "a count from 1 to 1000".
std::string words(const Shapes& shapes);

/// What is wanted, in few words: "a time or a distribution".
std::string short_words(const Shapes& shapes);

/// What a value is: "a share", "a list", "a bare number".
std::string what_it_is(const Node& node);

}  // namespace gatesim::document
