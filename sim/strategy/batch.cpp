// Batch: several changes are tested together and land together; when a batch is red, its parts are tested until who is
// to blame is found.
//
// Source: the literature on batch testing (SOURCES.md; what each way costs: `gatesim verify`).
#include "strategy/batch_family.hpp"
#include "strategy/batch_fields.hpp"
#include "strategy/registry.hpp"

namespace gatesim {
namespace {

struct Parameters : BatchParameters {
    std::int64_t size = 8;
};

const std::vector<Field<Parameters>> kFields = with_batch_fields<Parameters>(
    {field("size", &Parameters::size, 0, 1e6, "The most changes in a batch; 0 = all that wait.")});

class Batch final : public BatchFamily {
public:
    explicit Batch(const Parameters& parameters) : BatchFamily(rules_of(parameters)), size_(parameters.size) {}
    void take_parameters(const Strategy& like) override { *this = static_cast<const Batch&>(like); }

protected:
    std::vector<Item*> choose(Gate& gate, Queue& queue, BatchQueue& state) override {
        if (size_ > 0) return front_batch(gate, queue, state, static_cast<std::size_t>(size_));
        if (has_to_wait(state)) return {};
        return front_items(gate, queue, queue.length);
    }

private:
    std::int64_t size_;
};

const bool kRegistered = register_strategy(
    {{"batch",
      "Test several changes together; when a batch is red, test its parts until the culprit is found",
      "The waiting changes are tested as one state and land in one push. A red batch is divided and its parts are "
      "tested in order, each on what has landed by then. So two changes that break only together are found too: the "
      "later one is ejected. One build serves many changes as long as failures are rare; above a failure rate of about "
      "30 % no batch size pays. A batch that cannot be merged is halved, which costs no builds. Unlike bors-ng (a "
      "strategy of its own), it goes by the order of the queue and tests the halves of a red batch before anything "
      "newer, without polls or delays; unless told otherwise it waits for all jobs of a batch; priorities and the flag "
      "`single` mean nothing to it; and a push past the queue starts what is under test again at once. Source: "
      "Dorfman 1943; Najafi and others 2019; Beheshtian and others 2022. Use it where builds are expensive or few can "
      "run at once, and changes seldom fail. Counter-strategy: serial, which tests each change once; zuul, where nodes "
      "are plentiful.",
      "",
      {},
      {},
      parameters_of(kFields, {tries("size", {2, 4, 8, 16, 0}), tries("on_red", {"bisect", "singles"})})},
     [](const ParameterValues& values) -> std::unique_ptr<Strategy> {
         return std::make_unique<Batch>(filled(kFields, values));
     }});

bool preset(const char* name, const char* summary, std::int64_t size, const char* on_red) {
    return register_preset(name, "batch", summary, {{"size", size}, {"on_red", std::string(on_red)}});
}

const bool kPresets[] = {
    preset("dorfman", "Batches of 4; the members of a red one are tested alone (Dorfman, Batch4)", 4, "singles"),
    preset("batch-bisect", "Batches of 8; red ones are halved down to the culprit (BatchBisect)", 8, "bisect"),
    preset("batch-stop4", "Batches of 8; red ones are halved down to four, those are tested alone (BatchStop4)", 8,
           "stop-at-4"),
    preset("batch-divide4", "Batches of 16; red ones are tested in quarters, then alone (BatchDivide4)", 16,
           "quarters"),
    preset("batch-all", "Batches of everything that waits when the last batch is done; red ones are halved (BatchAll)",
           0, "bisect"),
};

}  // namespace
}  // namespace gatesim
