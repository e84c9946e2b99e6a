// A file that lives as long as the test that wrote it.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <string>
#include <string_view>

namespace gatesim {

class TemporaryFile {
public:
    explicit TemporaryFile(std::string_view contents) {
        const char* folder = std::getenv("TMPDIR");
        path_ = std::string(folder && *folder ? folder : "/tmp") + "/gatesim-test-XXXXXX";
        const int descriptor = ::mkstemp(path_.data());
        while (!contents.empty()) {
            const auto written = ::write(descriptor, contents.data(), contents.size());
            if (written <= 0) std::abort();
            contents.remove_prefix(static_cast<std::size_t>(written));
        }
        ::close(descriptor);
    }
    ~TemporaryFile() { ::unlink(path_.c_str()); }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    const std::string& path() const { return path_; }

private:
    std::string path_;
};

}  // namespace gatesim
