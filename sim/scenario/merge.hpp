// One document on top of another: JSON merge patch (RFC 7386), with order and positions kept.
#pragma once

#include "scenario/node.hpp"

namespace gatesim::document {

/// Merges `patch` into `base`: objects key by key (the base's keys first, new ones behind them), null takes a key away,
/// everything else replaces.
void merge(Node& base, Node patch);

}  // namespace gatesim::document
