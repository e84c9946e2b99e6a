// Single queue: one change at a time wherever changes touch the same; those that do not run side by side.
//
// Source: a baseline of Uber's evaluation (EuroSys 2019; SOURCES.md).
#include "strategy/fields.hpp"
#include "strategy/registry.hpp"
#include "strategy/tree/speculation.hpp"

namespace gatesim {
namespace {

struct Parameters {
    std::int64_t builds = 0;
};

const std::vector<Field<Parameters>> kFields = {
    field(
        "builds", &Parameters::builds, 0, 1e6,
        "How many states are tested at once in a queue; 0 = as many as there are nodes (500 if nodes are unlimited)."),
};

class SingleQueue final : public Speculation {
public:
    explicit SingleQueue(const Parameters& p) : Speculation(rule_of(p)) {}
    void take_parameters(const Strategy& like) override { *this = static_cast<const SingleQueue&>(like); }

protected:
    double lands(const Gate&, const Queue&, const Head&) const override { return 1; }

private:
    static SpeculationRule rule_of(const Parameters& p) {
        SpeculationRule rule;
        rule.builds = p.builds;
        rule.wait = true;
        return rule;
    }
};

const bool kRegistered = register_strategy(
    {{"single-queue",
      "One after the other for changes that touch the same targets, in parallel for those that do not",
      "A change is tested when every conflicting change ahead of it has landed or left: no guesses, nothing built in "
      "vain. Good where changes rarely meet; one change that touches everything holds up all changes behind it. "
      "Counter-strategies: optimistic and submitqueue, which do not wait.",
      "",
      {},
      {"independence: changes that touch nothing in common are not tested together",
       "reorders: a change may land before one ahead of it that it does not conflict with"},
      parameters_of(kFields, {tries("builds", {4, 16, 64, 0})})},
     [](const ParameterValues& values) -> std::unique_ptr<Strategy> {
         return std::make_unique<SingleQueue>(filled(kFields, values));
     }});

}  // namespace
}  // namespace gatesim
