#include "correlate/causes.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "correlate/candidates.hpp"

namespace gatesim::correlate {

namespace {

constexpr double kSame = 0.9;        ///< shared part of two sets of builds (Jaccard) that are taken for one
constexpr double kInside = 0.95;     ///< part of a set that has to lie in another to be its part
constexpr double kSmaller = 0.8;     ///< a part is at most so large
constexpr double kExplained = 0.75;  ///< of a symptom's builds by parts: then it is shared
constexpr double kNew = 0.5;         ///< of a cause's builds that none before explains

class Search {
public:
    Search(const Runs& runs, const Candidates& candidates, const Rules& rules)
        : runs_(runs), rules_(rules), candidates_(candidates), own_bits_(candidates.failed_builds()) {
        std::vector<std::uint32_t> own;
        for (std::uint32_t i = 0; i < runs.own().size(); ++i)
            if (runs.own()[i]) own.push_back(i);
        own_bits_ = candidates.bits_of(own);
    }

    Found run() {
        Found out;
        std::vector<Candidate> left;
        for (const Candidate& one : candidates_.good) {
            Candidate copy = one;
            if (is_own(copy)) ++out.own;
            else left.push_back(std::move(copy));
        }
        left = merge_alike(std::move(left));
        left = without_markers(std::move(left), out);
        left = without_shared(std::move(left), out);
        cover(std::move(left), out);
        return out;
    }

private:
    Hits hits_of(const std::vector<std::uint32_t>& builds) const {
        Hits out(runs_.builds().all.size(), false);
        for (const std::uint32_t b : builds) out[b] = true;
        return out;
    }

    /// The author's: it comes again with the change; or it is as common in failures that did as in others.
    bool is_own(Candidate& one) {
        Cause& cause = one.cause;
        const Hits hits = hits_of(cause.failed);
        cause.evidence = evidence(runs_, cause.failed, hits);
        if (cause.evidence.changes < 2) return true;
        const Together with = together(runs_, cause.failed, hits);
        if (with.first != 0 && with.log_p < std::log(1e-4)) return false;
        if (cause.evidence.is_own || cause.evidence.changes < rules_.least_hits) return true;
        return in_own_failures(cause, hits);
    }

    bool in_own_failures(const Cause& cause, const Hits& hits) const {
        std::set<std::uint32_t> jobs;
        for (const std::uint32_t b : cause.failed) jobs.insert(runs_.job(b));
        std::size_t own = 0, others = 0, own_hits = 0;
        for (const std::uint32_t job : jobs)
            for (const std::uint32_t b : runs_.of_job(job)) {
                if (runs_.builds().all[b].result != Result::failed || !runs_.builds().all[b].has_log) continue;
                const bool is_own = runs_.own()[b];
                (is_own ? own : others) += 1;
                // Where others' runs around show it as well, it is not this change's.
                if (is_own && hits[b] && runs_.nearby(b, [&](std::uint32_t o) { return hits[o]; }) < 0.25) ++own_hits;
            }
        if (own == 0 || own_hits < 2) return false;
        const double rate = static_cast<double>(own_hits) / static_cast<double>(own);
        const double other_rate = static_cast<double>(cause.failed.size() - own_hits) / std::max<double>(1, static_cast<double>(others));
        return rate >= 0.35 * other_rate || own_hits * 7 >= cause.failed.size();
    }

    static bool is_part(const Candidate& part, const Candidate& whole) {
        return static_cast<double>(part.size) <= kSmaller * static_cast<double>(whole.size) &&
               static_cast<double>(part.bits.common(whole.bits)) >= kInside * static_cast<double>(part.size);
    }

    /// Lines of nearly the same builds speak of one thing: the one that shows in most builds stands for all.
    std::vector<Candidate> merge_alike(std::vector<Candidate> list) const {
        std::stable_sort(list.begin(), list.end(), [](const Candidate& a, const Candidate& b) {
            return a.cause.features.size() != b.cause.features.size() ? a.cause.features.size() < b.cause.features.size()
                                                                      : a.size > b.size;
        });
        std::vector<Candidate> out;
        for (Candidate& one : list) {
            Candidate* same = nullptr;
            for (Candidate& other : out) {
                const double common = static_cast<double>(one.bits.common(other.bits));
                if (common >= kSame * (static_cast<double>(one.size + other.size) - common)) {
                    same = &other;
                    break;
                }
            }
            if (!same) {
                out.push_back(std::move(one));
            } else if (one.cause.features.size() == 1 && !one.cause.has_filter) {
                same->cause.alike.push_back(one.cause.features[0]);
                same->cause.alike.insert(same->cause.alike.end(), one.cause.alike.begin(), one.cause.alike.end());
            }
        }
        return out;
    }

