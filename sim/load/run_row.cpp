#include "load/run_row.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>
#include <tuple>
#include <unordered_map>

#include "load/recorded_blame.hpp"
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
    kRunner,
    kEndedLo,
    kEndedHi
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
    {"runner", false, "The machine that ran it, as a name or a pseudonym. Empty: unknown."},
    {"ended_lo", false,
     "Of a run that only polls saw, whose `ended` is empty: it still ran then, a time as above. Empty: unknown."},
    {"ended_hi", false, "The same: it was over by then; with ended_lo, or not at all. Empty: unknown."}};

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
    Time created = kNever;  ///< kNever: not known
    bool voting = true;
    std::uint64_t number = 0;  ///< in the file: those of one instant stay in this order
    RecordedBuild build;
};

/// The stays before this one in a list of members; false if there is none, or it is not in it.
bool read_ahead(const std::string& members, std::uint32_t stay, std::vector<std::uint32_t>& ahead) {
    bool found = false;
    for (std::size_t at = 0; at < members.size() && !found;) {
        const std::size_t blank = std::min(members.find(' ', at), members.size());
        std::uint32_t member = 0;
        const auto [stop, wrong] = std::from_chars(members.data() + at, members.data() + blank, member);
        if (wrong != std::errc() || stop != members.data() + blank) return false;
        found = member == stay;
        if (!found) ahead.push_back(member);
        at = blank + 1;
    }
    std::sort(ahead.begin(), ahead.end());
    return found;
}

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
    const Time ended_lo = moment(kEndedLo), ended_hi = moment(kEndedHi);
    Time ended = moment(kEnded);
    row.started = moment(kStarted);
    row.created = moment(kCreated);
    if (const CsvField* const voting = table.field(kVoting)) row.voting = voting->text != "0";
    if (const std::string why = why_no_bounds(row.started, ended, ended_lo, ended_hi);
        !why.empty() && error.text.empty())
        error = table.complain(table.place(), "ended_lo: " + why);
    if (ended_lo != kNever) ended = ended_lo;
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
    if (ended_hi != kNever) row.build.at_most = ended_hi - row.started;
    if (const CsvField* const members = table.field(kMembers))
        row.build.ahead_known = read_ahead(members->text, row.stay, row.build.ahead);
    return row;
}

}  // namespace

std::span<const LoadColumn> run_columns() {
    return kRunColumns;
}

std::string why_no_bounds(Time started, Time ended, Time low, Time high) {
    if (low == kNever && high == kNever) return "";
    if (ended != kNever) return "ended is known: then ended_lo and ended_hi are empty";
    if (low == kNever || high == kNever) return "ended_lo and ended_hi are both known, or neither is";
    if (low > high) return "is after ended_hi";
    return started != kNever && low < started ? "is before started" : "";
}

bool read_recorded_builds(const Scenario& scenario, RecordedBuilds& out, LoadError& error) {
    const auto path = [&](const std::string& file) {
        const bool whole = scenario.folder.empty() || file.front() == '/' || file == "-";
        return whole ? file : scenario.folder + "/" + file;
    };
    const auto table = TableReader::open(path(scenario.load.replay->builds), kRunColumns, error);
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
    std::vector<RecordedRed> reds;
    std::vector<Row*> rows_of_reds;
    for (Row& row : rows) {
        const RecordedBuild& build = row.build;
        if (!build.ended || build.result == Result::success || build.result == Result::retry || !row.voting) continue;
        reds.push_back(
            {row.stay, row.job, row.created != kNever ? row.created : row.started, build.ahead_known, build.ahead});
        rows_of_reds.push_back(&row);
    }
    const std::string& stays = scenario.load.replay->file;
    if (!stays.empty() && stays != "-" && !read_blame(path(stays), reds, out, error)) return false;
    for (std::size_t i = 0; i < reds.size(); ++i) rows_of_reds[i]->build.own = reds[i].own;
    for (Row& row : rows) out.add(row.stay, row.job, std::move(row.build));
    return true;
}

}  // namespace gatesim
