#include <fcntl.h>
#include <fmt/format.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "import/pseudonyms.hpp"

namespace gatesim::import {

namespace {

/// 32 random bytes as hexadecimal digits. Empty: there are none.
std::string random_key() {
    std::array<unsigned char, 32> bytes{};
    std::string key;
    if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) return key;
    for (const unsigned char byte : bytes) key += fmt::format("{:02x}", byte);
    return key;
}

}  // namespace

std::string usual_key_file() {
    const auto folder = [](const char* name) {
        const char* const value = std::getenv(name);
        return std::string(value && *value == '/' ? value : "");
    };
    std::string data = folder("XDG_DATA_HOME");
    if (const std::string home = folder("HOME"); data.empty() && !home.empty()) data = home + "/.local/share";
    return data.empty() ? "" : data + "/gatesim/import.key";
}

std::string read_or_draw_key(const std::string& path, std::string& key, bool& fresh) {
    std::error_code ignored;
    fresh = !std::filesystem::exists(path, ignored);
    if (fresh) {
        key = random_key();
        return key.empty() ? "no random bytes for a key" : "";
    }
    std::ifstream in(path, std::ios::binary);
    key.assign(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    if (!in && !in.eof()) return fmt::format("{}: cannot read the key: {}", path, std::strerror(errno));
    while (!key.empty() && (key.back() == '\n' || key.back() == '\r' || key.back() == ' ')) key.pop_back();
    if (key.size() >= 16) return "";
    return fmt::format("{}: a key has at least 16 characters, this one has {}; a file that is not there is made anew",
                       path, key.size());
}

std::string write_key(const std::string& path, const std::string& key) {
    std::error_code ignored;
    const auto folder = std::filesystem::path(path).parent_path();
    if (!folder.empty()) std::filesystem::create_directories(folder, ignored);
    const std::string whole = fmt::format("{}.{}", path, ::getpid());
    const int file = ::open(whole.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    const std::string line = key + "\n";
    const bool written = file >= 0 && ::write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size());
    int code = written ? 0 : errno;
    if (file >= 0) ::close(file);
    // A link and not a rename: of two who make one at the same time, the one that stays must not be replaced.
    if (written && ::link(whole.c_str(), path.c_str()) != 0) code = errno;
    if (file >= 0) ::unlink(whole.c_str());
    if (code == EEXIST) return fmt::format("{}: another import made a key meanwhile; run this one again", path);
    return code == 0 ? "" : fmt::format("{}: cannot write the key: {}", path, std::strerror(code));
}

}  // namespace gatesim::import
