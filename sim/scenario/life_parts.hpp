// Decoding of pools that live, for decode_pools.cpp.
#pragma once

#include "scenario/decode.hpp"

namespace gatesim::document {

/// Fills Pool::life if a key says that the pool lives; the other keys of the pool stand in it already.
void decode_life(Context& context, const Layers& keys, Pool& pool);
/// Where builds of lost nodes run again; when all pools are known.
void decode_retry_pool(Context& context, const Layers& keys, Pool& pool);
/// Before the pools, which name them.
void decode_quotas(Context& context);

}  // namespace gatesim::document
