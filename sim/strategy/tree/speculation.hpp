// What all strategies have in common that test a change on guesses about those ahead of it: who depends on whom, which
// paths are worth a build, when a change is decided. A strategy says how likely each change lands.
//
// Source: Uber's SubmitQueue (SOURCES.md, submitqueue).
#pragma once

#include <string>
#include <vector>

#include "gate/gate.hpp"
#include "strategy/tree/best_paths.hpp"
#include "strategy/tree/heads.hpp"

namespace gatesim {

struct SpeculationRule {
    std::int64_t builds = 0;              ///< at once; 0 = as many as there are nodes
    std::string conflicts = "footprint";  ///< or "all": each depends on all ahead; "none": only on those it needs
    bool chain = false;                   ///< depends also on what those depend on that it depends on
    bool otherwise = true;                ///< also paths that are not the likeliest of their change
    bool wait = false;                    ///< no guesses at all: a change waits for those it depends on
    bool preempt = true;                  ///< a path that is worth more stops one that is worth less
    double threshold = 0;                 ///< a path less likely than this is not started
    std::int64_t bypass = 0;              ///< a change may land before so many it depends on, if green on all paths
    bool reject_late = false;             ///< it does not leave before those it depends on are decided
};

/// Builds at once when `builds` is 0 and nodes are without limit: the largest number of workers that Uber evaluated.
inline constexpr std::int64_t kManyBuilds = 500;

struct TreeQueue;

class Speculation : public Strategy {
public:
    explicit Speculation(SpeculationRule rule) : rule_(std::move(rule)) {}

    void opened(Gate& gate, Queue& queue) override;
    bool pass(Gate& gate, Queue& queue) override;
    bool follows_trials() const override { return true; }
    Relaxations relaxations() const override;
    bool independent(const Gate& gate, const Item& landed, const Item& trial) const override;
    Reason why_undecided(const Gate& gate, const Queue& queue, const Item& trial) const override;

protected:
    /// How likely the change lands, from 0 to 1.
    virtual double lands(const Gate& gate, const Queue& queue, const Head& head) const = 0;
    /// Believed chance that its builds pass where it conflicts with nobody. Asked once, when it comes.
    virtual double passes(const Gate&, const Queue&, ChangeId) const { return 1; }
    /// Believed chance that the two break together. Asked once for each pair that may conflict.
    virtual double conflict(const Gate&, const Queue&, ChangeId, ChangeId) const { return 0; }
    /// Believed chance that `change` has its verdict before `ahead`. Asked once for each pair, and only with `bypass`.
    virtual double first(const Gate&, const Queue&, ChangeId /*change*/, ChangeId /*ahead*/) const { return 0; }

    const SpeculationRule& rule() const { return rule_; }

private:
    bool admit(Gate& gate, Queue& queue, TreeQueue& state);
    bool admissible(const Gate& gate, const TreeQueue& state, const Item& item) const;
    std::vector<Link> links_of(const Gate& gate, const Queue& queue, TreeQueue& state, const Item& item) const;
    void hear(Queue& queue, TreeQueue& state) const;
    bool see_departures(Gate& gate, const Queue& queue, TreeQueue& state);
    bool hear_verdicts(Gate& gate, TreeQueue& state);
    bool decide_all(Gate& gate, const Queue& queue, TreeQueue& state);
    bool advance(Gate& gate, TreeQueue& state);
    bool decide(Gate& gate, TreeQueue& state, Head& head);
    Path* decisive(Head& head) const;
    void resolve(Gate& gate, TreeQueue& state, Head& head, bool landed, const Item* cause);
    void demote(Gate& gate, TreeQueue& state, Head& head);
    void follow_up(Gate& gate, TreeQueue& state, Head& head, const Head& decided, bool landed, const Item* cause);
    void price_anew(Gate& gate, Queue& queue, TreeQueue& state);
    bool schedule(Gate& gate, Queue& queue, TreeQueue& state);
    void forget_verdicts(Gate& gate, TreeQueue& state);
    /// Closes the path's trial for a reason other than its verdict. In sticky mode its slot is free when its builds
    /// end.
    void let_go(Gate& gate, TreeQueue& state, Item& trial, const Reason& reason, const Item* cause = nullptr);
    void stop_outbid(Gate& gate, TreeQueue& state, std::int64_t slots);
    /// `not_so`: the path holds a change without one that this needs; `never`: what the head needs is not as it was.
    enum class Opened : std::uint8_t { yes, not_so, never };
    Opened open(Gate& gate, Queue& queue, Head& head, std::uint64_t key, const std::vector<Head*>& chain);

    SpeculationRule rule_;
};

/// How likely a change lands, reckoned from what is known: `own`, conflicts with those ahead that may land, those it
/// needs, and the verdicts of its builds so far.
double reckoned_to_land(const Head& head);

/// Chance that something which takes `mine` and began `later` after something that takes `other` ends first, both
/// normal. ("CI at Scale", arXiv 2501.03440, on bypassing large diffs.)
double ends_first(const Expected& mine, const Expected& other, Time later);

}  // namespace gatesim
