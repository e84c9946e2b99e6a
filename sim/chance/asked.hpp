// Whether luck was asked for at all.
#pragma once

#include <cstdint>

#include "chance/distribution.hpp"
#include "chance/draw.hpp"

namespace gatesim {

/// How many draws this thread has made so far, whoever made them. What asked for none between two looks at it would
/// have gone the same way on any seed.
std::uint64_t draws_asked();

/// One sample, by the draw of that name; a constant asks for no luck.
inline double drawn(const Distribution& distribution, const Luck& luck, Purpose purpose, std::uint64_t entity,
                    std::uint64_t attempt = 0) {
    if (distribution.kind == Distribution::Kind::constant) return distribution.quantile(0.5);
    return distribution.quantile(luck.uniform(purpose, entity, attempt));
}

}  // namespace gatesim
