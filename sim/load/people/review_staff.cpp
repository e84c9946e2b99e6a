#include "load/people/review_staff.hpp"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>
#include <numeric>

#include "chance/plain_math.hpp"

namespace gatesim {
namespace {

constexpr double kAllAlike = 1e6;

/// A Beta distribution's value, given its mean and the sum of its parameters.
double chance_of_one(double mean, double alike, double u) {
    if (mean <= 0 || mean >= 1 || alike >= kAllAlike) return mean;
    return boost::math::ibeta_inv(mean * alike, (1 - mean) * alike, u, PlainMath());
}

std::vector<ProjectId> homes_of(const ReviewerClass& kind, const Scenario& scenario) {
    std::vector<std::pair<ProjectId, double>> projects = kind.projects;
    if (projects.empty())
        for (ProjectId project = 0; project < scenario.projects.size(); ++project) projects.emplace_back(project, 1.0);
    std::vector<double> weights;
    for (const auto& [project, weight] : projects) weights.push_back(weight);
    const std::vector<int> counts = dealt_out(kind.count, weights);
    std::vector<ProjectId> homes;
    // In turn, so that the people of one zone, who stand together, are at home in different projects.
    for (int round = 0; homes.size() < static_cast<std::size_t>(kind.count); ++round) {
        const std::size_t before = homes.size();
        for (std::size_t i = 0; i < projects.size(); ++i)
            if (round < counts[i]) homes.push_back(projects[i].first);
        if (homes.size() == before) homes.push_back(kNone);  // a scenario without projects
    }
    return homes;
}

/// Adds the people of one class to a panel.
class Hiring {
public:
    Hiring(Staff& staff, const Scenario& scenario, Luck luck, LoadDoor& door)
        : staff_(staff), scenario_(scenario), luck_(luck), door_(door), clocks_(scenario.period) {}

    void hire(const ReviewerClass& kind, std::uint32_t panel) {
        std::vector<std::pair<std::string, double>> zones = kind.zones;
        if (zones.empty()) zones.emplace_back("", 1.0);
        std::vector<double> weights;
        for (const auto& [zone, weight] : zones) weights.push_back(weight);
        const std::vector<int> counts = dealt_out(kind.count, weights);
        const std::vector<ProjectId> homes = homes_of(kind, scenario_);
        int serial = 0;
        for (std::size_t z = 0; z < zones.size(); ++z) {
            if (counts[z] == 0) continue;
            const auto roster = static_cast<std::uint32_t>(staff_.rosters.size());
            staff_.panels[panel].rosters.push_back(roster);
            staff_.rosters.push_back({panel, WorkingTime(clocks_.of(zones[z].first), kind.hours), {}});
            for (int i = 0; i < counts[z]; ++i, ++serial)
                add(kind, panel, roster, zones[z].first, serial, homes[static_cast<std::size_t>(serial)]);
        }
    }

private:
    void add(const ReviewerClass& kind, std::uint32_t panel, std::uint32_t roster, const std::string& zone, int serial,
             ProjectId home) {
        Reviewer one;
        one.kind = &kind;
        one.number = static_cast<std::uint32_t>(staff_.people.size());
        one.panel = panel;
        one.roster = roster;
        one.person = door_.join({kind.name + std::to_string(serial + 1), zone});
        one.home = home;
        one.care = chance_of_one(kind.care, kind.care_alike, luck_.uniform(Purpose::reviewer_care, one.number));
        staff_.panels[panel].people.push_back(one.number);
        staff_.people.push_back(std::move(one));
    }

    Staff& staff_;
    const Scenario& scenario_;
    Luck luck_;
    LoadDoor& door_;
    Clocks clocks_;
};

}  // namespace

std::vector<int> dealt_out(int count, const std::vector<double>& weights) {
    if (weights.empty()) return {};
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    std::vector<int> out(weights.size(), 0);
    std::vector<double> rest(weights.size());
    int left = count;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const double share = count * weights[i] / sum;
        out[i] = static_cast<int>(std::floor(share));
        rest[i] = share - out[i];
        left -= out[i];
    }
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return rest[a] > rest[b]; });
    for (std::size_t i = 0; left > 0; i = (i + 1) % order.size(), --left) ++out[order[i]];
    return out;
}

Staff make_staff(const ReviewLoad& load, const Scenario& scenario, Luck luck, LoadDoor& door) {
    Staff staff;
    Hiring hiring(staff, scenario, luck, door);
    staff.panels.push_back({true, load.approvals, {}, {}});
    for (const ReviewerClass& kind : load.reviewers) {
        if (!kind.approves) staff.panels.push_back({false, kind.asked, {}, {}});
        hiring.hire(kind, kind.approves ? 0 : static_cast<std::uint32_t>(staff.panels.size() - 1));
    }
    return staff;
}

}  // namespace gatesim
