#include "kernel/zone_files.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <string_view>

namespace gatesim::zones {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kHeader = 44, kLargest = 1 << 20;
constexpr std::int64_t kFirst = std::numeric_limits<std::int64_t>::min() / 2;
constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max() / 2;

/// Numbers of a file, the highest byte first.
std::int64_t number(const std::string& bytes, std::size_t at, std::size_t size) {
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < size; ++i) out = out << 8 | static_cast<unsigned char>(bytes[at + i]);
    if (size == 4) return static_cast<std::int32_t>(static_cast<std::uint32_t>(out));
    return static_cast<std::int64_t>(out);
}

/// One block of a file: how many there are of each thing, and where its data begin.
struct Block {
    std::size_t utc_flags, standard_flags, leaps, shifts, types, letters, begin;

    std::size_t size(std::size_t instant) const {
        return shifts * (instant + 1) + types * 6 + letters + leaps * (instant + 4) + standard_flags + utc_flags;
    }
};

std::optional<Block> read_block(const std::string& bytes, std::size_t at, std::size_t instant) {
    if (bytes.size() < at + kHeader || bytes.compare(at, 4, "TZif") != 0) return std::nullopt;
    const auto count = [&](std::size_t i) { return static_cast<std::size_t>(number(bytes, at + 20 + 4 * i, 4)); };
    const Block out{count(0), count(1), count(2), count(3), count(4), count(5), at + kHeader};
    for (const std::size_t n : {out.utc_flags, out.standard_flags, out.leaps, out.shifts, out.types, out.letters})
        if (n > kLargest) return std::nullopt;
    if (out.types == 0 || bytes.size() < out.begin + out.size(instant)) return std::nullopt;
    return out;
}

}  // namespace

std::unique_ptr<FileZone> FileZone::parse(const std::string& bytes) {
    constexpr std::size_t kInstant = 8;
    const auto old = read_block(bytes, 0, 4);
    if (!old || bytes[4] < '2') return nullptr;  // the first block has 32 bits, for readers of long ago
    const auto block = read_block(bytes, old->begin + old->size(4), kInstant);
    if (!block) return nullptr;
    const std::size_t indices = block->begin + block->shifts * kInstant, types = indices + block->shifts;
    const auto offset = [&](std::size_t type) { return number(bytes, types + 6 * type, 4); };
    auto out = std::make_unique<FileZone>();
    std::size_t first = 0;  // before the first shift: the first type that is no summer time
    while (first < block->types && bytes[types + 6 * first + 4] != 0) ++first;
    out->shifts_.push_back({kFirst, offset(first < block->types ? first : 0)});
    for (std::size_t i = 0; i < block->shifts; ++i) {
        const auto type = static_cast<std::size_t>(static_cast<unsigned char>(bytes[indices + i]));
        const std::int64_t at = number(bytes, block->begin + i * kInstant, kInstant);
        if (type >= block->types) return nullptr;
        if (at <= out->shifts_.back().at) {
            if (at < kFirst) continue;
            return nullptr;
        }
        out->shifts_.push_back({at, offset(type)});
    }
    return out;
}

Spell FileZone::at(std::int64_t second) const {
    const auto after = std::upper_bound(shifts_.begin() + 1, shifts_.end(), second,
                                        [](std::int64_t asked, const Shift& shift) { return asked < shift.at; });
    const Shift& in = *std::prev(after);
    return {in.at, after == shifts_.end() ? kLast : after->at, in.offset};
}

std::unique_ptr<FileZone> read_zone(const std::string& folder, const std::string& name) {
    const fs::path path(name);
    std::error_code error;
    const bool inside = !path.empty() && path.is_relative() && path.lexically_normal() == path &&
                        *path.begin() != ".." && fs::is_regular_file(fs::path(folder) / path, error);
    if (!inside) return nullptr;
    std::ifstream file(fs::path(folder) / path, std::ios::binary);
    std::string bytes(kLargest + 1, '\0');
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(file.gcount()));
    return bytes.size() > kLargest ? nullptr : FileZone::parse(bytes);
}

std::vector<std::string> zone_files(const std::string& folder) {
    std::vector<std::string> out;
    std::error_code error;
    for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        const std::string name = it->path().lexically_relative(folder).generic_string();
        if (read_zone(folder, name)) out.push_back(name);
    }
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace gatesim::zones
