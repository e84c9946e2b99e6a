#include "correlate/lines.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

namespace gatesim::correlate {

namespace {

constexpr std::size_t kBuffer = 1 << 17;

/// Bytes of the character that begins with these; 0 = none does.
std::size_t character(const unsigned char* at, std::size_t left) {
    const std::size_t size = at[0] < 0x80   ? 1
                             : at[0] < 0xC2 ? 0
                             : at[0] < 0xE0 ? 2
                             : at[0] < 0xF0 ? 3
                             : at[0] < 0xF5 ? 4
                                            : 0;
    if (size == 0 || size > left) return 0;
    for (std::size_t i = 1; i < size; ++i)
        if ((at[i] & 0xC0) != 0x80) return 0;
    if ((at[0] == 0xE0 && at[1] < 0xA0) || (at[0] == 0xED && at[1] > 0x9F)) return 0;
    return (at[0] == 0xF0 && at[1] < 0x90) || (at[0] == 0xF4 && at[1] > 0x8F) ? 0 : size;
}

/// Cuts blocks into lines.
class Cutter {
public:
    explicit Cutter(const LineSink& sink) : sink_(sink) {}

    void block(char* at, std::size_t size) {
        char* const end = at + size;
        while (at < end) {
            char* const stop = static_cast<char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)));
            const std::size_t length = static_cast<std::size_t>((stop ? stop : end) - at);
            if (!stop || !begun_.empty() || length_ > 0) {
                keep(at, length);
                if (stop) finish();
            } else {
                longest_ = std::max(longest_, length);
                give(at, std::min(length, kLongestLine));
            }
            at += length + 1;
        }
    }

    void finish() {
        if (length_ > 0) {
            longest_ = std::max(longest_, length_);
            give(begun_.data(), begun_.size());
        }
        begun_.clear();
        length_ = 0;
    }

    std::size_t longest() const { return longest_; }
    std::uint64_t bad() const { return bad_; }

private:
    void keep(const char* at, std::size_t length) {
        if (begun_.size() < kLongestLine) begun_.append(at, std::min(length, kLongestLine - begun_.size()));
        length_ += length;
    }
    void give(char* at, std::size_t length) {
        if (length > 0 && at[length - 1] == '\r') --length;
        // A line that was cut in the middle of a character.
        if (length == kLongestLine)
            for (int i = 0; i < 3 && (static_cast<unsigned char>(at[length - 1]) & 0x80) != 0; ++i) --length;
        bad_ += clean_utf8(at, length);
        sink_({at, length});
    }

    const LineSink& sink_;
    std::string begun_;
    std::size_t length_ = 0, longest_ = 0;
    std::uint64_t bad_ = 0;
};

std::string why_broken(const std::string& path, gzFile file, std::uint64_t bytes) {
    int code = Z_OK;
    ::gzerror(file, &code);
    if (code == Z_ERRNO) return fmt::format("{}: cannot read: {}", path, std::strerror(errno));
    if (code < 0)
        return fmt::format("{}: the gzip data end or break after {} bytes; what stands before is read", path, bytes);
    return "";
}

}  // namespace

std::uint64_t clean_utf8(char* text, std::size_t size) {
    std::uint64_t bad = 0;
    std::size_t at = 0;
    while (at < size) {
        std::uint64_t eight = 0;
        if (at + 8 <= size) std::memcpy(&eight, text + at, 8);
        if (at + 8 <= size && (eight & 0x8080808080808080ull) == 0) {
            at += 8;
            continue;
        }
        const std::size_t length = character(reinterpret_cast<unsigned char*>(text + at), size - at);
        if (length == 0) {
            text[at] = '?';
            ++bad;
        }
        at += std::max<std::size_t>(length, 1);
    }
    return bad;
}

LogFaults read_lines(const std::string& path, const LineSink& sink) {
    LogFaults out;
    const gzFile file = ::gzopen(path.c_str(), "rb");
    if (!file) {
        out.text = fmt::format("{}: cannot read: {}", path, std::strerror(errno));
        out.unreadable = true;
        return out;
    }
    ::gzbuffer(file, kBuffer);
    static thread_local std::vector<char> buffer(kBuffer);
    Cutter cutter(sink);
    int got = 0;
    while ((got = ::gzread(file, buffer.data(), static_cast<unsigned>(kBuffer))) > 0) {
        const std::size_t size = static_cast<std::size_t>(got);
        if (out.bytes == 0 && std::memchr(buffer.data(), 0, std::min<std::size_t>(size, 4096))) {
            out.text = path + ": is binary (it has NUL bytes), so it is no log; it is left out";
            out.unreadable = true;
            break;
        }
        out.bytes += size;
        cutter.block(buffer.data(), size);
    }
    cutter.finish();
    if (!out.unreadable) out.text = why_broken(path, file, out.bytes);
    ::gzclose(file);
    if (out.text.empty() && cutter.longest() > kToldLine)
        out.text = fmt::format("{}: has a line of {} bytes; the first {} of it are read", path, cutter.longest(),
                               kLongestLine);
    if (out.text.empty() && cutter.bad() > 0)
        out.text = fmt::format("{}: has {} bytes that are not UTF-8; they are read as ?", path, cutter.bad());
    return out;
}

void read_text(std::string_view text, const LineSink& sink) {
    std::string copy(text);
    Cutter cutter(sink);
    cutter.block(copy.data(), copy.size());
    cutter.finish();
}

}  // namespace gatesim::correlate
