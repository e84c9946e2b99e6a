#include <algorithm>
#include <utility>
#include <vector>

#include "workers/scaling/scaling.hpp"

namespace gatesim {
namespace {

std::vector<std::pair<std::string, MakeScaling>>& makers() {
    static std::vector<std::pair<std::string, MakeScaling>> all;
    return all;
}

}  // namespace

bool register_scaling(ScalingDescription description, MakeScaling make) {
    makers().emplace_back(description.name, std::move(make));
    auto& known = known_scaling_rules();
    const auto place =
        std::find_if(known.begin(), known.end(), [&](const auto& other) { return description.name < other.name; });
    known.insert(place, std::move(description));
    return true;
}

std::unique_ptr<ScalingRule> make_scaling(const StrategyChoice& choice) {
    for (const auto& [known, make] : makers())
        if (known == choice.name) return make(choice.values);
    return nullptr;
}

}  // namespace gatesim
