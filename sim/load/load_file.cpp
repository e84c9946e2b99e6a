#include "load/load_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

#include "load/entry_row.hpp"
#include "load/when.hpp"

namespace gatesim {

namespace {

// In the order of kDocumented.
enum Column : std::size_t {
    kProject,
    kBranch,
    kChange,
    kPatchset,
    kAuthor,
    kUploaded,
    kEnqueued,
    kLanded,
    kDependsOn,
    kSeries,
    kKind,
    kFiles,
    kLines,
    kPaths
};

constexpr LoadColumn kDocumented[] = {
    {"project", true, "Repository of the change, as the scenario's projects name it."},
    {"branch", false, "Target branch. Empty: master."},
    {"change", true,
     "Name of the change, the same in every row in which it returns. Unique within project and branch."},
    {"patchset", false, "Number of the patch set enqueued, from 1. Empty: 1."},
    {"author", false, "Who wrote it: a name or a number. Empty: unknown."},
    {"uploaded", false,
     "When this patch set was uploaded: ISO 8601, UTC unless a zone is given, or Unix seconds. Empty: unknown."},
    {"enqueued", false,
     "When it was enqueued into the gate, a time as above. Empty: unknown; the scenario must then derive it."},
    {"landed", false,
     "When it really landed, a time as above, not before enqueued; for validation. Empty: it did not, or nobody "
     "knows."},
    {"depends_on", false, "Changes that must land first (Depends-On), in order, separated by blanks. Empty: none."},
    {"series", false,
     "Name of the stack it belongs to. It stands on the change of its series, project and branch that was uploaded "
     "last before it; at equal times on the one before it in the file. Empty: none."},
    {"kind", false,
     "What it touches: code, test, doc, req, mixed, empty, or a word of yours; jobs can ask for it. Empty: code."},
    {"files", false, "Number of files changed. Empty: unknown."},
    {"lines", false, "Lines added plus deleted. Empty: unknown."},
    {"paths", false,
     "The files changed, separated by semicolons, for file matchers. Empty: unknown, every matcher then matches."},
};

void split(std::string_view text, char separator, std::vector<std::string>& parts) {
    parts.clear();
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(separator), text.size());
        if (end > 0) parts.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

}  // namespace

std::span<const LoadColumn> load_columns() {
    return kDocumented;
}

std::unique_ptr<LoadFileReader> LoadFileReader::open(const std::string& path, LoadError& error) {
    auto table = TableReader::open_either(path, kDocumented, entry_columns(), error);
    if (!table) return nullptr;
    if (!table->other() && !table->has(kUploaded) && !table->has(kEnqueued) && !table->has(kLanded)) {
        error = table->complain(
            table->place(), "no column with a time: one of uploaded, enqueued, landed is needed" + table->listing());
        return nullptr;
    }
    return std::unique_ptr<LoadFileReader>(new LoadFileReader(std::move(table)));
}

bool LoadFileReader::has(std::string_view column) const {
    if (table_->other()) return false;
    for (std::size_t i = 0; i < std::size(kDocumented); ++i) {
        if (kDocumented[i].name == column) return table_->has(i);
    }
    return false;
}

bool LoadFileReader::next(LoadRow& row, LoadError& error) {
    over_ = over_ || !(table_->other() ? read_stay(row, error) : read(row, error));
    return !over_;
}

bool LoadFileReader::read_stay(LoadRow& row, LoadError& error) {
    if (!table_->next(error)) return false;
    EntryRow entry;
    if (!read_entry_row(*table_, entry, error)) return false;
    row = LoadRow{};
    row.project = std::move(entry.project);
    row.branch = std::move(entry.branch);
    row.change = std::move(entry.change);
    row.author = std::move(entry.author);
    row.enqueued = entry.enqueued;
    row.uploaded = entry.uploaded;
    row.entry = entry.entry;
    row.priority = entry.priority;
    row.jumps = entry.jumps;
    row.solo = entry.solo;
    row.left = entry.about_left();
    row.stayed = row.left != kNever || entry.outcome == "open";
    if (entry.outcome == "landed" && entry.left != kNever) row.landed = entry.left;
    row.place = table_->place();
    return true;
}

bool LoadFileReader::read(LoadRow& row, LoadError& error) {
    if (!table_->next(error)) return false;
    const auto text = [&](Column column, std::string& target, const char* otherwise) {
        const CsvField* found = table_->field(column);
        target = found ? found->text : otherwise;
    };
    const auto list = [&](Column column, char separator, std::vector<std::string>& target) {
        const CsvField* found = table_->field(column);
        split(found ? std::string_view(found->text) : std::string_view{}, separator, target);
    };
    const auto time = [&](Column column, Time& target) {
        target = kNever;
        const CsvField* found = table_->field(column);
        if (!found) return true;
        std::string why;
        if (const auto when = parse_when(found->text, why)) return target = *when, true;
        error = table_->complain(found->place, fmt::format("{}: {}", kDocumented[column].name, why));
        return false;
    };
    const auto number = [&](Column column, std::int64_t least, std::int64_t most, std::optional<std::int64_t>& target) {
        target.reset();
        const CsvField* found = table_->field(column);
        if (!found) return true;
        std::int64_t value = 0;
        const char* end = found->text.data() + found->text.size();
        const auto [stop, problem] = std::from_chars(found->text.data(), end, value);
        if (problem == std::errc{} && stop == end && value >= least && value <= most) return target = value, true;
        error = table_->complain(found->place,
                                 fmt::format("{}: {} is not a whole number from {} to {}", kDocumented[column].name,
                                             shown_value(found->text), least, most));
        return false;
    };
    row.place = table_->place();
    text(kProject, row.project, "");
    text(kBranch, row.branch, "master");
    text(kChange, row.change, "");
    text(kAuthor, row.author, "");
    text(kSeries, row.series, "");
    text(kKind, row.kind, "code");
    list(kDependsOn, ' ', row.depends_on);
    list(kPaths, ';', row.paths);
    std::optional<std::int64_t> patchset;
    constexpr std::int64_t kMost = 1'000'000'000'000;
    if (!number(kPatchset, 1, std::numeric_limits<int>::max(), patchset) || !number(kFiles, 0, kMost, row.files) ||
        !number(kLines, 0, kMost, row.lines)) {
        return false;
    }
    row.patchset = static_cast<int>(patchset.value_or(1));
    if (!time(kUploaded, row.uploaded) || !time(kEnqueued, row.enqueued) || !time(kLanded, row.landed)) return false;
    if (row.landed >= row.enqueued || row.enqueued == kNever) return true;
    error = table_->complain(
        table_->field(kLanded)->place,
        fmt::format("landed: {} is before enqueued {}; is it of another stay, or in another zone?",
                    shown_value(table_->field(kLanded)->text), shown_value(table_->field(kEnqueued)->text)));
    return false;
}

}  // namespace gatesim
