// A range of values as it is typed: 10..80, 10..80:5, 0.5..2:0.5, 10m..60m:10m, 1%..5%.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace gatesim {

/// More values than that are a mistake in typing, or a study for another tool.
inline constexpr std::size_t kMostInRange = 1000;

/// FROM..TO or FROM..TO:STEP as the values that it stands for, both ends among them, written as somebody would type
/// them ("0.5", "10m"). All parts are numbers, each with the same unit behind it or none; the step is 1 where it is
/// left out and the ends are whole. Text that does not begin with a number and ".." is no range, and is given back as
/// the only value. Nothing if it is a range, and a wrong one; then `problem` says what is wrong and what to write.
std::optional<std::vector<std::string>> expand_range(const std::string& text, std::string& problem);

}  // namespace gatesim
