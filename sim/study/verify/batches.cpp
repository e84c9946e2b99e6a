// R03: what testing in batches costs, drawn and by going through all that can happen.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "strategy/batch_cost.hpp"
#include "study/verify/closed_form.hpp"
#include "study/verify/saturated.hpp"
#include "study/verify/systems.hpp"

namespace gatesim {

namespace {

struct Way {
    const char* word;  ///< of on_red
    OnRed on_red;
};
constexpr Way kWays[] = {{"singles", OnRed::singles},
                         {"bisect", OnRed::bisect},
                         {"infer", OnRed::prefix},
                         {"stop-at-4", OnRed::stop_at_4},
                         {"quarters", OnRed::quarters}};

Scenario batch_gate(const Way& way, std::size_t size) {
    Scenario s = wide_gate(kSaturatedRun, {});
    s.pipelines[0].strategy = {"batch", {{"size", static_cast<std::int64_t>(size)}, {"on_red", std::string(way.word)}}};
    return s;
}

ClosedForm named(const Way& way, std::size_t size) {
    ClosedForm form;
    form.id = "R03";
    form.title = "Batches of b, searched when red: builds a change";
    form.source = "Dorfman 1943; halves and inference derived, in a run of failures after the two-state chain";
    form.assumes = "every change is good or bad for itself, and a batch is full";
    form.where = fmt::format("{}, b = {}", way.word, size);
    return form;
}

// ------------------------------------------------------------ drawn

constexpr std::uint64_t kChanges = 2400;  // a multiple of all sizes: no short batch at the end

/// Builds, a change.
class CostGauge final : public Gauge {
public:
    void on(const Event& event) override {
        builds_ += event.kind == EventKind::build_started ? 1 : 0;
        left_ += event.kind == EventKind::reported ? 1 : 0;
    }
    std::vector<Share> read() const override { return {{builds_, left_}}; }

private:
    double builds_ = 0, left_ = 0;
};

/// `run` > 0: failures come in runs of that mean length.
ClosedForm drawn(const Way& way, std::size_t size, double fails, double run, bool dear) {
    ClosedForm form = named(way, size);
    form.where += run > 0 ? fmt::format(", p = {:g} in runs of {:g}", fails, run) : fmt::format(", p = {:g}", fails);
    form.dear = dear;
    const AllPass all_pass = run > 0 ? clustered_failures(fails, run) : independent_failures(fails);
    form.quantities = {{"builds a change", batch_cost(way.on_red, size, all_pass)}};
    form.scenario = [=] {
        Scenario s = batch_gate(way, size);
        s.failures.defect = fails;
        s.failures.defect_run = run;
        let_stand(s, kChanges);
        return s;
    };
    form.gauge = [] { return std::make_unique<CostGauge>(); };
    return form;
}

// ------------------------------------------------------------ all that can happen

constexpr double kChances[] = {0.01, 0.02, 0.05, 0.10, 0.20, 0.30};
constexpr std::uint32_t kPatternsInAPiece = 256;
constexpr double kExact = 1e-6;

/// Batch number i of a piece has its bad members where i has ones. Weighs the builds of each with the chance of its
/// pattern.
class PatternGauge final : public Gauge {
public:
    PatternGauge(std::size_t size, std::uint32_t first, std::uint32_t patterns)
        : size_(size), first_(first), builds_(patterns) {}

    void on(const Event& event) override {
        if (event.kind == EventKind::build_started) ++builds_[event.change / size_];
    }

    std::vector<Share> read() const override {
        std::vector<Share> out;
        for (const double p : kChances) {
            Share share;
            for (std::uint32_t i = 0; i < builds_.size(); ++i) {
                const int bad = __builtin_popcount(first_ + i);
                const double weight = std::pow(p, bad) * std::pow(1 - p, static_cast<double>(size_) - bad);
                share.over += weight * builds_[i];
                share.under += weight * static_cast<double>(size_);
            }
            out.push_back(share);
        }
        return out;
    }

private:
    std::size_t size_;
    std::uint32_t first_;
    std::vector<double> builds_;
};

ClosedForm enumerated(const Way& way, std::size_t size, bool dear) {
    ClosedForm form = named(way, size);
    form.where += ", all patterns";
    form.dear = dear;
    for (const double p : kChances)
        form.quantities.push_back(
            {fmt::format("builds a change, {:g}", p), batch_cost(way.on_red, size, independent_failures(p)), kExact});
    const std::uint32_t patterns = 1u << size;
    const std::uint32_t each = std::min(patterns, kPatternsInAPiece);
    form.pieces = patterns / each;
    form.piece = [=](std::uint32_t piece) {
        Scenario s = batch_gate(way, size);
        let_stand(s, each * size);
        for (std::uint32_t i = 0; i < each; ++i)
            for (std::size_t member = 0; member < size; ++member)
                if ((piece * each + i) >> member & 1) s.load.listed->changes[i * size + member].breaks = {0};
        return s;
    };
    form.piece_gauge = [=](std::uint32_t piece) { return std::make_unique<PatternGauge>(size, piece * each, each); };
    return form;
}

}  // namespace

std::vector<ClosedForm> batch_forms() {
    std::vector<ClosedForm> out;
    for (const Way& way : kWays)
        for (const std::size_t size : {4, 8, 16}) out.push_back(enumerated(way, size, size == 16));
    for (const Way& way : kWays) {
        for (const std::size_t size : {4, 8, 16})
            for (const double p : kChances) {
                const bool quick = size == 8 && p == 0.05 && way.on_red == OnRed::bisect;
                if (size < 16 || p < 0.3) out.push_back(drawn(way, size, p, 0, !quick));
            }
        // What half of 145 projects see: 22.6 % failures, 2.34 in a row.
        for (const std::size_t size : {4, 8, 16})
            if (way.on_red != OnRed::prefix) {
                const bool quick = size == 8 && way.on_red == OnRed::singles;
                out.push_back(drawn(way, size, 0.226, 2.34, !quick));
            }
    }
    return out;
}

}  // namespace gatesim
