#include "study/run_directory.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "record/columns.hpp"
#include "record/csv_writer.hpp"

namespace gatesim {

namespace fs = std::filesystem;

namespace {

std::vector<std::string> own_files() {
    std::vector<std::string> names = {"summary.json", "summary.txt", "scenario.json", "run.json", "events.jsonl"};
    for (const auto* docs : {&table_docs(), &people_table_docs()})
        for (const TableDoc& doc : *docs) names.push_back(doc.file());
    return names;
}

}  // namespace

RunDirectory::RunDirectory(std::string path) : path_(std::move(path)) {
    while (path_.size() > 1 && path_.back() == '/') path_.pop_back();
    aside_ = path_ + ".partial-" + std::to_string(::getpid());
    scratch_ = aside_ + "/parts";
    std::error_code error;
    const fs::path parent = fs::path(path_).parent_path();
    if (!parent.empty()) fs::create_directories(parent, error);
    if (!error) fs::create_directories(scratch_, error);
    if (error) fail(path_ + ": cannot create: " + error.message());
    if (!error && fs::exists(path_, error) && !fs::is_directory(path_, error)) fail(path_ + ": is there and no folder");
}

RunDirectory::~RunDirectory() {
    std::error_code ignored;
    fs::remove_all(aside_, ignored);
}

void RunDirectory::fail(const std::string& what) {
    if (problem_.empty()) problem_ = what;
}

void RunDirectory::add(const std::string& name, const std::string& content) {
    if (!problem_.empty()) return;
    WholeFile file(aside_ + "/" + name);
    file.write(content);
    if (const std::string trouble = file.commit(); !trouble.empty()) return fail(trouble);
    written_.push_back(name);
}

void RunDirectory::join(const std::string& name, const std::string& header,
                        const std::vector<std::uint32_t>& replications) {
    if (!problem_.empty()) return;
    WholeFile file(aside_ + "/" + name);
    file.write(header);
    std::vector<char> buffer(1 << 18);
    for (std::uint32_t number : replications) {
        std::ifstream part(scratch_ + "/" + std::to_string(number) + "/" + name, std::ios::binary);
        if (!part)
            return fail(path_ + "/" + name + ": the part of replication " + std::to_string(number) + " is missing");
        while (part.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || part.gcount() > 0) {
            file.write({buffer.data(), static_cast<std::size_t>(part.gcount())});
        }
        if (part.bad()) return fail(path_ + "/" + name + ": cannot read a part");
    }
    if (const std::string trouble = file.commit(); !trouble.empty()) return fail(trouble);
    written_.push_back(name);
}

void RunDirectory::add_tables(const std::vector<std::uint32_t>& replications, bool events) {
    for (const TableDoc& doc : table_docs()) join(doc.file(), doc.header(), replications);
    for (const TableDoc& doc : people_table_docs()) {
        const auto part = [&](std::uint32_t number) {
            return scratch_ + "/" + std::to_string(number) + "/" + doc.file();
        };
        if (!replications.empty() && fs::exists(part(replications.front())))
            join(doc.file(), doc.header(), replications);
    }
    if (events) join("events.jsonl", "", replications);
}

void RunDirectory::finish() {
    std::error_code error;
    fs::remove_all(scratch_, error);
    if (!problem_.empty()) return;
    if (!fs::exists(path_, error)) {
        fs::rename(aside_, path_, error);
        if (error) fail(path_ + ": cannot rename: " + error.message());
        return;
    }
    for (const std::string& name : own_files()) {
        const bool fresh = std::find(written_.begin(), written_.end(), name) != written_.end();
        if (fresh)
            fs::rename(fs::path(aside_) / name, fs::path(path_) / name, error);
        else
            fs::remove(fs::path(path_) / name, error);
        if (error) return fail(path_ + "/" + name + ": cannot replace: " + error.message());
    }
}

std::string run_call_json(const RunCall& call) {
    nlohmann::ordered_json document;
    document["format"] = 1;
    document["scenario_path"] = call.scenario_path;
    document["seed"] = call.seed;
    document["replications"] = call.replications;
    document["until_s"] =
        call.until == kNever ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(seconds(call.until));
    return document.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::optional<RunCall> read_run_call(const std::string& directory) {
    std::error_code error;
    if (!fs::is_regular_file(directory + "/run.json", error)) return std::nullopt;
    std::ifstream in(directory + "/run.json");
    const auto document = nlohmann::json::parse(in, nullptr, false);
    if (document.is_discarded() || !document.is_object()) return std::nullopt;
    RunCall call;
    try {
        call.scenario_path = document.at("scenario_path");
        call.seed = document.at("seed");
        call.replications = document.at("replications");
        if (!document.at("until_s").is_null()) call.until = from_seconds(document.at("until_s"));
    } catch (const nlohmann::json::exception&) {
        return std::nullopt;
    }
    return call;
}

}  // namespace gatesim
