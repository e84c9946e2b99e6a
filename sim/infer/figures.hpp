// The estimates as lines, for the terminal, for notes.md and for --json.
#pragma once

#include <string>
#include <vector>

#include "infer/document.hpp"
#include "infer/infer.hpp"

namespace gatesim::infer {

/// All of them, jobs by name first.
std::vector<Figure> figures_of(const import::Records& records, const Inference& inference, const Choices& choices);

/// "5.2 %", "12.4 min": in a unit that suits its size.
std::string shown(double value, const std::string& unit);
/// "4.1 to 6.4 %", "7 and more"; empty if there is no interval.
std::string shown_interval(const Figure& figure);

/// notes.md: every estimate with its value, n, interval, method, time and what was dropped; then what is guessed.
std::string notes_of(const import::Records& records, const Inference& inference, const Choices& choices,
                     const Documents& documents);

}  // namespace gatesim::infer
