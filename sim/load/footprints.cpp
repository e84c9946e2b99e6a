#include "load/footprints.hpp"

#include <algorithm>
#include <cmath>

namespace gatesim {

Footprints::Footprints(const Scenario& scenario, Luck luck) : load_(scenario.load), luck_(luck) {
    if (!load_.footprint) return;
    double sum = 0;
    for (std::uint32_t target = 1; target <= load_.footprint->targets; ++target) {
        sum += std::pow(target, -load_.footprint->popularity);
        below_.push_back(sum);
    }
    for (double& share : below_) share /= sum;
}

Footprint Footprints::of(const Change& change, ChangeId id) {
    if (load_.listed && change.listed != kNone) {
        const auto& touches = load_.listed->changes[change.listed].touches;
        if (touches) return named(*touches);
    }
    if (change.files_known && !change.files.empty()) return named(change.files);
    return load_.footprint ? drawn(id) : Footprint{};
}

Footprint Footprints::named(const std::vector<std::string>& names) {
    Footprint out;
    out.known = true;
    const std::uint32_t first = load_.footprint ? load_.footprint->targets : 0;
    for (const std::string& name : names) {
        const auto next = first + static_cast<std::uint32_t>(numbers_.size());
        out.targets.push_back(numbers_.emplace(name, next).first->second);
    }
    std::sort(out.targets.begin(), out.targets.end());
    out.targets.erase(std::unique(out.targets.begin(), out.targets.end()), out.targets.end());
    return out;
}

Footprint Footprints::drawn(ChangeId id) const {
    const FootprintRule& rule = *load_.footprint;
    Footprint out;
    out.known = true;
    out.everything = luck_.chance(rule.large, Purpose::footprint_large, id);
    const double drawn_size = std::round(rule.size.quantile(luck_.uniform(Purpose::footprint_size, id)));
    const auto size = static_cast<std::size_t>(std::clamp(drawn_size, 1.0, static_cast<double>(rule.targets)));
    for (std::uint64_t draw = 0; out.targets.size() < size && draw < 16 * size; ++draw) {
        const std::uint32_t target = target_at(luck_.uniform(Purpose::footprint_target, id, draw));
        const auto place = std::lower_bound(out.targets.begin(), out.targets.end(), target);
        if (place == out.targets.end() || *place != target) out.targets.insert(place, target);
    }
    return out;
}

std::uint32_t Footprints::target_at(double u) const {
    const auto found = std::upper_bound(below_.begin(), below_.end(), u);
    return static_cast<std::uint32_t>(std::min<std::ptrdiff_t>(found - below_.begin(), std::ssize(below_) - 1));
}

}  // namespace gatesim
