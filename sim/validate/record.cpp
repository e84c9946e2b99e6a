#include "validate/record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "import/tables.hpp"
#include "load/entry_row.hpp"

namespace gatesim::validate {

namespace {

constexpr Time kGrid = 30 * kMinute;

Time came(const EntryRow& row) {
    return row.enqueued != kNever ? row.enqueued : row.uploaded;
}

Stay stay_of(const EntryRow& row, Time origin) {
    Stay out;
    out.name = fmt::format("{}/{}~{}/{}", row.project, row.change, row.entry, row.branch);
    out.project = row.project;
    out.branch = row.branch;
    out.enqueued = row.enqueued == kNever ? kNever : row.enqueued - origin;
    if (row.uploaded != kNever) out.uploaded = row.uploaded - origin;
    out.landed = row.outcome == "landed";
    out.ejected = row.outcome == "ejected";
    const Time low = row.left != kNever ? row.left : row.left_lo;
    const Time high = row.left != kNever ? row.left : row.left_hi;
    if (low == kNever && high == kNever) return out;
    if (high == kNever && row.outcome == "open") return out;
    out.left_lo = (low == kNever ? came(row) : low) - origin;
    out.left_hi = (high == kNever ? low : high) - origin;
    return out;
}

/// Looks at which the queue is known, and half hours where there are none.
std::vector<Time> instants_of(const Record& record) {
    std::set<Time> looks = {0, record.length};
    for (const Stay& stay : record.stays) {
        if (!stay.gone() || stay.left_lo == stay.left_hi) continue;
        if (stay.left_lo >= 0) looks.insert(stay.left_lo);
        if (stay.left_hi >= 0) looks.insert(stay.left_hi);
    }
    std::vector<Time> out;
    for (const Time look : looks) {
        while (!out.empty() && look - out.back() > kGrid + kGrid / 2) out.push_back(out.back() + kGrid);
        out.push_back(look);
    }
    return out;
}

void count_runs(const import::Records& records, Record& record) {
    std::set<std::pair<std::uint32_t, std::uint32_t>> tests;
    Time busy = 0;
    for (const import::Run& run : records.runs) {
        if (run.group != kNone) tests.insert({run.entry, run.group});
        if (run.result == import::RunResult::skipped || run.started == kNever || run.ended == kNever) continue;
        if (run.ended > run.started) busy += run.ended - run.started;
    }
    record.node_hours = static_cast<double>(busy) / static_cast<double>(kHour);
    record.tests_per_stay = static_cast<double>(tests.size()) / static_cast<double>(record.stays.size());
}

}  // namespace

bool Record::landings_only() const {
    return std::any_of(stays.begin(), stays.end(), [](const Stay& stay) { return stay.enqueued == kNever; });
}

bool Spans::holds(Time time) const {
    return std::any_of(list.begin(), list.end(), [&](const Span& span) { return span.holds(time); });
}

std::vector<double> Record::queue() const {
    std::vector<double> out;
    for (const Time instant : instants)
        out.push_back(static_cast<double>(std::count_if(stays.begin(), stays.end(), [&](const Stay& stay) {
            return stay.enqueued <= instant && instant < stay.left();
        })));
    return out;
}

bool read_record(const std::string& folder, Time origin, Record& record, LoadError& error) {
    error = {};
    record = {};
    const auto table = TableReader::open(folder + "/" + import::kEntriesFile, entry_columns(), error);
    if (!table) return false;
    std::vector<EntryRow> rows;
    EntryRow row;
    while (table->next(error)) {
        if (!read_entry_row(*table, row, error)) return false;
        rows.push_back(row);
    }
    if (!error.text.empty()) return false;
    std::stable_sort(rows.begin(), rows.end(), [](const EntryRow& a, const EntryRow& b) { return came(a) < came(b); });
    if (origin == kNever && !rows.empty()) origin = came(rows.front()) / kSecond * kSecond;
    record.origin = origin;
    for (const EntryRow& r : rows) {
        Stay stay = stay_of(r, origin);
        const Time began = came(r) - origin;
        if (began < 0 && stay.left() <= 0) continue;
        if (stay.gone()) record.length = std::max(record.length, stay.left_hi);
        record.length = std::max(record.length, began);
        record.stays.push_back(std::move(stay));
    }
    if (record.stays.empty()) {
        error = table->complain({1, 1}, "no stay of the period in it: there is nothing to compare with");
        return false;
    }
    record.instants = instants_of(record);
    import::Records all;
    if (!import::read_tables(folder, all, error)) return false;
    count_runs(all, record);
    return true;
}

}  // namespace gatesim::validate
