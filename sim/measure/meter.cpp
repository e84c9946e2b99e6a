#include "measure/meter.hpp"

#include <algorithm>

#include "measure/warmup.hpp"

namespace gatesim {

Meter::Meter(const Scenario& scenario, Time warmup)
    : scenario_(scenario),
      warmup_(std::max(warmup, warmup_of(scenario))),
      period_(scenario.period.length),
      people_(scenario, warmup_),
      holds_(scenario, warmup_),
      lives_(scenario, warmup_),
      races_(scenario, warmup_),
      length_(period_, warmup_),
      windows_(period_, warmup_),
      limited_(period_, warmup_),
      busy_(period_, warmup_),
      capacity_(period_, warmup_),
      green_(period_, warmup_),
      slices_(period_) {
    green_.set(0, 1);
    size_.assign(scenario.pools.size(), kUnlimited);
    held_.assign(scenario.pools.size(), 0);
    for (PoolId pool = 0; pool < scenario.pools.size(); ++pool) resize_pool(0, pool, scenario.pools[pool].standing());
}

void Meter::resize_pool(Time at, PoolId pool, std::int64_t nodes) {
    const auto counted = [&](double sign) {
        if (size_[pool] == kUnlimited) return;
        capacity_.add(at, sign * static_cast<double>(size_[pool]));
        busy_.add(at, sign * static_cast<double>(held_[pool]));
    };
    counted(-1);
    size_[pool] = nodes;
    counted(+1);
}

void Meter::on(const Event& event, const Ledger& ledger) {
    if (standings_.take(event, ledger) && event.at >= warmup_) {
        ++ejections_;
        ++ejected_for_[static_cast<std::size_t>(ejection_cause(event, ledger))];
    }
    people_.on(event, ledger);
    holds_.on(event);
    if (lives_.wanted()) lives_.on(event);
    if (races_.wanted()) races_.on(event, ledger);
    switch (event.kind) {
        case EventKind::enqueued:
        case EventKind::dequeued:
        case EventKind::window:
            take_queue(event, ledger);
            break;
        case EventKind::reported:
            take_report(event, ledger);
            break;
        case EventKind::landed:
            if (event.at >= warmup_ && event.at <= period_) ++landed_in_period_;
            // Later changes that stand on somebody's escaped defect are not to blame for it.
            if (event.at >= warmup_ && (event.cause == Cause::own_defect || event.cause == Cause::semantic_conflict))
                ++escaped_;
            green_.set(event.at, event.cause == Cause::none ? 1 : 0);
            break;
        case EventKind::reverted:
        case EventKind::repaired:
            green_.set(event.at, event.value ? 1 : 0);
            break;
        case EventKind::build_started:
            builds_ += event.at >= warmup_;
            break;
        case EventKind::job_taken_over:
            saved_ += event.result == Result::success && event.at >= warmup_;
            break;
        case EventKind::granted:
        case EventKind::ready:
        case EventKind::released:
            take_nodes(event, ledger);
            break;
        case EventKind::pool_size:
            if (event.pool < size_.size()) resize_pool(event.at, event.pool, event.value);
            break;
        case EventKind::node_up:
        case EventKind::node_stopping:
        case EventKind::node_killed:
            resize_pool(event.at, event.pool, size_[event.pool] + nodes_added(event));
            break;
        case EventKind::ended:
            // A period that is stated lasts to its end, even if nothing happens any more; unless the run is cut before.
            end_ = event.value || period_ == kNever ? event.at : std::max(event.at, period_);
            break;
        default:
            break;
    }
}

void Meter::take_queue(const Event& event, const Ledger& ledger) {
    if (!ledger.lands(event.pipeline) || event.queue >= ledger.queues().size()) return;
    const LiveQueue& queue = ledger.queues()[event.queue];
    if (event.kind != EventKind::window) {
        const double step = event.kind == EventKind::enqueued ? 1 : -1;
        length_.add(event.at, step);
        slices_.add(event.at, step);
        const auto length = static_cast<std::int64_t>(length_.value());
        length_max_ = event.at < warmup_ ? length : std::max(length_max_, length);
    }
    if (window_of_.size() <= event.queue) window_of_.resize(event.queue + 1, 0.0);
    const double now = queue.length > 0 ? static_cast<double>(queue.window) : 0.0;
    double& before = window_of_[event.queue];
    if (now == before) return;
    windows_.add(event.at, now - before);
    limited_.add(event.at, (now > 0 ? 1.0 : 0.0) - (before > 0 ? 1.0 : 0.0));
    before = now;
}

void Meter::take_report(const Event& event, const Ledger& ledger) {
    const LiveItem* item = ledger.item(event.item);
    if (!item) return;
    if (!ledger.lands(event.pipeline)) {
        const bool check = event.pipeline < scenario_.pipelines.size() &&
                           scenario_.pipelines[event.pipeline].manager == Manager::independent;
        if (check && item->enqueued >= warmup_) check_.add(event.at - item->enqueued);
        return;
    }
    if (event.outcome != Outcome::failure) return;
    const LiveAttempt* attempt = ledger.attempt(event.attempt != kNone ? event.attempt : item->attempt);
    if (!attempt || attempt->red == 0 || attempt->blames(item->change) || event.at < warmup_) return;
    ++innocent_;
    if (innocent_of_.size() <= item->change) innocent_of_.resize(static_cast<std::size_t>(item->change) + 1);
    innocent_of_[item->change] = true;
}

void Meter::take_nodes(const Event& event, const Ledger& ledger) {
    const LiveRequest* request = ledger.request(event.request);
    if (!request) return;
    if (event.kind == EventKind::ready) {
        if (request->requested >= warmup_) node_wait_.add(event.at - request->requested);
        return;
    }
    const PoolId pool = request->pool;
    if (pool >= held_.size() || request->granted == kNever) return;
    const std::int64_t step = event.kind == EventKind::granted ? request->nodes : -request->nodes;
    held_[pool] += step;
    if (size_[pool] != kUnlimited) busy_.add(event.at, static_cast<double>(step));
}

void Meter::settled(const LiveRequest& request, const LiveAttempt* attempt, Fate, const Ledger& ledger) {
    if (races_.wanted()) races_.settled(request, attempt);
    if (request.waiting && request.requested >= warmup_)  // at the end
        lives_.waits_at_end(ledger.now() - request.requested);
    if (request.granted == kNever || request.granted < warmup_) return;
    const double held = static_cast<double>(request.held(request.released));
    node_us_ += held;
    wasted_us_[static_cast<std::size_t>(request.waste)] += held;
    if (request.pool < scenario_.pools.size()) {
        cost_ += held / static_cast<double>(kHour) * scenario_.pools[request.pool].price_per_hour;
    }
}

void Meter::settled(const LiveBuild& build, const LiveAttempt*, Fate fate, const Ledger&) {
    if (fate == Fate::cancelled && build.started != kNever && build.started >= warmup_) ++cancelled_;
}

void Meter::reset(const ResetRecord& record, const Ledger& ledger) {
    if (races_.wanted()) races_.reset(record);
    if (!ledger.lands(record.pipeline) || record.at < warmup_) return;
    ++resets_;
    builds_reset_ += static_cast<std::uint64_t>(record.builds);
}

bool Meter::overloaded() const {
    const std::vector<double> series = queue_series();
    if (series.empty() || end_ < period_) return false;
    double means[4] = {};
    for (std::size_t i = 0; i < series.size(); ++i) means[i * 4 / series.size()] += series[i];
    for (double& mean : means) mean /= static_cast<double>(series.size()) / 4;
    const bool grows = means[0] < means[1] && means[1] < means[2] && means[2] < means[3];
    return grows && means[3] >= 2 * means[0] + 5;
}

std::vector<double> Meter::queue_series() const {
    return slices_.means(end_);
}

void Meter::put(MetricValues& out, const char* name, std::optional<double> value) const {
    out[*find_metric(name)] = value;
}

void Meter::put_times(MetricValues& out, const std::string& family, TimeSample& sample) const {
    out[*find_metric(family + ".mean")] = sample.mean();
    for (int p : {50, 90, 95, 99}) out[*find_metric(family + ".p" + std::to_string(p))] = sample.percentile(p);
}

void Meter::sample_changes() {
    landing_ = TimeSample();
    gate_ = TimeSample();
    for (const Standings::Entry& e : standings_.entries()) {
        if (e.first_enqueued == kNever || e.left == kNever || e.arrived < warmup_) continue;
        gate_.add(e.left - e.first_enqueued);
        if (e.standing == Standing::landed) landing_.add(e.left - e.first_enqueued);
    }
}

MetricValues Meter::values() {
    MetricValues out(metrics().size());
    sample_changes();
    const Time span = std::max<Time>(0, std::min(end_, period_) - warmup_);
    const auto ratio = [](double a, double b) { return b > 0 ? std::optional<double>(a / b) : std::nullopt; };
    double counts[5] = {}, innocents = 0, innocents_landed = 0;
    for (std::size_t change = 0; change < standings_.entries().size(); ++change) {
        const Standings::Entry& e = standings_.entries()[change];
        if (e.arrived == kNever || e.arrived < warmup_) continue;
        ++counts[static_cast<std::size_t>(e.standing)];
        if (change >= innocent_of_.size() || !innocent_of_[change]) continue;
        ++innocents;
        innocents_landed += e.standing == Standing::landed;
    }
    const auto count = [&](Standing standing) { return counts[static_cast<std::size_t>(standing)]; };
    const double landed = count(Standing::landed);
    put(out, "arrived", counts[1] + counts[2] + counts[3] + counts[4]);
    put(out, "landed", landed);
    put(out, "ejected", count(Standing::ejected));
    put(out, "withdrawn", count(Standing::withdrawn));
    put(out, "in_flight", count(Standing::in_flight));
    put(out, "landed_per_day",
        ratio(static_cast<double>(landed_in_period_), static_cast<double>(span) / static_cast<double>(kDay)));
    put_times(out, "landing_time_s", landing_);
    put_times(out, "gate_time_s", gate_);
    put_times(out, "check_time_s", check_);
    put_times(out, "node_wait_s", node_wait_);
    put(out, "builds", static_cast<double>(builds_));
    put(out, "builds_per_landed", ratio(static_cast<double>(builds_), landed));
    put(out, "builds_cancelled", static_cast<double>(cancelled_));
    put(out, "builds_saved", static_cast<double>(saved_));
    put(out, "node_hours", node_us_ / static_cast<double>(kHour));
    double wasted = 0;
    for (std::size_t waste = 1; waste < kWastes; ++waste) {
        wasted += wasted_us_[waste];
        const std::string name = std::string("node_hours_") + waste_name(static_cast<Waste>(waste));
        put(out, name.c_str(), wasted_us_[waste] / static_cast<double>(kHour));
    }
    put(out, "node_hours_wasted", wasted / static_cast<double>(kHour));
    put(out, "waste_share", ratio(wasted, node_us_));
    put(out, "node_utilisation", ratio(busy_.until(end_), capacity_.until(end_)));
    put(out, "gate_resets", static_cast<double>(resets_));
    put(out, "builds_reset", static_cast<double>(builds_reset_));
    put(out, "window_mean", ratio(windows_.until(end_), limited_.until(end_)));
    put(out, "queue_length_mean", ratio(length_.until(end_), static_cast<double>(span)));
    put(out, "queue_length_max", static_cast<double>(length_max_));
    put(out, "ejections", static_cast<double>(ejections_));
    for (std::size_t cause = 0; cause < kEjectionCauses; ++cause) {
        const std::string name = std::string("ejections_") + ejection_cause_name(static_cast<EjectionCause>(cause));
        put(out, name.c_str(), static_cast<double>(ejected_for_[cause]));
    }
    put(out, "innocent_ejections", static_cast<double>(innocent_));
    put(out, "innocent_share", ratio(innocents, counts[1] + counts[2] + counts[3] + counts[4]));
    put(out, "innocents_landed", innocents_landed);
    put(out, "escaped_defects", static_cast<double>(escaped_));
    put(out, "main_green_share", ratio(green_.until(end_), static_cast<double>(span)));
    const bool priced =
        std::any_of(scenario_.pools.begin(), scenario_.pools.end(), [](const Pool& pool) { return pool.has_price(); });
    const double cost = cost_ + lives_.cost();
    put(out, "cost", priced ? std::optional<double>(cost) : std::nullopt);
    if (priced) put(out, "cost_per_landing", ratio(cost, landed));
    lives_.fill(out, node_wait_);
    holds_.fill(out, end_);
    races_.fill(out, end_, static_cast<double>(span));
    const std::optional<double> waited = people_.fill(out, end_);
    if (const auto delay = waited ? waited : landing_.mean(); delay && scenario_.delay_price)
        put(out, "waiting_cost", *delay / 3600 * *scenario_.delay_price);
    return out;
}

}  // namespace gatesim