    /// "Build failed" is no cause: it stands in nearly all failed builds of its jobs, and others say more exactly why.
    std::vector<Candidate> without_markers(std::vector<Candidate> list, Found& found) const {
        std::vector<Candidate> out;
        for (Candidate& one : list) {
            std::set<std::uint32_t> jobs;
            for (const std::uint32_t b : one.cause.failed) jobs.insert(runs_.job(b));
            std::size_t failed = 0;
            for (const std::uint32_t job : jobs)
                for (const std::uint32_t b : runs_.of_job(job))
                    failed += runs_.builds().all[b].result == Result::failed && runs_.builds().all[b].has_log;
            const bool everywhere = failed >= 10 && static_cast<double>(one.size) >= 0.9 * static_cast<double>(failed);
            bool has_parts = false;
            for (const Candidate& other : list)
                has_parts = has_parts || (is_part(other, one) && static_cast<double>(other.size) >= 0.1 * static_cast<double>(one.size));
            if (everywhere && (has_parts || !one.cause.evidence.cleared)) ++found.shared;
            else out.push_back(std::move(one));
        }
        return out;
    }

    /// A symptom that several causes share is none of them: two or more parts that hardly overlap make up most of it,
    /// and what they leave is too little, or the author's.
    std::vector<Candidate> without_shared(std::vector<Candidate> list, Found& found) const {
        std::stable_sort(list.begin(), list.end(), [](const Candidate& a, const Candidate& b) { return a.size < b.size; });
        std::vector<Candidate> out;
        for (Candidate& one : list) {
            Bits explained(candidates_.failed_builds());
            std::size_t parts = 0;
            for (auto part = out.rbegin(); part != out.rend(); ++part) {
                if (!is_part(*part, one)) continue;
                if (static_cast<double>(part->bits.common(explained)) > 0.05 * static_cast<double>(part->size)) continue;
                explained.add(part->bits);
                ++parts;
            }
            if (parts > 0 && is_shared(one, explained, parts)) ++found.shared;
            else out.push_back(std::move(one));
        }
        return out;
    }

    bool is_shared(const Candidate& one, const Bits& explained, std::size_t parts) const {
        const std::size_t common = one.bits.common(explained);
        if (parts >= 2 && static_cast<double>(common) >= kExplained * static_cast<double>(one.size)) return true;
        Bits rest = one.bits;
        rest.remove(explained);
        std::vector<std::uint32_t> builds;
        for (const std::uint32_t b : one.cause.failed)
            if (one_of(rest, b)) builds.push_back(b);
        if (changes_of(runs_.builds(), builds) < rules_.least_hits) return parts >= 2;
        return evidence(runs_, builds, hits_of(builds)).is_own;
    }

    bool one_of(const Bits& bits, std::uint32_t build) const {
        return candidates_.bits_of({build}).common(bits) == 1;
    }

    /// Greedy: the one that explains most failures that none before explains.
    void cover(std::vector<Candidate> list, Found& found) const {
        Bits covered(candidates_.failed_builds());
        std::vector<bool> used(list.size(), false);
        while (true) {
            std::size_t best = list.size(), most = 0;
            for (std::size_t i = 0; i < list.size(); ++i) {
                if (used[i]) continue;
                const std::size_t fresh = list[i].size - list[i].bits.common(covered);
                if (static_cast<double>(fresh) < kNew * static_cast<double>(list[i].size) || fresh < rules_.least_hits) continue;
                if (best == list.size() || fresh > most ||
                    (fresh == most && list[i].cause.features.size() < list[best].cause.features.size()))
                    best = i, most = fresh;
            }
            if (best == list.size()) break;
            used[best] = true;
            covered.add(list[best].bits);
            found.causes.push_back(list[best].cause);
        }
    }

    const Runs& runs_;
    Rules rules_;
    const Candidates& candidates_;
    Bits own_bits_;
};

}  // namespace

Found find_causes(const Runs& runs, const std::vector<Feature>& features, const Rules& rules) {
    const Candidates candidates(runs, features, rules);
    Found out = Search(runs, candidates, rules).run();
    out.weight = candidates.weight;
    out.tested = candidates.tested;
    out.associated = candidates.associated;
    for (Cause& cause : out.causes) {
        Hits hits(runs.builds().all.size(), false);
        for (const std::uint32_t b : cause.failed) hits[b] = true;
        cause.factor = find_factor(runs, cause.failed, hits);
    }
    // On a build the most exact is tried first.
    std::stable_sort(out.causes.begin(), out.causes.end(),
                     [](const Cause& a, const Cause& b) { return a.failed.size() < b.failed.size(); });
    return out;
}

}  // namespace gatesim::correlate
