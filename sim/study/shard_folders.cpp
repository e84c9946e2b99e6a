#include "study/shard_folders.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <set>

#include "study/journal_lines.hpp"
#include "study/own_files.hpp"
#include "study/question.hpp"
#include "study/unlisted_files.hpp"
#include "study/worker.hpp"

namespace gatesim {

namespace fs = std::filesystem;

namespace {

/// A folder with a shard.json, or nothing. One that is damaged is a problem: it is not passed over.
std::optional<ShardFolder> read_folder(const std::string& path, std::string& problem) {
    const std::string file = path + "/" + kShardFile;
    if (!is_regular(file)) return std::nullopt;
    std::ifstream in(file, std::ios::binary);
    ShardFolder out{path, {}, {}};
    if (read_shard_json({std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()}, out)) return out;
    problem =
        fmt::format("{}: cannot be read as gatesim wrote it; start that shard again, which repeats nothing", file);
    return std::nullopt;
}

/// The folders in a folder, in order of name.
std::vector<std::string> folders_in(const std::string& path) {
    std::vector<std::string> out;
    std::error_code error;
    for (fs::directory_iterator entry(path, error), end; !error && entry != end; entry.increment(error))
        if (fs::is_directory(entry->status(error))) out.push_back((fs::path(path) / entry->path().filename()).string());
    std::sort(out.begin(), out.end());
    return out;
}

std::vector<ShardFolder> read_folders(const std::string& path, std::string& problem) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
        problem = path + ": is not a folder";
        return {};
    }
    std::vector<ShardFolder> out;
    if (auto itself = read_folder(path, problem)) return {std::move(*itself)};
    for (const std::string& inner : folders_in(path))
        if (auto folder = read_folder(inner, problem)) out.push_back(std::move(*folder));
    if (out.empty() && problem.empty())
        problem = fmt::format(
            "{}: holds no shard (a folder with {}); name the folders of the shards, or the "
            "one that their --out named",
            path, kShardFile);
    return out;
}

std::string fault_of_pair(const ShardFolder& a, const ShardFolder& b) {
    if (a.shard.count != b.shard.count)
        return fmt::format("{} is shard {}, and {} is shard {}: name the shards of one division only", a.path,
                           shard_text(a.shard), b.path, shard_text(b.shard));
    if (a.shard.number != b.shard.number) return "";
    return fmt::format("shard {} is given twice: {} and {}", shard_text(a.shard), a.path, b.path);
}

using Records = std::map<JournalKey, ReplicationRecord>;

/// What the journals in a folder have under that header.
Records read_journals(const std::string& folder, const std::string& header, const std::set<std::string>& arms) {
    std::vector<std::pair<int, std::string>> files;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
        if (const int number = journal_number(entry->path().filename().string()); number >= 0)
            files.emplace_back(number, entry->path().string());
    std::sort(files.begin(), files.end());
    Records out;
    for (const auto& [number, path] : files) {
        const int file = ::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
        struct stat status {};
        if (file >= 0 && ::fstat(file, &status) == 0 && S_ISREG(status.st_mode)) {
            JournalText text = read_journal(file);
            for (auto& [key, record] : text.records)
                if (text.header == header && arms.count(key.arm_sha256) != 0) out.emplace(key, std::move(record));
        }
        if (file >= 0) ::close(file);
    }
    return out;
}

std::set<std::string> shas_of(const std::vector<Arm>& arms) {
    std::set<std::string> out;
    for (const Arm& arm : arms) out.insert(sha256_of_arm(arm.scenario));
    return out;
}

}  // namespace

std::vector<ShardFolder> find_shards(const std::vector<std::string>& folders, const ShardStudy& asked,
                                     std::string& problem) {
    std::vector<ShardFolder> out;
    for (const std::string& folder : folders) {
        for (ShardFolder& one : read_folders(folder, problem)) out.push_back(std::move(one));
        if (!problem.empty()) return {};
    }
    for (const ShardFolder& folder : out) {
        const std::string difference = difference_of(folder.study, asked);
        if (difference.empty()) continue;
        problem =
            fmt::format("{}: is shard {} of another study: {}", folder.path, shard_text(folder.shard), difference);
        return {};
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const ShardFolder& a, const ShardFolder& b) { return a.shard.number < b.shard.number; });
    for (std::size_t i = 1; i < out.size(); ++i)
        if (problem = fault_of_pair(out[i - 1], out[i]); !problem.empty()) return {};
    return out;
}

std::vector<std::uint32_t> absent_shards(const std::vector<ShardFolder>& shards) {
    std::set<std::uint32_t> there;
    for (const ShardFolder& folder : shards) there.insert(folder.shard.number);
    std::vector<std::uint32_t> out;
    for (std::uint32_t number = 1; number <= shards.front().shard.count; ++number)
        if (there.count(number) == 0) out.push_back(number);
    return out;
}

std::string lend_shards(const std::vector<ShardFolder>& shards, const std::string& terms, const std::vector<Arm>& arms,
                        Journal& journal) {
    const std::string header = journal_header(terms);
    const std::set<std::string> shas = shas_of(arms);
    std::map<JournalKey, const ShardFolder*> from;
    for (const ShardFolder& folder : shards) {
        for (auto& [key, record] : read_journals(folder.path, header, shas)) {
            const auto [there, fresh] = from.try_emplace(key, &folder);
            // Pilots may have been run by several, and give the same, unless a machine computes otherwise.
            if (!fresh && result_line(*journal.lent(key)) != result_line(record))
                return fmt::format(
                    "{} and {} have different results for the same replication ({}): one of their machines computes "
                    "otherwise; run them on machines of one kind",
                    there->second->path, folder.path, key.replication);
            journal.lend(key, std::move(record));
        }
    }
    return "";
}

LookAround look_into(const std::string& folder, const Shard& own, const std::string& terms,
                     const std::vector<Arm>& arms) {
    using Clock = std::chrono::steady_clock;
    struct Memory {
        std::map<std::string, std::pair<std::uintmax_t, fs::file_time_type>> seen;
        Clock::time_point next = Clock::now();
    };
    return [folder, own, header = journal_header(terms), shas = shas_of(arms), memory = Memory{}](Journal& to) mutable {
        const auto begin = Clock::now();
        if (begin < memory.next) return false;
        for (std::uint32_t number = 1; number <= own.count; ++number) {
            if (number == own.number) continue;
            const std::string path = (fs::path(folder) / shard_folder({number, own.count})).string();
            std::error_code error;
            const std::pair state{fs::file_size(path + "/journal.jsonl", error),
                                  fs::last_write_time(path + "/journal.jsonl", error)};
            if (error || memory.seen[path] == state) continue;
            memory.seen[path] = state;
            for (auto& [key, record] : read_journals(path, header, shas)) to.lend(key, std::move(record));
        }
        const auto end = Clock::now();
        memory.next = end + std::max<Clock::duration>(10 * (end - begin), std::chrono::milliseconds(200));
        return true;
    };
}

}  // namespace gatesim
