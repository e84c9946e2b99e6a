#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <limits>
#include <unordered_map>

#include "import/tables.hpp"
#include "load/entry_row.hpp"
#include "load/run_row.hpp"
#include "load/when.hpp"
#include "model/list_cell.hpp"

namespace gatesim::import {

namespace {

/// The fields of one row after another. After the first error nothing is read any more.
class Row {
public:
    Row(TableReader& table, std::span<const LoadColumn> columns, LoadError& error)
        : table_(table), columns_(columns), error_(error) {}

    bool next() { return error_.text.empty() && table_.next(error_); }

    std::string text(std::string_view column, const char* otherwise = "") const {
        const CsvField* const field = table_.field(place(column));
        return field ? field->text : otherwise;
    }
    Moment moment(std::string_view column) {
        const CsvField* const field = table_.field(place(column));
        std::string why;
        if (!field) return kNever;
        if (const auto when = parse_when(field->text, why)) return *when;
        complain(column, why);
        return kNever;
    }
    std::int64_t number(std::string_view column, std::int64_t otherwise, std::int64_t low, std::int64_t high) {
        const CsvField* const field = table_.field(place(column));
        if (!field) return otherwise;
        std::int64_t value = 0;
        const std::string& t = field->text;
        const auto [end, wrong] = std::from_chars(t.data(), t.data() + t.size(), value);
        if (wrong == std::errc() && end == t.data() + t.size() && value >= low && value <= high) return value;
        complain(column, fmt::format("{} is no whole number from {} to {}", shown_value(t), low, high));
        return otherwise;
    }
    /// One of the words that `name` gives for 0 to `last`.
    template <class Word, class Name>
    Word word(std::string_view column, Word otherwise, Word last, const Name& name) {
        const CsvField* const field = table_.field(place(column));
        if (!field) return otherwise;
        std::string allowed;
        for (int i = 0; i <= static_cast<int>(last); ++i) {
            const std::string one = name(static_cast<Word>(i));
            if (one == field->text) return static_cast<Word>(i);
            if (!one.empty()) allowed += (allowed.empty() ? "" : ", ") + one;
        }
        complain(column, fmt::format("{} is none of: {}", shown_value(field->text), allowed));
        return otherwise;
    }
    void complain(std::string_view column, const std::string& what) {
        const CsvField* const field = table_.field(place(column));
        if (error_.text.empty())
            error_ = table_.complain(field ? field->place : table_.place(), fmt::format("{}: {}", column, what));
    }

private:
    std::size_t place(std::string_view column) const {
        const auto at = std::find_if(columns_.begin(), columns_.end(), [&](const auto& c) { return c.name == column; });
        return static_cast<std::size_t>(at - columns_.begin());
    }

