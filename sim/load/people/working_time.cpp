#include "load/people/working_time.hpp"

#include <algorithm>
#include <stdexcept>

#include "kernel/zones.hpp"

namespace gatesim {
namespace {

constexpr Time kToMonday = 3 * kDay;  // 1 January 1970 was a Thursday
constexpr int kYearsAhead = 80;

Time wrapped(Time time) {
    const Time rest = time % kWeek;
    return rest < 0 ? rest + kWeek : rest;
}

bool is_universal(const std::string& zone) {
    return zone.empty() || zone == "UTC" || zone == "Etc/UTC" || zone == "Z";
}

}  // namespace

LocalClock::LocalClock() : table_(std::make_shared<Table>(Table{{0, kToMonday}})) {}

LocalClock::LocalClock(const Period& period, const std::string& zone) {
    const std::string& name = zone.empty() ? period.timezone : zone;
    // Whole weeks are left away, so that sums stay small.
    const Time start = wrapped(period.start_unix % (kWeek / kSecond) * kSecond + kToMonday);
    Table table;
    if (is_universal(name)) {
        table.push_back({0, start});
    } else {
        const zones::Zone* place = zones::find(name);
        if (!place) throw std::runtime_error("there is no time zone " + name);
        const std::int64_t begin = period.start_unix, end = begin + std::int64_t{24} * 366 * kYearsAhead * 3600;
        zones::Spell spell = place->at(begin);
        table.push_back({0, start + spell.offset * kSecond});
        while (spell.end < end) {
            const std::int64_t shift = spell.end;
            spell = place->at(shift);
            if (spell.end <= shift) break;
            const Time offset = start + spell.offset * kSecond;
            if (offset != table.back().offset) table.push_back({(shift - begin) * kSecond, offset});
        }
    }
    table_ = std::make_shared<Table>(std::move(table));
}

LocalClock LocalClock::from_monday() {
    LocalClock clock;
    clock.table_ = std::make_shared<Table>(Table{{0, 0}});
    return clock;
}

std::size_t LocalClock::stretch(Time time) const {
    const auto after = std::upper_bound(table_->begin() + 1, table_->end(), time,
                                        [](Time asked, const Stretch& stretch) { return asked < stretch.from; });
    return static_cast<std::size_t>(after - table_->begin()) - 1;
}

Time LocalClock::end_of(std::size_t stretch) const {
    return stretch + 1 < table_->size() ? (*table_)[stretch + 1].from : kNever;
}

Time LocalClock::of_week(Time time) const {
    return wrapped(time + (*table_)[stretch(time)].offset);
}

WorkingTime::WorkingTime(LocalClock clock, WeeklyHours hours) : clock_(std::move(clock)) {
    if (hours.always()) return;
    per_week_ = 0;
    for (const WeeklyHours::Span& span : hours.spans) per_week_ += span.until - span.from;
    if (per_week_ == kWeek) return;
    hours_ = std::make_shared<WeeklyHours>(std::move(hours));
}

// The shift that `time` lies in, from there on; or the next one. Cut where the clock shifts.
WorkingTime::Piece WorkingTime::piece(Time time) const {
    const auto& spans = hours_->spans;
    for (std::size_t s = clock_.stretch(time);; ++s) {
        const Time local = wrapped(time + (*clock_.table_)[s].offset);
        const Time monday = time - local;
        const auto span =
            std::find_if(spans.begin(), spans.end(), [&](const WeeklyHours::Span& a) { return a.until > local; });
        Piece found = span != spans.end()
                          ? Piece{std::max(time, monday + span->from), monday + span->until}
                          : Piece{monday + kWeek + spans.front().from, monday + kWeek + spans.front().until};
        const Time end = clock_.end_of(s);
        if (found.from < end) {
            found.until = std::min(found.until, end);
            return found;
        }
        time = end;
    }
}

bool WorkingTime::at_work(Time time) const {
    return !hours_ || piece(time).from == time;
}

Time WorkingTime::next(Time time) const {
    return !hours_ || time > kLongest ? time : piece(time).from;
}

Time WorkingTime::turn(Time time) const {
    if (!hours_ || time > kLongest) return kNever;
    Piece now = piece(time);
    if (now.from > time) return now.from;
    while (now.until <= kLongest) {  // pieces are cut where the clock shifts and where the week ends
        const Piece next = piece(now.until);
        if (next.from != now.until) return now.until;
        now = next;
    }
    return kNever;
}

Time WorkingTime::after(Time from, Time work) const {
    if (from > kLongest || work > kLongest) return kNever;
    if (!hours_) return from + work;
    Time time = from;
    while (time <= kLongest) {
        // Whole weeks within one stretch of the clock are all alike; the last one is walked through.
        if (const Time weeks = (work - 1) / per_week_; weeks > 0) {
            const Time end = clock_.end_of(clock_.stretch(time));
            const Time jump = std::min(weeks, (std::min(end, kLongest + kWeek) - time) / kWeek);
            time += jump * kWeek;
            work -= jump * per_week_;
        }
        const Piece now = piece(time);
        if (now.until - now.from >= work) return now.from + work;
        work -= now.until - now.from;
        time = now.until;
    }
    return kNever;
}

Time WorkingTime::between(Time from, Time until) const {
    if (!hours_) return std::max<Time>(0, until - from);
    Time sum = 0;
    for (Time time = from; time < until;) {
        const Time end = std::min(clock_.end_of(clock_.stretch(time)), until);
        if (const Time weeks = (end - time) / kWeek; weeks > 0) {
            sum += weeks * per_week_;
            time += weeks * kWeek;
            continue;
        }
        const Piece now = piece(time);
        sum += std::max<Time>(0, std::min(now.until, until) - std::min(now.from, until));
        time = now.until;
    }
    return sum;
}

WorkingTime hours_of(const Period& period, const WeeklyHours& hours) {
    return {period.has_start ? LocalClock(period, hours.zone) : LocalClock::from_monday(), hours};
}

const LocalClock& Clocks::of(const std::string& zone) {
    for (const auto& [name, clock] : known_)
        if (name == zone) return clock;
    known_.emplace_back(zone, LocalClock(period_, zone));
    return known_.back().second;
}

}  // namespace gatesim
