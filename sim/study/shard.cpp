#include "study/shard.hpp"

#include <fmt/format.h>

#include <charconv>

#include "measure/mser.hpp"

namespace gatesim {

namespace {

/// "2", between, "4": two whole numbers without anything else.
std::optional<Shard> read_pair(std::string_view text, std::string_view between) {
    const std::size_t at = text.find(between);
    if (at == std::string_view::npos) return std::nullopt;
    Shard out;
    const auto read = [](std::string_view word, std::uint32_t& number) {
        const auto end = word.data() + word.size();
        const auto result = std::from_chars(word.data(), end, number);
        return result.ec == std::errc{} && result.ptr == end && number >= 1 && number <= kMostShards && word[0] != '0';
    };
    const bool fine = read(text.substr(0, at), out.number) && read(text.substr(at + between.size()), out.count) &&
                      out.number <= out.count;
    return fine ? std::optional(out) : std::nullopt;
}

constexpr std::string_view kFolder = "shard-";

}  // namespace

std::optional<Shard> read_shard(const std::string& text) {
    return read_pair(text, "/");
}

std::string shard_text(const Shard& shard) {
    return fmt::format("{}/{}", shard.number, shard.count);
}

std::string shard_folder(const Shard& shard) {
    return fmt::format("{}{}-of-{}", kFolder, shard.number, shard.count);
}

bool is_shard_folder(const std::string& name) {
    return name.starts_with(kFolder) && read_pair(std::string_view(name).substr(kFolder.size()), "-of-").has_value();
}

Shares::Shares(std::uint32_t count, std::size_t arms, std::uint32_t first_look)
    : count_(count), arms_(arms), step_(first_look % count) {
    // Nobody gets one more at the first look; then one may at a later one.
    if (step_ == 0) step_ = 1;
}

std::uint32_t Shares::owner(const GridTask& task) const {
    // Pilots go on where the arms' own turns have come to.
    const std::uint64_t begin = (task.arm + (task.pilot ? arms_ : 0)) * step_;
    const std::uint64_t turn = task.replication - (task.pilot ? kFirstWarmupRun : 1);
    return static_cast<std::uint32_t>((begin + turn) % count_) + 1;
}

}  // namespace gatesim
