#include "measure/fact_meter.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "measure/fact_numbers.hpp"
#include "measure/landing_facts.hpp"
#include "measure/ranks.hpp"
#include "measure/utc_clock.hpp"
#include "measure/warmup.hpp"

namespace gatesim {

namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();
constexpr Time kBurstGap = 2 * kMinute;
constexpr std::size_t kPeakDays = 9, kQuietDays = 5, kDaysForPeaks = 20;

double share(std::size_t part, std::size_t whole) {
    return whole == 0 ? kUndefined : static_cast<double>(part) / static_cast<double>(whole);
}

std::vector<double> quantiles(std::vector<double> values, const std::vector<double>& shares) {
    std::sort(values.begin(), values.end());
    std::vector<double> out;
    for (const double s : shares) out.push_back(quantile_of_sorted(values, s));
    return out;
}

std::vector<double> weekday_shares(const UtcClock& clock, const std::vector<Time>& times) {
    std::vector<double> out(7, times.empty() ? kUndefined : 0);
    for (const Time at : times)
        out[static_cast<std::size_t>(UtcClock::weekday(clock.day(at)))] += 1.0 / static_cast<double>(times.size());
    return out;
}

std::vector<double> hour_factors(const UtcClock& clock, std::vector<Time> times) {
    std::erase_if(times, [&](Time at) { return UtcClock::weekday(clock.day(at)) >= 5; });
    std::vector<double> out(24, times.empty() ? kUndefined : 0);
    for (const Time at : times)
        out[static_cast<std::size_t>(clock.hour(at))] += 24.0 / static_cast<double>(times.size());
    return out;
}

}  // namespace

std::size_t fact_place(std::size_t kind) {
    std::size_t place = 0;
    for (std::size_t i = 0; i < kind; ++i) place += fact_kinds()[i].size();
    return place;
}

FactMeter::FactMeter(const Scenario& scenario)
    : scenario_(scenario),
      from_(warmup_of(scenario)),
      length_(scenario.period.length),
      busy_(scenario.period.length, from_),
      values_(fact_place(fact_kinds().size())) {}

FactMeter::Course& FactMeter::course(ChangeId change) {
    if (courses_.size() <= change) courses_.resize(static_cast<std::size_t>(change) + 1);
    return courses_[change];
}

void FactMeter::on(const Event& event, const Ledger& ledger) {
    ended_ = event.at;
    const bool counted = counts(event.at);
    const auto first_of = [&](int& latest, int patchset, std::uint64_t& count) {
        if (patchset <= latest) return;
        latest = patchset;
        count += counted;
    };
    switch (event.kind) {
        case EventKind::uploaded:
            course(event.change).uploaded = event.at;
            if (event.value == 1) course(event.change).began = counted;
            break;
        case EventKind::approved:
            first_of(course(event.change).approved, event.patchset, approved_);
            break;
        case EventKind::enqueued:
            if (const LiveItem* item = ledger.item(event.item); item && ledger.lands(item->pipeline))
                first_of(course(item->change).approved, item->patchset, approved_);
            break;
        case EventKind::reported:
            if (const LiveItem* item = ledger.item(event.item))
                first_of(course(item->change).tested, item->patchset, tested_);
            break;
        case EventKind::landed:
            take_landing(event, ledger);
            break;
        case EventKind::withdrawn:
            course(event.change).withdrawn = true;
            break;
        case EventKind::granted:
        case EventKind::released:
            take_nodes(event, ledger);
            break;
        default:
            break;
    }
}

void FactMeter::take_landing(const Event& event, const Ledger& ledger) {
    const Change& change = ledger.cast().changes[event.change];
    Course& its = course(event.change);
    its.landed = true;
    its.landed_at = event.at;
    if (!counts(event.at)) return;
    Landing landing;
    landing.at = event.at;
    landing.uploaded = its.uploaded != kNever ? its.uploaded : change.uploaded;
    landing.owner = change.owner;
    landing.patchset = change.patchset;
    landing.lines = change.lines;
    for (const ChangeId parent : change.git_parents)
        landing.series |= landing.uploaded != kNever && course(parent).landed_at > landing.uploaded;
    landings_.push_back(landing);
}

