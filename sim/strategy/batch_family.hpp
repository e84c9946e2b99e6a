// What the strategies that test several changes together have in common: one batch at a time on the branch, and the
// search for the guilty when it is red. (SOURCES.md)
//
// They differ in which changes make the next batch (choose) and, a little, in how a red one is divided (divide).
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "strategy/deadlines.hpp"
#include "strategy/strategy.hpp"
#include "strategy/trials.hpp"

namespace gatesim {

/// What follows a red group of changes.
enum class OnRed {
    bisect,     ///< both halves are tested, one after the other
    prefix,     ///< growing prefixes are tested, all at once; what they leave over is known to be red without a test
    stop_at_4,  ///< bisect, and alone from four on
    singles,    ///< each alone (Dorfman)
    quarters,   ///< four parts, those of a red part alone (BatchDivide4)
};

struct BatchRules {
    OnRed on_red = OnRed::bisect;
    std::size_t parts = 2;   ///< prefix: of a red group
    bool at_once = false;    ///< the parts of a red group are tested side by side, each on the branch as it is
    bool fail_fast = false;  ///< the first failed job decides
    int retries = 0;         ///< a red build is believed when it was red that many times more
    Time delay = 0;          ///< how long the first of a batch waits for others to join
    Time timeout = 0;        ///< a build that takes longer is red; 0 = it is waited for
};

/// The words of `on_red` in scenarios, "infer" being "prefix" with two parts.
const std::vector<std::string>& on_red_words();
/// Sets on_red and, for "infer", parts.
void set_on_red(BatchRules& rules, const std::string& word);

/// Changes tested as one. By item, for a change that left may come back as another item.
struct BatchGroup {
    std::vector<ItemId> items;
    int level = 0;  ///< how often it was divided
};

/// Groups that are tested at the same time.
struct BatchRound {
    std::vector<BatchGroup> groups;
    Item* proof = nullptr;  ///< a red trial of exactly these groups together; then their prefixes are tested
};

struct BatchQueue : StrategyState {
    struct Run {
        BatchGroup group;
        Item* trial = nullptr;
        int red_before = 0;
    };
    std::vector<BatchRound> due;  ///< parts of red batches, the next one last
    std::vector<Run> runs;        ///< under test now
    BatchRound round;             ///< what `runs` were made of
    Deadlines deadlines;          ///< of the builds in `runs`
    std::uint64_t timer = 0;      ///< tag of the latest timer; it runs since the first of the next batch came
    bool waiting = false;         ///< for it
    bool waited = false;          ///< it is over
    std::uint64_t taken = 0;      ///< the last item that was taken into a batch, by sequence
};

class BatchFamily : public Strategy {
public:
    explicit BatchFamily(BatchRules rules) : rules_(rules) {}

    void opened(Gate&, Queue& queue) override { queue.state = std::make_unique<BatchQueue>(); }
    bool pass(Gate& gate, Queue& queue) override;
    std::size_t next_up(const Queue& queue) const override;
    Reason why_untested(const Gate& gate, const Queue& queue, const Item& item) const override;
    Reason why_undecided(const Gate& gate, const Queue& queue, const Item& trial) const override;

protected:
    /// The next batch, in the order in which its changes would land; empty if it is not time yet. Nothing else is under
    /// test then.
    virtual std::vector<Item*> choose(Gate& gate, Queue& queue, BatchQueue& state) = 0;
    /// The parts of a red group of at least two, in the order in which they are tested.
    virtual std::vector<BatchGroup> divide(const Gate& gate, const Queue& queue, const BatchGroup& red) const;
    /// One change landed, or was ejected for what a batch found.
    virtual void decided(Queue&, bool /*landed*/) const {}

    /// Whether a batch that could hold more has to wait for others to join.
    bool has_to_wait(const BatchQueue& state) const { return state.waiting && !state.waited; }
    /// The front of the queue, at most so many, once they are as many or have waited.
    std::vector<Item*> front_batch(const Gate& gate, const Queue& queue, const BatchQueue& state,
                                   std::size_t most) const;

private:
    bool forget_refuted(Gate& gate, Queue& queue, BatchQueue& state);
    void mind_delay(Gate& gate, Queue& queue, BatchQueue& state) const;
    bool begin(Gate& gate, Queue& queue, BatchQueue& state);
    bool open(Gate& gate, Queue& queue, BatchQueue& state, BatchQueue::Run& run);
    bool open_prefixes(Gate& gate, Queue& queue, BatchQueue& state);
    bool repeat_red(Gate& gate, Queue& queue, BatchQueue& state);
    bool all_known(const Gate& gate, const BatchQueue& state) const;
    bool red(const Gate& gate, const BatchQueue::Run& run) const;
    void decide(Gate& gate, Queue& queue, BatchQueue& state);
    void decide_prefixes(Gate& gate, Queue& queue, BatchQueue& state);
    void search(Gate& gate, Queue& queue, BatchQueue& state, const BatchGroup& guilty, Item& trial);
    void search_with(Gate& gate, Queue& queue, BatchQueue& state, const BatchGroup& guilty, Item& proof);
    BatchGroup land(Gate& gate, Queue& queue, BatchQueue::Run& run);
    void eject(Gate& gate, Queue& queue, const BatchGroup& group, Item& trial);

    BatchRules rules_;
};

/// `count` parts as equal as can be, the smaller ones first.
std::vector<BatchGroup> parts_of(const BatchGroup& group, std::size_t count);

}  // namespace gatesim
