#include "import/order.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <tuple>

namespace gatesim::import {

namespace {

std::string_view text(const Records& records, Texts::Id id) {
    return records.texts[id];
}

/// Gives stays their new numbers; kNone: it is gone.
void renumber_stays(Records& records, const std::vector<std::uint32_t>& number) {
    for (Run& run : records.runs) {
        if (run.entry != kNone) run.entry = number[run.entry];
        for (std::uint32_t& member : run.members) member = number[member];
        run.members.erase(std::remove(run.members.begin(), run.members.end(), kNone), run.members.end());
    }
}

void sort_entries(Records& records) {
    std::vector<std::uint32_t> order(records.entries.size());
    std::iota(order.begin(), order.end(), 0u);
    const auto key = [&](std::uint32_t i) {
        const Entry& e = records.entries[i];
        return std::tuple(e.enqueued, text(records, e.project), text(records, e.branch), text(records, e.change),
                          text(records, e.author), e.left, e.left_lo, e.left_hi, e.outcome, e.cause, e.priority,
                          e.jumps, e.solo);
    };
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
    std::vector<std::uint32_t> number(order.size());
    std::vector<Entry> sorted;
    sorted.reserve(order.size());
    for (const std::uint32_t i : order) {
        number[i] = static_cast<std::uint32_t>(sorted.size());
        sorted.push_back(records.entries[i]);
    }
    records.entries = std::move(sorted);
    renumber_stays(records, number);
}

/// Numbers by where they come first.
class Numbers {
public:
    std::uint32_t of(std::uint32_t old) {
        if (old == kNone) return kNone;
        return known_.try_emplace(old, static_cast<std::uint32_t>(known_.size())).first->second;
    }

private:
    std::unordered_map<std::uint32_t, std::uint32_t> known_;
};

}  // namespace

void put_in_order(Records& records) {
    sort_entries(records);
    std::vector<Run>& runs = records.runs;
    const auto shared = [&](const Run& r) {
        return std::tuple(r.entry, text(records, r.job), r.attempt, r.started, r.ended);
    };
    const auto first = [&](const Run& r) {
        return std::tuple(r.created, shared(r), r.queued, r.result, r.voting, text(records, r.label),
                          text(records, r.runner), r.group, r.state);
    };
    std::sort(runs.begin(), runs.end(), [&](const Run& a, const Run& b) { return first(a) < first(b); });
    Numbers groups, states, bases;
    for (Run& run : runs) {
        run.group = groups.of(run.group);
        run.state = states.of(run.state);
        if (run.base != 0) run.base = records.texts.of(fmt::format("b{}", bases.of(run.base) + 1));
    }
    // As read_tables() orders them, so that tables that are read and written again stay as they are.
    const auto last = [&](const Run& r) { return std::tuple(r.created, r.group, shared(r)); };
    std::stable_sort(runs.begin(), runs.end(), [&](const Run& a, const Run& b) { return last(a) < last(b); });
}

void keep_stays(Records& records, const std::vector<bool>& stays) {
    std::vector<std::uint32_t> number(stays.size(), kNone);
    std::vector<Entry> kept;
    for (std::size_t i = 0; i < stays.size(); ++i) {
        if (!stays[i]) continue;
        number[i] = static_cast<std::uint32_t>(kept.size());
        kept.push_back(records.entries[i]);
    }
    records.entries = std::move(kept);
    const auto gone = [&](const Run& run) { return run.entry != kNone && number[run.entry] == kNone; };
    records.runs.erase(std::remove_if(records.runs.begin(), records.runs.end(), gone), records.runs.end());
    renumber_stays(records, number);
}

}  // namespace gatesim::import
