#include "load/entry_row.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "load/when.hpp"

namespace gatesim {

namespace {

// In the order of kEntryColumns.
enum Column : std::size_t {
    kEntry,
    kChange,
    kProject,
    kBranch,
    kAuthor,
    kEnqueued,
    kLeft,
    kLeftLo,
    kLeftHi,
    kOutcome,
    kCause,
    kPriority,
    kAsked,
    kUploaded
};

constexpr LoadColumn kEntryColumns[] = {
    {"entry", true, "Number of the stay, from 1: what runs.csv calls it."},
    {"change", true, "Name of the change. One that comes again has another row."},
    {"project", false, "Repository. Empty: project."},
    {"branch", false, "Target branch. Empty: master."},
    {"author", false, "Who wrote it, as a name or a pseudonym. Empty: unknown, or a bot."},
    {"enqueued", false,
     "When it came into the queue: ISO 8601, UTC unless a zone is given, or Unix seconds. Empty: nobody recorded it; "
     "then "
     "`uploaded` must be known."},
    {"left", false, "When it left the queue, a time as above. Empty: not known to the instant, or it is still there."},
    {"left_lo", false, "It was still there then, a time as above. Empty: unknown."},
    {"left_hi", false, "It was gone by then, a time as above. Empty: unknown, or it is still there."},
    {"outcome", false, "landed, ejected, withdrawn or open. Empty: open."},
    {"cause", false, "Of an ejection: failure, conflict, timeout, manual or unknown. Empty: none."},
    {"priority", false, "A whole number; more urgent is higher. Empty: 0."},
    {"asked", false,
     "jump: it was put to the front when it came; solo: it was to be tested and landed alone; or both: jump;solo. "
     "Empty: neither."},
    {"uploaded", false,
     "When its last patch set was uploaded, a time as above; it is read where `enqueued` is empty. Empty: unknown."}};

constexpr std::string_view kOutcomes[] = {"open", "landed", "ejected", "withdrawn"};

/// The fields of one row. After the first error nothing is read any more.
class Fields {
public:
    Fields(const TableReader& table, LoadError& error) : table_(table), error_(error) {}

    std::string text(Column column, const char* otherwise) const {
        const CsvField* const field = table_.field(column);
        return field ? field->text : otherwise;
    }
    Time moment(Column column) {
        const CsvField* const field = table_.field(column);
        std::string why;
        if (!field) return kNever;
        if (const auto when = parse_when(field->text, why)) return *when;
        complain(column, why);
        return kNever;
    }
    std::int64_t number(Column column, std::int64_t low, std::int64_t high) {
        const CsvField* const field = table_.field(column);
        if (!field) return 0;
        std::int64_t value = 0;
        const char* end = field->text.data() + field->text.size();
        const auto [stop, wrong] = std::from_chars(field->text.data(), end, value);
        if (wrong == std::errc() && stop == end && value >= low && value <= high) return value;
        complain(column, fmt::format("{} is not a whole number from {} to {}", shown_value(field->text), low, high));
        return 0;
    }
    void complain(Column column, const std::string& what) {
        const CsvField* const field = table_.field(column);
        if (error_.text.empty())
            error_ = table_.complain(field ? field->place : table_.place(),
                                     fmt::format("{}: {}", kEntryColumns[column].name, what));
    }

private:
    const TableReader& table_;
    LoadError& error_;
};

}  // namespace

std::span<const LoadColumn> entry_columns() {
    return kEntryColumns;
}

Time EntryRow::about_left() const {
    if (left != kNever) return left;
    if (left_lo != kNever && left_hi != kNever) return left_lo + (left_hi - left_lo) / 2;
    return left_hi != kNever ? left_hi : outcome == "open" ? kNever : left_lo;
}

bool read_entry_row(const TableReader& table, EntryRow& row, LoadError& error) {
    Fields fields(table, error);
    row.entry = fields.number(kEntry, 1, 4'294'967'294);
    row.change = fields.text(kChange, "");
    row.project = fields.text(kProject, "project");
    row.branch = fields.text(kBranch, "master");
    row.author = fields.text(kAuthor, "");
    row.enqueued = fields.moment(kEnqueued);
    row.uploaded = fields.moment(kUploaded);
    row.left = fields.moment(kLeft);
    row.left_lo = fields.moment(kLeftLo);
    row.left_hi = fields.moment(kLeftHi);
    row.outcome = fields.text(kOutcome, "open");
    row.cause = fields.text(kCause, "");
    row.priority = static_cast<int>(fields.number(kPriority, -1'000'000, 1'000'000));
    const std::string asked = fields.text(kAsked, "");
    row.jumps = asked == "jump" || asked == "jump;solo";
    row.solo = asked == "solo" || asked == "jump;solo";
    if (!asked.empty() && !row.jumps && !row.solo)
        fields.complain(kAsked, fmt::format("{} is none of: jump, solo, jump;solo", shown_value(asked)));
    if (std::find(std::begin(kOutcomes), std::end(kOutcomes), row.outcome) == std::end(kOutcomes))
        fields.complain(kOutcome,
                        fmt::format("{} is none of: open, landed, ejected, withdrawn", shown_value(row.outcome)));
    if (row.enqueued == kNever && row.uploaded == kNever)
        fields.complain(kEnqueued, "is empty, and so is uploaded: one of the two must be known");
    const Time came = row.enqueued != kNever ? row.enqueued : 0;
    if (row.left != kNever && row.left < came) fields.complain(kLeft, "is before enqueued");
    if (row.left_hi != kNever && row.left_hi < came) fields.complain(kLeftHi, "is before enqueued");
    if (row.left_lo != kNever && row.left_hi != kNever && row.left_lo > row.left_hi)
        fields.complain(kLeftLo, "is after left_hi");
    return error.text.empty();
}

}  // namespace gatesim
