#include "import/driver.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <unordered_set>

#include "import/byte_source.hpp"
#include "import/consistent.hpp"
#include "import/documents.hpp"
#include "import/order.hpp"
#include "import/recognise.hpp"
#include "import/tables.hpp"
#include "load/when.hpp"

namespace gatesim::import {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFaultsTold = 5;

/// Hands records over, and counts them.
class Feeder : public RecordTaker {
public:
    Feeder(Importer& importer, Intake& intake) : importer_(importer), intake_(intake) {}

    void file(const ByteSource& source) {
        name_ = source.name();
        short_name_ = fs::path(name_).filename().string();
    }
    void document() override { importer_.begin(short_name_); }
    void record(std::string_view list, const Json& record) override {
        ++intake_.read;
        count(list);
        if (record.is_object() || list == "line")
            guarded([&] { importer_.take(list, record, intake_); });
        else
            intake_.drop("no record");
    }
    void rest(const Json& rest) override {
        guarded([&] { importer_.around(rest, intake_); });
    }
    void broken(FilePlace place, const std::string& what) override {
        intake_.drop("broken document");
        tell(broken_, fmt::format("{}:{}:{}: {}", name_, place.line, place.column, what));
    }
    /// The file ended, or broke, where gzip expects more: what stood there is lost.
    void cut_off(const std::string& what) {
        intake_.drop_part("file cut off");
        tell(cut_off_, what);
    }
    void done() {
        const auto more = [&](std::size_t faults, const char* what) {
            if (faults > kFaultsTold) intake_.warnings.push_back(fmt::format("{} more {}", faults - kFaultsTold, what));
        };
        more(broken_, "broken documents");
        more(cut_off_, "files that are cut off");
        for (const auto& [list, records] : lists_)
            if (records == 1000)
                intake_.warnings.push_back(fmt::format("{}1,000 records exactly: cut off? An export may stop there",
                                                       list.empty() ? "" : list + ": "));
    }

private:
    void count(std::string_view list) {
        const auto known = lists_.find(list);
        ++(known != lists_.end() ? known->second : lists_[std::string(list)]);
    }
    void tell(std::size_t& told, const std::string& what) {
        if (++told <= kFaultsTold) intake_.warnings.push_back(what);
    }
    /// A record may have any shape. What is of another type than the forge expects is a record dropped.
    template <class Work>
    void guarded(const Work& work) {
        try {
            work();
        } catch (const Json::exception&) {
            intake_.drop("unexpected type");
        }
    }

