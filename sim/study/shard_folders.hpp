// The folders that shards of a study (study/shard.hpp) leave behind, and how they come together again.
//
// A shard's folder holds shard.json, which says of which study it is a shard, and journal.jsonl. It can be copied,
// renamed and looked at while its shard runs.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "study/grid.hpp"
#include "study/shard_run.hpp"

namespace gatesim {

inline constexpr const char* kShardFile = "shard.json";

/// What makes two shards shards of one study.
struct ShardStudy {
    std::string command, version, build, scenario;
    std::uint64_t seed = 1;
    std::string until, warmup;                              ///< in words
    std::vector<std::uint32_t> looks;                       ///< GridOptions::looks
    std::vector<std::pair<std::string, std::string>> arms;  ///< label and sha256_of_arm
};

ShardStudy shard_study(const std::string& command, const std::vector<Arm>& arms, const GridOptions& options);

/// In what `other` is another study, as the end of a sentence ("its seed is 2, not 1"); empty = in nothing.
std::string difference_of(const ShardStudy& other, const ShardStudy& asked);

/// shard.json.
std::string shard_json(const Shard& shard, const ShardStudy& study);

/// A folder with a shard.json that can be read.
struct ShardFolder {
    std::string path;
    Shard shard;
    ShardStudy study;
};

/// What a shard.json says besides its path. False: it is none.
bool read_shard_json(const std::string& text, ShardFolder& out);

/// The shards in these folders, ordered by number; each folder is a shard's own, or holds some. Or `problem` says what
/// is wrong: a folder that is none or has none; a shard of another study; two of one number; of different divisions.
std::vector<ShardFolder> find_shards(const std::vector<std::string>& folders, const ShardStudy& asked,
                                     std::string& problem);

/// The numbers of those that are not among them.
std::vector<std::uint32_t> absent_shards(const std::vector<ShardFolder>& shards);

/// Lends the journal all that the journals in these folders have for the same terms and arms. Empty, or that two of
/// them have different results for the same replication.
std::string lend_shards(const std::vector<ShardFolder>& shards, const std::string& terms, const std::vector<Arm>& arms,
                        Journal& journal);

/// Looks into the folders of the other shards beside `own`, a folder in `folder`, each time they have grown, but no
/// more than a tenth of the time.
LookAround look_into(const std::string& folder, const Shard& own, const std::string& terms,
                     const std::vector<Arm>& arms);

}  // namespace gatesim
