// bors-ng: approved changes collect in a batch, one batch is tested at a time, a red one is cut in two.
//
// Source: bors-ng/bors-ng, commit ca725797e5 (2024-01-31), lib/worker/batcher.ex and lib/worker/batcher/divider.ex. The
// names of functions there are given where they are followed.
#pragma once

#include "strategy/bors_queue.hpp"
#include "strategy/strategy.hpp"

namespace gatesim::bors {

struct Parameters {
    std::int64_t size = 0;
    Time delay = 10 * kSecond;
    Time timeout = kHour;
    Time poll_period = 30 * kMinute;
    std::int64_t poll_phase = 2;
    Time batch_poll_period = 30 * kMinute;
};

class BorsNg final : public Strategy {
public:
    explicit BorsNg(const Parameters& parameters) : p_(parameters) {}
    void take_parameters(const Strategy& like) override { *this = static_cast<const BorsNg&>(like); }

    bool listens() const override { return true; }
    bool pull_requests() const override { return true; }
    bool promotes_by_priority() const override { return true; }
    Relaxations relaxations() const override;
    void opened(Gate&, Queue& queue) override { queue.state = std::make_unique<BorsQueue>(); }
    bool pass(Gate& gate, Queue& queue) override;
    std::size_t next_up(const Queue& queue) const override;
    Reason why_untested(const Gate& gate, const Queue& queue, const Item& item) const override;
    Reason why_undecided(const Gate& gate, const Queue& queue, const Item& trial) const override;

private:
    /// One queue at one instant.
    struct Turn {
        Gate& gate;
        Queue& queue;
        BorsQueue& state;
        bool changed = false;
    };

    // bors_ng.cpp: what it hears
    void hear(Turn& turn) const;
    void take_new(Turn& turn) const;
    void approve(Turn& turn, Item& item) const;
    void lost(Turn& turn, ItemId item) const;
    void raise(Turn& turn, ChangeId change) const;
    void hear_builds(Turn& turn) const;
    void hear_timers(Turn& turn) const;
    void need_process(Turn& turn) const;
    void poll_after_delay(Turn& turn) const;
    bool poll(Turn& turn) const;
    Batch& new_batch(Turn& turn, std::vector<Member> members, int priority = 0) const;
    void hold_below(Turn& turn, const Batch& batch) const;
    void write(Turn& turn, Batch& batch, bool polled) const;

    // bors_batch.cpp: what becomes of a batch
    void start(Turn& turn, std::list<Batch>::iterator batch) const;
    void count_time(Turn& turn) const;
    Batch end(Turn& turn, std::list<Batch>::iterator batch, Why why) const;
    void stop(Turn& turn, Batch& batch, Why why) const;
    void decide(Turn& turn, std::list<Batch>::iterator batch) const;
    void succeed(Turn& turn, Batch batch, Item& trial) const;
    void divide(Turn& turn, const Batch& batch, Item* trial) const;
    void divide_conflict(Turn& turn, const Batch& batch) const;
    void halves(Turn& turn, const std::vector<Member>& members) const;
    std::vector<Item*> in_order(Turn& turn, Batch& batch) const;

    Parameters p_;
};

}  // namespace gatesim::bors
