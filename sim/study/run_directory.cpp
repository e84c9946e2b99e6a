#include "study/run_directory.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "record/columns.hpp"
#include "record/csv_writer.hpp"
#include "study/own_files.hpp"

namespace gatesim {

namespace fs = std::filesystem;

namespace {

void add_files(const std::vector<TableDoc>& docs, std::vector<std::string>& names) {
    for (const TableDoc& doc : docs) names.push_back(doc.file());
}

const std::vector<std::string> kAlways = {"run.json", "summary.json", "summary.txt", "scenario.json"};

}  // namespace

std::vector<std::string> all_run_files() {
    std::vector<std::string> names = kAlways;
    names.push_back("events.jsonl");
    names.push_back("trace.json");
    names.push_back("report.html");
    add_files(table_docs(), names);
    add_files(optional_table_docs(), names);
    return names;
}

std::vector<std::string> run_files(const Scenario& scenario, const StudyOptions& options) {
    std::vector<std::string> names = kAlways;
    if (options.tables == KeepTables::none) return names;
    if (options.events) names.push_back("events.jsonl");
    if (options.trace) names.push_back("trace.json");
    add_files(table_docs(), names);
    const bool lives = std::any_of(scenario.pools.begin(), scenario.pools.end(),
                                   [](const Pool& pool) { return pool.life.has_value(); });
    const auto has = [&](const std::string& table) {
        return table == "reviews" ? scenario.load.people != nullptr
               : table == "races" ? scenario.failures.races.any()
                                  : lives;
    };
    for (const TableDoc& doc : optional_table_docs())
        if (has(doc.name)) names.push_back(doc.file());
    return names;
}

RunDirectory::RunDirectory(std::string path, const std::vector<std::string>& inputs,
                           const std::vector<std::string>& names)
    : path_(std::move(path)) {
    while (path_.size() > 1 && path_.back() == '/') path_.pop_back();
    problem_ = why_not_into(path_, inputs, names);
    if (!problem_.empty()) return;
    aside_ = std::make_unique<Aside>(path_);
    problem_ = aside_->problem();
    if (!problem_.empty()) return;
    scratch_ = aside_->path() + "/parts";
    std::error_code error;
    fs::create_directory(scratch_, error);
    if (error) fail(path_ + ": cannot create: " + error.message());
}

void RunDirectory::fail(const std::string& what) {
    if (problem_.empty()) problem_ = what;
}

void RunDirectory::add(const std::string& name, const std::string& content) {
    if (!problem_.empty()) return;
    WholeFile file(aside_->path() + "/" + name);
    file.write(content);
    if (const std::string trouble = file.commit(); !trouble.empty()) return fail(trouble);
    written_.push_back(name);
}

void RunDirectory::join(const std::string& name, const std::string& header,
                        const std::vector<std::uint32_t>& replications) {
    if (!problem_.empty()) return;
    WholeFile file(aside_->path() + "/" + name);
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

void RunDirectory::add_tables(const std::vector<std::uint32_t>& replications, bool events, bool trace) {
    for (const TableDoc& doc : table_docs()) join(doc.file(), doc.header(), replications);
    for (const TableDoc& doc : optional_table_docs()) {
        const auto part = [&](std::uint32_t number) {
            return scratch_ + "/" + std::to_string(number) + "/" + doc.file();
        };
        if (!replications.empty() && fs::exists(part(replications.front())))
            join(doc.file(), doc.header(), replications);
    }
    if (events) join("events.jsonl", "", replications);
    if (trace && !replications.empty()) join("trace.json", "", {replications.front()});
}

void RunDirectory::finish() {
    std::error_code error;
    if (!scratch_.empty()) fs::remove_all(scratch_, error);
    if (!problem_.empty()) return;
    if (!fs::exists(path_, error)) {
        Manifest list;
        for (const std::string& name : written_) list.note(aside_->path(), name);
        if (std::string trouble = list.write(aside_->path()); !trouble.empty()) return fail(trouble);
        if (aside_->become_target()) return;
        if (!aside_->problem().empty()) return fail(aside_->problem());
    }
    // Somebody may have come in between.
    problem_ = why_not_into(path_, {}, written_);
    if (!problem_.empty()) return;
    std::vector<std::string> stale = all_run_files();
    std::erase_if(stale, [this](const std::string& name) {
        return std::find(written_.begin(), written_.end(), name) != written_.end();
    });
    problem_ = replace_files(aside_->path(), path_, written_, stale);
}

std::string run_call_json(const RunCall& call) {
    nlohmann::ordered_json document;
    document["format"] = 1;
    document["scenario_path"] = call.scenario_path;
    document["seed"] = call.seed;
    document["replications"] = call.replications;
    document["until_s"] =
        call.until == kNever ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(seconds(call.until));
    if (!call.programs_sha256.empty()) document["programs_sha256"] = call.programs_sha256;
    return document.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::optional<RunCall> read_run_call(const std::string& directory) {
    if (!is_regular(directory + "/run.json")) return std::nullopt;
    std::ifstream in(directory + "/run.json");
    const auto document = nlohmann::json::parse(in, nullptr, false);
    if (document.is_discarded() || !document.is_object()) return std::nullopt;
    RunCall call;
    try {
        if (document.at("format") != 1) return std::nullopt;
        call.scenario_path = document.at("scenario_path");
        call.seed = document.at("seed");
        call.replications = document.at("replications");
        if (!document.at("until_s").is_null()) call.until = from_seconds(document.at("until_s"));
        call.programs_sha256 = document.value("programs_sha256", "");
    } catch (const nlohmann::json::exception&) {
        return std::nullopt;
    }
    return call;
}

}  // namespace gatesim
