#include "kernel/zones.hpp"

namespace gatesim::zones {

namespace {

constexpr std::int64_t kSecond = 1'000'000;
/// No zone was ever further from UTC.
constexpr std::int64_t kFarthest = 26 * 3600;

std::int64_t whole_seconds(std::int64_t micros) {
    return micros / kSecond - (micros % kSecond < 0 ? 1 : 0);
}

}  // namespace

std::int64_t earliest(const Zone& zone, std::int64_t local_micros) {
    const std::int64_t local = whole_seconds(local_micros), rest = local_micros - local * kSecond;
    Spell spell = zone.at(local - kFarthest);
    while (true) {
        const std::int64_t second = local - spell.offset;
        if (second < spell.begin) return spell.begin * kSecond;
        if (second < spell.end) return second * kSecond + rest;
        spell = zone.at(spell.end);
    }
}

}  // namespace gatesim::zones
