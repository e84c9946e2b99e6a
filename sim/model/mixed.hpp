// Many numbers in one, for telling apart what is not equal. No luck is drawn from it.
#pragma once

#include <cstdint>

namespace gatesim {

/// `hash` with one more value in it; the order of values counts.
constexpr std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) {
    hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 29;
}

}  // namespace gatesim
