// One shard of a grid (study/shard.hpp), run here; the others are run elsewhere, at another time or at the same one.
#pragma once

#include <functional>
#include <vector>

#include "study/grid.hpp"

namespace gatesim {

/// Lends the journal what the other shards have by now. Asked often, so it need not look each time: whether it did.
using LookAround = std::function<bool(Journal&)>;

/// Runs what is the shard's of all looks, and waits for nobody. The warm-up is common to all shards, so every one needs
/// all pilots: it runs its own, then those that nobody has yet, all of them if it is alone, beginning at another place
/// of the list than the others. It ends when `enough` is content with a look that all shards together have (`settled`
/// says so), and else with its share of the last one. The records are those that run_grid would have made.
GridResult run_shard(const std::vector<Arm>& arms, const GridOptions& options, const Shard& shard, Journal& journal,
                     const LookAround& look_around, const std::function<bool(const GridResult&)>& enough);

}  // namespace gatesim
