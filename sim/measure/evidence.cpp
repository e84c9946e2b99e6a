#include "measure/evidence.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "measure/interval.hpp"
#include "measure/landing_facts.hpp"

namespace gatesim {

namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();
constexpr const char* kLandedPerDay = "landings a day";

/// Mean and 95 % interval of the defined values.
EvidenceValue estimate(std::vector<double> values, Chance chance) {
    std::vector<std::optional<double>> defined;
    for (const double value : values) defined.push_back(std::isnan(value) ? std::nullopt : std::optional(value));
    Estimate found = mean_interval(defined);
    if (found.alike && chance == Chance::none) found.low = found.high = found.mean;
    return {std::move(values), found.mean.value_or(kUndefined), found.low.value_or(kUndefined),
            found.high.value_or(kUndefined)};
}

EvidenceVerdict compare(const EvidenceValue& rule, const EvidenceValue& control, double observed, Chance chance) {
    if (rule.values.size() != control.values.size()) return EvidenceVerdict::not_compared;
    std::vector<double> differences;
    for (std::size_t i = 0; i < rule.values.size(); ++i) {
        differences.push_back(std::abs(rule.values[i] - observed) - std::abs(control.values[i] - observed));
    }
    const EvidenceValue difference = estimate(std::move(differences), chance);
    if (std::isnan(difference.low))
        return difference.mean == 0 && difference.values.size() > 1 ? EvidenceVerdict::as_near
                                                                    : EvidenceVerdict::not_compared;
    if (difference.high < 0) return EvidenceVerdict::nearer;
    if (difference.low > 0) return EvidenceVerdict::farther;
    return EvidenceVerdict::as_near;
}

/// Values by fact and replication. The first fact is landings a day.
std::vector<std::vector<double>> facts_of(const std::vector<SimulatedLandings>& replications,
                                          const ObservedOrder& order, const EvidenceInput& input) {
    std::vector<std::vector<double>> facts(1 + landing_fact_names().size());
    for (const SimulatedLandings& landings : replications) {
        facts[0].push_back(input.length > 0
                               ? static_cast<double>(landings.size()) * kDay / static_cast<double>(input.length)
                               : kUndefined);
        const std::vector<double> values = landing_facts(order, landings, input.burst_gap);
        for (std::size_t i = 0; i < values.size(); ++i) facts[i + 1].push_back(values[i]);
    }
    return facts;
}

EvidenceKind kind_of(const std::string& fact, const EvidenceInput& input) {
    if (input.enqueued_from_landed && fact == kLandedPerDay) return EvidenceKind::input;
    const bool fitted = std::find(input.fitted.begin(), input.fitted.end(), fact) != input.fitted.end();
    return fitted ? EvidenceKind::fitted : EvidenceKind::predicted;
}

}  // namespace

Evidence weigh_evidence(const EvidenceInput& input) {
    const ObservedOrder order(input.observed);
    Evidence evidence;
    evidence.observed = input.observed.size();
    evidence.exact = order.exact();
    evidence.replications = input.control.size();
    evidence.enqueued_from_landed = input.enqueued_from_landed;
    for (const RuleLandings& rule : input.rules) evidence.rules.push_back(rule.name);

    std::vector<double> real = {input.length > 0 ? static_cast<double>(input.observed.size()) * kDay /
                                                       static_cast<double>(input.length)
                                                 : kUndefined};
    for (const double value : landing_facts(order, order.as_simulated(), input.burst_gap)) real.push_back(value);
    const auto control = facts_of(input.control, order, input);
    std::vector<std::vector<std::vector<double>>> rules;
    for (const RuleLandings& rule : input.rules) rules.push_back(facts_of(rule.replications, order, input));

    for (std::size_t i = 0; i < real.size(); ++i) {
        EvidenceRow row;
        row.fact = i == 0 ? kLandedPerDay : landing_fact_names()[i - 1].name;
        row.unit = i == 0 ? "" : landing_fact_names()[i - 1].unit;
        row.kind = kind_of(row.fact, input);
        row.observed = real[i];
        row.control = estimate(control[i], input.chance);
        for (const auto& rule : rules) {
            row.rules.push_back(estimate(rule[i], input.chance));
            row.verdicts.push_back(row.kind == EvidenceKind::predicted
                                       ? compare(row.rules.back(), row.control, row.observed, input.chance)
                                       : EvidenceVerdict::not_compared);
        }
        evidence.rows.push_back(std::move(row));
    }
    return evidence;
}

}  // namespace gatesim
