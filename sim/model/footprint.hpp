// What a change touches, as anybody can see it in its diff: the base of conflict analysis, and of conflicts.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace gatesim {

/// A set of targets (files, build targets: whatever the scenario counts), by number.
struct Footprint {
    std::vector<std::uint32_t> targets;  ///< sorted, each once
    bool everything = false;             ///< it changes the build graph: every target is affected, not only `targets`
    bool known = false;                  ///< false: nobody said what the change touches

    bool operator==(const Footprint&) const = default;
};

/// How many targets two changes share. One that affects everything shares all targets of the other; two of them the
/// larger set. 0 if one of them is not known.
inline std::size_t shared_targets(const Footprint& a, const Footprint& b) {
    if (!a.known || !b.known) return 0;
    if (a.everything && b.everything) return std::max(a.targets.size(), b.targets.size());
    if (a.everything) return b.targets.size();
    if (b.everything) return a.targets.size();
    std::size_t shared = 0;
    for (auto i = a.targets.begin(), j = b.targets.begin(); i != a.targets.end() && j != b.targets.end();) {
        shared += *i == *j;
        const bool left = *i <= *j, right = *j <= *i;
        i += left;
        j += right;
    }
    return shared;
}

/// Whether a conflict analyser must take the two for dependent: they share a target, or it cannot know.
inline bool may_conflict(const Footprint& a, const Footprint& b) {
    if (!a.known || !b.known || (a.everything && b.everything)) return true;
    if (a.everything || b.everything) return shared_targets(a, b) > 0;
    for (auto i = a.targets.begin(), j = b.targets.begin(); i != a.targets.end() && j != b.targets.end();) {
        if (*i == *j) return true;
        *i < *j ? ++i : ++j;
    }
    return false;
}

}  // namespace gatesim
