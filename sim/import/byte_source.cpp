#include "import/byte_source.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace gatesim::import {

namespace {

constexpr unsigned kBuffer = 1 << 16, kSmallBuffer = 1 << 12;

LoadError unreadable(const std::string& name, int code) {
    return {LoadError::Kind::unreadable, fmt::format("{}: cannot read: {}", name, std::strerror(code))};
}

}  // namespace

ByteSource::ByteSource(std::string name, gzFile file, std::size_t buffer)
    : name_(std::move(name)), file_(file), buffer_(buffer) {}

ByteSource::~ByteSource() {
    ::gzclose(file_);
}

std::unique_ptr<ByteSource> ByteSource::open(const std::string& path, LoadError& error) {
    const std::string name = path == "-" ? "<stdin>" : path;
    const int descriptor = path == "-" ? ::dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat about {};
    if (descriptor < 0 || (::fstat(descriptor, &about) == 0 && S_ISDIR(about.st_mode))) {
        error = unreadable(name, descriptor < 0 ? errno : EISDIR);
        if (descriptor >= 0) ::close(descriptor);
        return nullptr;
    }
    const gzFile file = ::gzdopen(descriptor, "rb");  // passes on as it is what is not gzipped
    if (!file) {
        ::close(descriptor);
        error = unreadable(name, ENOMEM);
        return nullptr;
    }
    const bool small = S_ISREG(about.st_mode) && about.st_size <= kSmallBuffer;
    ::gzbuffer(file, small ? kSmallBuffer : kBuffer);
    return std::unique_ptr<ByteSource>(new ByteSource(name, file, small ? kSmallBuffer : kBuffer));
}

bool ByteSource::fill() {
    if (ended_) return false;
    passed_ += at_;
    at_ = size_ = 0;
    while (size_ < buffer_.size()) {
        const int got = ::gzread(file_, buffer_.data() + size_, static_cast<unsigned>(buffer_.size() - size_));
        if (got > 0) size_ += static_cast<std::size_t>(got);
        if (got <= 0) {
            ended_ = true;
            int code = Z_OK;
            ::gzerror(file_, &code);
            if (code == Z_ERRNO) error_ = unreadable(name_, errno);
            if (code == Z_DATA_ERROR || code == Z_BUF_ERROR)
                error_ = {LoadError::Kind::malformed,
                          fmt::format("{}: gzip data end or break after {} bytes", name_, passed_ + size_)};
            break;
        }
    }
    return size_ > 0;
}

std::string_view ByteSource::head() {
    peek();
    return {buffer_.data(), size_};
}

}  // namespace gatesim::import
