// The log of one build: lines of noise and of what is behind its failure, in order of time, as its style writes them.
#pragma once

#include <string>
#include <vector>

#include "logs/noise.hpp"
#include "logs/sentences.hpp"

namespace gatesim::logs {

struct LogOf {
    Time start = 0, end = 0;  ///< microseconds since 1970
    double share = 0;         ///< of the period, over when it started
    std::size_t job = 0;
    bool failed = false;
    bool cut = false;  ///< a time limit ended it: it says nothing at its end
    Facts facts;
    std::vector<Said> planted;
};

std::string build_log(const Style& style, const Noise& noise, const LogOf& log, Keyed luck);

}  // namespace gatesim::logs
