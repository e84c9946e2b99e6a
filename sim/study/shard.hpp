// A study in shards, for several machines: which replications each of them runs.
//
// A shard is a process of its own with a journal of its own, and waits for nobody. What it finds in the journals of the
// others beside it saves it work; without them it does what it needs by itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace gatesim {

/// Number `number` of `count`, from 1.
struct Shard {
    std::uint32_t number = 1, count = 1;
};

/// More than that is a mistake in typing.
inline constexpr std::uint32_t kMostShards = 10000;

/// "2/4". Nothing if the text is none.
std::optional<Shard> read_shard(const std::string& text);
std::string shard_text(const Shard& shard);

/// The folder of a shard, beside the others: "shard-2-of-4"; and whether a name is one.
std::string shard_folder(const Shard& shard);
bool is_shard_folder(const std::string& name);

/// One replication of one arm; a pilot is one that finds the warm-up.
struct GridTask {
    std::size_t arm = 0;
    std::uint32_t replication = 1;
    bool pilot = false;
};

/// Who runs what. Of each arm's replications every shard gets as many as any other, or one less: arms differ in what
/// they cost, replications of an arm hardly. Who gets one more is another shard for each arm, so that at the first look
/// all together differ by one at most, too.
class Shares {
public:
    /// `first_look`: after how many replications the study looks at its results for the first time.
    Shares(std::uint32_t count, std::size_t arms, std::uint32_t first_look);

    /// The number of the shard, from 1.
    std::uint32_t owner(const GridTask& task) const;

private:
    std::uint64_t count_, arms_, step_;
};

}  // namespace gatesim
