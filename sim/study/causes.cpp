#include "study/causes.hpp"

#include <algorithm>
#include <utility>

namespace gatesim {

namespace {

using Names = std::vector<std::pair<const char*, const char*>>;

double mean_of(const Summary& summary, const std::string& metric) {
    return summary.estimates[*find_metric(metric)].mean.value_or(0);
}

std::vector<CauseShare> causes(const Summary& summary, const std::string& family, const Names& names, const char* of) {
    const double all = mean_of(summary, of);
    std::vector<CauseShare> out;
    for (const auto& [name, words] : names) {
        const double amount = mean_of(summary, family + name);
        if (amount > 0) out.push_back({name, words, amount, all > 0 ? amount / all : 0, family + name});
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const CauseShare& a, const CauseShare& b) { return a.amount > b.amount; });
    return out;
}

}  // namespace

std::vector<CauseShare> ejection_causes(const Summary& summary) {
    static const Names names = {{"own_defect", "own defect"},
                                {"clash", "semantic conflict"},
                                {"others", "broken by others"},
                                {"flake", "flake"},
                                {"infrastructure", "infrastructure"},
                                {"time_limit", "time limit"},
                                {"conflict", "merge conflict"},
                                {"dependency", "dependency"},
                                {"by_hand", "by hand"},
                                {"new_patchset", "new patch set"},
                                {"other", "other"}};
    return causes(summary, "ejections_", names, "arrived");
}

std::vector<CauseShare> waste_causes(const Summary& summary) {
    static const Names names = {{"reset", "thrown away by resets"},    {"removed", "of changes taken out"},
                                {"superseded", "not needed any more"}, {"red", "red through no fault"},
                                {"outage", "lost to outages"},         {"stopped", "stopped early"},
                                {"idle", "nodes without a build"}};
    return causes(summary, "node_hours_", names, "node_hours");
}

}  // namespace gatesim
