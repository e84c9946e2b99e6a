#include "correlate/candidates.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "correlate/mask.hpp"
#include "correlate/statistics.hpp"

namespace gatesim::correlate {

namespace {

constexpr std::size_t kMostGood = 1500, kMostLoose = 150;

std::vector<std::uint32_t> both(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
    std::vector<std::uint32_t> out;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
    return out;
}

std::uint64_t digest_of(const std::vector<std::uint32_t>& list, std::uint64_t seed) {
    return digest({reinterpret_cast<const char*>(list.data()), list.size() * sizeof(std::uint32_t)}, seed);
}

/// Letters of a shape; a feature with more of them says more.
std::size_t letters(const std::string& shape) {
    return static_cast<std::size_t>(std::count_if(shape.begin(), shape.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
    }));
}

}  // namespace

std::size_t changes_of(const Builds& builds, const std::vector<std::uint32_t>& failed) {
    std::set<std::uint32_t> seen;
    for (const std::uint32_t b : failed) seen.insert(builds.all[b].change == 0 ? kNone - b : builds.all[b].change);
    return seen.size();
}

Candidates::Candidates(const Runs& runs, const std::vector<Feature>& features, const Rules& rules,
                       const Hits& explained)
    : runs_(runs), rules_(rules), place_(runs.builds().all.size(), kNone) {
    job_runs_.resize(runs.builds().names.size());
    for (std::uint32_t i = 0; i < place_.size(); ++i) {
        const Build& b = runs.builds().all[i];
        if (!b.has_log || b.result == Result::other) continue;
        if (explained[i]) continue;
        ++job_runs_[b.value[0]].first;
        if (b.result != Result::failed) continue;
        ++job_runs_[b.value[0]].second;
        place_[i] = static_cast<std::uint32_t>(place_count_++);
    }
    test(features);
}

Bits Candidates::bits_of(const std::vector<std::uint32_t>& builds) const {
    Bits out(place_count_);
    for (const std::uint32_t b : builds)
        if (place_[b] != kNone) out.set(place_[b]);
    return out;
}

bool Candidates::few_passed(std::size_t failed, std::size_t passed) const {
    return static_cast<double>(passed) <= rules_.most_passed * static_cast<double>(failed + passed);
}

double Candidates::log_p(const std::vector<std::uint32_t>& failed, const std::vector<std::uint32_t>& passed,
                         double* best) const {
    std::map<std::uint32_t, Stratum> strata;
    const auto draw = [&](std::uint32_t b) {
        const std::uint32_t job = runs_.job(b);
        Stratum& s = strata[job];
        s.runs = job_runs_[job].first;
        s.bad = job_runs_[job].second;
        ++s.drawn;
    };
    // A change counts once, whatever its author did; but each of its jobs that passed later counts.
    std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
    for (const std::uint32_t b : failed) {
        const std::uint32_t change = runs_.builds().all[b].change;
        if (seen.insert({change == 0 ? kNone - b : change, runs_.cleared(b) ? runs_.job(b) + 1 : 0}).second) draw(b);
    }
    for (const std::uint32_t b : passed) draw(b);
    std::vector<Stratum> list;
    for (const auto& [job, s] : strata) list.push_back(s);
    if (best) *best = log_tail(list, seen.size() + passed.size());
    return log_tail(list, seen.size());
}

