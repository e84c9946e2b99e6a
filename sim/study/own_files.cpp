#include "study/own_files.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "record/csv_writer.hpp"
#include "study/folder_lock.hpp"
#include "study/summary.hpp"
#include "study/unlisted_files.hpp"

namespace gatesim {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

/// The content of a file in a word; empty if it cannot be read.
std::string sum_of(const std::string& path) {
    if (!is_regular(path)) return "";
    std::ifstream in(path, std::ios::binary);
    std::vector<char> buffer(1 << 18);
    uLong sum = ::crc32(0, nullptr, 0);
    std::uint64_t size = 0;
    while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0) {
        sum = ::crc32(sum, reinterpret_cast<const Bytef*>(buffer.data()), static_cast<uInt>(in.gcount()));
        size += static_cast<std::uint64_t>(in.gcount());
    }
    return in.bad() || (!in.eof() && in.fail()) ? "" : fmt::format("{}-{:08x}", size, sum);
}

std::string foreign(const std::string& path) {
    return path + ": was not written by gatesim, or was changed since; move it away, or name another folder";
}

/// Whether `inner` is `outer` or below it, both as they really are.
bool is_within(const fs::path& inner, const fs::path& outer) {
    return std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end()).first == outer.end();
}

std::string why_not_beside_inputs(const std::string& path, const std::vector<std::string>& inputs) {
    std::error_code error;
    const fs::path folder = fs::canonical(path, error);
    if (error) return path + ": " + error.message();
    for (const std::string& input : inputs) {
        const fs::path file = fs::canonical(input, error);
        if (!error && is_within(file, folder))
            return fmt::format("{}: holds {}, which is read here; name another folder", path, input);
    }
    return "";
}

}  // namespace

bool is_regular(const std::string& path) {
    std::error_code error;
    return fs::is_regular_file(fs::symlink_status(path, error));
}

Manifest::Manifest(const std::string& folder) {
    const std::string path = folder + "/" + kManifest;
    if (!is_regular(path)) return;
    std::ifstream in(path, std::ios::binary);
    const Json document = Json::parse(in, nullptr, false);
    try {
        if (document.at("gatesim_files") != 1) return;
        for (const auto& [name, sums] : document.at("files").items())
            files_[name] = sums.get<std::vector<std::string>>();
        listed_ = true;
    } catch (const nlohmann::json::exception&) {
        files_.clear();  // a damaged list is none
    }
}

bool Manifest::owns(const std::string& folder, const std::string& name) const {
    const std::string path = folder + "/" + name;
    if (!is_regular(path)) return false;
    if (!listed_) return is_ours_unlisted(folder, name);
    const auto it = files_.find(name);
    return it != files_.end() && std::find(it->second.begin(), it->second.end(), sum_of(path)) != it->second.end();
}

void Manifest::note(const std::string& folder, const std::string& name) {
    const std::string sum = sum_of(folder + "/" + name);
    auto& sums = files_[name];
    if (std::find(sums.begin(), sums.end(), sum) == sums.end()) sums.push_back(sum);
}

void Manifest::forget(const std::vector<std::string>& names) {
    for (const std::string& name : names) files_.erase(name);
}

std::string Manifest::write(const std::string& folder) const {
    const Json document = {{"gatesim_files", 1}, {"files", files_}};
    WholeFile file(folder + "/" + kManifest);
    file.write(document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
    return file.commit();
}

std::string why_not_into(const std::string& path, const std::vector<std::string>& inputs,
                         const std::vector<std::string>& names) {
    std::error_code error;
    const fs::file_status link = fs::symlink_status(path, error);
    if (!fs::exists(link)) return "";
    const fs::file_status status = fs::status(path, error);
    if (fs::is_symlink(link) && !fs::exists(status)) return path + ": is a link to nothing";
    if (!fs::is_directory(status)) return path + ": is there, and is not a folder";
    std::string problem = why_not_beside_inputs(path, inputs);
    if (!problem.empty()) return problem;
    switch (look_at(path, problem)) {
        case FolderKind::empty:
            return "";
        case FolderKind::unreadable:
            return path + ": cannot be read: " + problem;
        case FolderKind::foreign:
            return fmt::format(
                "{}: is not empty (it holds {}) and is not a folder of gatesim's: it has neither a run.json nor a "
                "journal; name a new folder",
                path, problem);
        case FolderKind::ours:
            break;
    }
    const Manifest manifest(path);
    for (const std::string& name : names) {
        const std::string file = (fs::path(path) / name).string();
        if (fs::exists(fs::symlink_status(file, error)) && !manifest.owns(path, name)) return foreign(file);
    }
    return "";
}

std::string replace_files(const std::string& aside, const std::string& folder, const std::vector<std::string>& written,
                          const std::vector<std::string>& stale) {
    const FolderLock lock(folder);
    Manifest manifest(folder);
    std::error_code error;
    // The list that is written first knows old and new content, so that a file is ours at every moment in between.
    Manifest after = manifest;
    after.forget(written);
    std::vector<std::string> gone;
    for (const std::string& name : written) {
        const bool there = fs::exists(fs::symlink_status(folder + "/" + name, error));
        if (there && !manifest.owns(folder, name)) return foreign(folder + "/" + name);
        after.note(aside, name);
    }
    for (const std::string& name : stale)
        if (manifest.owns(folder, name)) gone.push_back(name);
    Manifest both = after;
    for (const std::string& name : written)
        if (is_regular(folder + "/" + name)) both.note(folder, name);
    for (const std::string& name : gone) both.note(folder, name);
    if (std::string trouble = both.write(folder); !trouble.empty()) return trouble;
    for (const std::string& name : written) {
        fs::rename(fs::path(aside) / name, fs::path(folder) / name, error);
        if (error) return folder + "/" + name + ": cannot replace: " + error.message();
    }
    for (const std::string& name : gone) {
        fs::remove(fs::path(folder) / name, error);
        if (error) return folder + "/" + name + ": cannot remove: " + error.message();
    }
    after.forget(gone);
    return after.write(folder);
}

}  // namespace gatesim
