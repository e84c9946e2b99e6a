#include "study/verify/recorded_builds.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <memory>

namespace gatesim {

namespace {

constexpr int kLongestLine = 4096;

struct Close {
    void operator()(gzFile file) const { gzclose(file); }
};
using Table = std::unique_ptr<std::remove_pointer_t<gzFile>, Close>;

/// One line, cut at its commas: nothing in the table is quoted. False at the end, and if the rest cannot be read.
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

/// Where no row has told a result yet.
constexpr char kNotYet = 2;
constexpr std::size_t kMostBuilds = 10'000'000;

/// Takes a row to its place; what is wrong with the place, or empty.
std::string put(RecordedBuilds& places, const std::string& project, const std::string& place, bool passed) {
    std::size_t at = 0;
    const auto [end, problem] = std::from_chars(place.data(), place.data() + place.size(), at);
    if (problem != std::errc{} || end != place.data() + place.size() || at >= kMostBuilds)
        return fmt::format("package_row: \"{}\" is no place from 0", place);
    std::vector<char>& builds = places[project];
    if (builds.size() <= at) builds.resize(at + 1, kNotYet);
    if (builds[at] != kNotYet) return fmt::format("package_row: a second build of {} in place {}", project, at);
    builds[at] = passed ? 1 : 0;
    return "";
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
    const std::size_t columns = fields.size(), project = column("project"), status = column("status"),
                      place = column("package_row");
    if (std::max({project, status, place}) >= columns) {
        trouble = path + ": has no columns project, status and package_row";
        return {};
    }
    RecordedBuilds builds;
    for (int line = 2; trouble.empty() && next_row(table, fields); ++line) {
        if (fields.size() != columns)
            trouble = fmt::format("{}:{}: {} fields, not {}", path, line, fields.size(), columns);
        else if (const auto why = put(builds, fields[project], fields[place], fields[status] == "passed"); !why.empty())
            trouble = fmt::format("{}:{}: {}", path, line, why);
    }
    if (damaged(table)) trouble = path + ": cut off or damaged";
    for (const auto& [name, results] : builds)
        if (const auto gap = std::find(results.begin(), results.end(), kNotYet);
            trouble.empty() && gap != results.end())
            trouble = fmt::format("{}: no build of {} in place {}", path, name, gap - results.begin());
    if (!trouble.empty()) builds.clear();
    return builds;
}

}  // namespace gatesim
