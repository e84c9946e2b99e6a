#include "study/log_folder.hpp"

#include <algorithm>
#include <filesystem>

#include "study/own_files.hpp"

namespace gatesim {

namespace fs = std::filesystem;

namespace {

constexpr const char* kLogs = "logs";

/// The files in `folder` that a log writer makes, sorted.
std::vector<std::string> files_in(const std::string& folder) {
    std::vector<std::string> out{"builds.csv", "truth.csv"};
    std::error_code error;
    for (fs::directory_iterator entry(folder + "/" + kLogs, error), end; !error && entry != end; entry.increment(error))
        out.push_back(std::string(kLogs) + "/" + entry->path().filename().string());
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace

LogFolder::LogFolder(std::string path, const std::vector<std::string>& inputs) : path_(std::move(path)) {
    while (path_.size() > 1 && path_.back() == '/') path_.pop_back();
    problem_ = why_not_into(path_, inputs, {"builds.csv", "truth.csv"});
    std::error_code error;
    if (problem_.empty() && fs::exists(fs::symlink_status(path_ + "/run.json", error)))
        problem_ = path_ + ": is the folder of a run, which has a builds.csv of its own; name another folder for logs";
    const fs::file_status logs = fs::symlink_status(path_ + "/" + kLogs, error);
    if (problem_.empty() && fs::exists(logs) && !fs::is_directory(logs))
        problem_ = path_ + "/" + kLogs + ": is there, and is not a folder";
    if (!problem_.empty()) return;
    aside_ = std::make_unique<Aside>(path_);
    problem_ = aside_->problem();
}

std::string LogFolder::finish() {
    std::error_code error;
    const std::vector<std::string> written = files_in(aside_->path());
    if (!fs::exists(path_, error)) {
        Manifest list;
        for (const std::string& name : written) list.note(aside_->path(), name);
        if (std::string trouble = list.write(aside_->path()); !trouble.empty()) return trouble;
        if (aside_->become_target()) return "";
        if (!aside_->problem().empty()) return aside_->problem();
    }
    // Somebody may have come in between.
    if (std::string trouble = why_not_into(path_, {}, written); !trouble.empty()) return trouble;
    std::vector<std::string> stale = files_in(path_);  // of them those that an earlier run wrote
    std::erase_if(stale,
                  [&](const std::string& name) { return std::binary_search(written.begin(), written.end(), name); });
    fs::create_directory(path_ + "/" + kLogs, error);
    if (error) return path_ + "/" + kLogs + ": cannot create: " + error.message();
    return replace_files(aside_->path(), path_, written, stale);
}

}  // namespace gatesim
