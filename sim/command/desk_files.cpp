#include "command/desk_files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "command/terminal.hpp"
#include "learn/texts.hpp"
#include "record/csv_writer.hpp"

namespace gatesim {

namespace fs = std::filesystem;
using learn::read_text;

bool write_whole(const std::string& path, const std::string& content) {
    WholeFile file(path);
    file.write(content);
    const std::string problem = file.commit();
    if (!problem.empty()) print_err(fmt::format("gatesim lesson: {}\n", problem));
    return problem.empty();
}

std::string rescue(const std::string& path, const std::string& text) {
    for (int number = 1; number < 10'000; ++number) {
        const std::string kept = fmt::format("{}.unreadable-{}", path, number);
        if (read_text(kept) == text) return kept;
        const int file = ::open(kept.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
        if (file < 0 && errno == EEXIST) continue;
        if (file < 0) return "";
        std::size_t done = 0;
        while (done < text.size()) {
            const ssize_t wrote = ::write(file, text.data() + done, text.size() - done);
            if (wrote <= 0) break;
            done += static_cast<std::size_t>(wrote);
        }
        const bool whole = ::fsync(file) == 0 && done == text.size();
        ::close(file);
        if (whole) return kept;
        ::unlink(kept.c_str());
        return "";
    }
    return "";
}

bool copy_file(const std::string& from, const std::string& to, bool read_only) {
    const auto content = read_text(from);
    if (!content) {
        print_err(fmt::format("gatesim lesson: cannot read {}\n", from));
        return false;
    }
    std::error_code error;
    fs::permissions(to, fs::perms::owner_write, fs::perm_options::add, error);
    if (!write_whole(to, *content)) return false;
    const auto mode = fs::status(from, error).permissions() & fs::perms::owner_exec;
    if (mode != fs::perms::none) fs::permissions(to, fs::perms::owner_exec, fs::perm_options::add, error);
    constexpr auto kWrite = fs::perms::owner_write | fs::perms::group_write | fs::perms::others_write;
    if (read_only) fs::permissions(to, kWrite, fs::perm_options::remove, error);
    return true;
}

}  // namespace gatesim