void FactMeter::take_nodes(const Event& event, const Ledger& ledger) {
    const LiveRequest* request = ledger.request(event.request);
    if (!request || event.pool == kNone || scenario_.pools[event.pool].nodes == kUnlimited) return;
    busy_.add(event.at, event.kind == EventKind::granted ? request->nodes : -request->nodes);
    if (counts(event.at)) most_busy_ = std::max(most_busy_, busy_.value());
}

FactValues FactMeter::values() {
    if (length_ == kNever) length_ = ended_;
    put_contributors();
    put_rhythm();
    put_courses();
    put_waits();
    put_days();
    put_bursts();
    put_nodes();
    return values_;
}

void FactMeter::put(const char* fact, std::vector<double> numbers) {
    const auto& kinds = fact_kinds();
    const auto known = std::find_if(kinds.begin(), kinds.end(),
                                    [&](const FactKind& kind) { return std::string_view(kind.name) == fact; });
    const std::size_t place = fact_place(static_cast<std::size_t>(known - kinds.begin()));
    for (std::size_t i = 0; i < numbers.size(); ++i)
        if (std::isfinite(numbers[i])) values_.at(place + i) = numbers[i];
}

void FactMeter::put_contributors() {
    std::map<PersonId, int> changes;
    std::vector<std::set<PersonId>> weeks(static_cast<std::size_t>(span() / kWeek));
    const std::vector<Time> looks = {kWeek, 4 * kWeek, 13 * kWeek, 26 * kWeek};
    std::vector<double> after(looks.size(), kUndefined);
    for (std::size_t i = 0; i < looks.size(); ++i)
        if (looks[i] <= span()) after[i] = 0;
    for (const Landing& landing : landings_) {
        if (landing.owner == kNone) continue;
        const auto week = static_cast<std::size_t>((landing.at - from_) / kWeek);
        if (week < weeks.size()) weeks[week].insert(landing.owner);
        if (++changes[landing.owner] > 1) continue;
        for (std::size_t i = 0; i < looks.size(); ++i) after[i] += landing.at - from_ < looks[i];
    }
    if (changes.empty()) return;  // nobody is known
    std::vector<int> counts;
    for (const auto& [owner, count] : changes) counts.push_back(count);
    std::size_t active = 0;
    for (const auto& week : weeks) active += week.size();
    put("contributors", {static_cast<double>(counts.size())});
    put("contributors_after", after);
    put("one_change_share",
        {share(static_cast<std::size_t>(std::count(counts.begin(), counts.end(), 1)), counts.size())});
    put("top_tenth_share", {top_tenth_share(counts)});
    put("activity_exponent", {power_law_exponent(counts)});
    put("active_a_week", {share(active, weeks.size())});
}

void FactMeter::put_rhythm() {
    if (!scenario_.period.has_start) return;
    const UtcClock clock{scenario_.period.start_unix};
    std::vector<Time> uploads, landings;
    for (const Landing& landing : landings_) {
        landings.push_back(landing.at);
        if (landing.uploaded != kNever) uploads.push_back(landing.uploaded);
    }
    put("uploads_by_weekday", weekday_shares(clock, uploads));
    put("uploads_by_hour", hour_factors(clock, uploads));
    put("landings_by_weekday", weekday_shares(clock, landings));
    put("landings_by_hour", hour_factors(clock, landings));
}

void FactMeter::put_courses() {
    std::size_t patchsets = 0, series = 0, landed = 0, decided = 0;
    std::vector<std::size_t> with(4);
    std::vector<double> lines;
    for (const Landing& landing : landings_) {
        patchsets += static_cast<std::size_t>(landing.patchset);
        if (landing.patchset <= 4) ++with[static_cast<std::size_t>(landing.patchset - 1)];
        series += landing.series;
        if (landing.lines > 0) lines.push_back(landing.lines);
    }
    for (const Course& course : courses_) {
        landed += course.began && course.landed;
        decided += course.began && (course.landed || course.withdrawn);
    }
    const std::size_t n = landings_.size();
    put("patch_sets", {share(patchsets, n)});
    put("patch_set_shares", {share(with[0], n), share(with[1], n), share(with[2], n), share(with[3], n)});
    put("landing_share", {share(landed, decided)});
    put("verdicts_per_landing", {share(tested_, n)});
    put("approvals_per_landing", {share(approved_, n)});
    put("series_share", {share(series, n)});
    put("lines", quantiles(lines, {0.10, 0.50, 0.90, 0.99}));
}

