// What the fuzzers share: a claim that must hold, and a file in memory that has a name.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace gatesim::fuzz {

/// Ends the program, and says what did not hold, unless it does.
inline void insist(bool holds, const char* what, const std::string& detail = "") {
    if (holds) return;
    std::fprintf(stderr, "fuzz: %s\n%s\n", what, detail.c_str());
    std::abort();
}

/// A file in memory that readers open by its name.
class MemoryFile {
public:
    explicit MemoryFile(std::string_view bytes) : descriptor_(::memfd_create("fuzz", 0)) {
        insist(descriptor_ >= 0, "no file in memory");
        for (std::size_t sent = 0; sent < bytes.size();) {
            const ssize_t n = ::write(descriptor_, bytes.data() + sent, bytes.size() - sent);
            insist(n > 0, "the file in memory takes nothing");
            sent += static_cast<std::size_t>(n);
        }
    }
    ~MemoryFile() { ::close(descriptor_); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    std::string name() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

private:
    int descriptor_;
};

}  // namespace gatesim::fuzz
