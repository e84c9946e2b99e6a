#include "record/csv_writer.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "model/ids.hpp"
#include "record/words.hpp"

namespace gatesim {

namespace {
constexpr std::size_t kBuffer = 1 << 18;
}

WholeFile::WholeFile(std::string path) : path_(std::move(path)), aside_(path_ + ".partial") {
    descriptor_ = ::open(aside_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (descriptor_ < 0) fail("cannot create");
    buffer_.reserve(kBuffer);
}

WholeFile::~WholeFile() {
    if (descriptor_ < 0) return;
    ::close(descriptor_);
    ::unlink(aside_.c_str());
}

void WholeFile::fail(const char* what) {
    if (problem_.empty()) problem_ = path_ + ": " + what + ": " + std::strerror(errno);
}

void WholeFile::write(std::string_view bytes) {
    buffer_ += bytes;
    if (buffer_.size() >= kBuffer) flush();
}

void WholeFile::flush() {
    std::string_view left = buffer_;
    while (!left.empty() && problem_.empty()) {
        const ssize_t n = ::write(descriptor_, left.data(), left.size());
        if (n < 0 && errno != EINTR) fail("cannot write");
        if (n > 0) left.remove_prefix(static_cast<std::size_t>(n));
    }
    buffer_.clear();
}

std::string WholeFile::commit() {
    if (descriptor_ >= 0) {
        flush();
        if (problem_.empty() && ::fsync(descriptor_) != 0 && errno != EINVAL && errno != EROFS) fail("cannot write");
        if (::close(descriptor_) != 0) fail("cannot write");
        descriptor_ = -1;
        if (problem_.empty() && std::rename(aside_.c_str(), path_.c_str()) != 0) fail("cannot rename");
        if (!problem_.empty()) ::unlink(aside_.c_str());
    }
    return problem_;
}

CsvWriter& CsvWriter::plain(std::string_view value) {
    if (!first_) row_ += ',';
    first_ = false;
    row_ += value;
    return *this;
}

std::string content_of(const std::string& path) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) return "";
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

CsvWriter& CsvWriter::text(std::string_view value) {
    const auto special = [](char c) { return c == ',' || c == '"' || c == '\r' || c == '\n'; };
    if (std::none_of(value.begin(), value.end(), special)) return plain(value);
    plain("\"");
    for (char c : value) {
        if (c == '"') row_ += '"';
        row_ += c;
    }
    row_ += '"';
    return *this;
}

CsvWriter& CsvWriter::number(std::int64_t value) {
    return plain(fmt::format_int(value).c_str());
}

CsvWriter& CsvWriter::id(std::uint32_t value) {
    return value == kNone ? empty() : number(value);
}

CsvWriter& CsvWriter::time(Time value) {
    return value == kNever ? empty() : plain(seconds_text(value));
}

CsvWriter& CsvWriter::time_and_date(Time value) {
    time(value);
    return value == kNever ? empty() : plain(iso_text(value, period_));
}

void CsvWriter::end_row() {
    row_ += '\n';
    file_.write(row_);
    row_.clear();
    first_ = true;
}

}  // namespace gatesim
