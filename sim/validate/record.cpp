#include "validate/record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "import/tables.hpp"

namespace gatesim::validate {

namespace {

constexpr Time kGrid = 30 * kMinute;

Stay stay_of(const import::Records& records, const import::Entry& entry, Time origin) {
    const auto text = [&](import::Texts::Id id) { return std::string_view(records.texts[id]); };
    Stay out;
    out.name = fmt::format("{}/{}~{}/{}", text(entry.project), text(entry.change), entry.number, text(entry.branch));
    out.project = text(entry.project);
    out.branch = text(entry.branch);
    out.enqueued = entry.enqueued == kNever ? kNever : entry.enqueued - origin;
    if (entry.uploaded != kNever) out.uploaded = entry.uploaded - origin;
    out.landed = entry.outcome == import::Left::landed;
    out.ejected = entry.outcome == import::Left::ejected;
    const Time low = entry.left != kNever ? entry.left : entry.left_lo;
    const Time high = entry.left != kNever ? entry.left : entry.left_hi;
    if (low == kNever && high == kNever) return out;
    if (high == kNever && entry.outcome == import::Left::open) return out;
    out.left_lo = (low == kNever ? entry.came() : low) - origin;
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

bool came_to_its_end(const import::Run& run) {
    using import::RunResult;
    const bool stopped = run.result == RunResult::superseded || run.result == RunResult::unfinished;
    return !stopped && run.started != kNever && run.ended != kNever;
}

/// Tests of groups of which no run was stopped.
std::vector<Test> whole_tests(const import::Records& records, Time origin) {
    std::map<std::uint32_t, Test> tests;
    std::set<std::uint32_t> cut;
    for (const import::Run& run : records.runs) {
        if (run.group == kNone || run.result == import::RunResult::skipped) continue;
        if (!came_to_its_end(run)) cut.insert(run.group);
        if (cut.count(run.group) > 0) continue;
        Test& test = tests.try_emplace(run.group, Test{run.started, run.ended}).first->second;
        test = {std::min(test.from, run.started), std::max(test.to, run.ended)};
    }
    std::vector<Test> out;
    for (const auto& [group, test] : tests)
        if (cut.count(group) == 0) out.push_back({test.from - origin, test.to - origin});
    std::stable_sort(out.begin(), out.end(), [](const Test& a, const Test& b) { return a.to < b.to; });
    return out;
}

void count_runs(const import::Records& records, Record& record) {
    std::set<std::pair<std::uint32_t, std::uint32_t>> tests;
    Time busy = 0;
    record.recorded.runs = records.runs.size();
    for (const import::Run& run : records.runs) {
        if (run.group != kNone) tests.insert({run.entry, run.group});
        if (run.result == import::RunResult::skipped) continue;
        const bool timed = run.started != kNever && run.ended != kNever;
        record.recorded.timeless += timed ? 0 : 1;
        record.recorded.stopped += timed && !came_to_its_end(run) ? 1 : 0;
        if (timed && run.ended > run.started) busy += run.ended - run.started;
    }
    record.node_hours = static_cast<double>(busy) / static_cast<double>(kHour);
    record.tests_per_stay = static_cast<double>(tests.size()) / static_cast<double>(record.stays.size());
    record.tests = whole_tests(records, record.origin);
}

void count_stays(Record& record) {
    std::vector<Time> widths;
    Recorded& out = record.recorded;
    for (const Stay& stay : record.stays) {
        out.waiting += stay.enqueued < 0 ? 1 : 0;
        out.open += stay.gone() ? 0 : 1;
        out.withdrawn += stay.gone() && !stay.landed && !stay.ejected ? 1 : 0;
        if (stay.gone() && stay.left_lo != stay.left_hi) widths.push_back(stay.left_hi - stay.left_lo);
    }
    out.between = widths.size();
    std::sort(widths.begin(), widths.end());
    if (!widths.empty()) out.between_width = seconds(widths[widths.size() / 2]);
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
    import::Records records;
    if (!import::read_tables(folder, records, error)) return false;
    if (origin == kNever && !records.entries.empty()) origin = records.entries.front().came() / kSecond * kSecond;
    record.origin = origin;
    for (const import::Entry& entry : records.entries) {
        Stay stay = stay_of(records, entry, origin);
        const Time began = entry.came() - origin;
        if (began < 0 && stay.left() <= 0) {
            ++record.recorded.over_before;
            continue;
        }
        if (stay.gone()) record.length = std::max(record.length, stay.left_hi);
        record.length = std::max(record.length, began);
        record.stays.push_back(std::move(stay));
    }
    if (record.stays.empty()) {
        error = {LoadError::Kind::malformed,
                 fmt::format("{}/{}: no stay of the period in it: there is nothing to compare with", folder,
                             import::kEntriesFile)};
        return false;
    }
    record.instants = instants_of(record);
    count_stays(record);
    count_runs(records, record);
    return true;
}

}  // namespace gatesim::validate
