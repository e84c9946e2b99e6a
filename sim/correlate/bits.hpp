// Sets of failed builds, quick to intersect.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

namespace gatesim::correlate {

class Bits {
public:
    Bits() = default;
    explicit Bits(std::size_t size) : words_((size + 63) / 64, 0) {}
    void set(std::size_t i) { words_[i / 64] |= 1ull << (i % 64); }
    bool has(std::size_t i) const { return words_[i / 64] >> (i % 64) & 1; }
    std::size_t count() const {
        std::size_t n = 0;
        for (const std::uint64_t w : words_) n += static_cast<std::size_t>(std::popcount(w));
        return n;
    }
    std::size_t common(const Bits& other) const {
        std::size_t n = 0;
        for (std::size_t i = 0; i < words_.size(); ++i)
            n += static_cast<std::size_t>(std::popcount(words_[i] & other.words_[i]));
        return n;
    }
    void add(const Bits& other) {
        for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
    }
    void remove(const Bits& other) {
        for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= ~other.words_[i];
    }

private:
    std::vector<std::uint64_t> words_;
};

}  // namespace gatesim::correlate
