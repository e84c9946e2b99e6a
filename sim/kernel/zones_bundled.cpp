// Time zones of a bundle: the folder zoneinfo that lies above the program, or the system's.

#include <filesystem>
#include <map>

#include "kernel/zone_files.hpp"

namespace gatesim::zones {

namespace fs = std::filesystem;

namespace {

std::string folder() {
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    for (fs::path at = program.parent_path(); !error && at.has_relative_path(); at = at.parent_path())
        if (fs::is_directory(at / "zoneinfo", error)) return (at / "zoneinfo").string();
    return fs::is_directory("zoneinfo", error) ? "zoneinfo" : "/usr/share/zoneinfo";
}

}  // namespace

const Zone* find(const std::string& name) {
    static const std::string where = folder();
    static std::map<std::string, std::unique_ptr<FileZone>> known;
    auto& zone = known[name];
    if (!zone) zone = read_zone(where, name);
    return zone.get();
}

std::vector<std::string> names() {
    return zone_files(folder());
}

}  // namespace gatesim::zones
