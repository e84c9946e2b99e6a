// The facts that a scenario claims: what the field table cannot check of them, and how to read them.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "scenario/claims.hpp"
#include "scenario/decode.hpp"
#include "scenario/units.hpp"

namespace gatesim {

namespace {

using Json = nlohmann::json;

std::optional<double> number_of(const Json& value, const std::string& unit) {
    if (value.is_null()) return std::nullopt;
    if (unit == "share") return units::read_share(value.get<std::string>()).value;
    if (unit == "s") return seconds(units::read_time(value.get<std::string>()).value.value_or(0));
    return value.get<double>();
}

Claim read_claim(std::size_t kind, const Json& claim) {
    const std::string unit = fact_kinds()[kind].unit;
    Claim out;
    out.kind = kind;
    const Json& expected = claim.at("expected");
    if (expected.is_array())
        for (const Json& value : expected) out.expected.push_back(number_of(value, unit));
    else
        out.expected.push_back(number_of(expected, unit));
    out.fitted = claim.at("kind") == "fitted";
    out.source = claim.at("source");
    if (claim.contains("tolerance")) out.tolerance = number_of(claim["tolerance"], "share").value_or(out.tolerance);
    if (claim.contains("why")) out.why = claim["why"];
    return out;
}

}  // namespace

std::vector<Claim> claims_of(const Scenario& scenario) {
    std::vector<Claim> out;
    const Json document = Json::parse(scenario.resolved, nullptr, false);
    if (!document.is_object() || !document.contains("facts")) return out;
    const Json& facts = document["facts"];
    for (std::size_t kind = 0; kind < fact_kinds().size(); ++kind)
        if (const auto claim = facts.find(fact_kinds()[kind].name); claim != facts.end())
            out.push_back(read_claim(kind, *claim));
    return out;
}

namespace document {

void decode_facts(Context& context) {
    const auto facts = context.root.find("facts");
    if (!facts) return;
    for (const FactKind& kind : fact_kinds()) {
        const auto claim = facts->find(kind.name);
        if (!claim) continue;
        const auto expected = claim->find("expected");
        const auto& numbers = expected->node->members;
        if (!kind.parts.empty() && numbers.size() != kind.size()) {
            context.errors.add(*expected, fmt::format("these are {} numbers, not {}", numbers.size(), kind.size()), "",
                               "a number each for " + listing(kind.parts));
        }
    }
}

}  // namespace document

}  // namespace gatesim
