// Dynamic batch: the size of the next batch follows from how many of the last changes failed.
//
// Source: Bavand and Rigby 2021 (dynamic batch with BatchDivide4), Kamath 2025 (linearly weighted); SOURCES.md,
// the studies.
#include <deque>

#include "strategy/batch_cost.hpp"
#include "strategy/batch_family.hpp"
#include "strategy/batch_fields.hpp"
#include "strategy/registry.hpp"

namespace gatesim {
namespace {

struct Parameters : BatchParameters {
    Parameters() { on_red = "quarters"; }
    std::int64_t largest = 16;
    std::int64_t memory = 50;
    double assumed = 0.1;
    std::string weights = "equal";
};

const std::vector<Field<Parameters>> kFields = with_batch_fields<Parameters>({
    field("largest", &Parameters::largest, 1, 200, "The most changes in a batch."),
    field("memory", &Parameters::memory, 1, 10'000, "How many of the most recent changes make up the failure rate."),
    field("assumed", &Parameters::assumed, 0, 1,
          "The failure rate assumed at the beginning; each decided change replaces its share of it.",
          ParameterKind::share),
    field("weights", &Parameters::weights, {"equal", "linear"},
          "equal: all remembered changes count alike. linear: the newest counts most, the oldest hardly at all."),
});

struct DynamicQueue final : BatchQueue {
    std::deque<bool> failed;  ///< of the last changes, the newest last
};

class DynamicBatch final : public BatchFamily {
public:
    explicit DynamicBatch(const Parameters& parameters)
        : BatchFamily(rules_of(parameters)), p_(parameters), on_red_(rules_of(parameters).on_red) {}
    void take_parameters(const Strategy& like) override { *this = static_cast<const DynamicBatch&>(like); }

    void opened(Gate&, Queue& queue) override { queue.state = std::make_unique<DynamicQueue>(); }

protected:
    std::vector<Item*> choose(Gate& gate, Queue& queue, BatchQueue& state) override {
        const double rate = failure_rate(static_cast<const DynamicQueue&>(state).failed);
        const auto most = static_cast<std::size_t>(p_.largest);
        return front_batch(gate, queue, state, best_batch_size(on_red_, most, independent_failures(rate)));
    }

    void decided(Queue& queue, bool landed) const override {
        auto& failed = static_cast<DynamicQueue&>(*queue.state).failed;
        failed.push_back(!landed);
        if (failed.size() > static_cast<std::size_t>(p_.memory)) failed.pop_front();
    }

private:
    /// What is missing from the memory counts with the assumed rate.
    double failure_rate(const std::deque<bool>& failed) const {
        const bool linear = p_.weights == "linear";
        double sum = 0;
        double weights = 0;
        for (std::int64_t age = 0; age < p_.memory; ++age) {
            const double weight = linear ? static_cast<double>(p_.memory - age) : 1;
            const bool known = age < static_cast<std::int64_t>(failed.size());
            const double fails = known ? failed[failed.size() - 1 - static_cast<std::size_t>(age)] : p_.assumed;
            sum += weight * fails;
            weights += weight;
        }
        return sum / weights;
    }

    Parameters p_;
    OnRed on_red_;
};

const bool kRegistered = register_strategy(
    {{"dynamic-batch",
      "Batches whose size follows the failure rate of the last changes; red ones are tested in quarters",
      "Before each batch it chooses the size that would cost the fewest builds if changes failed as often as the most "
      "recent ones did. Failures come in runs, so a size that is right on average is wrong most of the time. Source: "
      "Bavand and Rigby 2021 (48 % fewer builds than one per change, 5 points better than fixed batches of 4); with "
      "linear weights Kamath 2025. Use it when failure rates change from week to week. Counter-strategy: batch with a "
      "size of 4, nearly as good and easier to explain.",
      "",
      {},
      {},
      parameters_of(kFields, {tries("largest", {4, 8, 16, 32}), tries("memory", {20, 50, 200})})},
     [](const ParameterValues& values) -> std::unique_ptr<Strategy> {
         return std::make_unique<DynamicBatch>(filled(kFields, values));
     }});

const bool kLinear = register_preset("lwd", "dynamic-batch",
                                     "dynamic-batch in which the newest failures count most (linearly weighted, LWD)",
                                     {{"weights", std::string("linear")}});

}  // namespace
}  // namespace gatesim
