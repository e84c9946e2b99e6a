// Risk batch: predictions decide how many changes a batch takes, or who of a red one is tested alone first.
//
// Source: Beheshtian, Bavand and Rigby 2022, RiskBatch and RiskTopN (SOURCES.md, the studies). Predictions come
// from the scenario's `signals`.
#include <algorithm>
#include <cmath>

#include "strategy/batch_family.hpp"
#include "strategy/batch_fields.hpp"
#include "strategy/registry.hpp"

namespace gatesim {
namespace {

const char* const kReadsPredictions = "signals: reads predictions of which changes fail";

// ------------------------------------------------------------ risk-batch

struct RiskParameters : BatchParameters {
    RiskParameters() { on_red = "stop-at-4"; }
    double risk = 0.4;
    std::int64_t size = 20;
};

const std::vector<Field<RiskParameters>> kRiskFields = with_batch_fields<RiskParameters>(
    {field("risk", &RiskParameters::risk, 0, 1000,
           "A batch is closed as soon as its changes' predicted chances of failing add up to more than this."),
     field("size", &RiskParameters::size, 1, 1e6, "The most changes in a batch.")});

class RiskBatch final : public BatchFamily {
public:
    explicit RiskBatch(const RiskParameters& p) : BatchFamily(rules_of(p)), risk_(p.risk), size_(p.size) {}
    void take_parameters(const Strategy& like) override { *this = static_cast<const RiskBatch&>(like); }

    Relaxations relaxations() const override {
        Relaxations relaxed;
        relaxed.signals = true;
        return relaxed;
    }

protected:
    std::vector<Item*> choose(Gate& gate, Queue& queue, BatchQueue& state) override {
        std::vector<Item*> items = front_items(gate, queue, static_cast<std::size_t>(size_));
        double risk = 0;
        const auto last = std::find_if(items.begin(), items.end(), [&](const Item* item) {
            risk += 1 - gate.foresight(queue)->passes(item->change);
            return risk > risk_;
        });
        const bool full = last != items.end() || items.size() == static_cast<std::size_t>(size_);
        if (last != items.end()) items.erase(last + 1, items.end());
        if (!full && has_to_wait(state)) items.clear();
        return items;
    }

private:
    double risk_;
    std::int64_t size_;
};

const bool kRisk = register_strategy(
    {{"risk-batch",
      "Batches that grow until they hold a given predicted risk; red ones are halved down to four",
      "Takes changes from the front of the queue until their predicted chances of failing add up to `risk`: many safe "
      "changes make one large batch, a few dangerous ones a small one. Source: RiskBatch, Beheshtian and others 2022. "
      "Use it when a model can tell good changes from bad ones; without `signals` all changes look alike, and it is "
      "`batch` with a fixed size. Counter-strategy: dynamic-batch, which needs no model.",
      "",
      {},
      {kReadsPredictions},
      parameters_of(kRiskFields, {tries("risk", {0.2, 0.4, 0.8}), tries("size", {8, 20, 50})})},
     [](const ParameterValues& values) -> std::unique_ptr<Strategy> {
         return std::make_unique<RiskBatch>(filled(kRiskFields, values));
     }});

// ------------------------------------------------------------ risk-top-n

struct TopParameters : BatchParameters {
    std::int64_t size = 4;
    std::int64_t alone = 2;
};

std::vector<Field<TopParameters>> top_fields() {
    auto fields =
        with_batch_fields<TopParameters>({field("size", &TopParameters::size, 1, 1e6, "The most changes in a batch."),
                                          field("alone", &TopParameters::alone, 1, 100,
                                                "How many changes of a red batch, the most likely to fail, are tested "
                                                "alone; the rest is tested as a group.")});
    std::erase_if(fields, [](const auto& f) { return f.parameter.name == "on_red" || f.parameter.name == "parts"; });
    return fields;
}

const std::vector<Field<TopParameters>> kTopFields = top_fields();

class RiskTopN final : public BatchFamily {
public:
    explicit RiskTopN(const TopParameters& p)
        : BatchFamily(rules_of(p)),
          size_(static_cast<std::size_t>(p.size)),
          alone_(static_cast<std::size_t>(p.alone)) {}
    void take_parameters(const Strategy& like) override { *this = static_cast<const RiskTopN&>(like); }

    Relaxations relaxations() const override {
        Relaxations relaxed;
        relaxed.signals = true;
        relaxed.reorders = true;
        return relaxed;
    }

protected:
    std::vector<Item*> choose(Gate& gate, Queue& queue, BatchQueue& state) override {
        return front_batch(gate, queue, state, size_);
    }

    /// The riskiest first, ties by queue order, then the rest. Whoever needs one that is tested later waits for it.
    std::vector<BatchGroup> divide(const Gate& gate, const Queue& queue, const BatchGroup& red) const override {
        std::vector<std::pair<double, ItemId>> by_risk;
        for (ItemId id : red.items)
            if (const Item* item = gate.item(id)) by_risk.emplace_back(gate.foresight(queue)->passes(item->change), id);
        std::stable_sort(by_risk.begin(), by_risk.end(),
                         [](const auto& a, const auto& b) { return a.first < b.first; });
        by_risk.resize(std::min(by_risk.size(), alone_));
        std::vector<BatchGroup> parts;
        for (const auto& risky : by_risk) parts.push_back({{risky.second}, red.level + 1});
        BatchGroup rest{{}, red.level + 1};
        for (ItemId id : red.items)
            if (std::none_of(by_risk.begin(), by_risk.end(), [id](const auto& risky) { return risky.second == id; }))
                rest.items.push_back(id);
        if (!rest.items.empty()) parts.push_back(std::move(rest));
        return parts;
    }

private:
    std::size_t size_;
    std::size_t alone_;
};

const bool kTop = register_strategy(
    {{"risk-top-n",
      "Batches of a fixed size; of a red one the riskiest are tested alone, the rest once more as a group",
      "When a batch is red, the `alone` changes that are predicted most likely to fail are tested one by one, and the "
      "rest is tested again as a group: three builds instead of one per change when the prediction is right. Source: "
      "RiskTopN, Beheshtian and others 2022. Use it with a predictor that seldom overlooks a culprit. "
      "Counter-strategy: batch-stop4, which needs no prediction.",
      "",
      {},
      {kReadsPredictions, "reorders: the riskiest of a red batch may land before those that stand ahead of them"},
      parameters_of(kTopFields, {tries("size", {4, 8, 16}), tries("alone", {1, 2})})},
     [](const ParameterValues& values) -> std::unique_ptr<Strategy> {
         return std::make_unique<RiskTopN>(filled(kTopFields, values));
     }});

}  // namespace
}  // namespace gatesim
