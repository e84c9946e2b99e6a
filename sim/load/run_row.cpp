#include "load/run_row.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>
#include <tuple>
#include <unordered_map>

#include "load/when.hpp"

namespace gatesim {

namespace {

// In the order of kRunColumns.
enum Column : std::size_t {
    kEntry,
    kGroup,
    kBase,
    kMembers,
    kState,
    kJob,
    kAttempt,
    kCreated,
    kQueued,
    kStarted,
    kEnded,
    kResult,
    kVoting,
    kLabel,
    kRunner
};

constexpr LoadColumn kRunColumns[] = {
    {"entry", false, "The stay that it ran for (entries.csv); of a group the last of its members. Empty: none."},
    {"group", false,
     "Number of the test that it was part of: all runs for one state that belong together. Empty: none."},
    {"base", false, "What it was tested on, as a name without meaning. Empty: unknown."},
    {"members", false,
     "The stays that were tested together, front first, with a blank between two. Empty: `entry` alone."},
    {"state", false, "Number of what was tested: equal numbers, equal code. Empty: unknown."},
    {"job", true, "Name of the job."},
    {"attempt", false, "Which execution of this job for this group, from 1. Empty: 1."},
    {"created", false, "When it was asked for: ISO 8601, UTC unless a zone is given, or Unix seconds. Empty: unknown."},
    {"queued", false, "From when on it waited for a machine, a time as above. Empty: unknown."},
    {"started", false, "When it began to run, a time as above. Empty: it did not, or unknown."},
    {"ended", false, "When it ended, a time as above. Empty: it did not, or unknown."},
    {"result", true, "success, failure, timeout, cancelled, superseded, skipped, no_result or unfinished."},
    {"voting", false, "1 if its failure counts, else 0. Empty: 1."},
    {"label", false, "What kind of machine it asks for. Empty: unknown."},
    {"runner", false, "The machine that ran it, as a name or a pseudonym. Empty: unknown."}};

/// What came of a run. Of one that was stopped it is not known.
RecordedBuild build_of(const std::string& result) {
    if (result == "success") return RecordedBuild{0, Result::success, true};
    if (result == "failure") return RecordedBuild{0, Result::failure, true};
    if (result == "timeout") return RecordedBuild{0, Result::timeout, true};
    if (result == "no_result") return RecordedBuild{0, Result::retry, true};
    return RecordedBuild{0, Result::success, false};
}

constexpr std::string_view kResults[] = {"success",    "failure", "timeout",   "cancelled",
                                         "superseded", "skipped", "no_result", "unfinished"};

struct Row {
    std::uint32_t stay = 0;
    JobId job = kNone;
    Time started = kNever;
    std::uint64_t number = 0;  ///< in the file: those of one instant stay in this order
    RecordedBuild build;
};

/// The present record, if it says something. An error if it is none.
std::optional<Row> read_row(const TableReader& table, const std::unordered_map<std::string, JobId>& jobs,
                            LoadError& error) {
    const auto complain = [&](Column column, const std::string& why) {
        error = table.complain(table.field(column)->place, fmt::format("{}: {}", kRunColumns[column].name, why));
    };
    const auto moment = [&](Column column) {
        const CsvField* const field = table.field(column);
        std::string why;
        if (!field) return kNever;
        if (const auto when = parse_when(field->text, why)) return *when;
        complain(column, why);
        return kNever;
    };
    Row row;
    const Time ended = moment(kEnded);
    row.started = moment(kStarted);
    const std::string& result = table.field(kResult)->text;
    if (error.text.empty() && row.started != kNever && ended != kNever && ended < row.started)
        complain(kEnded, "is before started");
    if (error.text.empty() && std::find(std::begin(kResults), std::end(kResults), result) == std::end(kResults))
        complain(kResult, fmt::format("{} is no result; see: gatesim describe runs.csv", shown_value(result)));
    if (const CsvField* const entry = table.field(kEntry); entry && error.text.empty()) {
        const char* const end = entry->text.data() + entry->text.size();
        const auto [stop, wrong] = std::from_chars(entry->text.data(), end, row.stay);
        if (wrong != std::errc() || stop != end || row.stay == 0)
            complain(kEntry, fmt::format("{} is not the number of a stay, from 1", shown_value(entry->text)));
    }
    const auto job = jobs.find(table.field(kJob)->text);
    if (!error.text.empty() || row.stay == 0 || job == jobs.end() || result == "skipped" || row.started == kNever ||
        ended == kNever)
        return std::nullopt;
    row.job = job->second;
    row.build = build_of(result);
    row.build.length = ended - row.started;
    return row;
}

}  // namespace

std::span<const LoadColumn> run_columns() {
    return kRunColumns;
}

bool read_recorded_builds(const Scenario& scenario, RecordedBuilds& out, LoadError& error) {
    const std::string& file = scenario.load.replay->builds;
    const bool whole = scenario.folder.empty() || file.front() == '/' || file == "-";
    const auto table = TableReader::open(whole ? file : scenario.folder + "/" + file, kRunColumns, error);
    if (!table) return false;
    std::unordered_map<std::string, JobId> jobs;
    for (JobId job = 0; job < scenario.job_names.size(); ++job) jobs.emplace(scenario.job_names[job], job);
    std::vector<Row> rows;
    for (std::uint64_t number = 0; table->next(error); ++number) {
        auto row = read_row(*table, jobs, error);
        if (!error.text.empty()) return false;
        if (!row) continue;
        row->number = number;
        rows.push_back(*row);
    }
    if (!error.text.empty()) return false;
    std::sort(rows.begin(), rows.end(),
              [](const Row& a, const Row& b) { return std::tie(a.started, a.number) < std::tie(b.started, b.number); });
    for (const Row& row : rows) out.add(row.stay, row.job, row.build);
    return true;
}

}  // namespace gatesim
