// A set of slots of an attempt: up to 64 in a word, more in as many words as it takes.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace gatesim {

class SlotMask {
public:
    /// All of `count` slots.
    void fill(std::size_t count) {
        more_.assign(count > kWidth ? (count - 1) / kWidth : 0, ~std::uint64_t{0});
        first_ = ~std::uint64_t{0};
        std::uint64_t& last = more_.empty() ? first_ : more_.back();
        const std::size_t left = count - more_.size() * kWidth;
        last = left == 0 ? 0 : ~std::uint64_t{0} >> (kWidth - left);
    }
    void clear() {
        first_ = 0;
        std::fill(more_.begin(), more_.end(), 0);
    }
    void add(std::size_t slot) { word(slot / kWidth) |= std::uint64_t{1} << slot % kWidth; }
    void remove(std::size_t slot) { word(slot / kWidth) &= ~(std::uint64_t{1} << slot % kWidth); }

    bool empty() const {
        return first_ == 0 && std::all_of(more_.begin(), more_.end(), [](std::uint64_t w) { return w == 0; });
    }
    /// The first one from `slot` on; kNone if there is none.
    std::size_t next(std::size_t slot) const {
        std::uint64_t mask = ~std::uint64_t{0} << slot % kWidth;
        for (std::size_t w = slot / kWidth; w <= more_.size(); ++w, mask = ~std::uint64_t{0})
            if (const std::uint64_t left = (w == 0 ? first_ : more_[w - 1]) & mask)
                return w * kWidth + static_cast<std::size_t>(std::countr_zero(left));
        return kNone;
    }

    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

private:
    static constexpr std::size_t kWidth = 64;

    std::uint64_t& word(std::size_t w) { return w == 0 ? first_ : more_[w - 1]; }

    std::uint64_t first_ = 0;
    std::vector<std::uint64_t> more_;
};

}  // namespace gatesim
