#include "chance/draw.hpp"

#include <Random123/philox.h>

#include <algorithm>

#include "chance/asked.hpp"

namespace gatesim {

namespace {

// The finaliser of splitmix64 (Steele, Lea and Flood 2014): a bijection that spreads every bit over the word.
std::uint64_t spread(std::uint64_t x) {
    x += 0x9e3779b97f4a7c15;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
    x = (x ^ x >> 27) * 0x94d049bb133111eb;
    return x ^ x >> 31;
}

thread_local std::uint64_t draws_made = 0;

}  // namespace

std::uint64_t draws_asked() {
    return draws_made;
}

double Luck::uniform(Purpose purpose, std::uint64_t entity, std::uint64_t attempt) const {
    ++draws_made;
    // Key and counter are wide enough for the whole name: no two names share a draw, nothing needs mixing.
    const r123::Philox4x64 philox;
    const r123::Philox4x64::ukey_type key = {{seed_, replication_}};
    const r123::Philox4x64::ctr_type name = {{static_cast<std::uint64_t>(purpose), entity, attempt, 0}};
    const std::uint64_t bits = philox(name, key)[0];
    // Middles of 2^52 equal cells: neither 0 nor 1 can come out.
    return (static_cast<double>(bits >> 12) + 0.5) * 0x1p-52;
}

bool Luck::chance(double probability, Purpose purpose, std::uint64_t entity, std::uint64_t attempt) const {
    if (!(probability > 0)) return false;
    if (probability >= 1) return true;
    return uniform(purpose, entity, attempt) < probability;
}

std::uint64_t pair_key(std::uint32_t a, std::uint32_t b) {
    return static_cast<std::uint64_t>(std::min(a, b)) << 32 | std::max(a, b);
}

std::uint64_t join_key(std::uint64_t a, std::uint64_t b) {
    return spread(spread(a) ^ b);
}

}  // namespace gatesim
