#include "import/gather.hpp"

#include <fmt/format.h>
#include <malloc.h>

#include <unordered_map>

namespace gatesim::import {

namespace {

constexpr Moment kSkew = 5 * kSecond;

/// What is not known comes first: a record that says more is the later one.
Moment known(Moment moment) {
    return moment == kNever ? -1 : moment;
}

/// Numbers for keys in the order in which they are first asked for.
class Numbers {
public:
    std::uint32_t of(Key key) {
        if (key == 0) return kNone;
        return numbers_.try_emplace(key, static_cast<std::uint32_t>(numbers_.size())).first->second;
    }

private:
    std::unordered_map<Key, std::uint32_t> numbers_;
};

/// Where a stay stands in the records, by its id.
using Places = std::unordered_map<Key, std::uint32_t>;

std::uint32_t place(const Places& places, Key stay) {
    const auto found = places.find(stay);
    return found == places.end() ? kNone : found->second;
}

Places fill_entries(Records& records, RowList<Stay>& stays) {
    const Texts& texts = records.texts;
    std::sort(stays.begin(), stays.end(), [&](const Stay& a, const Stay& b) {
        const auto key = [&](const Stay& s) {
            return std::tuple(s.entry.enqueued, std::string_view(texts[s.entry.project]),
                              std::string_view(texts[s.entry.branch]), std::string_view(texts[s.entry.change]), s.id);
        };
        return key(a) < key(b);
    });
    Places places;
    for (const Stay& stay : stays) {
        places.emplace(stay.id, static_cast<std::uint32_t>(records.entries.size()));
        records.entries.push_back(stay.entry);
    }
    return places;
}

/// Groups by when they began, so that their numbers are those of their time.
Numbers number_groups(const RowList<JobRow>& rows) {
    std::unordered_map<Key, Moment> began;
    for (const JobRow& row : rows) {
        if (row.group == 0) continue;
        const auto [at, fresh] = began.try_emplace(row.group, row.first());
        if (!fresh) at->second = std::min(at->second, row.first());
    }
    std::vector<std::pair<Moment, Key>> order;
    for (const auto& [group, first] : began) order.emplace_back(first, group);
    std::sort(order.begin(), order.end());
    Numbers numbers;
    for (const auto& [first, group] : order) numbers.of(group);
    return numbers;
}

}  // namespace

bool Stay::later_than(const Stay& other) const {
    const auto key = [](const Stay& s) {
        const Entry& e = s.entry;
        return std::tuple(e.outcome != Left::open, known(e.left), known(e.left_lo), known(e.enqueued), e.outcome,
                          known(e.left_hi), e.cause, e.priority, s.about, s.tie, !s.counted);
    };
    return key(*this) > key(other);
}

bool JobRow::later_than(const JobRow& other) const {
    const auto key = [](const JobRow& r) {
        return std::tuple(r.result != RunResult::unfinished, known(r.ended), known(r.started), known(r.queued),
                          known(r.created), r.label != 0, r.runner != 0, r.group, r.state, r.stay, r.result, r.voting,
                          r.tie, !r.counted);
    };
    return key(*this) > key(other);
}

std::uint32_t tie_of(const Texts& texts, std::initializer_list<Texts::Id> of) {
    Key key = 1;
    for (const Texts::Id id : of) key = key_of(key, texts[id]);
    return static_cast<std::uint32_t>(key);
}

bool repair(JobRow& row, Intake& intake) {
    const auto not_before = [&](Moment& later, Moment earlier) {
        if (later == kNever || earlier == kNever || later >= earlier) return true;
        if (earlier - later > kSkew) return false;
        later = earlier;
        ++intake.clocks_repaired;
        return true;
    };
    if (!not_before(row.started, row.created)) row.created = kNever;
    if (!not_before(row.queued, row.created)) row.queued = kNever;
    if (!not_before(row.started, row.queued)) row.queued = kNever;
    return not_before(row.ended, row.started);
}

void number_attempts(RowList<JobRow>& rows) {
    std::sort(rows.begin(), rows.end(), [](const JobRow& a, const JobRow& b) {
        const auto key = [](const JobRow& r) {
            return std::tuple(r.group, r.job, std::min(r.created, r.started), r.started, r.ended, r.id);
        };
        return key(a) < key(b);
    });
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const JobRow& before = rows[i - 1];
        if (rows[i].group == 0 || rows[i].group != before.group || rows[i].job != before.job) continue;
        rows[i].attempt = static_cast<std::uint16_t>(std::min(before.attempt + 1, 65'535));
    }
}

void fill(Records& records, RowList<Stay>& stays, RowList<JobRow>& rows, const std::map<Key, Group>& groups) {
    const Places places = fill_entries(records, stays);
    Numbers numbers = number_groups(rows), states, bases;
    std::unordered_map<Key, Members> lists;  // by group
    const Texts& texts = records.texts;
    std::sort(rows.begin(), rows.end(), [&](const JobRow& a, const JobRow& b) {
        const auto key = [&](const JobRow& r) {
            return std::tuple(r.created, numbers.of(r.group), place(places, r.stay), std::string_view(texts[r.job]),
                              r.attempt, r.started, r.ended, r.id);
        };
        return key(a) < key(b);
    });
    records.runs.reserve(rows.size());  // a page is touched when its row comes, and then rows have gone
    for (Consume rest(rows); rest.more();) {
        const JobRow row = rest.next();
        Run run;
        run.entry = place(places, row.stay);
        run.group = numbers.of(row.group);
        if (const auto group = groups.find(row.group); group != groups.end()) {
            const Key base = group->second.base;
            if (base != 0) run.base = records.texts.of(fmt::format("b{}", bases.of(base) + 1));
            Members::List members;
            for (const Key stay : group->second.stays)
                if (const std::uint32_t at = place(places, stay); at != kNone) members.push_back(at);
            if (!members.empty()) run.entry = members.back();
            if (members.size() > 1) run.members = lists.try_emplace(row.group, std::move(members)).first->second;
        }
        run.state = states.of(row.state);
        run.job = row.job;
        run.label = row.label;
        run.runner = row.runner;
        run.attempt = row.attempt;
        run.created = row.created;
        run.queued = row.queued;
        run.started = row.started;
        run.ended = row.ended;
        run.result = row.result;
        run.voting = row.voting;
        records.runs.push_back(std::move(run));
    }
}

void give_back_memory() {
#ifdef __GLIBC__
    ::malloc_trim(0);
#endif
}

std::string counted(std::uint64_t n, const char* one, const char* many) {
    return fmt::format("{} {}", n, n == 1 ? one : many);
}

}  // namespace gatesim::import
