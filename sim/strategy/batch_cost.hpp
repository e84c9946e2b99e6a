// What testing in batches costs on average, in builds a change. (SOURCES.md, the studies)
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "strategy/batch_family.hpp"

namespace gatesim {

/// The chance that so many successive changes all pass.
using AllPass = std::function<double(std::size_t changes)>;

/// Each fails by itself with this chance.
AllPass independent_failures(double fails);

/// Failures come in runs: the share `fails` of all changes, `run` in a row on average (a chain of two states).
AllPass clustered_failures(double fails, double run);

/// Builds a change when batches of `size` are tested and red ones are searched by this rule. Exact for failures that
/// are the same on every state and, with `bisect`, `stop_at_4`, `singles` and `quarters`, for any AllPass that depends
/// on nothing but the number of changes; `prefix` (in two parts) takes the failures for independent.
double batch_cost(OnRed on_red, std::size_t size, const AllPass& all_pass);

/// Builds that recorded changes take, tested in batches of `size` in their order. passes[i]: whether change i passes by
/// itself; a group is red if one of it is not. The last batch is as short as what is left, and the build of a group of
/// one is never repeated. Exact, for all rules.
std::uint64_t batch_builds(OnRed on_red, std::size_t size, const std::vector<char>& passes);

/// The size from 1 to `most` of the lowest cost; the smallest of equals.
std::size_t best_batch_size(OnRed on_red, std::size_t most, const AllPass& all_pass);

}  // namespace gatesim
