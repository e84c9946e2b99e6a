#include "study/plan_run.hpp"

#include <algorithm>

#include "measure/mser.hpp"

namespace gatesim {

namespace {

/// Whether its scouts can tell when it has forgotten that it began empty.
bool has_memory(const Arm& arm) {
    return arm.scenario.period.kind == PeriodKind::steady && arm.scenario.period.length != kNever;
}

}  // namespace

GridTask GridSource::task(std::size_t cell, std::uint32_t number, bool scout) const {
    const std::size_t arm = first_ + cell;
    return scout ? GridTask{arm, kFirstWarmupRun + number - 1, has_memory(arms_[arm])} : GridTask{arm, number, false};
}

bool GridSource::run(const std::vector<GridTask>& tasks, const std::string& what) {
    grid_.progress.part = prefix + what;
    return grid_.run(grid_.missing(tasks));
}

bool GridSource::scout(const std::vector<std::size_t>& cells, std::uint32_t count, const std::string& what) {
    std::vector<GridTask> tasks;
    for (std::uint32_t number = 1; number <= count; ++number)
        for (std::size_t cell : cells) tasks.push_back(task(cell, number, true));
    return run(tasks, what);
}

bool GridSource::settle(const std::vector<std::size_t>& border) {
    const std::uint32_t count = grid_.pilots();
    std::vector<std::size_t> arms;
    for (std::size_t cell : {border.front(), border.back()})
        if (has_memory(arms_[first_ + cell])) arms.push_back(cell);
    if (count == 0 || arms.empty()) return true;
    std::sort(arms.begin(), arms.end());
    arms.erase(std::unique(arms.begin(), arms.end()), arms.end());
    if (!scout(arms, count, "the warm-up")) return false;
    pilots_ += arms.size() * count;
    std::vector<std::size_t> numbers;
    for (std::size_t cell : arms) numbers.push_back(first_ + cell);
    grid_.set_warmup(numbers);
    return true;
}

bool GridSource::measure(const std::vector<std::pair<std::size_t, std::uint32_t>>& cells, const std::string& what) {
    std::uint32_t most = 0;
    for (const auto& cell : cells) most = std::max(most, cell.second);
    std::vector<GridTask> tasks;
    for (std::uint32_t number = 1; number <= most; ++number)
        for (const auto& [cell, count] : cells)
            if (number <= count) tasks.push_back(task(cell, number, false));
    return run(tasks, what);
}

Series GridSource::series(std::size_t cell, std::size_t metric, std::uint32_t count, bool scout) const {
    Series out;
    for (std::uint32_t number = 1; number <= count; ++number)
        if (const ReplicationRecord* record = grid_.record(task(cell, number, scout)))
            out.push_back(record->values[metric]);
    return out;
}

Series GridSource::scouted(std::size_t cell, std::size_t metric, std::uint32_t count) const {
    return series(cell, metric, count, true);
}

Series GridSource::measured(std::size_t cell, std::size_t metric, std::uint32_t count) const {
    return series(cell, metric, count, false);
}

std::vector<ReplicationRecord> GridSource::records(std::size_t cell, std::uint32_t count) const {
    std::vector<ReplicationRecord> out;
    for (std::uint32_t number = 1; number <= count; ++number)
        if (const ReplicationRecord* record = grid_.record(task(cell, number, false))) out.push_back(*record);
    return out;
}

Chance GridSource::chance(std::size_t cell) const {
    const ReplicationRecord* record = grid_.record(task(cell, 1, false));
    return !record || record->drew ? Chance::some : Chance::none;
}

bool GridSource::overloaded(std::size_t cell, const PlanCell& seen) const {
    std::size_t grew = 0;
    const std::uint32_t count = seen.measured > 0 ? seen.measured : seen.scouts;
    for (std::uint32_t number = 1; number <= count; ++number) {
        const ReplicationRecord* record = grid_.record(task(cell, number, seen.measured == 0));
        grew += record && record->overloaded;
    }
    return grew * 2 > count;
}

}  // namespace gatesim