void Candidates::test(const std::vector<Feature>& features) {
    weight.assign(features.size(), 0);
    // One test for all features that the same builds show. Which are tested depends on how many show them, not on
    // which.
    std::map<std::pair<std::uint64_t, std::uint64_t>, std::vector<std::uint32_t>> alike;
    for (std::uint32_t i = 0; i < features.size(); ++i) {
        const Feature& f = features[i];
        if (f.everywhere || f.failed.size() + f.passed.size() < rules_.least_hits || letters(f.shape) < 3) continue;
        alike[{digest_of(f.failed, 1), digest_of(f.passed, 2)}].push_back(i);
    }
    std::vector<std::vector<std::uint32_t>> groups;
    for (auto& [key, list] : alike) groups.push_back(std::move(list));
    std::sort(groups.begin(), groups.end());
    std::vector<double> p, best;
    for (const auto& group : groups) {
        const Feature& f = features[group[0]];
        double least = 0;
        p.push_back(log_p(f.failed, f.passed, &least));
        best.push_back(std::min(least, p.back()));
    }
    tested = groups.size();
    const std::vector<bool> found = discoveries(p, best, rules_.false_share);
    std::vector<std::size_t> order(groups.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
    std::vector<std::uint32_t> loose;
    std::vector<std::size_t> few;
    for (const std::size_t i : order) {
        const Feature& f = features[groups[i][0]];
        const std::size_t changes = changes_of(runs_.builds(), f.failed);
        if ((!found[i] || changes < rules_.least_hits) && changes >= 2 && changes <= 8 &&
            f.failed.size() >= rules_.least_hits && few_passed(f.failed.size(), f.passed.size()))
            few.push_back(i);
        if (!found[i]) continue;
        ++associated;
        double runs = 0, bad = 0;
        for (const auto& [r, b] : job_runs_) runs += static_cast<double>(r), bad += static_cast<double>(b);
        const double lift = std::log((static_cast<double>(f.failed.size()) + 0.5) / (bad + 1) /
                                     ((static_cast<double>(f.passed.size()) + 0.5) / (runs - bad + 1)));
        for (const std::uint32_t one : groups[i]) weight[one] = lift;
        if (changes < rules_.least_hits) continue;
        if (!few_passed(f.failed.size(), f.passed.size())) {
            if (loose.size() < kMostLoose) loose.push_back(groups[i][0]);
        } else if (good.size() < kMostGood && add({groups[i][0]}, f.failed, f.passed, p[i])) {
            good.back().cause.alike.assign(groups[i].begin() + 1, groups[i].end());
        }
    }
    few_level = std::log(rules_.false_share / static_cast<double>(std::max<std::size_t>(1, few.size())));
    for (const std::size_t i : few) {
        const Feature& f = features[groups[i][0]];
        add({groups[i][0]}, f.failed, f.passed, p[i]);
        good.back().is_few = true;
        good.back().cause.alike.assign(groups[i].begin() + 1, groups[i].end());
    }
    combine(features, loose);
}

bool Candidates::add(std::vector<std::uint32_t> parts, std::vector<std::uint32_t> failed,
                     std::vector<std::uint32_t> passed, double p) {
    Candidate one;
    one.bits = bits_of(failed);
    one.size = failed.size();
    one.cause.features = std::move(parts);
    one.cause.failed = std::move(failed);
    one.cause.passed = std::move(passed);
    one.cause.log_p = p;
    good.push_back(std::move(one));
    return true;
}

/// Pairs of lines, and lines with an attribute, of which neither is good enough alone: only where they explain failures
/// that no single line does. The level is divided by their number.
void Candidates::combine(const std::vector<Feature>& features, const std::vector<std::uint32_t>& loose) {
    Bits known(place_count_);
    for (const Candidate& one : good) known.add(one.bits);
    const double pairs = static_cast<double>(loose.size() * loose.size()) / 2 + 1;
    const double level = std::log(rules_.false_share / 10 / pairs);
    const auto worth = [&](const std::vector<std::uint32_t>& failed, const std::vector<std::uint32_t>& passed) {
        if (failed.size() < rules_.least_hits || !few_passed(failed.size(), passed.size())) return false;
        Bits bits = bits_of(failed);
        return (failed.size() - bits.common(known)) * 2 >= failed.size() &&
               changes_of(runs_.builds(), failed) >= rules_.least_hits && log_p(failed, passed, nullptr) <= level;
    };
    for (std::size_t i = 0; i < loose.size(); ++i) {
        const Feature& a = features[loose[i]];
        for (std::size_t j = i + 1; j < loose.size(); ++j) {
            const Feature& b = features[loose[j]];
            auto failed = both(a.failed, b.failed), passed = both(a.passed, b.passed);
            // The second line has to add something.
            if (passed.size() * 2 > std::min(a.passed.size(), b.passed.size()) || !worth(failed, passed)) continue;
            const double p = log_p(failed, passed, nullptr);
            add({loose[i], loose[j]}, std::move(failed), std::move(passed), p);
        }
        for (std::size_t at = 1; at < kAttributes; ++at) {
            std::map<std::uint32_t, std::pair<std::vector<std::uint32_t>, std::vector<std::uint32_t>>> by;
            for (const std::uint32_t b : a.failed) by[runs_.builds().all[b].value[at]].first.push_back(b);
            for (const std::uint32_t b : a.passed) by[runs_.builds().all[b].value[at]].second.push_back(b);
            for (auto& [value, lists] : by) {
                if (value == 0 || !worth(lists.first, lists.second)) continue;
                const double p = log_p(lists.first, lists.second, nullptr);
                add({loose[i]}, lists.first, lists.second, p);
                good.back().cause.has_filter = true;
                good.back().cause.filter = static_cast<Attribute>(at);
                good.back().cause.filter_value = value;
            }
        }
    }
    std::stable_sort(good.begin(), good.end(),
                     [](const Candidate& a, const Candidate& b) { return a.cause.log_p < b.cause.log_p; });
    if (good.size() > kMostGood) good.resize(kMostGood);
}

}  // namespace gatesim::correlate
