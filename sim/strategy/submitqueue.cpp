// SubmitQueue: build the guesses that will most probably be needed, and only where changes touch the same.
//
// Source: Uber's "Keeping Master Green at Scale" (EuroSys 2019), "CI at Scale" (2025), and the open-sourced repository
// (SOURCES.md, submitqueue).
#include "strategy/fields.hpp"
#include "strategy/registry.hpp"
#include "strategy/tree/speculation.hpp"

namespace gatesim {
namespace {

struct Parameters {
    std::int64_t builds = 0;
    std::string conflicts = "footprint";
    std::string depends = "direct";
    std::string prices = "signals";
    double prior = 0.95;
    std::string mode = "preemptive";
    double threshold = 0.01;
    std::int64_t bypass = 0;
    std::string reject = "sure";
};

const std::vector<Field<Parameters>> kFields = {
    field(
        "builds", &Parameters::builds, 0, 1e6,
        "How many states are tested at once in a queue; 0 = as many as there are nodes (500 if nodes are unlimited)."),
    field("conflicts", &Parameters::conflicts, {"footprint", "all", "none"},
          "Which changes can affect each other's verdicts. footprint: those that touch a common target, and those "
          "whose targets are not known. all: every change. none: only changes that need each other."),
    field("depends", &Parameters::depends, {"direct", "chain"},
          "direct: a change is tested on guesses about the changes ahead that it conflicts with. chain: also about the "
          "changes those conflict with, and so on."),
    field("prices", &Parameters::prices, {"signals", "prior"},
          "How likely a change is to land: from predictions (the scenario's signals), or the same for all."),
    field("prior", &Parameters::prior, 0, 1, "With prices = prior: how likely a change is to land.",
          ParameterKind::share),
    field("mode", &Parameters::mode, {"preemptive", "sticky"},
          "preemptive: a build that is no longer among the best is stopped. sticky: it runs on, and a better one waits "
          "until a build ends; a build that is stopped because its guess is refuted holds its place until its nodes "
          "have noticed (the pools' abort_delay)."),
    field("threshold", &Parameters::threshold, 0, 1,
          "A state less likely to be needed than this is not tested, even if nodes are idle; 0 = none is too unlikely.",
          ParameterKind::share),
    field("bypass", &Parameters::bypass, 0, 6,
          "A change may land before this many conflicting changes ahead of it, once it is green with and without each "
          "of them; 0 = none."),
    field("reject", &Parameters::reject, {"sure", "decided"},
          "When a change that fails leaves. sure: as soon as it has failed on every guess about the changes ahead that "
          "it depends on. decided: not before all of those have landed or left."),
};

SpeculationRule rule_of(const Parameters& p) {
    SpeculationRule rule;
    rule.builds = p.builds;
    rule.conflicts = p.conflicts;
    rule.chain = p.depends == "chain";
    rule.preempt = p.mode == "preemptive";
    rule.threshold = p.threshold;
    rule.bypass = p.bypass;
    rule.reject_late = p.reject == "decided";
    return rule;
}

class SubmitQueue final : public Speculation {
public:
    explicit SubmitQueue(const Parameters& parameters) : Speculation(rule_of(parameters)), p_(parameters) {}
    void take_parameters(const Strategy& like) override { *this = static_cast<const SubmitQueue&>(like); }

    Relaxations relaxations() const override {
        Relaxations relaxed = Speculation::relaxations();
        relaxed.signals = p_.prices == "signals" || p_.bypass > 0;
        return relaxed;
    }

protected:
    double lands(const Gate&, const Queue&, const Head& head) const override {
        return p_.prices == "signals" ? reckoned_to_land(head) : p_.prior;
    }

    double passes(const Gate& gate, const Queue& queue, ChangeId change) const override {
        return p_.prices == "signals" ? gate.foresight(queue)->passes(change) : p_.prior;
    }

    double conflict(const Gate& gate, const Queue& queue, ChangeId a, ChangeId b) const override {
        return p_.prices == "signals" ? gate.foresight(queue)->conflicts(a, b) : 0;
    }

    double first(const Gate& gate, const Queue& queue, ChangeId change, ChangeId ahead) const override {
        const Foresight& foresight = *gate.foresight(queue);
        return ends_first(foresight.build_time(change), foresight.build_time(ahead), 0);
    }

private:
    Parameters p_;
};

const bool kRegistered = register_strategy(
    {{"submitqueue",
      "Test the states that will most probably be needed, guessing which changes land; only changes that touch the "
      "same targets depend on each other",
      "A change is tested on guesses about the conflicting changes ahead of it: these land, those do not. A guess is "
      "worth its probability, computed from predictions of each change's success, and the best guesses get the nodes. "
      "A change lands when it was green on what really happened, so a failure ahead costs nothing if that guess was "
      "built too. Choose it when many changes an hour touch different parts of one repository: independence is worth "
      "more than prediction. With bypass a small change does not wait for a slow one ahead of it (2025). "
      "Counter-strategies: optimistic, which builds only the likeliest guess; batch, if nodes are few.",
      "",
      {},
      {"independence: changes that touch nothing in common are not tested together (see conflicts)",
       "reorders: a change may land before one ahead of it that it does not conflict with, or that it was tested with "
       "and without (bypass)",
       "reads predictions (prices, bypass)"},
      parameters_of(kFields, {tries("threshold", {0.0, 0.01, 0.05, 0.2}), tries("mode", {"preemptive", "sticky"})})},
     [](const ParameterValues& values) -> std::unique_ptr<Strategy> {
         return std::make_unique<SubmitQueue>(filled(kFields, values));
     }});

// A price goes along the chain here: it counts whether those ahead land, which counts who is ahead of them. The
// open-sourced one prices each change alike.
const bool kPaper =
    register_preset("submitqueue-paper", "submitqueue",
                    "SubmitQueue as in the paper of 2019: the best K states at any time, others are stopped",
                    {{"mode", std::string("preemptive")}, {"prices", std::string("signals")}, {"threshold", 0.0}});

const bool kBypassing =
    register_preset("submitqueue-blrd", "submitqueue",
                    "SubmitQueue as of 2025: small changes pass large ones, improbable states are not built",
                    {{"bypass", std::int64_t{2}}, {"threshold", 0.02}});

const bool kOpenSource = register_preset("submitqueue-oss", "submitqueue",
                                         "The open-source SubmitQueue: four builds at once, never stopped for a better "
                                         "one, all changes equally likely to land",
                                         {{"builds", std::int64_t{4}},
                                          {"mode", std::string("sticky")},
                                          {"prices", std::string("prior")},
                                          {"prior", 0.95},
                                          {"threshold", 0.0},
                                          {"reject", std::string("decided")}});

}  // namespace
}  // namespace gatesim
