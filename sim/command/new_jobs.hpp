// The jobs of `gatesim new`, as they are typed: "build 12m, test 30m flake 2%".
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace gatesim {

/// Of a log-normal duration: nobody is asked how far a job's runs lie apart.
inline constexpr double kSpread = 0.25;

struct NewJob {
    std::string name;
    std::string duration;  ///< as a scenario takes it: "12m"
    std::string flake;     ///< "2%"
};

/// NAME TIME [flake SHARE], with commas between jobs; a bare number is minutes. Who does not say its flakes gets
/// `flake`. Nothing if the text is none; then `problem` says why.
std::optional<std::vector<NewJob>> read_jobs(const std::string& text, const std::string& flake, std::string& problem);

}  // namespace gatesim
