#include "infer/configuration.hpp"

#include <nlohmann/json.hpp>

namespace gatesim::infer {

namespace {

std::optional<std::int64_t> whole(const nlohmann::json& from, const char* key) {
    const auto found = from.find(key);
    if (found == from.end() || !found->is_number_integer()) return std::nullopt;
    const auto value = found->get<std::int64_t>();
    return value > 0 ? std::optional(value) : std::nullopt;
}

}  // namespace

std::optional<Configuration> read_configuration(const std::string& text) {
    const nlohmann::json doc = nlohmann::json::parse(text, nullptr, false);
    if (doc.is_discarded() || !doc.is_object()) return std::nullopt;
    Configuration out;
    const auto found = doc.find("configuration");
    if (found == doc.end() || !found->is_object()) return out;
    out.window = whole(*found, "maximumEntriesToBuild");
    out.group_max = whole(*found, "maximumEntriesToMerge");
    out.group_min = whole(*found, "minimumEntriesToMerge");
    out.group_wait = whole(*found, "minimumEntriesToMergeWaitTime");
    out.timeout = whole(*found, "checkResponseTimeout");
    const auto merging = found->find("mergingStrategy");
    out.headgreen = merging != found->end() && *merging == "HEADGREEN";
    return out;
}

}  // namespace gatesim::infer
