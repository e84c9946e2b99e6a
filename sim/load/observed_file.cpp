#include "load/observed_file.hpp"

#include <fmt/format.h>

#include <unordered_set>

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
    {"landed_lo", false, "With interval: it did not land before, a time as above. Empty: unknown."},
    {"landed_hi", false, "With interval: it did not land after, a time as above. Empty: unknown."},
};

}  // namespace

std::span<const LoadColumn> observed_columns() {
    return kDocumented;
}

bool read_observed_file(const std::string& path, std::vector<ObservedRow>& rows, LoadError& error) {
    rows.clear();
    error = {};
    const auto table = TableReader::open(path, kDocumented, error);
    if (!table) return false;
    std::unordered_set<std::string> seen;
    while (table->next(error)) {
        for (const ObservedColumn column : {kLanded, kLandedLo, kLandedHi}) {
            const CsvField* const field = table->field(column);
            std::string why;
            if (!field || parse_when(field->text, why)) continue;
            error = table->complain(field->place, fmt::format("{}: {}", kDocumented[column].name, why));
            return false;
        }
        const CsvField* const kind = table->field(kTimeKind);
        if (kind && kind->text != "exact" && kind->text != "interval") {
            error = table->complain(
                kind->place, fmt::format("time_kind: {} is neither exact nor interval", shown_value(kind->text)));
            return false;
        }
        const CsvField* const branch = table->field(kBranch);
        std::string why;
        rows.push_back({table->field(kProject)->text, branch ? branch->text : "master", table->field(kChange)->text,
                        *parse_when(table->field(kLanded)->text, why), !kind || kind->text == "exact"});
        if (!seen.insert(rows.back().id()).second) {
            error =
                table->complain(table->place(), fmt::format("change {} a second time", shown_value(rows.back().id())));
            return false;
        }
    }
    return error.kind == LoadError::Kind::none;
}

}  // namespace gatesim
