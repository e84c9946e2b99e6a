#include "measure/race_meter.hpp"

namespace gatesim {

RaceMeter::RaceMeter(const Scenario& scenario, Time warmup)
    : warmup_(warmup),
      wanted_(scenario.failures.races.any()),
      alive_(scenario.period.length, warmup),
      open_(scenario.period.length, warmup) {}

RaceMeter::Life& RaceMeter::life(RaceId race) {
    if (lives_.size() <= race) lives_.resize(static_cast<std::size_t>(race) + 1);
    return lives_[race];
}

void RaceMeter::on(const Event& event, const Ledger& ledger) {
    const bool counts = event.at >= warmup_;
    switch (event.kind) {
        case EventKind::race_born:
            life(event.race).born = event.at;
            alive_.add(event.at, 1);
            births_ += counts;
            break;
        case EventKind::race_noticed:
            life(event.race).noticed = event.at;
            open_.add(event.at, 1);
            noticed_ += counts;
            break;
        case EventKind::race_classified:
            life(event.race).classified = true;
            break;
        case EventKind::race_fixed:
        case EventKind::build_ended:
            take(event);
            break;
        case EventKind::reported: {
            const LiveItem* item = ledger.item(event.item);
            const LiveAttempt* attempt =
                ledger.attempt(event.attempt != kNone || !item ? event.attempt : item->attempt);
            if (hit_.size() <= event.change) hit_.resize(static_cast<std::size_t>(event.change) + 1);
            hit_[event.change] = event.outcome == Outcome::failure && attempt && attempt->cause == Cause::race;
            break;
        }
        case EventKind::rechecked:
            asked_again(event);
            break;
        case EventKind::enqueued:
            if (event.reason.why == Why::came_back) asked_again(event);
            break;
        default:
            break;
    }
}

void RaceMeter::take(const Event& event) {
    if (event.race == kNone) return;
    Life& one = life(event.race);
    if (event.kind == EventKind::build_ended) {
        const bool counts = event.cause == Cause::race && is_red(event.result) && event.at >= warmup_;
        hits_ += counts;
        told_apart_ += counts && one.classified;
        return;
    }
    one.over = true;
    if (one.born != kNever) alive_.add(event.at, -1);
    if (one.noticed != kNever) open_.add(event.at, -1);
    if (event.at < warmup_ || one.born == kNever) return;
    ++fixed_;
    ages_.add(event.at - one.born);
    if (one.noticed != kNever) open_times_.add(event.at - one.noticed);
}

/// Its tests are run once more, because of what a race did.
void RaceMeter::asked_again(const Event& event) {
    if (event.change >= hit_.size() || !hit_[event.change]) return;
    hit_[event.change] = false;
    again_ += event.at >= warmup_;
}

// A verdict that a race spoilt has cost all nodes of its attempt; what a reset throws away is counted with the reset.
void RaceMeter::settled(const LiveRequest& request, const LiveAttempt* attempt) {
    if (!attempt || attempt->cause != Cause::race || attempt->ending == LiveAttempt::Ending::wasted) return;
    if (request.granted == kNever || request.granted < warmup_) return;
    node_us_ += static_cast<double>(request.held(request.released));
}

void RaceMeter::reset(const ResetRecord& record) {
    if (record.really == Cause::race && record.at >= warmup_) node_us_ += static_cast<double>(record.held);
}

void RaceMeter::fill(MetricValues& out, Time end, std::optional<double> span) {
    if (!wanted_) return;
    const auto put = [&](const char* name, std::optional<double> value) { out[*find_metric(name)] = value; };
    const auto mean = [&](Integral& area) {
        const double whole = area.until(end);
        return span && *span > 0 ? std::optional(whole / *span) : std::nullopt;
    };
    put("races_alive", mean(alive_));
    put("races_open", mean(open_));
    put("race_births", static_cast<double>(births_));
    put("races_noticed", static_cast<double>(noticed_));
    put("races_ended", static_cast<double>(fixed_));
    put("race_hits", static_cast<double>(hits_));
    put("race_classified_share",
        hits_ > 0 ? std::optional(static_cast<double>(told_apart_) / static_cast<double>(hits_)) : std::nullopt);
    put("race_rechecks", static_cast<double>(again_));
    put("race_node_hours", node_us_ / static_cast<double>(kHour));
    const auto put_times = [&](const std::string& family, TimeSample& sample) {
        put((family + ".mean").c_str(), sample.mean());
        for (const int percent : {50, 90, 95, 99})
            put((family + ".p" + std::to_string(percent)).c_str(), sample.percentile(percent));
    };
    put_times("race_life_s", ages_);
    put_times("race_open_s", open_times_);
}

}  // namespace gatesim
