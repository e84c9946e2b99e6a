#include "study/journal.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "record/csv_writer.hpp"
#include "study/summary.hpp"
#include "study/worker.hpp"

namespace gatesim {

using Json = nlohmann::ordered_json;

namespace {

std::string header(const std::string& terms) {
    const Json line = {{"journal", kFormat}, {"version", version()}, {"terms", terms}};
    return line.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// A record is written as a worker says it, without the letter in front.
std::string line_of(const JournalKey& key, const ReplicationRecord& record) {
    return Json{{"scenario_sha256", key.scenario_sha256}, {"warmup_us", key.warmup}}.dump() + "\t" +
           result_line(record).substr(2);
}

/// The workers of a study that was killed hold its journal for a moment longer than the study itself.
bool locked(int descriptor) {
    for (int tries = 0; tries < 50; ++tries) {
        if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return true;
        ::usleep(100'000);
    }
    return false;
}

}  // namespace

Journal::Journal(std::string path, std::string terms, bool resume) : path_(std::move(path)), terms_(std::move(terms)) {
    descriptor_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_APPEND, 0666);
    if (descriptor_ < 0)
        fail(std::strerror(errno), 4);
    else if (!locked(descriptor_))
        fail("another study is writing to it", 4);
    if (resume && problem_.text.empty()) {
        std::ifstream in(path_, std::ios::binary);
        read({std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()});
    }
    if (problem_.text.empty()) begin();
}

Journal::~Journal() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

void Journal::fail(const std::string& what, int exit_code) {
    if (problem_.text.empty()) problem_ = {path_ + ": " + what, exit_code, 0};
}

/// What stands after the last line end was cut off by whatever ended the study; it is done again.
void Journal::read(const std::string& text) {
    std::size_t from = text.find('\n');
    if (from == std::string::npos) return;
    if (text.compare(0, from, header(terms_)) != 0)
        return fail("was begun under other terms and can not be resumed; it has " + text.substr(0, from) +
                        ", this is " + header(terms_),
                    2);
    for (std::size_t to; (to = text.find('\n', ++from)) != std::string::npos; from = to) {
        const std::string line = text.substr(from, to - from);
        const std::size_t tab = line.find('\t');
        const Json head = Json::parse(line.substr(0, tab), nullptr, false);
        if (tab == std::string::npos || !head.is_object() || !head.contains("scenario_sha256")) continue;
        try {
            auto record = read_line("r " + line.substr(tab + 1)).record;
            if (!record || record->values.size() != metrics().size()) continue;
            const JournalKey key{head["scenario_sha256"], head["warmup_us"], record->number};
            records_.insert_or_assign(key, std::move(*record));
        } catch (const nlohmann::json::exception&) {
            continue;  // a line that is not one of ours is no result
        }
    }
}

/// The file as it should be: the header and what was read, in order.
void Journal::begin() {
    if (::ftruncate(descriptor_, 0) != 0) return fail(std::strerror(errno), 4);
    std::string text = header(terms_) + "\n";
    for (const auto& [key, record] : records_) text += line_of(key, record) + "\n";
    append(text);
}

void Journal::append(const std::string& text) {
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t n = ::write(descriptor_, text.data() + done, text.size() - done);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return fail(std::string("cannot write: ") + std::strerror(errno), 4);
        done += static_cast<std::size_t>(n);
    }
    if (::fdatasync(descriptor_) != 0 && errno != EINVAL && errno != EROFS)
        fail(std::string("cannot write: ") + std::strerror(errno), 4);
}

const ReplicationRecord* Journal::find(const JournalKey& key) const {
    const auto it = records_.find(key);
    return it == records_.end() ? nullptr : &it->second;
}

void Journal::add(const JournalKey& key, ReplicationRecord record) {
    if (descriptor_ >= 0 && problem_.text.empty()) append(line_of(key, record) + "\n");
    records_.insert_or_assign(key, std::move(record));
}

void Journal::finish() {
    if (descriptor_ < 0 || !problem_.text.empty()) return;
    WholeFile file(path_);
    file.write(header(terms_) + "\n");
    for (const auto& [key, record] : records_) file.write(line_of(key, record) + "\n");
    if (const std::string trouble = file.commit(); !trouble.empty()) problem_ = {trouble, 4, 0};
}

}  // namespace gatesim
