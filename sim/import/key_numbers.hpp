// Small numbers for keys: a row that names a commit or a group keeps four bytes of it, and the key stands once.
#pragma once

#include <vector>

#include "import/fields.hpp"

namespace gatesim::import {

/// Numbers from 1 in the order in which keys are first asked for; 0 is for key 0, which stands for nothing. Their order
/// depends on that of the input, so it must not decide about anything: compare the keys.
class KeyNumbers {
public:
    std::uint32_t of(Key key) {
        if (key == 0) return 0;
        if (2 * keys_.size() >= slots_.size()) grow();
        std::uint32_t& slot = slot_of(key);
        if (slot == 0) {
            keys_.push_back(key);
            slot = static_cast<std::uint32_t>(keys_.size() - 1);
        }
        return slot;
    }
    /// 0 if it was never asked for.
    std::uint32_t known(Key key) { return key == 0 || slots_.empty() ? 0 : slot_of(key); }
    Key operator[](std::uint32_t number) const { return keys_[number]; }
    /// One more than the highest number.
    std::size_t size() const { return keys_.size(); }

private:
    std::uint32_t& slot_of(Key key) {
        const std::size_t mask = slots_.size() - 1;
        std::size_t at = static_cast<std::size_t>(key * 0x9e3779b97f4a7c15u >> 20) & mask;
        while (slots_[at] != 0 && keys_[slots_[at]] != key) at = (at + 1) & mask;
        return slots_[at];
    }
    void grow() {
        std::vector<std::uint32_t>(std::max<std::size_t>(64, 2 * slots_.size()), 0).swap(slots_);
        for (std::uint32_t i = 1; i < keys_.size(); ++i) slot_of(keys_[i]) = i;
    }

    std::vector<Key> keys_{0};
    std::vector<std::uint32_t> slots_;  ///< a power of two of them, at most half full; 0: empty
};

}  // namespace gatesim::import
