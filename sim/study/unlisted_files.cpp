#include "study/unlisted_files.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "record/columns.hpp"
#include "scenario/sha256.hpp"
#include "study/aside.hpp"
#include "study/own_files.hpp"
#include "study/run_directory.hpp"
#include "study/shard.hpp"

namespace gatesim {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kLongestBegin = 4096;
constexpr std::uintmax_t kLargestDocument = std::uintmax_t{256} << 20;

std::string begin_of(const std::string& path) {
    if (!is_regular(path)) return "";
    std::ifstream in(path, std::ios::binary);
    std::string out(kLongestBegin, '\0');
    in.read(out.data(), static_cast<std::streamsize>(out.size()));
    out.resize(static_cast<std::size_t>(in.gcount()));
    return out;
}

std::string whole(const std::string& path) {
    std::error_code error;
    if (!is_regular(path) || fs::file_size(path, error) > kLargestDocument || error) return "";
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// A document of a study: its members "version" and "scenario" are texts.
std::string text_member(const std::string& path, const char* name) {
    const auto document = nlohmann::json::parse(whole(path), nullptr, false);
    if (!document.is_object() || !document.contains("format") || !document.contains("version")) return "";
    const auto it = document.find(name);
    return it != document.end() && it->is_string() ? it->get<std::string>() : "";
}

bool is_table(const std::string& name, const std::string& begin) {
    for (const auto* docs : {&table_docs(), &optional_table_docs()})
        for (const TableDoc& doc : *docs)
            if (doc.file() == name) return begin.starts_with(doc.header());
    if (name == "replications.csv") return begin.starts_with("arm,replication,metric,unit,value\n");
    if (name == "compare.csv") return begin.starts_with("arm,strategy,metric,");
    if (name == "sweep.csv") return begin.substr(0, begin.find('\n')).find(",metric,unit,n,mean,") != std::string::npos;
    return false;
}

/// A journal's first line begins so, whatever happened to the rest of it.
bool is_journal(const std::string& path) {
    const std::string begin = begin_of(path);
    return begin.starts_with("{\"journal\":") && begin.size() > 11 &&
           std::isdigit(static_cast<unsigned char>(begin[11]));
}

bool is_resolved_scenario(const std::string& folder) {
    const std::string sha = text_member(folder + "/summary.json", "scenario_sha256");
    std::string text = whole(folder + "/scenario.json");
    if (sha.empty() || text.empty()) return false;
    if (sha256_hex(text) == sha) return true;
    if (text.back() == '\n') text.pop_back();
    return sha256_hex(text) == sha;
}

}  // namespace

int journal_number(const std::string& name) {
    const std::string begin = "journal", end = ".jsonl";
    if (name == begin + end) return 0;
    if (!name.starts_with(begin + "-") || !name.ends_with(end)) return -1;
    const std::string digits = name.substr(begin.size() + 1, name.size() - begin.size() - 1 - end.size());
    const bool number = !digits.empty() && digits.size() < 10 && digits[0] != '0' &&
                        std::all_of(digits.begin(), digits.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
    return number ? std::stoi(digits) : -1;
}

bool is_ours_unlisted(const std::string& folder, const std::string& name) {
    const std::string path = folder + "/" + name;
    if (name.ends_with(".csv")) return is_table(name, begin_of(path));
    if (name == "run.json") return read_run_call(folder).has_value();
    if (name == "scenario.json") return is_resolved_scenario(folder);
    if (name == "events.jsonl") return begin_of(path).starts_with("{\"replication\":");
    if (name == "summary.json" || name == "compare.json" || name == "sweep.json")
        return !text_member(path, "scenario").empty();
    for (const char* stem : {"summary", "compare", "sweep"}) {
        if (name != std::string(stem) + ".txt") continue;
        const std::string scenario = text_member(folder + "/" + stem + ".json", "scenario");
        return !scenario.empty() && ("\n" + begin_of(path)).find("\n" + scenario + ": ") != std::string::npos;
    }
    return journal_number(name) >= 0 && is_journal(path);
}

FolderKind look_at(const std::string& folder, std::string& told) {
    if (Manifest(folder).listed() || read_run_call(folder)) return FolderKind::ours;
    std::error_code error;
    bool empty = true;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (journal_number(name) >= 0 && is_journal(entry->path().string())) return FolderKind::ours;
        // A journal without a byte: a study that was killed as it began.
        // Shards may begin at the same time; what another's folder holds is that shard's affair.
        if (is_shard_folder(name) && entry->is_directory(error)) {
            std::string inside;
            if (look_at(entry->path().string(), inside) == FolderKind::ours) return FolderKind::ours;
            error.clear();
            continue;
        }
        const bool nothing = journal_number(name) == 0 && is_regular(entry->path().string()) && entry->file_size() == 0;
        if (nothing || is_aside(folder, name)) continue;
        if (empty || name < told) told = name;
        empty = false;
    }
    if (error) {
        told = error.message();
        return FolderKind::unreadable;
    }
    return empty ? FolderKind::empty : FolderKind::foreign;
}

}  // namespace gatesim
