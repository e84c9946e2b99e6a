// Speculate-all: every guess is as good as any other, so the tree is built level by level.
//
// Source: a baseline of Uber's evaluation (EuroSys 2019; SOURCES.md).
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

class SpeculateAll final : public Speculation {
public:
    explicit SpeculateAll(const Parameters& p) : Speculation(rule_of(p)) {}
    void take_parameters(const Strategy& like) override { *this = static_cast<const SpeculateAll&>(like); }

protected:
    double lands(const Gate&, const Queue&, const Head&) const override { return 0.5; }

private:
    static SpeculationRule rule_of(const Parameters& p) {
        SpeculationRule rule;
        rule.builds = p.builds;
        rule.conflicts = p.conflicts;
        return rule;
    }
};

const bool kRegistered =
    register_strategy({{"speculate-all",
                        "Build all guesses about the conflicting changes ahead, as if each were the toss of a coin",
                        "Both outcomes of every change count as equally likely: the first change is built once, the "
                        "second twice, the third four times, as far as the nodes go. It needs no predictions and is "
                        "ready for every outcome, but K builds reach only log2(K) changes deep. It is here for "
                        "comparison, and right where failures are as frequent as successes. Counter-strategies: "
                        "optimistic when failures are rare, submitqueue when something is known about them.",
                        "",
                        {},
                        {"independence: changes that touch nothing in common are not tested together (see conflicts)",
                         "reorders: a change may land before one ahead of it that it does not conflict with"},
                        parameters_of(kFields, {tries("builds", {4, 16, 64, 0})})},
                       [](const ParameterValues& values) -> std::unique_ptr<Strategy> {
                           return std::make_unique<SpeculateAll>(filled(kFields, values));
                       }});

}  // namespace
}  // namespace gatesim