    TableReader& table_;
    std::span<const LoadColumn> columns_;
    LoadError& error_;
};

constexpr std::int64_t kMost = std::numeric_limits<std::uint32_t>::max() - 1;

using Places = std::unordered_map<std::int64_t, std::uint32_t>;  ///< index of a stay by its number

bool read_entries(const std::string& path, Records& out, Places& places, LoadError& error) {
    const auto table = TableReader::open(path, entry_columns(), error);
    if (!table) return false;
    Row row(*table, entry_columns(), error);
    while (row.next()) {
        EntryRow read;
        if (!read_entry_row(*table, read, error)) return false;
        Entry e;
        e.number = read.entry;
        e.change = out.texts.of(read.change);
        e.project = out.texts.of(read.project);
        e.branch = out.texts.of(read.branch);
        e.author = out.texts.of(read.author);
        e.enqueued = read.enqueued;
        e.uploaded = read.uploaded;
        e.left = read.left;
        e.left_lo = read.left_lo;
        e.left_hi = read.left_hi;
        e.priority = read.priority;
        e.jumps = read.jumps;
        e.solo = read.solo;
        e.outcome = row.word("outcome", Left::open, Left::withdrawn, left_name);
        e.cause = row.word("cause", LeftFor::none, LeftFor::unknown, left_for_name);
        if (!places.try_emplace(e.number, 0).second)
            row.complain("entry", fmt::format("{} stands in the table twice", e.number));
        out.entries.push_back(e);
    }
    if (!error.text.empty()) return false;
    std::sort(out.entries.begin(), out.entries.end(), [](const Entry& a, const Entry& b) {
        return std::tuple(a.came(), a.number) < std::tuple(b.came(), b.number);
    });
    for (std::uint32_t i = 0; i < out.entries.size(); ++i) places[out.entries[i].number] = i;
    return true;
}

/// The index of a stay by its number in the table; kNone if there is none.
std::uint32_t stay(Row& row, const char* column, std::int64_t number, const Places& places) {
    const auto found = places.find(number);
    if (found != places.end()) return found->second;
    row.complain(column, fmt::format("{} is no stay of {}", number, kEntriesFile));
    return kNone;
}

bool read_runs(const std::string& path, Records& out, const Places& places, LoadError& error) {
    const auto table = TableReader::open(path, run_columns(), error);
    if (!table) return false;
    Row row(*table, run_columns(), error);
    std::string last_listed;  // rows of a group stand together mostly: they share a list
    Members members;
    while (row.next()) {
        Run r;
        const auto index = [&](const char* column) {
            const std::int64_t number = row.number(column, 0, 1, kMost);
            return number == 0 ? kNone : static_cast<std::uint32_t>(number - 1);
        };
        if (const std::int64_t entry = row.number("entry", 0, 1, kMost); entry > 0)
            r.entry = stay(row, "entry", entry, places);
        r.group = index("group");
        r.base = out.texts.of(row.text("base"));
        const std::string listed = row.text("members");
        if (listed != last_listed) {
            Members::List list;
            for (const std::string& member : names_in(listed)) {
                std::int64_t number = 0;
                std::from_chars(member.data(), member.data() + member.size(), number);
                list.push_back(stay(row, "members", number, places));
            }
            members = Members(std::move(list));
            last_listed = listed;
        }
        r.members = members;
        r.state = index("state");
        r.job = out.texts.of(row.text("job"));
        r.attempt = static_cast<std::uint16_t>(row.number("attempt", 1, 1, 65'535));
        r.created = row.moment("created");
        r.queued = row.moment("queued");
        r.started = row.moment("started");
        r.ended = row.moment("ended");
        r.result = row.word("result", RunResult::unfinished, RunResult::unfinished, run_result_name);
        r.voting = row.number("voting", 1, 0, 1) == 1;
        r.label = out.texts.of(row.text("label"));
        r.runner = out.texts.of(row.text("runner"));
        const Moment low = row.moment("ended_lo"), high = row.moment("ended_hi");
        if (const std::string why = why_no_bounds(r.started, r.ended, low, high); !why.empty())
            row.complain("ended_lo", why);
        else if (low != kNever) {
            r.ended = low + (high - low) / 2;
            r.ended_width = static_cast<std::uint32_t>(std::min((high - low) / kSecond, kMost));
        }
        if (r.started != kNever && r.ended != kNever && r.ended < r.started) row.complain("ended", "is before started");
        out.runs.push_back(std::move(r));
    }
    if (!error.text.empty()) return false;
    const auto key = [&](const Run& r) {
        return std::tuple(r.created, r.group, r.entry, std::string_view(out.texts[r.job]), r.attempt, r.started,
                          r.ended);
    };
    std::stable_sort(out.runs.begin(), out.runs.end(), [&](const Run& a, const Run& b) { return key(a) < key(b); });
    return true;
}

}  // namespace

bool read_tables(const std::string& folder, Records& records, LoadError& error) {
    Places places;
    if (!read_entries(folder + "/" + kEntriesFile, records, places, error)) return false;
    const std::string runs = folder + "/" + kRunsFile;
    return !std::filesystem::exists(runs) || read_runs(runs, records, places, error);
}

}  // namespace gatesim::import
