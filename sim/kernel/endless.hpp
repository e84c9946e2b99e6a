// What the calendar throws when an instant does not end.
#pragma once

#include <stdexcept>

namespace gatesim {

/// Somebody keeps producing work that takes no time. Apart from all other exceptions, because this is the fault of who
/// is simulated, not of the program or the machine.
struct EndlessInstant : std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace gatesim