void FactMeter::put_waits() {
    std::vector<double> waits;
    for (const Landing& landing : landings_)
        if (landing.uploaded != kNever) waits.push_back(seconds(landing.at - landing.uploaded));
    const auto quick = std::count_if(waits.begin(), waits.end(), [](double wait) { return wait < seconds(kDay); });
    put("landed_within_day", {share(static_cast<std::size_t>(quick), waits.size())});
    put("fastest_landing", quantiles(waits, {0.01}));
    const UtcClock clock{scenario_.period.start_unix};
    std::map<std::int64_t, double> fastest;
    for (const Landing& landing : landings_)
        if (landing.uploaded != kNever) {
            const double wait = seconds(landing.at - landing.uploaded);
            const auto [day, first] = fastest.try_emplace(clock.day(landing.at), wait);
            if (!first) day->second = std::min(day->second, wait);
        }
    std::vector<double> of_days;
    for (const auto& [day, wait] : fastest) of_days.push_back(wait);
    put("fastest_of_day", quantiles(of_days, {0.50}));
    put("upload_to_landing", quantiles(waits, {0.05, 0.25, 0.50, 0.75, 0.95}));
}

void FactMeter::put_days() {
    put("landed", {static_cast<double>(landings_.size())});
    const UtcClock clock{scenario_.period.start_unix};
    std::map<std::int64_t, double> days;
    for (std::int64_t day = clock.day(from_); day < clock.day(length_); ++day) days[day] = 0;
    for (const Landing& landing : landings_) days[clock.day(landing.at)] += 1;
    double busiest = 0, total = 0, squares = 0;
    std::vector<double> weekdays;
    for (const auto& [day, count] : days) {
        busiest = std::max(busiest, count);
        if (UtcClock::weekday(day) < 5) weekdays.push_back(count);
    }
    put("busiest_day", {busiest});
    std::vector<Time> times;
    for (const Landing& landing : landings_) times.push_back(landing.at);
    put("quietest_24h", {fewest_in_a_day(times, from_, length_)});
    if (!scenario_.period.has_start || weekdays.empty()) return;
    const double n = static_cast<double>(weekdays.size());
    for (const double count : weekdays) total += count;
    for (const double count : weekdays) squares += (count - total / n) * (count - total / n);
    put("landings_a_weekday", {total / n});
    if (weekdays.size() > 1 && total > 0) put("landings_dispersion", {squares / (n - 1) / (total / n)});
    const auto [most, least] = extreme_stretches(weekdays, kPeakDays, kQuietDays, kDaysForPeaks);
    put("peak_factor", {most});
    put("quiet_factor", {least});
}

void FactMeter::put_bursts() {
    std::vector<Time> times;
    std::vector<double> gaps;
    for (const Landing& landing : landings_) {
        if (!times.empty()) gaps.push_back(seconds(landing.at - times.back()));
        times.push_back(landing.at);
    }
    const std::vector<std::size_t> sizes = burst_sizes(times, kBurstGap);
    const auto alone = static_cast<std::size_t>(std::count(sizes.begin(), sizes.end(), std::size_t{1}));
    put("burst_size", {share(times.size(), sizes.size())});
    put("burst_share", {share(times.size() - alone, times.size())});
    put("landing_gap", quantiles(gaps, {0.25, 0.50, 0.75, 0.95}));
}

void FactMeter::put_nodes() {
    const bool any = std::any_of(scenario_.pools.begin(), scenario_.pools.end(),
                                 [](const Pool& pool) { return pool.nodes != kUnlimited; });
    const Time end = std::min(length_, ended_);
    if (!any || end <= from_) return;
    put("nodes_busy", {busy_.until(end) / static_cast<double>(end - from_)});
    put("nodes_peak", {most_busy_});
}

}  // namespace gatesim
