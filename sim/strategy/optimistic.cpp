// Optimistic: everything ahead is taken to land, until it fails.
//
// Source: the name and the comparison are Uber's (research: policies, section 8.2); the idea is Zuul's.
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
    field("builds", &Parameters::builds, 0, 1e6,
          "States tested at once in a queue; 0 = as many as there are nodes (500 if those are unlimited)."),
    field(
        "conflicts", &Parameters::conflicts, {"footprint", "all"},
        "Whose verdicts depend on each other: footprint, of changes that touch a common target (or of which it is not "
        "known what they touch); all."),
};

class Optimistic final : public Speculation {
public:
    explicit Optimistic(const Parameters& p) : Speculation(rule_of(p)) {}

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
      "One state a change: all conflicting ones ahead of it that have not failed are taken to land",
      "The only guess that is built is that everybody ahead passes. When one fails, those behind that depend on it "
      "are tested again without it, and a change whose failure was somebody else's is tested again too. With "
      "conflicts = all this is Zuul with a window of so many builds. Cheap while failures are rare; each failure "
      "throws away what stands behind it. Counter-strategy: submitqueue, which builds likely failures beforehand.",
      "",
      {},
      {"independence: changes that touch nothing in common are not tested together (conflicts)",
       "reorders: a change may land before one ahead of it that it does not conflict with"},
      parameters_of(kFields)},
     [](const ParameterValues& values) -> std::unique_ptr<Strategy> {
         return std::make_unique<Optimistic>(filled(kFields, values));
     }});

const bool kZuulLike =
    register_preset("optimistic-zuul", "optimistic", "Zuul's guess without its window: each change on all ahead of it",
                    {{"conflicts", std::string("all")}});

}  // namespace
}  // namespace gatesim
