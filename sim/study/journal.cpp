#include "study/journal.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "record/csv_writer.hpp"
#include "study/journal_lines.hpp"
#include "study/question.hpp"
#include "study/unlisted_files.hpp"

namespace gatesim {

namespace fs = std::filesystem;

namespace {

constexpr const char* kName = "journal.jsonl";

/// The workers of a study that was killed hold its journal for a moment longer than the study itself.
bool locked(int descriptor) {
    for (int tries = 0; tries < 50; ++tries) {
        if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
            return true;  // or a disk without locks
        ::usleep(100'000);
    }
    return false;
}

/// Whether the open file is still the one of that name.
bool is_at(int descriptor, const std::string& path) {
    struct stat open {
    }, there{};
    return ::fstat(descriptor, &open) == 0 && ::lstat(path.c_str(), &there) == 0 && open.st_ino == there.st_ino &&
           open.st_dev == there.st_dev;
}

/// Renames, if nothing has the new name yet.
bool renamed(const std::string& from, const std::string& to) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return true;
    if (errno != EINVAL && errno != ENOSYS) return false;
    // A disk that cannot say it in one word. Two names at once are as good.
    return ::link(from.c_str(), to.c_str()) == 0 && ::unlink(from.c_str()) == 0;
}

}  // namespace

Journal::Journal(const JournalPlace& place)
    : place_(place), path_(place.folder + "/" + kName), header_(journal_header(place.terms)) {
    open();
    if (problem_.text.empty() && place_.resume) read_kept();
}

Journal::~Journal() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

void Journal::fail(const std::string& what) {
    if (problem_.text.empty()) problem_ = {path_ + ": " + what, 4, 0};
}

/// Ends with the journal open, locked, and in its place; or with a problem.
void Journal::open() {
    for (int tries = 0; tries < 10 && problem_.text.empty(); ++tries) {
        std::error_code error;
        const fs::file_status status = fs::symlink_status(path_, error);
        if (fs::exists(status)) {
            if (!fs::is_regular_file(status))
                return fail("is not a plain file (it is a link, a pipe, a device or a folder)");
            descriptor_ = ::open(path_.c_str(), O_RDWR | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
            if (descriptor_ < 0) return fail(std::strerror(errno));
            if (!locked(descriptor_)) return fail("another study is writing to it");
            if (is_at(descriptor_, path_)) {
                judge();
                if (descriptor_ >= 0) return;
            }
        } else {
            // The new one is whole and locked before it has its name.
            const std::string fresh = place_.aside + "/" + kName;
            descriptor_ = ::open(fresh.c_str(), O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0666);
            if (descriptor_ < 0) return fail(std::string("cannot create: ") + std::strerror(errno));
            ::flock(descriptor_, LOCK_EX | LOCK_NB);
            append(header_ + "\n");
            if (!problem_.text.empty() || renamed(fresh, path_)) return;
            ::unlink(fresh.c_str());
        }
        if (descriptor_ >= 0) ::close(descriptor_);
        descriptor_ = -1;
    }
    fail("another study is writing to it");
}

/// What the journal that is there is good for. One that is kept aside, or has nothing to lose, makes room: it is
/// closed.
void Journal::judge() {
    JournalText text = read_journal(descriptor_);
    const bool same = text.header == header_ && !build_id().empty();
    const auto asked = [this](const auto& r) { return place_.arms.count(r.first.arm_sha256) != 0; };
    const bool common = text.records.empty() || std::any_of(text.records.begin(), text.records.end(), asked);
    if (same && common && place_.resume) {
        records_ = std::move(text.records);
        torn_ = text.torn;
        if (text.damaged > 0)
            notes_.push_back(fmt::format("{}: {} {} damaged; what {} is done again", path_, text.damaged,
                                         text.damaged == 1 ? "line is" : "lines are",
                                         text.damaged == 1 ? "it stood for" : "they stood for"));
        return;
    }
    struct stat status {};
    if (::fstat(descriptor_, &status) == 0 && status.st_size > 0 && (text.lines > 0 || text.header.empty())) {
        const std::string why = text.header.empty() ? "it is of another version, or its first line is damaged"
                                : !same   ? "it is of another question: other terms, or another build of gatesim"
                                : !common ? "it is of another question: none of its arms is asked for"
                                          : "";
        keep_aside(why);
    } else if (::unlink(path_.c_str()) != 0) {
        fail(std::strerror(errno));
    }
    ::close(descriptor_);
    descriptor_ = -1;
}

void Journal::keep_aside(const std::string& why) {
    for (int n = 1; n < 1'000'000; ++n) {
        const std::string name = fmt::format("journal-{}.jsonl", n);
        if (renamed(path_, place_.folder + "/" + name)) {
            if (why.empty())
                set_aside_ = fmt::format("{}: is kept as {} (--resume would go on with it)", path_, name);
            else
                notes_.push_back(fmt::format("{}: {}; it is kept as {}", path_, why, name));
            return;
        }
        if (errno != EEXIST) return fail(std::string("cannot rename: ") + std::strerror(errno));
    }
    fail("there are too many journals beside it");
}

/// What journals kept aside have for the same question; the journal itself counts more.
void Journal::read_kept() {
    std::error_code error;
    for (fs::directory_iterator entry(place_.folder, error), end; !error && entry != end; entry.increment(error)) {
        if (journal_number(entry->path().filename().string()) <= 0) continue;
        const int file = ::open(entry->path().c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
        struct stat status {};
        if (file >= 0 && ::fstat(file, &status) == 0 && S_ISREG(status.st_mode)) {
            JournalText text = read_journal(file);
            for (auto& [key, record] : text.records)
                if (text.header == header_ && place_.arms.count(key.arm_sha256) != 0)
                    records_.emplace(key, std::move(record));
        }
        if (file >= 0) ::close(file);
    }
}

void Journal::append(const std::string& text) {
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t n = ::write(descriptor_, text.data() + done, text.size() - done);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return fail(std::string("cannot write: ") + std::strerror(errno));
        done += static_cast<std::size_t>(n);
    }
    if (::fdatasync(descriptor_) != 0 && errno != EINVAL && errno != EROFS)
        fail(std::string("cannot write: ") + std::strerror(errno));
}

const ReplicationRecord* Journal::find(const JournalKey& key) const {
    const auto it = records_.find(key);
    return it == records_.end() ? lent(key) : &it->second;
}

const ReplicationRecord* Journal::lent(const JournalKey& key) const {
    const auto it = lent_.find(key);
    return it == lent_.end() ? nullptr : &it->second;
}

void Journal::keep(const JournalKey& key) {
    if (auto lent = lent_.extract(key); !lent.empty()) records_.insert(std::move(lent));
}

void Journal::add(const JournalKey& key, ReplicationRecord record) {
    if (descriptor_ >= 0 && problem_.text.empty()) {
        append((torn_ ? "\n" : "") + journal_line(header_, key, record));
        torn_ = false;
    }
    records_.insert_or_assign(key, std::move(record));
}

void Journal::finish() {
    if (descriptor_ < 0 || !problem_.text.empty()) return;
    if (records_.empty()) {
        ::unlink(path_.c_str());
        return;
    }
    const std::string whole = place_.aside + "/" + kName;
    WholeFile file(whole);
    file.write(header_ + "\n");
    for (const auto& [key, record] : records_) file.write(journal_line(header_, key, record));
    const std::string trouble = file.commit();
    if (!trouble.empty()) return fail(trouble);
    if (std::rename(whole.c_str(), path_.c_str()) != 0) fail(std::string("cannot rename: ") + std::strerror(errno));
}

}  // namespace gatesim
