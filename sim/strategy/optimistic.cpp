// Optimistic: everything ahead is taken to land, until it fails.
//
// Source: the name and the comparison are Uber's (EuroSys 2019; SOURCES.md); the idea is Zuul's.
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

class Optimistic final : public Speculation {
public:
    explicit Optimistic(const Parameters& p) : Speculation(rule_of(p)) {}
    void take_parameters(const Strategy& like) override { *this = static_cast<const Optimistic&>(like); }

protected:
    double lands(const Gate&, const Queue&, const Head& head) const override {
        for (const Path& path : head.paths)
            if (path.key == head.best_key && path.verdict == Path::Verdict::failed) return 0;
        return 1;
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
    {{"optimistic",
      "Test each change on the assumption that all conflicting changes ahead of it land, unless they have failed",
      "The only guess it builds is that every change ahead passes. When one fails, the changes behind that depend on "
      "it are tested again without it, and so is a change that failed because of it. With conflicts = all it is Zuul "
      "with a window of that many builds. It is cheap while failures are rare; each failure throws away the builds "
      "behind it. Counter-strategy: submitqueue, which builds likely failures beforehand.",
      "",
      {},
      {"independence: changes that touch nothing in common are not tested together (see conflicts)",
       "reorders: a change may land before one ahead of it that it does not conflict with"},
      parameters_of(kFields, {tries("builds", {4, 16, 64, 0})})},
     [](const ParameterValues& values) -> std::unique_ptr<Strategy> {
         return std::make_unique<Optimistic>(filled(kFields, values));
     }});

const bool kZuulLike =
    register_preset("optimistic-zuul", "optimistic",
                    "Zuul's guess without its window: each change is tested on all changes ahead of it",
                    {{"conflicts", std::string("all")}});

}  // namespace
}  // namespace gatesim
