#include "measure/people_meter.hpp"

#include <algorithm>

#include "measure/sample.hpp"

namespace gatesim {

PeopleMeter::PeopleMeter(const Scenario& scenario, Time warmup)
    : warmup_(warmup), period_(scenario.period.length), open_reviews_(scenario.period.length, warmup) {}

void PeopleMeter::on(const Event& event, const Ledger& ledger) {
    if (event.kind != EventKind::uploaded && !lives_.any()) {
        if (event.kind == EventKind::landed && event.at >= warmup_) ++landings_;
        return;
    }
    lives_.take(event, ledger);
    const bool counts = event.at >= warmup_;
    switch (event.kind) {
        case EventKind::landed:
            landings_ += counts;
            break;
        case EventKind::approved:
            approvals_ += counts;
            break;
        case EventKind::rechecked:
            rechecks_ += counts;
            break;
        case EventKind::voted:
            if (event.cause == Cause::own_defect && found(event.change, event.patchset)) in_review_ += counts;
            break;
        case EventKind::reported:
            take_verdict(event, ledger);
            break;
        default:
            break;
    }
    take_reading(event);
    count_open_reviews(event);
}

/// Whether it is found now, and not before.
bool PeopleMeter::found(ChangeId change, int patchset) {
    if (found_.size() <= change) found_.resize(static_cast<std::size_t>(change) + 1);
    if (found_[change] >= patchset) return false;
    found_[change] = patchset;
    return true;
}

void PeopleMeter::take_verdict(const Event& event, const Ledger& ledger) {
    const LiveItem* item = ledger.item(event.item);
    const Scenario* scenario = ledger.cast().scenario;
    if (!item || !scenario || event.pipeline >= scenario->pipelines.size()) return;
    if (scenario->pipelines[event.pipeline].manager == Manager::supercedent || event.outcome == Outcome::no_jobs)
        return;
    const bool counts = event.at >= warmup_;
    verdicts_ += counts;
    if (event.outcome != Outcome::failure) return;
    const LiveAttempt* attempt = ledger.attempt(event.attempt != kNone ? event.attempt : item->attempt);
    if (!attempt || !attempt->blames(item->change) || !found(item->change, item->patchset)) return;
    (ledger.lands(event.pipeline) ? in_gate_ : in_check_) += counts;
}

void PeopleMeter::stop_reading(PersonId person, Time at) {
    if (person >= readers_.size()) return;
    Reader& reader = readers_[person];
    if (reader.since == kNever) return;
    reader.spent += std::max<Time>(0, std::min(at, period_) - std::max(reader.since, warmup_));
    reader.since = kNever;
}

/// A person reads one patch set at a time, until the vote, or until that is out of date.
void PeopleMeter::take_reading(const Event& event) {
    if (event.kind == EventKind::review_started && event.person != kNone) {
        if (readers_.size() <= event.person) readers_.resize(static_cast<std::size_t>(event.person) + 1);
        stop_reading(event.person, event.at);
        readers_[event.person].since = event.at;
        readers_[event.person].change = event.change;
    }
    if (event.kind == EventKind::voted) stop_reading(event.person, event.at);
    if (event.kind == EventKind::uploaded || event.kind == EventKind::withdrawn || event.kind == EventKind::landed)
        for (PersonId person = 0; person < readers_.size(); ++person)
            if (readers_[person].change == event.change) stop_reading(person, event.at);
}

void PeopleMeter::count_open_reviews(const Event& event) {
    const ChangeLife* life = event.change == kNone ? nullptr : lives_.of(event.change);
    if (!life) return;
    if (open_of_.size() <= event.change) open_of_.resize(static_cast<std::size_t>(event.change) + 1);
    const auto now = static_cast<std::int64_t>(life->reviews.size());
    if (now == open_of_[event.change]) return;
    open_reviews_.add(event.at, static_cast<double>(now - open_of_[event.change]));
    open_of_[event.change] = now;
}

double PeopleMeter::busiest_hours(Time end) {
    Time most = 0;
    for (PersonId person = 0; person < readers_.size(); ++person) {
        stop_reading(person, end);
        most = std::max(most, readers_[person].spent);
    }
    return static_cast<double>(most) / static_cast<double>(kHour);
}

std::optional<double> PeopleMeter::fill(MetricValues& out, Time end) {
    if (!lives_.any()) return std::nullopt;
    const auto put = [&](const std::string& name, std::optional<double> value) { out[*find_metric(name)] = value; };
    const auto per_landing = [&](std::uint64_t count) {
        return landings_ > 0 ? std::optional(static_cast<double>(count) / static_cast<double>(landings_))
                             : std::nullopt;
    };
    TimeSample lead, parts[kAwaits];
    std::uint64_t patchsets = 0;
    for (const ChangeLife& life : lives_.all()) {
        if (!life.landed || !life.whole || life.uploaded < warmup_) continue;
        lead.add(life.lead());
        for (std::size_t part = 0; part < kAwaits; ++part) parts[part].add(life.spent[part]);
        patchsets += static_cast<std::uint64_t>(life.patchset);
    }
    const auto put_times = [&](const std::string& family, TimeSample& sample) {
        put(family + ".mean", sample.mean());
        for (int p : {50, 90, 95, 99}) put(family + ".p" + std::to_string(p), sample.percentile(p));
    };
    put_times("lead_time_s", lead);
    put_times("author_time_s", parts[static_cast<std::size_t>(Awaits::author)]);
    put_times("review_time_s", parts[static_cast<std::size_t>(Awaits::review)]);
    put_times("check_wait_s", parts[static_cast<std::size_t>(Awaits::check)]);
    put_times("gate_wait_s", parts[static_cast<std::size_t>(Awaits::gate)]);
    if (lead.size() > 0) put("patchsets_per_landed", static_cast<double>(patchsets) / static_cast<double>(lead.size()));
    put("verdicts_per_landed", per_landing(verdicts_));
    put("approvals_per_landed", per_landing(approvals_));
    put("rechecks", static_cast<double>(rechecks_));
    put("defects_found_in_review", static_cast<double>(in_review_));
    put("defects_found_in_check", static_cast<double>(in_check_));
    put("defects_found_in_gate", static_cast<double>(in_gate_));
    const double span = static_cast<double>(std::max<Time>(0, std::min(end, period_) - warmup_));
    if (span > 0) {
        put("reviewer_load", busiest_hours(end) / (span / static_cast<double>(kDay)));
        put("review_queue_mean", open_reviews_.until(end) / span);
    }
    return lead.mean();
}

}  // namespace gatesim
