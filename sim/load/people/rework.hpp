// Whether a patch set is the last one that its change needs, as far as readers are concerned. One answer for everybody:
// the author who has second thoughts, and whoever reads it.
#pragma once

#include "chance/draw.hpp"
#include "model/event.hpp"

namespace gatesim {

/// One number for a patch set of a change, for keyed draws.
inline std::uint64_t patch_key(ChangeId change, int patchset) {
    return static_cast<std::uint64_t>(change) << 16 | static_cast<std::uint64_t>(patchset & 0xffff);
}

/// Whether the patch set must be reworked: with the chance that is its change's own (Change::rework). A reader who is
/// careful enough says no to it; what tests say of it is another matter.
inline bool needs_rework(const Luck& luck, const Cast& cast, ChangeId change, int patchset) {
    return luck.chance(cast.changes[change].rework, Purpose::rework, patch_key(change, patchset));
}

/// Whether readers turn the change down for good once nothing is left to rework.
inline bool is_unwanted(const Luck& luck, double share, ChangeId change) {
    return luck.chance(share, Purpose::give_up, patch_key(change, 0));
}

}  // namespace gatesim
