// The functions that expressions know: arithmetic, and closed forms of queues and gates.
#pragma once

#include <string_view>
#include <vector>

namespace gatesim::learn {

struct Function {
    std::string_view name;
    std::size_t arguments;
    double (*value)(const double* arguments);  ///< not a number: undefined there
};

const std::vector<Function>& functions();

}  // namespace gatesim::learn
