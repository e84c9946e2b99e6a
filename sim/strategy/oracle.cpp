// The oracle: knows who will land, and builds nothing else. A bound for the others, not a gate.
//
// Source: the yardstick of Uber's evaluation (EuroSys 2019; SOURCES.md).
#include "strategy/fields.hpp"
#include "strategy/registry.hpp"
#include "strategy/tree/speculation.hpp"

namespace gatesim {
namespace {

struct Parameters {
    std::int64_t builds = 0;
    std::string conflicts = "footprint";
};

const std::vector<Field<Parameters>> kFields = {
    field(
        "builds", &Parameters::builds, 0, 1e6,
        "How many states are tested at once in a queue; 0 = as many as there are nodes (500 if nodes are unlimited)."),
    field("conflicts", &Parameters::conflicts, {"footprint", "all"},
          "Which changes can affect each other's verdicts. footprint: those that touch a common target, and those "
          "whose targets are not known. all: every change."),
};

class Oracle final : public Speculation {
public:
    explicit Oracle(const Parameters& p) : Speculation(rule_of(p)) {}
    void take_parameters(const Strategy& like) override { *this = static_cast<const Oracle&>(like); }

    Relaxations relaxations() const override {
        Relaxations relaxed = Speculation::relaxations();
        relaxed.omniscient = true;
        return relaxed;
    }

protected:
    /// What its test on those ahead that will land is going to say, short of flakes and lost nodes.
    double lands(const Gate& gate, const Queue& queue, const Head& head) const override {
        for (const Path& path : head.paths)
            if (path.key == head.best_key && path.verdict != Path::Verdict::open)
                return path.verdict == Path::Verdict::passed ? 1 : 0;
        std::vector<ChangeId> chain;
        for (const Link& link : head.before)
            if (guessed_in(link)) chain.push_back(link.head->change);
        chain.push_back(head.change);
        return gate.omniscience(queue)->really_passes({gate.landings().mark(), chain, queue.pipeline}) ? 1 : 0;
    }

private:
    static SpeculationRule rule_of(const Parameters& p) {
        SpeculationRule rule;
        rule.builds = p.builds;
        rule.conflicts = p.conflicts;
        rule.otherwise = false;
        return rule;
    }
};

const bool kRegistered = register_strategy(
    {{"oracle",
      "Knows the truth: builds each change once, on the changes that will really land. A bound, not a gate",
      "What a gate could reach if every guess were right: one build per change, started at once, on the conflicting "
      "changes ahead that will land. Only flakes, lost nodes and the number of nodes hold it up. Use it to see how "
      "much of a strategy's delay is the price of not knowing (regret); no real gate can do this.",
      "",
      {},
      {"knows the truth: a bound for the others, not a gate",
       "independence: changes that touch nothing in common are not tested together (see conflicts)",
       "reorders: a change may land before one ahead of it that it does not conflict with"},
      parameters_of(kFields)},
     [](const ParameterValues& values) -> std::unique_ptr<Strategy> {
         return std::make_unique<Oracle>(filled(kFields, values));
     }});

}  // namespace
}  // namespace gatesim
