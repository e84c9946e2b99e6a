#include "command/lesson_said.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <vector>

namespace gatesim {

namespace {

constexpr std::size_t kLines = 12, kLongest = 300, kRead = 1 << 20;

}  // namespace

Said::Said(const std::string& folder) : path_(folder + "/said.txt") {
    const int file = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    const int kept = file < 0 ? -1 : ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 10);
    ours_ = kept < 0 ? nullptr : ::fdopen(kept, "w");
    if (ours_) {
        std::setvbuf(ours_, nullptr, _IONBF, 0);
        std::fflush(stderr);
        before_ = stderr;
        stderr = ours_;
        ::dup2(file, STDERR_FILENO);
    }
    if (file >= 0) ::close(file);
}

Said::~Said() {
    if (!ours_) return;
    ::dup2(::fileno(ours_), STDERR_FILENO);
    stderr = before_;
    std::fclose(ours_);
}

std::string Said::text() const {
    std::ifstream file(path_, std::ios::binary);
    std::vector<std::string> lines;
    std::set<std::string> seen;
    std::string line;
    for (std::size_t read = 0; read < kRead && std::getline(file, line); read += line.size() + 1) {
        line.resize(std::min(line.size(), kLongest));
        std::replace_if(
            line.begin(), line.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; }, ' ');
        if (!line.empty() && seen.insert(line).second) lines.push_back(line);
    }
    std::string out;
    for (std::size_t i = lines.size() - std::min(lines.size(), kLines); i < lines.size(); ++i) out += lines[i] + "\n";
    return out;
}

}  // namespace gatesim
