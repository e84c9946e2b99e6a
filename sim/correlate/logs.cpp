#include "correlate/logs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "correlate/lines.hpp"

namespace gatesim::correlate {

namespace {

namespace fs = std::filesystem;

/// "n-api" of "n-api.txt.gz".
std::string bare_name(std::string name) {
    for (const char* ending : {".gz", ".txt", ".log"}) {
        const std::string_view end = ending;
        if (name.size() > end.size() && name.ends_with(end)) name.resize(name.size() - end.size());
    }
    return name;
}

class FolderLogs : public Logs {
public:
    void read(std::uint32_t build, const BuildSink& sink) override {
        for (const auto& [path, file] : files[build]) {
            const LogFaults faults = read_lines(path, [&](std::string_view line) { sink(file, line); });
            bytes += faults.bytes;
            if (!faults.text.empty() && told_.insert(path).second) complaints.push_back(faults.text);
        }
    }

    struct File {
        std::string path, layer;
    };
    std::vector<std::vector<File>> files;  ///< of each build

private:
    std::set<std::string> told_;
};

/// The files of a build's folder, by name.
std::vector<FolderLogs::File> files_below(const fs::path& folder) {
    std::vector<FolderLogs::File> out;
    std::error_code error;
    for (const auto& entry : fs::recursive_directory_iterator(folder, error))
        if (entry.is_regular_file(error)) {
            const std::string name = fs::relative(entry.path(), folder, error).generic_string();
            out.push_back({entry.path().string(), bare_name(name)});
        }
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    return out;
}

}  // namespace

std::string open_folder(const std::string& path, std::unique_ptr<Logs>& logs) {
    auto out = std::make_unique<FolderLogs>();
    const fs::path folder(path);
    std::error_code error;
    fs::path table = folder / "builds.csv";
    if (!fs::exists(table, error)) table = folder / "builds.csv.gz";
    if (!fs::exists(table, error))
        return fmt::format("{}: has no builds.csv; a folder of logs is builds.csv and logs/BUILD.gz", path);
    if (std::string trouble = read_builds(table.string(), out->builds); !trouble.empty()) return trouble;
    const fs::path below = fs::is_directory(folder / "logs", error) ? folder / "logs" : folder;
    std::map<std::string, fs::path> there;
    for (const auto& entry : fs::directory_iterator(below, error))
        there.emplace(
            entry.is_directory() ? entry.path().filename().string() : bare_name(entry.path().filename().string()),
            entry.path());
    out->files.resize(out->builds.all.size());
    std::size_t with = 0;
    for (std::size_t i = 0; i < out->builds.all.size(); ++i) {
        Build& build = out->builds.all[i];
        const auto found = there.find(build.id);
        if (found == there.end()) continue;
        if (fs::is_directory(found->second, error))
            out->files[i] = files_below(found->second);
        else
            out->files[i] = {{found->second.string(), ""}};
        build.has_log = !out->files[i].empty();
        with += build.has_log;
    }
    if (with == 0)
        return fmt::format("{}: none of the {} builds has a log; they are looked for as {}/BUILD.gz, .log or .txt",
                           path, out->builds.all.size(), below.string());
    logs = std::move(out);
    return "";
}

void TextLogs::read(std::uint32_t build, const BuildSink& sink) {
    bytes += texts[build].size();
    read_text(texts[build], [&](std::string_view line) { sink("", line); });
}

}  // namespace gatesim::correlate
