// Chance for texts: a stream of numbers that its key alone decides. Apart from the luck of the simulation, so that a
// run with logs and one without draw the same.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "chance/draw.hpp"

namespace gatesim::logs {

/// A number for a text, the same on every machine (FNV-1a).
constexpr std::uint64_t key_of(std::string_view text) {
    std::uint64_t out = 0xcbf29ce484222325ull;
    for (const char c : text) out = (out ^ static_cast<unsigned char>(c)) * 0x100000001b3ull;
    return out;
}

class Keyed {
public:
    explicit Keyed(std::uint64_t key) : key_(key) {}

    std::uint64_t bits() { return join_key(key_, next_++); }
    /// In [0, 1).
    double uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; }
    bool chance(double share) { return uniform() < share; }
    /// In [low, high].
    std::uint64_t between(std::uint64_t low, std::uint64_t high) { return low + bits() % (high - low + 1); }
    template <class T>
    const T& pick(const std::vector<T>& list) {
        return list[bits() % list.size()];
    }

private:
    std::uint64_t key_, next_ = 0;
};

}  // namespace gatesim::logs
