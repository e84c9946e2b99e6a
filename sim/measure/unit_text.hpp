// Numbers that are read side by side: printed in one unit; and the names of metrics in sentences.
#pragma once

#include <string>
#include <vector>

#include "measure/interval.hpp"
#include "measure/metric.hpp"

namespace gatesim {

/// One unit for all: as for the largest, or one smaller where the smallest (but zero) would be less than half of it:
/// 2.8 h and 269 h rather than 0.12 d and 11.2 d, unless that makes more than 999 of the largest.
PrintUnit print_unit(const std::string& unit, const std::vector<double>& sizes);

/// As text() of measure/interval.hpp, in a given unit; without its name if that is empty.
std::string text(const Estimate& estimate, const PrintUnit& unit);
std::string text(double value, const PrintUnit& unit);

/// A metric in a sentence: "p95 landing time", "landed per day".
std::string spoken(const Metric& metric);

}  // namespace gatesim
