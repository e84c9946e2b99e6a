#include "load/load_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

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
    {"landed", false, "When it really landed, a time as above; for validation. Empty: it did not, or nobody knows."},
    {"depends_on", false, "Changes that must land first (Depends-On), in order, separated by blanks. Empty: none."},
    {"series", false,
     "Name of the stack it belongs to: rows of one series stand on each other in the order of the file. Empty: none."},
    {"kind", false,
     "What it touches: code, test, doc, req, mixed, empty, or a word of yours; jobs can ask for it. Empty: code."},
    {"files", false, "Number of files changed. Empty: unknown."},
    {"lines", false, "Lines added plus deleted. Empty: unknown."},
    {"paths", false,
     "The files changed, separated by semicolons, for file matchers. Empty: unknown, every matcher then matches."},
};

/// Edits (insert, delete, replace a byte) that turn one word into the other.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row[b.size()];
}

/// `; did you mean "landed"?`, or nothing if no column is near.
std::string suggestion(std::string_view unknown) {
    if (unknown.size() > 40) return {};
    std::string lower(unknown);
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    const LoadColumn* best = nullptr;
    std::size_t least = std::max<std::size_t>(2, unknown.size() / 3) + 1;
    for (const LoadColumn& column : kDocumented) {
        const std::size_t edits = distance(lower, column.name);
        if (edits < least) least = edits, best = &column;
    }
    return best ? fmt::format("; did you mean \"{}\"?", best->name) : std::string{};
}

std::string all_columns() {
    std::string text = "\n  columns:";
    for (const LoadColumn& column : kDocumented) text += fmt::format(" {}{}", column.name, column.required ? "*" : "");
    return text + "   (* required)";
}

/// A value for a message: not too long, whole characters only.
std::string shown(std::string_view text) {
    if (text.size() <= 60) return fmt::format("\"{}\"", text);
    std::size_t cut = 57;
    while (cut > 0 && (text[cut] & 0xC0) == 0x80) --cut;
    return fmt::format("\"{}...\"", text.substr(0, cut));
}

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
    static_assert(std::size(kDocumented) == kColumns);
    auto csv = CsvStream::open(path, error);
    if (!csv) return nullptr;
    std::unique_ptr<LoadFileReader> reader(new LoadFileReader(std::move(csv)));
    if (!reader->read_header(error)) return nullptr;
    return reader;
}

bool LoadFileReader::read_header(LoadError& error) {
    if (!csv_->next(fields_, error)) {
        if (error.kind == LoadError::Kind::none) {
            error = csv_->complain({1, 1}, "the file is empty; its first line names the columns" + all_columns());
        }
        return false;
    }
    position_.fill(kAbsent);
    width_ = fields_.size();
    for (std::size_t i = 0; i < width_; ++i) {
        const auto& [name, place] = fields_[i];
        const auto known =
            std::find_if(std::begin(kDocumented), std::end(kDocumented), [&](const auto& c) { return c.name == name; });
        if (known == std::end(kDocumented)) {
            error = csv_->complain(place,
                                   fmt::format("unknown column {}{}", shown(name), suggestion(name)) + all_columns());
            return false;
        }
        std::size_t& position = position_[static_cast<std::size_t>(known - std::begin(kDocumented))];
        if (position != kAbsent) {
            error = csv_->complain(place,
                                   fmt::format("column \"{}\" a second time; it is also field {}", name, position + 1));
            return false;
        }
        position = i;
    }
    for (std::size_t i = 0; i < kColumns; ++i) {
        if (!kDocumented[i].required || position_[i] != kAbsent) continue;
        error = csv_->complain(fields_[0].place, fmt::format("no column \"{}\"", kDocumented[i].name) + all_columns());
        return false;
    }
    if (!has("uploaded") && !has("enqueued") && !has("landed")) {
        error = csv_->complain(fields_[0].place,
                               "no column with a time: one of uploaded, enqueued, landed is needed" + all_columns());
        return false;
    }
    return true;
}

bool LoadFileReader::has(std::string_view column) const {
    for (std::size_t i = 0; i < kColumns; ++i) {
        if (kDocumented[i].name == column) return position_[i] != kAbsent;
    }
    return false;
}

const CsvField* LoadFileReader::field(std::size_t column) const {
    if (position_[column] == kAbsent) return nullptr;
    const CsvField& found = fields_[position_[column]];
    return found.text.empty() ? nullptr : &found;
}

bool LoadFileReader::next(LoadRow& row, LoadError& error) {
    if (!csv_->next(fields_, error)) return false;
    if (fields_.size() != width_) {
        error = csv_->complain(
            fields_[0].place,
            fmt::format("{} fields, but the header has {}; a field with a comma needs quotes", fields_.size(), width_));
        return false;
    }
    for (std::size_t i = 0; i < kColumns; ++i) {
        if (!kDocumented[i].required || field(i)) continue;
        error = csv_->complain(fields_[position_[i]].place,
                               fmt::format("\"{}\" is empty; every row needs it", kDocumented[i].name));
        return false;
    }
    return read_fields(row, error);
}

bool LoadFileReader::read_fields(LoadRow& row, LoadError& error) {
    const auto text = [&](Column column, std::string& target, const char* otherwise) {
        const CsvField* found = field(column);
        target = found ? found->text : otherwise;
    };
    const auto list = [&](Column column, char separator, std::vector<std::string>& target) {
        const CsvField* found = field(column);
        split(found ? std::string_view(found->text) : std::string_view{}, separator, target);
    };
    const auto time = [&](Column column, Time& target) {
        target = kNever;
        const CsvField* found = field(column);
        if (!found) return true;
        std::string why;
        if (const auto when = parse_when(found->text, why)) return target = *when, true;
        error = csv_->complain(found->place, fmt::format("{}: {}", kDocumented[column].name, why));
        return false;
    };
    const auto number = [&](Column column, std::int64_t least, std::int64_t most, std::optional<std::int64_t>& target) {
        target.reset();
        const CsvField* found = field(column);
        if (!found) return true;
        std::int64_t value = 0;
        const char* end = found->text.data() + found->text.size();
        const auto [stop, problem] = std::from_chars(found->text.data(), end, value);
        if (problem == std::errc{} && stop == end && value >= least && value <= most) return target = value, true;
        error = csv_->complain(found->place, fmt::format("{}: {} is not a whole number from {} to {}",
                                                         kDocumented[column].name, shown(found->text), least, most));
        return false;
    };
    row.place = fields_[0].place;
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
    return time(kUploaded, row.uploaded) && time(kEnqueued, row.enqueued) && time(kLanded, row.landed);
}

}  // namespace gatesim
