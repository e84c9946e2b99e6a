#include "load/observed_file.hpp"

#include <fmt/format.h>

#include <unordered_set>

#include "load/entry_row.hpp"
#include "load/when.hpp"

namespace gatesim {

namespace {

enum ObservedColumn : std::size_t { kProject, kBranch, kChange, kLanded, kTimeKind, kLandedLo, kLandedHi };

constexpr LoadColumn kDocumented[] = {
    {"project", true, "Repository of the change, as in the load file."},
    {"branch", false, "Target branch. Empty: master."},
    {"change", true, "Name of the change, as in the load file."},
    {"landed", true, "When it really landed: ISO 8601, UTC unless a zone is given, or Unix seconds."},
    {"time_kind", false,
     "exact, or interval: landed is then an estimate, and facts about order, bursts and gaps leave it out. Empty: "
     "exact."},
    {"landed_lo", false,
     "It did not land before, a time as above: landed must not lie before it. Empty: unknown; with exact, as landed."},
    {"landed_hi", false,
     "It did not land after, a time as above: landed must not lie after it. Empty: unknown; with exact, as landed."},
};

/// A time of the present row; kNever if the field is empty. False, and an error, if it is no time.
bool read_time(const TableReader& table, ObservedColumn column, Time& out, LoadError& error) {
    out = kNever;
    const CsvField* const field = table.field(column);
    std::string why;
    if (!field) return true;
    if (const auto when = parse_when(field->text, why)) return out = *when, true;
    error = table.complain(field->place, fmt::format("{}: {}", kDocumented[column].name, why));
    return false;
}

/// Whether landing and bounds go together; an error if they do not.
bool bounds_hold(const TableReader& table, Time landed, Time low, Time high, bool exact, LoadError& error) {
    const auto shown = [&](ObservedColumn column) { return shown_value(table.field(column)->text); };
    const auto wrong = [&](ObservedColumn column, const std::string& what) {
        error = table.complain(table.field(column)->place, fmt::format("{}: {}", kDocumented[column].name, what));
        return false;
    };
    if (low != kNever && high != kNever && low > high)
        return wrong(kLandedLo, fmt::format("{} is after landed_hi {}", shown(kLandedLo), shown(kLandedHi)));
    if (low != kNever && landed < low)
        return wrong(kLanded, fmt::format("{} is before landed_lo {}", shown(kLanded), shown(kLandedLo)));
    if (high != kNever && landed > high)
        return wrong(kLanded, fmt::format("{} is after landed_hi {}", shown(kLanded), shown(kLandedHi)));
    if (exact && low != kNever && low != landed)
        return wrong(kLandedLo, "an exact landing has no bounds; say time_kind interval");
    if (exact && high != kNever && high != landed)
        return wrong(kLandedHi, "an exact landing has no bounds; say time_kind interval");
    return true;
}

/// The landings of a table of stays. Where only bounds are known the middle is an estimate.
bool read_stays(TableReader& table, std::vector<ObservedRow>& rows, LoadError& error) {
    std::unordered_set<std::string> seen;
    while (table.next(error)) {
        EntryRow entry;
        if (!read_entry_row(table, entry, error)) return false;
        const Time landed = entry.about_left();
        if (entry.outcome != "landed" || landed == kNever) continue;
        ObservedRow row{entry.project, entry.branch, entry.change, landed, entry.left != kNever, table.place()};
        if (seen.insert(row.id()).second) rows.push_back(std::move(row));
    }
    return error.kind == LoadError::Kind::none;
}

}  // namespace

std::span<const LoadColumn> observed_columns() {
    return kDocumented;
}

bool read_observed_file(const std::string& path, std::vector<ObservedRow>& rows, LoadError& error) {
    rows.clear();
    error = {};
    const auto table = TableReader::open_either(path, kDocumented, entry_columns(), error);
    if (!table) return false;
    if (table->other()) return read_stays(*table, rows, error);
    std::unordered_set<std::string> seen;
    while (table->next(error)) {
        Time landed = 0, low = 0, high = 0;
        if (!read_time(*table, kLanded, landed, error) || !read_time(*table, kLandedLo, low, error) ||
            !read_time(*table, kLandedHi, high, error))
            return false;
        const CsvField* const kind = table->field(kTimeKind);
        if (kind && kind->text != "exact" && kind->text != "interval") {
            error = table->complain(
                kind->place, fmt::format("time_kind: {} is neither exact nor interval", shown_value(kind->text)));
            return false;
        }
        const CsvField* const branch = table->field(kBranch);
        const bool exact = !kind || kind->text == "exact";
        if (!bounds_hold(*table, landed, low, high, exact, error)) return false;
        rows.push_back({table->field(kProject)->text, branch ? branch->text : "master", table->field(kChange)->text,
                        landed, exact, table->place()});
        if (!seen.insert(rows.back().id()).second) {
            error =
                table->complain(table->place(), fmt::format("change {} a second time", shown_value(rows.back().id())));
            return false;
        }
    }
    return error.kind == LoadError::Kind::none;
}

}  // namespace gatesim
