#include "study/aside.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>

#include "study/own_files.hpp"

namespace gatesim {

namespace fs = std::filesystem;

namespace {

/// Says that the folder around it is a folder aside. Locked, and then written, as long as its process lives.
constexpr const char* kSign = ".gatesim-partial";
constexpr const char* kPartial = ".partial-";
constexpr int kMostNames = 100;

/// The process in "NAME.partial-PROCESS" or "NAME.partial-PROCESS-2"; 0 if the name is not of that kind. `before` is
/// NAME.
pid_t process_of(const std::string& name, const std::string& before) {
    const std::string begin = before + kPartial;
    if (!name.starts_with(begin)) return 0;
    const auto digit = [](unsigned char c) { return std::isdigit(c) != 0; };
    const auto from = name.begin() + static_cast<std::ptrdiff_t>(begin.size());
    const auto to = std::find_if_not(from, name.end(), digit);
    const bool more = to != name.end();
    if (from == to || to - from > 9) return 0;
    if (more && (*to != '-' || to + 1 == name.end() || !std::all_of(to + 1, name.end(), digit))) return 0;
    return std::stoi(std::string(from, to));
}

bool is_gone(pid_t process) {
    return process == ::getpid() || (::kill(process, 0) != 0 && errno == ESRCH);
}

/// Whether nobody holds the sign any more. A sign without a word in it, or on a disk without locks, tells nothing: then
/// the number of the process counts.
bool is_let_go(const std::string& sign, pid_t process) {
    const int file = ::open(sign.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (file < 0) return false;
    struct stat status {};
    bool gone = ::fstat(file, &status) == 0 && S_ISREG(status.st_mode);
    if (gone) {
        const bool held = ::flock(file, LOCK_SH | LOCK_NB) != 0;
        const bool unknown = (held && errno != EWOULDBLOCK) || status.st_size == 0;
        gone = unknown ? is_gone(process) : !held;
    }
    ::close(file);
    return gone;
}

bool is_dead(const std::string& path, pid_t process) {
    std::error_code error;
    if (!fs::is_directory(fs::symlink_status(path, error))) return false;
    if (fs::exists(fs::symlink_status(path + "/" + kSign, error))) return is_let_go(path + "/" + kSign, process);
    const bool ours = fs::is_empty(path, error) || is_regular(path + "/" + kManifest);
    return !error && ours && is_gone(process);
}

/// Name in front of ".partial-" and the folder, for what is beside `target`.
std::pair<std::string, std::string> beside(const std::string& target) {
    const fs::path path(target);
    const std::string folder = path.parent_path().empty() ? "." : path.parent_path().string();
    return {folder, path.filename().string()};
}

/// What says that it is ours goes last, or somebody who is killed here would leave a folder that nobody knows.
void remove_aside(const fs::path& path) {
    std::error_code error;
    std::vector<fs::path> first;
    for (fs::directory_iterator entry(path, error), end; !error && entry != end; entry.increment(error)) {
        const fs::path name = entry->path().filename();
        if (name != kSign && name != kManifest) first.push_back(entry->path());
    }
    for (const fs::path& inner : first) fs::remove_all(inner, error);
    fs::remove_all(path, error);
}

void remove_left(const std::string& folder, const std::string& before) {
    std::error_code error;
    std::vector<fs::path> dead;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        const pid_t process = process_of(entry->path().filename().string(), before);
        if (process != 0 && is_dead(entry->path().string(), process)) dead.push_back(entry->path());
    }
    for (const fs::path& path : dead) remove_aside(path);
}

}  // namespace

std::string MadeFolders::make(const std::string& path) {
    std::vector<fs::path> missing;
    std::error_code error;
    for (fs::path at(path); !at.empty() && !fs::exists(at, error); at = at.parent_path()) {
        if (!at.has_filename()) continue;  // a slash at the end
        missing.push_back(at);
    }
    for (auto it = missing.rbegin(); it != missing.rend(); ++it) {
        if (fs::create_directory(*it, error)) made_.push_back(it->string());
        if (error) return error.message();
    }
    return fs::is_directory(path, error) ? "" : "Not a directory";
}

void MadeFolders::undo() {
    for (auto it = made_.rbegin(); it != made_.rend(); ++it)
        if (::rmdir(it->c_str()) != 0) break;
    made_.clear();
}

Aside::Aside(const std::string& target) : target_(target) {
    std::error_code error;
    const bool there = fs::is_directory(target, error);
    const auto [folder, name] = there ? std::pair<std::string, std::string>{target, ""} : beside(target);
    if (const std::string trouble = above_.make(folder); !trouble.empty()) {
        problem_ = target + ": cannot create: " + trouble;
        return;
    }
    remove_left(folder, name);
    if (there) remove_left(beside(target).first, beside(target).second);
    const std::string path =
        (folder == "." && !there ? "" : folder + "/") + name + kPartial + std::to_string(::getpid());
    for (int tries = 1; tries <= kMostNames; ++tries) {
        if (make(tries == 1 ? path : path + "-" + std::to_string(tries))) return;
        if (errno != EEXIST && errno != ENOENT) break;
    }
    problem_ = target + ": cannot create: " + std::strerror(errno);
}

bool Aside::make(const std::string& path) {
    if (::mkdir(path.c_str(), 0777) != 0) return false;
    lock_ = ::open((path + "/" + kSign).c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (lock_ < 0) return false;
    path_ = path;
    ::flock(lock_, LOCK_EX | LOCK_NB);  // where there are no locks, the number of the process has to do
    const std::string words = "gatesim writes here; this folder goes when it ends\n";
    [[maybe_unused]] const ssize_t written = ::write(lock_, words.data(), words.size());
    return true;
}

Aside::~Aside() {
    if (!path_.empty()) remove_aside(path_);
    if (lock_ >= 0) ::close(lock_);
    above_.undo();
}

bool Aside::become_target() {
    std::error_code error;
    if (fs::is_directory(target_, error)) return false;
    // From here to the rename the list of files is the sign (is_dead).
    ::unlink((path_ + "/" + kSign).c_str());
    if (::rename(path_.c_str(), target_.c_str()) == 0) {
        path_.clear();
        return true;
    }
    if (errno != ENOTEMPTY && errno != EEXIST) problem_ = target_ + ": cannot rename: " + std::strerror(errno);
    return false;
}

bool is_aside(const std::string& folder, const std::string& name) {
    const pid_t process = process_of(name, "");
    const std::string path = folder + "/" + name;
    return process != 0 && (is_dead(path, process) || is_regular(path + "/" + kSign));
}

}  // namespace gatesim
