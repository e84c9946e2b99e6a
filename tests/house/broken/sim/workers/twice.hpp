// A type that two headers define.
#pragma once

namespace gatesim {

struct Twice {
    int n = 0;
};

}  // namespace gatesim
