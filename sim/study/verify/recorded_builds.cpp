#include "study/verify/recorded_builds.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

namespace gatesim {

namespace {

constexpr int kLongestLine = 4096;

struct Close {
    void operator()(gzFile file) const { gzclose(file); }
};
using Table = std::unique_ptr<std::remove_pointer_t<gzFile>, Close>;

/// One line, cut at its commas: nothing in the table is quoted. False at the end, and if the rest can not be read.
bool next_row(const Table& table, std::vector<std::string>& fields) {
    std::array<char, kLongestLine> line{};
    if (!gzgets(table.get(), line.data(), kLongestLine)) return false;
    std::string text = line.data();
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    fields.clear();
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t comma = std::min(text.find(',', at), text.size());
        fields.push_back(text.substr(at, comma - at));
        at = comma + 1;
    }
    return true;
}

/// Whether the file was cut off or changed: then it seems to end early.
bool damaged(const Table& table) {
    int code = Z_OK;
    gzerror(table.get(), &code);
    return code != Z_OK && code != Z_STREAM_END;
}

}  // namespace

std::string data_folder() {
    const char* named = std::getenv("GATESIM_DATA");
    return named && *named ? named : "../shared/data";
}

RecordedBuilds read_recorded_builds(const std::string& path, std::string& trouble) {
    const Table table(gzopen(path.c_str(), "rb"));
    if (!table) {
        trouble = fmt::format("no {}; set GATESIM_DATA to its folder", path);
        return {};
    }
    std::vector<std::string> fields;
    next_row(table, fields);
    const auto column = [&](const char* name) {
        return static_cast<std::size_t>(std::find(fields.begin(), fields.end(), name) - fields.begin());
    };
    const std::size_t columns = fields.size(), project = column("project"), status = column("status");
    if (std::max(project, status) >= columns) {
        trouble = path + ": has no columns project and status";
        return {};
    }
    RecordedBuilds builds;
    for (int line = 2; next_row(table, fields) && trouble.empty(); ++line) {
        if (fields.size() == columns)
            builds[fields[project]].push_back(fields[status] == "passed" ? 1 : 0);
        else
            trouble = fmt::format("{}:{}: {} fields, not {}", path, line, fields.size(), columns);
    }
    if (damaged(table)) trouble = path + ": cut off or damaged";
    if (!trouble.empty()) builds.clear();
    return builds;
}

}  // namespace gatesim
