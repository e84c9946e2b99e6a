// Small integers that name things inside one replication. Names for people live beside them in the model.
#pragma once

#include <cstdint>
#include <limits>

namespace gatesim {

using ChangeId = std::uint32_t;    ///< order in which the replication first heard of the change
using ItemId = std::uint32_t;      ///< one stay of one change in one queue; counts over all pipelines
using AttemptId = std::uint32_t;   ///< one try of an item on one base (Zuul: build set)
using BuildId = std::uint32_t;     ///< one run of one job that was handed to a worker
using RequestId = std::uint32_t;   ///< one request for nodes
using ProjectId = std::uint32_t;   ///< index into Scenario::projects
using PipelineId = std::uint32_t;  ///< index into Scenario::pipelines
using QueueId = std::uint32_t;     ///< one queue of one pipeline, in order of creation
using JobId = std::uint32_t;       ///< index into Scenario::job_names: a job's name, whatever its variant
using PoolId = std::uint32_t;      ///< index into Scenario::pools
using PersonId = std::uint32_t;    ///< index into Cast::people
using RaceId = std::uint32_t;      ///< listed races first, in their order, then those born, in order of birth

/// "None of them"; the same for every kind of id.
inline constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

}  // namespace gatesim
