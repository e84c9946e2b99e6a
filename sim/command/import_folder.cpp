#include "command/import_folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "import/tables.hpp"
#include "record/csv_writer.hpp"
#include "study/aside.hpp"
#include "study/own_files.hpp"

namespace gatesim {

namespace {

namespace fs = std::filesystem;

constexpr const char* kSummary = "import.json";

/// A file of the folder aside, written piece by piece. Empty, or what went wrong.
template <class Write>
std::string write_file(const std::string& path, const Write& write) {
    WholeFile file(path);
    write([&](std::string_view piece) { file.write(piece); });
    return file.commit();
}

}  // namespace

std::string why_not_import_into(const std::string& folder, const std::vector<std::string>& files) {
    return why_not_into(folder, files, {import::kEntriesFile, import::kRunsFile, kSummary});
}

std::string write_import(const std::string& folder, const import::ImportResult& result) {
    MadeFolders made;
    if (const std::string trouble = made.make(folder); !trouble.empty())
        return fmt::format("{}: cannot create: {}", folder, trouble);
    const Aside aside(folder);
    std::string trouble = aside.problem();
    const auto keep = [&](const char* name, const auto& write) {
        if (trouble.empty()) trouble = write_file(fmt::format("{}/{}", aside.path(), name), write);
    };
    keep(import::kEntriesFile, [&](const import::TextSink& sink) { import::write_entries(result.records, sink); });
    keep(import::kRunsFile, [&](const import::TextSink& sink) { import::write_runs(result.records, sink); });
    keep(kSummary, [&](const import::TextSink& sink) { sink(import::import_json(result)); });
    if (trouble.empty())
        trouble = replace_files(aside.path(), folder, {import::kEntriesFile, import::kRunsFile, kSummary}, {});
    if (!trouble.empty()) made.undo();
    return trouble;
}

std::string key_in_folder(const std::string& key, const std::string& folder) {
    std::error_code ignored;
    const fs::path file = fs::weakly_canonical(key, ignored), out = fs::weakly_canonical(folder, ignored);
    if (std::mismatch(out.begin(), out.end(), file.begin(), file.end()).first != out.end()) return "";
    return fmt::format("{}: the key must be outside of {}, which can be given away", key, folder);
}

}  // namespace gatesim
