// What `gatesim calibrate` prints.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "measure/calibration.hpp"
#include "model/scenario.hpp"

namespace gatesim {

struct CalibrateReport {
    const Scenario& scenario;
    const std::vector<ClaimRow>& rows;
    std::uint64_t seed = 1;
    std::size_t replications = 0;
    bool partial = false;  ///< interrupted
    std::string again;     ///< the call that repeats it, after the program's name
};

/// At most 80 characters wide. With colours for the terminal; for calibrate.txt without, and without what depends on
/// the machine.
std::string calibrate_text(const CalibrateReport& report, bool terminal);
std::string calibrate_json(const CalibrateReport& report);

}  // namespace gatesim
