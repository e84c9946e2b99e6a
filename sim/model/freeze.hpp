// Freezes and pauses of a pipeline. While it is frozen, only exempt changes land; while it is paused, nothing starts
// and nothing lands, and what runs ends.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gatesim {

/// What happens to a pipeline from some time on.
enum class Hold : std::uint8_t { none, freeze, thaw, pause, resume };

/// Who may land in spite of a freeze, by any of these.
struct Exempt {
    std::vector<std::string> kinds;
    std::vector<std::string> changes;  ///< names
    std::optional<int> priority;       ///< this one or a higher one

    /// Of the change itself; what it needs has to be exempt as well, or to have landed.
    bool covers(const std::string& kind, const std::string& name, int its_priority) const {
        const auto has = [](const std::vector<std::string>& list, const std::string& one) {
            return std::find(list.begin(), list.end(), one) != list.end();
        };
        return has(kinds, kind) || has(changes, name) || (priority && its_priority >= *priority);
    }
};

/// What a strategy does in a freeze with changes that are not exempt.
enum class FreezeRule : std::uint8_t {
    waits,    ///< it goes on testing them; what has passed waits for the thaw
    drains,   ///< it tests no further ones; those under test go on, and land
    empties,  ///< those that stood in the queue when it began are tested and land; who comes later waits
};

/// Whether a pipeline is frozen or paused: steps of the timeline say so, or its hours of the week. Either is enough.
class HeldNow {
public:
    void take(Hold hold, bool by_hours) {
        if (hold == Hold::freeze || hold == Hold::thaw) frozen_[by_hours] = hold == Hold::freeze;
        if (hold == Hold::pause || hold == Hold::resume) paused_[by_hours] = hold == Hold::pause;
    }
    bool frozen() const { return frozen_[0] || frozen_[1]; }
    bool paused() const { return paused_[0] || paused_[1]; }

private:
    bool frozen_[2] = {}, paused_[2] = {};  // by steps, by hours
};

}  // namespace gatesim
