#include "load/people/new_changes.hpp"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>

#include "chance/plain_math.hpp"
#include "load/size.hpp"

namespace gatesim {
namespace {

constexpr int kSlices = 1000;      // of a distribution, for means that have no formula
constexpr double kAllAlike = 1e5;  // from here on a Beta distribution is as good as its mean

double mean_size_factor(const Distribution& lines, double power) {
    double sum = 0;
    for (int i = 0; i < kSlices; ++i) sum += std::pow(lines_at(lines, (i + 0.5) / kSlices), power);
    return sum / kSlices;
}

std::vector<double> shares_of(const std::vector<ChangeKind>& kinds) {
    std::vector<double> out;
    for (const ChangeKind& kind : kinds) out.push_back(kind.share);
    return out;
}

template <typename Name>
std::vector<double> weights_of(const std::vector<std::pair<Name, double>>& weighted) {
    std::vector<double> out;
    for (const auto& [name, weight] : weighted) out.push_back(weight);
    return out;
}

}  // namespace

NewChangeRule::NewChangeRule(const Scenario& scenario, Luck luck)
    : load_(*scenario.load.people),
      luck_(luck),
      projects_(weights_of(load_.contributors.projects)),
      kinds_(shares_of(load_.contributors.kinds)),
      mean_size_factor_(mean_size_factor(load_.changes.lines, load_.changes.defects_by_size)) {
    for (const ChangeKind& kind : load_.contributors.kinds)
        size_factors_.push_back(kind.lines ? mean_size_factor(*kind.lines, load_.changes.defects_by_size)
                                           : mean_size_factor_);
    const double sigma = load_.contributors.skill_spread;
    mean_skill_factor_ = std::exp(sigma * sigma / 2);
}

Change NewChangeRule::draw(const Beginning& beginning, ProjectId project) const {
    const Contributors& people = load_.contributors;
    const std::uint64_t key = beginning.key;
    Change change;
    change.owner = beginning.who->person;
    change.project = project;
    if (project == kNone)
        change.project = luck_.chance(people.own_project, Purpose::person_project, key, 1)
                             ? beginning.who->home
                             : people.projects[pick(projects_, luck_.uniform(Purpose::person_project, key, 2))].first;
    static const ChangeKind kPlain = {"code", 1, 0, {}, {}, false, false};
    const std::size_t which = kinds_.empty() ? 0 : pick(kinds_, luck_.uniform(Purpose::change_kind, key));
    const ChangeKind& kind = kinds_.empty() ? kPlain : people.kinds[which];
    change.kind = kind.name;
    change.priority = kind.priority;
    change.single = kind.single;
    change.jumps = kind.jumps;
    change.breaks = kind.breaks;
    const double lines =
        lines_at(kind.lines ? *kind.lines : load_.changes.lines, luck_.uniform(Purpose::change_size, key));
    change.lines = lines_of_change(lines);
    change.defect_factor = beginning.who->defect_factor / mean_skill_factor_ *
                           (std::pow(lines, load_.changes.defects_by_size) /
                            (kind.breaks && kind.lines ? size_factors_[which] : mean_size_factor_));
    change.rework = rework_chance(key);
    return change;
}

double NewChangeRule::rework_chance(std::uint64_t key) const {
    const Rework& rule = load_.rework;
    if (rule.mean <= 0 || rule.mean >= 1 || rule.alike >= kAllAlike) return rule.mean;
    return boost::math::ibeta_inv(rule.mean * rule.alike, (1 - rule.mean) * rule.alike,
                                  luck_.uniform(Purpose::change_kind, key, 1), PlainMath());
}

}  // namespace gatesim