    Importer& importer_;
    Intake& intake_;
    std::string name_, short_name_;
    std::map<std::string, std::uint64_t, std::less<>> lists_;
    std::size_t broken_ = 0, cut_off_ = 0;
};

bool read_documents(const std::vector<std::string>& files, const Forge& forge, Importer& importer, Intake& intake,
                    LoadError& error) {
    Feeder feeder(importer, intake);
    for (const std::string& path : files) {
        const auto source = ByteSource::open(path, error);
        if (!source) return false;
        feeder.file(*source);
        if (forge.reads == Reads::lines)
            cut_lines(*source, feeder);
        else
            cut_documents(*source, forge.lists, feeder);
        error = source->error();
        if (error.kind == LoadError::Kind::unreadable) return false;
        if (error.kind == LoadError::Kind::malformed) feeder.cut_off(error.text);
        error = {};
    }
    feeder.done();
    return true;
}

/// The two tables themselves: a folder, or files of one folder.
bool read_own_tables(const std::vector<std::string>& files, ImportResult& result, LoadError& error) {
    std::string folder;
    for (const std::string& path : files) {
        const bool is_folder = fs::is_directory(path);
        const std::string name = fs::path(path).filename().string();
        std::string of = is_folder ? path : fs::path(path).parent_path().string();
        if (of.empty()) of.push_back('.');
        if (!is_folder && name != kEntriesFile && name != kRunsFile)
            error.text =
                fmt::format("{}: no table; csv reads {} and {}, or the folder of both", path, kEntriesFile, kRunsFile);
        else if (!folder.empty() && folder != of)
            error.text = fmt::format("{}: is not in the folder {} of the others", path, folder);
        if (!error.text.empty()) {
            error.kind = LoadError::Kind::malformed;
            return false;
        }
        folder = of;
    }
    if (!read_tables(folder, result.records, error)) return false;
    result.intake.read = result.intake.used = result.records.entries.size() + result.records.runs.size();
    return true;
}

/// Leaves out the stays that the options leave out.
void leave_out(const ImportOptions& options, ImportResult& result) {
    Records& records = result.records;
    const auto leave_out = [&](const char* why, std::uint64_t rows) {
        result.intake.no_loss.insert(why);
        result.intake.dropped[why] += rows;
    };
    std::vector<bool> stays(records.entries.size(), true);
    for (std::size_t i = 0; i < stays.size(); ++i) {
        const Entry& e = records.entries[i];
        const char* why = nullptr;
        if (options.since != kNever && e.came() < options.since) why = "stays before --since";
        if (options.until != kNever && e.came() >= options.until) why = "stays from --until on";
        if (!options.branch.empty() && records.texts[e.branch] != options.branch) why = "stays for another branch";
        if (!options.project.empty() && records.texts[e.project] != options.project) why = "stays of another project";
        if (!why) continue;
        stays[i] = false;
        leave_out(why, 1);
    }
    if (std::find(stays.begin(), stays.end(), false) != stays.end()) keep_stays(records, stays);
    const auto outside = [&](const Run& r) {
        const Moment when = r.created != kNever ? r.created : r.started != kNever ? r.started : r.ended;
        if (r.entry != kNone || when == kNever) return false;
        return (options.since != kNever && when < options.since) || (options.until != kNever && when >= options.until);
    };
    const auto end = std::remove_if(records.runs.begin(), records.runs.end(), outside);
    if (end != records.runs.end())
        leave_out("runs outside --since and --until", static_cast<std::uint64_t>(records.runs.end() - end));
    records.runs.erase(end, records.runs.end());
}

template <class Visit>
void visit_times(Records& records, const Visit& visit) {
    for (Entry& e : records.entries)
        for (Moment* m : {&e.enqueued, &e.uploaded, &e.left, &e.left_lo, &e.left_hi})
            if (*m != kNever) visit(*m);
    for (Run& r : records.runs)
        for (Moment* m : {&r.created, &r.queued, &r.started, &r.ended})
            if (*m != kNever) visit(*m);
}

void find_gaps(ImportResult& result) {
    std::vector<Moment> minutes;  // whole ones, each once
    std::unordered_set<Moment> seen;
    visit_times(result.records, [&](Moment when) {
        result.from = result.from == kNever ? when : std::min(result.from, when);
        result.to = result.to == kNever ? when : std::max(result.to, when);
        if (seen.insert(when / kMinute).second) minutes.push_back(when / kMinute);
    });
    std::sort(minutes.begin(), minutes.end());
    for (std::size_t i = 1; i < minutes.size(); ++i)
        if ((minutes[i] - minutes[i - 1]) * kMinute > kDay)
            result.gaps.push_back({minutes[i - 1] * kMinute, minutes[i] * kMinute});
}

void count(ImportResult& result) {
    std::unordered_set<std::uint64_t> changes, groups, jobs;
    for (const Entry& e : result.records.entries) changes.insert(std::uint64_t{e.project} << 32 | e.change);
    for (const Run& r : result.records.runs) {
        if (r.group != kNone) groups.insert(r.group);
        jobs.insert(r.job);
    }
    result.changes = changes.size();
    result.groups = groups.size();
    result.jobs = jobs.size();
}

}  // namespace

bool import_files(const ImportOptions& options, ImportResult& result, LoadError& error) {
    result.forge = forge_of(options.forge, options.files, error);
    if (!result.forge) return false;
    if (result.forge->reads == Reads::tables) {
        if (!read_own_tables(options.files, result, error)) return false;
    } else {
        const std::unique_ptr<Importer> importer = result.forge->make();
        if (!read_documents(options.files, *result.forge, *importer, result.intake, error)) return false;
        importer->finish(result.records, result.intake);
    }
    finish_import(options, result);
    return true;
}

void finish_import(const ImportOptions& options, ImportResult& result) {
    leave_out(options, result);
    if (options.shift != 0) visit_times(result.records, [&](Moment& when) { when += options.shift; });
    make_consistent(result.records, result.intake);
    hide_names(options.names, result.records);
    put_in_order(result.records);
    find_gaps(result);
    count(result);
}

}  // namespace gatesim::import
