// What a parsed expression is made of: between the parser and the evaluation.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "learn/expression.hpp"
#include "learn/functions.hpp"

namespace gatesim::learn {

enum class Op {
    number,
    text,
    name,
    negate,
    add,
    subtract,
    multiply,
    divide,
    power,
    less,
    less_equal,
    greater,
    greater_equal,
    equal,
    unequal,
    both,
    either,
    negation,
    call
};

struct Expression::Term {
    Op op = Op::number;
    double number = 0;
    std::string text;  ///< a text, or a name
    const Function* function = nullptr;
    std::vector<std::shared_ptr<const Term>> parts;
};

using Tree = std::shared_ptr<const Expression::Term>;

/// Reads a text; what is wrong is in `problem`. `names`: all names in it, each once.
Tree parse_tree(std::string_view text, std::string& problem, std::vector<std::string>& names);

}  // namespace gatesim::learn
