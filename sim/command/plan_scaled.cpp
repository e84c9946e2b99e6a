#include "command/plan_scaled.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

namespace gatesim {

namespace {

using Json = nlohmann::ordered_json;

/// A name as a part of a JSON pointer.
std::string escaped(const std::string& name) {
    std::string out;
    for (char c : name) out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return out;
}

/// "40/h" becomes "80/h", 3 becomes 6; nothing if it does not begin with a number.
std::optional<std::string> doubled(const Json& value, double most) {
    if (value.is_number()) return fmt::format("{}", std::min(most, 2 * value.get<double>()));
    if (!value.is_string()) return std::nullopt;
    const std::string text = value.get<std::string>();
    double number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc{}) return std::nullopt;
    const std::string unit(read.ptr, text.data() + text.size());
    return fmt::format("{}{}", std::min(unit == "%" ? 100 * most : most, 2 * number), unit);
}

void add(const std::string& pointer, const Json& value, double most, std::vector<std::string>& out) {
    if (const auto twice = doubled(value, most)) out.push_back(fmt::format("{}={}", pointer, *twice));
}

const Json* member(const Json& object, const char* key) {
    if (!object.is_object()) return nullptr;
    const auto at = object.find(key);
    return at == object.end() ? nullptr : &*at;
}

void add_shares(const Json& object, const std::string& pointer, const std::vector<const char*>& keys,
                std::vector<std::string>& out) {
    for (const char* key : keys)
        if (const Json* value = member(object, key)) add(fmt::format("{}/{}", pointer, key), *value, 1, out);
}

}  // namespace

ScaledSets twice_the_load(const std::string& resolved) {
    constexpr double kAny = 1e300;
    ScaledSets out{"twice the load", {}, ""};
    const Json document = Json::parse(resolved, nullptr, false, true);
    const Json* load = member(document, "load");
    const Json* arrivals = load ? member(*load, "arrivals") : nullptr;
    if (arrivals && arrivals->is_array()) {
        for (std::size_t i = 0; i < arrivals->size(); ++i)
            if (const Json* rate = member((*arrivals)[i], "rate"))
                add(fmt::format("/load/arrivals/{}/rate", i), *rate, kAny, out.sets);
    } else if (arrivals) {
        if (const Json* rate = member(*arrivals, "rate")) add("/load/arrivals/rate", *rate, kAny, out.sets);
    }
    if (!out.sets.empty()) return out;
    const char* what = load && member(*load, "replay")    ? "the load is a record (load.replay)"
                       : load && member(*load, "changes") ? "the load is a list of changes (load.changes)"
                                                          : "the load is not drawn from a rate (load.arrivals.rate)";
    out.why_not = fmt::format("{}, which cannot be doubled.", what);
    return out;
}

ScaledSets twice_the_failures(const std::string& resolved) {
    ScaledSets out{"twice the failures", {}, ""};
    const Json document = Json::parse(resolved, nullptr, false, true);
    if (const Json* failures = member(document, "failures"))
        add_shares(*failures, "/failures", {"defect", "semantic_conflict", "textual_conflict"}, out.sets);
    const Json* defaults = member(document, "defaults");
    if (const Json* job = defaults ? member(*defaults, "job") : nullptr)
        add_shares(*job, "/defaults/job", {"flake", "no_result"}, out.sets);
    if (const Json* jobs = member(document, "jobs"); jobs && jobs->is_object())
        for (const auto& [name, job] : jobs->items())
            add_shares(job, "/jobs/" + escaped(name), {"flake", "no_result"}, out.sets);
    if (out.sets.empty())
        out.why_not = "the scenario states no failures (failures.defect, jobs.NAME.flake and the like).";
    return out;
}

}  // namespace gatesim
