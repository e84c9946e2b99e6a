#include "load/recorded_blame.hpp"

#include <algorithm>
#include <memory>
#include <unordered_map>

#include "load/entry_row.hpp"
#include "load/load_file.hpp"

namespace gatesim {

namespace {

struct Stay {
    std::uint32_t number = 0;
    std::string branch;  ///< with its project
    Time came = 0;
    Time gone_from = 0, gone_by = kNever;  ///< it left between these
    bool ejected = false, failed = false, over = false;
};

Stay stay_of(const EntryRow& row) {
    Stay stay;
    stay.number = static_cast<std::uint32_t>(row.entry);
    stay.branch = row.project + "/" + row.branch;
    stay.came = row.enqueued != kNever ? row.enqueued : row.uploaded;
    stay.over = row.outcome != "open";
    stay.ejected = row.outcome == "ejected";
    stay.failed = stay.ejected && (row.cause == "failure" || row.cause == "timeout" || row.cause.empty());
    stay.gone_from = row.left != kNever ? row.left : row.left_lo != kNever ? row.left_lo : stay.came;
    stay.gone_by = row.left != kNever ? row.left : row.left_hi;
    return stay;
}

/// Whether somebody else may have made it red: it was ahead then, and ejected before this one left.
bool may_be_to_blame(const Stay& other, const Stay& stay, const RecordedRed& red) {
    if (!other.ejected || other.number == stay.number || other.branch != stay.branch) return false;
    const bool ahead = red.ahead_known ? std::binary_search(red.ahead.begin(), red.ahead.end(), other.number)
                                       : other.came < stay.came && other.gone_by > red.begun;
    return ahead && other.gone_from <= stay.gone_by;
}

}  // namespace

bool read_blame(const std::string& file, std::vector<RecordedRed>& reds, RecordedBuilds& out, LoadError& error) {
    const auto table = TableReader::open_either(file, load_columns(), entry_columns(), error);
    if (!table) return false;
    if (!table->other()) return true;
    std::vector<Stay> stays;
    while (table->next(error)) {
        EntryRow row;
        if (!read_entry_row(*table, row, error)) return false;
        stays.push_back(stay_of(row));
    }
    if (!error.text.empty()) return false;
    std::unordered_map<std::uint32_t, const Stay*> by_number;
    for (const Stay& stay : stays) {
        by_number[stay.number] = &stay;
        if (stay.over) stay.failed ? out.set_broken(stay.number) : out.set_sound(stay.number);
    }
    for (RecordedRed& red : reds) {
        const auto found = by_number.find(red.stay);
        if (found == by_number.end()) continue;
        const auto other = [&](const Stay& stay) { return may_be_to_blame(stay, *found->second, red); };
        red.own = std::none_of(stays.begin(), stays.end(), other);
        if (!found->second->failed) continue;
        if (red.own)
            out.set_broken(red.stay, red.job);
        else if (out.broken_jobs(red.stay).empty())
            out.set_sound(red.stay);
    }
    return true;
}

}  // namespace gatesim
