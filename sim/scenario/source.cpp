#include "scenario/source.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

namespace gatesim::document {

FileText read_file(const std::string& path, std::size_t limit) {
    FileText out;
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) {
        out.problem = "it is a folder";
        return out;
    }
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
    if (!file) {
        out.problem = std::strerror(errno);
        return out;
    }
    char block[1 << 16];
    std::size_t got = 0;
    while ((got = std::fread(block, 1, sizeof block, file.get())) > 0) {
        out.content.append(block, got);
        if (out.content.size() > limit) {
            out.too_large = true;
            out.content.clear();
            return out;
        }
    }
    if (std::ferror(file.get())) out.problem = std::strerror(errno);
    return out;
}

std::string why_unreadable(const std::string& path) {
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) return "it is a folder";
    if (::access(path.c_str(), R_OK) != 0) return std::strerror(errno);
    return "";
}

}  // namespace gatesim::document
