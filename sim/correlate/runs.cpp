#include "correlate/runs.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "correlate/statistics.hpp"

namespace gatesim::correlate {

namespace {

constexpr std::size_t kNeighbours = 20;
constexpr double kQuiet = 0.4;  ///< others' runs nearby fail less often than this: nothing general is wrong

bool ended(const Build& build) {
    return build.result != Result::other;
}

}  // namespace

Runs::Runs(const Builds& builds)
    : builds_(&builds),
      place_(builds.all.size(), 0),
      own_(builds.all.size(), false),
      cleared_(builds.all.size(), false) {
    for (std::uint32_t i = 0; i < builds.all.size(); ++i) {
        const Build& b = builds.all[i];
        if (!ended(b)) continue;
        by_job_[b.value[0]].push_back(i);
        if (b.change != 0) by_patchset_[{b.change, b.patchset}].push_back(i);
    }
    for (auto& [job, list] : by_job_) {
        std::stable_sort(list.begin(), list.end(),
                         [&](std::uint32_t a, std::uint32_t b) { return builds.all[a].start < builds.all[b].start; });
        for (std::uint32_t i = 0; i < list.size(); ++i) place_[list[i]] = i;
    }
    std::size_t failed = 0, again_count = 0;
    for (std::uint32_t i = 0; i < builds.all.size(); ++i)
        if (builds.all[i].result == Result::failed) {
            ++failed;
            const std::vector<std::uint32_t> others = again(i);
            again_count += !others.empty();
            cleared_[i] = std::any_of(others.begin(), others.end(),
                                      [&](std::uint32_t b) { return builds.all[b].result == Result::passed; });
            if (is_own(i)) own_[i] = true, ++own_count_;
        }
    rerun_share_ = failed == 0 ? 0 : static_cast<double>(again_count) / static_cast<double>(failed);
}

const std::vector<std::uint32_t>& Runs::of_job(std::uint32_t job) const {
    static const std::vector<std::uint32_t> none;
    const auto found = by_job_.find(job);
    return found == by_job_.end() ? none : found->second;
}

std::vector<std::uint32_t> Runs::again(std::uint32_t build) const {
    std::vector<std::uint32_t> out;
    const Build& b = builds_->all[build];
    const auto found = by_patchset_.find({b.change, b.patchset});
    if (found == by_patchset_.end()) return out;
    for (const std::uint32_t other : found->second)
        if (other != build && job(other) == b.value[0]) out.push_back(other);
    return out;
}

std::vector<std::uint32_t> Runs::beside(std::uint32_t build) const {
    std::vector<std::uint32_t> out;
    const Build& b = builds_->all[build];
    const auto found = by_patchset_.find({b.change, b.patchset});
    if (found == by_patchset_.end()) return out;
    for (const std::uint32_t other : found->second)
        if (job(other) != b.value[0]) out.push_back(other);
    return out;
}

bool Runs::carries(std::uint32_t build, std::uint32_t change) const {
    const Build& b = builds_->all[build];
    return b.change == change || std::find(b.tested_with.begin(), b.tested_with.end(), change) != b.tested_with.end();
}

std::vector<std::uint32_t> Runs::neighbours(std::uint32_t build) const {
    std::vector<std::uint32_t> out;
    const std::vector<std::uint32_t>& list = of_job(job(build));
    const std::uint32_t change = builds_->all[build].change;
    const double start = builds_->all[build].start;
    std::size_t left = place_[build], right = place_[build] + 1, looked = 0;
    while (out.size() < kNeighbours && (left > 0 || right < list.size()) && looked++ < 8 * kNeighbours) {
        const bool take_left = right >= list.size() || (left > 0 && start - builds_->all[list[left - 1]].start <=
                                                                        builds_->all[list[right]].start - start);
        const std::uint32_t other = take_left ? list[--left] : list[right++];
        if (change == 0 || (!carries(other, change) && !carries(build, builds_->all[other].change)))
            out.push_back(other);
    }
    return out;
}

bool Runs::is_own(std::uint32_t build) const {
    if (builds_->all[build].change == 0) return false;
    std::size_t red = 0;
    for (const std::uint32_t other : again(build)) {
        if (builds_->all[other].result == Result::passed) return false;
        ++red;
    }
    if (red == 0) return false;
    return nearby(build, [&](std::uint32_t other) { return builds_->all[other].result == Result::failed; }) < kQuiet;
}

namespace {

/// A change that nearly all hits have in them and whose own builds show it as well.
std::uint32_t carried_by_all(const Runs& runs, const std::vector<std::uint32_t>& failed, const Hits& hits) {
    std::map<std::uint32_t, std::size_t> counts, own_hits;
    for (const std::uint32_t b : failed) {
        const Build& build = runs.builds().all[b];
        if (build.change == 0) continue;
        ++counts[build.change];
        ++own_hits[build.change];
        for (const std::uint32_t c : build.tested_with) ++counts[c];
    }
    std::uint32_t best = 0;
    std::size_t most = 0;
    for (const auto& [change, n] : counts)
        if (n > most && own_hits.count(change) != 0) best = change, most = n;
    if (most * 10 < failed.size() * 9) return 0;
    // Of its patch sets those that show it at all: a later one may have mended it. What passed on the same patch set is
    // not to blame: it was the first behind somebody else.
    std::size_t own = 0, hit = 0, shows = 0, cleared = 0;
    std::set<std::pair<std::uint32_t, std::uint32_t>> shown;  // patch sets and jobs
    for (const std::uint32_t b : failed) {
        if (runs.builds().all[b].change != best) continue;
        shown.insert({runs.builds().all[b].patchset, runs.job(b)});
        ++shows;
        cleared += runs.cleared(b);
    }
    for (const auto& [patchset, job] : shown)
        for (const std::uint32_t b : runs.of_job(job))
            if (runs.builds().all[b].change == best && runs.builds().all[b].patchset == patchset) ++own, hit += hits[b];
    return hit * 2 >= own && cleared * 2 < shows ? best : 0;
}

}  // namespace

Evidence evidence(const Runs& runs, const std::vector<std::uint32_t>& failed, const Hits& hits) {
    Evidence out;
    const auto is_hit = [&](std::uint32_t b) { return hits[b]; };
    std::set<std::uint32_t> changes, jobs;
    std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>> seen;
    std::set<std::pair<std::uint32_t, std::uint32_t>> seen_beside;
    for (const std::uint32_t b : failed) jobs.insert(runs.job(b));
    double again = 0, beside = 0;
    for (const std::uint32_t b : failed) {
        const Build& build = runs.builds().all[b];
        changes.insert(build.change == 0 ? kNone - b : build.change);  // without a change each is one of its own
        if (build.change == 0) continue;
        const auto share = [&](const std::vector<std::uint32_t>& list) {
            return static_cast<double>(std::count_if(list.begin(), list.end(), is_hit)) /
                   static_cast<double>(list.size());
        };
        if (seen.insert({build.change, build.patchset, build.value[0]}).second)
            if (const auto others = runs.again(b); !others.empty()) {
                ++out.groups;
                out.passed_groups += runs.cleared(b);
                out.own_groups += runs.own()[b];
                again += share(others) - std::max(0.0, runs.nearby(b, is_hit));
            }
        if (!seen_beside.insert({build.change, build.patchset}).second) continue;
        std::vector<std::uint32_t> others;
        for (const std::uint32_t other : runs.beside(b))
            if (jobs.count(runs.job(other)) != 0) others.push_back(other);
        if (others.empty()) continue;
        ++out.beside;
        beside += static_cast<double>(share(others) > 0) -
                  std::max(0.0, runs.nearby(b, is_hit)) * static_cast<double>(others.size());
    }
    out.changes = changes.size();
    out.again = out.groups == 0 ? 0 : again / static_cast<double>(out.groups);
    out.beside_more = out.beside == 0 ? 0 : beside / static_cast<double>(out.beside);
    out.carried = carried_by_all(runs, failed, hits);
    out.cleared = out.groups >= 2 && out.again < 0.35 && out.passed_groups * 2 >= out.groups;
    // Who made the mistake mends it and does not run it again; where others do run red jobs again, that tells.
    const bool never_again =
        out.groups < 2 && runs.rerun_share() > 0.4 && static_cast<double>(out.changes) * runs.rerun_share() >= 3;
    constexpr std::size_t kFew = 6;  // so few changes have to show that it passes
    out.is_own = out.changes < 2 || (out.changes < kFew && !out.cleared) || out.carried != 0 ||
                 (out.groups >= 1 && out.again > 0.5) || out.own_groups * 2 > out.groups || never_again ||
                 (out.groups < 2 && out.beside >= 3 && out.beside_more > 0.5);
    return out;
}

Together together(const Runs& runs, const std::vector<std::uint32_t>& failed, const Hits& hits) {
    std::map<std::uint32_t, std::size_t> counts;
    std::set<std::uint32_t> jobs;
    std::set<std::pair<std::uint32_t, std::uint32_t>> patchsets;
    for (const std::uint32_t b : failed) {
        const Build& build = runs.builds().all[b];
        jobs.insert(build.value[0]);
        patchsets.insert({build.change, build.patchset});
        if (build.change != 0) ++counts[build.change];
        for (const std::uint32_t c : build.tested_with) ++counts[c];
    }
    std::vector<std::pair<std::size_t, std::uint32_t>> most;
    for (const auto& [change, n] : counts)
        if (n * 10 >= failed.size() * 9) most.push_back({n, change});
    std::stable_sort(most.begin(), most.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    if (most.size() > 8) most.resize(8);
    std::vector<std::uint32_t> at_risk;
    for (const std::uint32_t job : jobs)
        at_risk.insert(at_risk.end(), runs.of_job(job).begin(), runs.of_job(job).end());
    Together best;
    const double tests = std::log(static_cast<double>(std::max<std::size_t>(counts.size(), 1)));
    for (const auto& [n, first] : most) {
        // On top of one change, in runs of others only.
        std::size_t part = 0, red = 0, hit = 0, own = 0, own_hit = 0;
        for (const std::uint32_t b : at_risk) {
            if (runs.builds().all[b].change == first)
                ++own, own_hit += hits[b];
            else if (runs.carries(b, first))
                ++part, red += runs.builds().all[b].result == Result::failed, hit += hits[b];
        }
        if (own > 0 && own_hit * 5 <= own && hit > 0) {
            const double p = log_tail(at_risk.size(), part, failed.size(), std::min(hit, failed.size())) + tests;
            if (p < best.log_p) best = {first, 0, p, 0, static_cast<double>(hit) / static_cast<double>(red)};
        }
        for (const auto& [m, second] : most) {
            if (second <= first) continue;
            std::size_t both = 0, both_hit = 0, one = 0, one_hit = 0, two = 0, two_hit = 0;
            for (const std::uint32_t b : at_risk) {
                const Build& build = runs.builds().all[b];
                if ((build.change == first || build.change == second) &&
                    patchsets.count({build.change, build.patchset}) == 0)
                    continue;
                const bool has_one = runs.carries(b, first), has_two = runs.carries(b, second);
                if (has_one && has_two)
                    ++both, both_hit += hits[b];
                else if (has_one)
                    ++one, one_hit += hits[b];
                else if (has_two)
                    ++two, two_hit += hits[b];
            }
            if (one < 2 || two < 2 || one_hit * 5 > one || two_hit * 5 > two || both_hit < 2) continue;
            const double p =
                log_tail(at_risk.size(), both, failed.size(), std::min(both_hit, failed.size())) + 2 * tests;
            const double either = log_tail(one + two + both, both, std::min(failed.size(), one + two + both),
                                           std::min(both_hit, failed.size()));
            if (p < best.log_p) best = {first, second, p, either, 0};
        }
    }
    return best;
}

}  // namespace gatesim::correlate
