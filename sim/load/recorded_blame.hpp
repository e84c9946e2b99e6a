// Whose a recorded red build was: a test of several changes is red for the fault of any of them, and the record says
// only that it was red.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "load/table_reader.hpp"
#include "truth/recorded.hpp"

namespace gatesim {

/// A voting job that failed for a stay, in a test that began at `begun` (microseconds since 1970).
struct RecordedRed {
    std::uint32_t stay = 0;
    JobId job = kNone;
    Time begun = 0;
    bool ahead_known = false;
    std::vector<std::uint32_t> ahead;  ///< the stays that it was tested on
    bool own = true;                   ///< found by read_blame: nobody else can have made it red
};

/// Tells `out` which stays are sound, and which are broken, from how they ended (`file`: a table of stays; of another
/// load file nothing is known):
/// * who landed is sound, and so is who left for another reason than a failure;
/// * who was ejected for a failure is broken. A red build is its own if nobody ahead, in the same project and branch,
///   left by ejection between the beginning of the test and its own departure; its defect shows in the jobs of those.
///   Who was red only together with such others is sound: it may have left for their fault. Of whom no red build was
///   recorded nobody knows where its defect shows.
/// False, and what is wrong with its place, if the file cannot be read.
bool read_blame(const std::string& file, std::vector<RecordedRed>& reds, RecordedBuilds& out, LoadError& error);

}  // namespace gatesim
