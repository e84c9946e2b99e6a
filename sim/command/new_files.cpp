#include "command/new_files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "record/csv_writer.hpp"

namespace gatesim {

namespace fs = std::filesystem;

namespace {

/// Gives `from` the name `to`, unless something has it. Empty, or what went wrong.
std::string rename_new(const std::string& from, const std::string& to) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return "";
    // Some disks cannot do it in one step; a file can then have two names for a moment.
    if (errno == EINVAL && ::link(from.c_str(), to.c_str()) == 0) {
        ::unlink(from.c_str());
        return "";
    }
    if (errno == EEXIST) return to + ": is there already, and stays as it is";
    return fmt::format("{}: {}", to, std::strerror(errno));
}

/// Writes all into a folder that is nobody else's. Empty, or what went wrong.
std::string write_all(const fs::path& folder, const NewFiles& files) {
    for (const auto& [name, content] : files) {
        WholeFile file((folder / name).string());
        file.write(content);
        if (std::string problem = file.commit(); !problem.empty()) return problem;
    }
    return "";
}

/// Into a folder that is there: one after the other, and back again if one cannot be.
std::string move_all(const fs::path& aside, const fs::path& folder, const NewFiles& files) {
    for (std::size_t i = 0; i < files.size(); ++i) {
        std::string problem = rename_new((aside / files[i].first).string(), (folder / files[i].first).string());
        if (problem.empty()) continue;
        for (std::size_t made = 0; made < i; ++made) ::unlink((folder / files[made].first).c_str());
        return problem;
    }
    return "";
}

}  // namespace

std::string what_is_in_the_way(const std::string& folder, const NewFiles& files) {
    std::error_code error;
    const fs::file_status status = fs::symlink_status(folder, error);
    if (!fs::exists(status)) return "";
    if (!fs::is_directory(folder, error)) return folder + ": is there already, and is no folder";
    for (const auto& file : files) {
        const fs::path path = fs::path(folder) / file.first;
        if (fs::exists(fs::symlink_status(path, error)))
            return path.string() + ": is there already; nothing of yours is replaced, so name another place";
    }
    return "";
}

std::string make_files(const std::string& folder, const NewFiles& files) {
    std::error_code error;
    fs::path target = fs::path(folder).lexically_normal();
    if (!target.has_filename()) target = target.parent_path();
    if (target.empty()) target = ".";
    const bool there = fs::is_directory(target, error);
    const fs::path beside = there ? target : target.has_parent_path() ? target.parent_path() : fs::path(".");
    if (!there) fs::create_directories(beside, error);
    std::string name = (beside / ".gatesim-new-XXXXXX").string();
    if (!::mkdtemp(name.data())) return fmt::format("{}: {}", beside.string(), std::strerror(errno));
    const mode_t mask = ::umask(0);  // a folder of mkdtemp's is nobody else's to read
    ::umask(mask);
    fs::permissions(name, fs::perms(0777 & ~mask), error);
    std::string problem = write_all(name, files);
    if (problem.empty()) problem = there ? move_all(name, target, files) : rename_new(name, target.string());
    fs::remove_all(name, error);
    return problem;
}

}  // namespace gatesim
