// What the review system says of a change.
#pragma once

namespace gatesim {

struct ReviewState {
    bool known = false;
    bool approved = false;     ///< may land
    bool withdrawn = false;    ///< abandoned
    bool landed = false;       ///< merged; a new patch set opens it again
    bool refused = false;      ///< its last gate report was negative, and nobody enqueued or approved it since
};

}  // namespace gatesim
