#include <algorithm>
#include <vector>

#include "import/tables.hpp"
#include "load/entry_row.hpp"
#include "load/when.hpp"
#include "model/list_cell.hpp"

namespace gatesim::import {

namespace {

/// One row after another, as RFC 4180 has it.
class Rows {
public:
    Rows(std::span<const LoadColumn> columns, const TextSink& sink) : sink_(sink) {
        for (const LoadColumn& column : columns) cell(column.name);
        end();
    }

    Rows& cell(std::string_view value) {
        if (!first_) text_ += ',';
        first_ = false;
        if (value.find_first_of(",\"\r\n") == std::string_view::npos) {
            text_ += value;
            return *this;
        }
        text_ += '"';
        for (char c : value) text_ += c == '"' ? "\"\"" : std::string(1, c);
        text_ += '"';
        return *this;
    }
    Rows& number(std::int64_t value) { return cell(std::to_string(value)); }
    Rows& index(std::uint32_t value) { return value == kNone ? cell("") : number(std::int64_t{value} + 1); }
    Rows& moment(Moment value) { return cell(value == kNever ? "" : format_when(value)); }
    void end() {
        text_ += '\n';
        first_ = true;
        if (text_.size() >= kPiece) flush();
    }
    void flush() {
        sink_(text_);
        text_.clear();
    }

private:
    static constexpr std::size_t kPiece = 1 << 16;

    const TextSink& sink_;
    std::string text_;
    bool first_ = true;
};

}  // namespace

void write_entries(const Records& records, const TextSink& sink) {
    const Texts& texts = records.texts;
    // The last columns only where some stay has something to say there.
    const auto some = [&](auto has) { return std::any_of(records.entries.begin(), records.entries.end(), has); };
    const bool asked = some([](const Entry& e) { return e.jumps || e.solo; });
    const bool uploads = some([](const Entry& e) { return e.enqueued == kNever; });
    std::vector<LoadColumn> columns(entry_columns().begin(), entry_columns().end() - 2);
    if (asked) columns.push_back(entry_columns()[columns.size()]);
    if (uploads) columns.push_back(entry_columns().back());
    Rows rows(columns, sink);
    for (std::size_t i = 0; i < records.entries.size(); ++i) {
        const Entry& e = records.entries[i];
        rows.index(static_cast<std::uint32_t>(i)).cell(texts[e.change]).cell(texts[e.project]).cell(texts[e.branch]);
        rows.cell(texts[e.author]).moment(e.enqueued).moment(e.left).moment(e.left_lo).moment(e.left_hi);
        rows.cell(left_name(e.outcome)).cell(left_for_name(e.cause)).number(e.priority);
        if (asked) rows.cell(e.jumps && e.solo ? "jump;solo" : e.jumps ? "jump" : e.solo ? "solo" : "");
        if (uploads) rows.moment(e.uploaded);
        rows.end();
    }
    rows.flush();
}

void write_runs(const Records& records, const TextSink& sink) {
    const Texts& texts = records.texts;
    const bool polled =
        std::any_of(records.runs.begin(), records.runs.end(), [](const Run& r) { return r.ended_width > 0; });
    Rows rows(polled ? run_columns() : run_columns().first(run_columns().size() - 2), sink);
    for (const Run& r : records.runs) {
        std::string members;
        for (const std::uint32_t member : r.members) add_to_list(members, std::to_string(std::uint64_t{member} + 1));
        rows.index(r.entry).index(r.group).cell(texts[r.base]).cell(members).index(r.state).cell(texts[r.job]);
        rows.number(r.attempt).moment(r.created).moment(r.queued).moment(r.started);
        rows.moment(r.ended_width > 0 ? kNever : r.ended);
        rows.cell(run_result_name(r.result)).cell(r.voting ? "1" : "0").cell(texts[r.label]).cell(texts[r.runner]);
        if (polled) rows.moment(r.ended_width > 0 ? r.ended_lo() : kNever);
        if (polled) rows.moment(r.ended_width > 0 ? r.ended_hi() : kNever);
        rows.end();
    }
    rows.flush();
}

std::string entries_csv(const Records& records) {
    std::string out;
    write_entries(records, [&](std::string_view piece) { out += piece; });
    return out;
}

std::string runs_csv(const Records& records) {
    std::string out;
    write_runs(records, [&](std::string_view piece) { out += piece; });
    return out;
}

}  // namespace gatesim::import
