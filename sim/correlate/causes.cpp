#include "correlate/causes.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "correlate/authors.hpp"

namespace gatesim::correlate {

namespace {

constexpr double kSame = 0.9;        ///< shared part of two sets of builds (Jaccard) that are taken for one
constexpr double kInside = 0.95;     ///< part of a set that has to lie in another to be its part
constexpr double kSmaller = 0.97;    ///< a part is at most so large
constexpr double kExplained = 0.75;  ///< of a symptom's builds by parts: then it is shared
constexpr double kNew = 0.5;         ///< of a cause's builds that none before explains

class Search {
public:
    Search(const Runs& runs, const std::vector<Feature>& features, const Candidates& candidates, const Rules& rules)
        : runs_(runs), features_(features), rules_(rules), candidates_(candidates) {}

    Found run() {
        Found out;
        std::vector<Candidate> left = without_authors(runs_, features_, candidates_, rules_);
        out.own = candidates_.good.size() - left.size();
        left = without_markers(std::move(left), out);
        left = without_shared(std::move(left), out);
        left = merge_alike(std::move(left));
        cover(std::move(left), out);
        return out;
    }

private:
    static bool is_part(const Candidate& part, const Candidate& whole) {
        return static_cast<double>(part.size) <= kSmaller * static_cast<double>(whole.size) &&
               static_cast<double>(part.bits.common(whole.bits)) >= kInside * static_cast<double>(part.size);
    }

    /// The same line with another word in it.
    bool is_variant(const Candidate& part, const Candidate& whole) const {
        const Feature &a = features_[part.cause.features[0]], &b = features_[whole.cause.features[0]];
        return a.layer == b.layer && a.part_of == b.part_of;
    }

    /// Lines of nearly the same builds speak of one thing: the one that shows in most builds stands for all.
    std::vector<Candidate> merge_alike(std::vector<Candidate> list) const {
        std::stable_sort(list.begin(), list.end(), [](const Candidate& a, const Candidate& b) {
            return a.cause.features.size() != b.cause.features.size()
                       ? a.cause.features.size() < b.cause.features.size()
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

    void drop_variants(std::vector<Candidate>& list, const std::set<std::uint32_t>& templates) const {
        std::erase_if(list, [&](const Candidate& one) {
            const Feature& f = features_[one.cause.features[0]];
            return !f.is_template && templates.count(f.part_of) != 0;
        });
    }

    /// "Build failed" is no cause: it stands in nearly all failed builds of its jobs, and others say more exactly why.
    std::vector<Candidate> without_markers(std::vector<Candidate> list, Found& found) const {
        std::vector<Candidate> out;
        std::set<std::uint32_t> markers;
        for (Candidate& one : list) {
            std::set<std::uint32_t> jobs;
            for (const std::uint32_t b : one.cause.failed) jobs.insert(runs_.job(b));
            std::size_t failed = 0;
            for (const std::uint32_t job : jobs)
                for (const std::uint32_t b : runs_.of_job(job)) failed += candidates_.is_open(b);
            const bool everywhere = failed >= 10 && static_cast<double>(one.size) >= 0.9 * static_cast<double>(failed);
            bool has_parts = false;
            for (const Candidate& other : list)
                has_parts = has_parts || (is_part(other, one) &&
                                          static_cast<double>(other.size) >= 0.1 * static_cast<double>(one.size));
            const bool known = one.is_few || one.cause.has_filter || one.cause.evidence.cleared ||
                               !find_factor(runs_, one.cause.failed, hits_of(runs_, one.cause.failed)).name.empty();
            if (everywhere && (has_parts || !known)) {
                ++found.shared;
                if (const Feature& f = features_[one.cause.features[0]]; f.is_template) markers.insert(f.part_of);
            } else {
                out.push_back(std::move(one));
            }
        }
        drop_variants(out, markers);
        return out;
    }

    /// A symptom that several causes share is none of them: two or more parts that hardly overlap make up most of it,
    /// and what they leave is too little, or the author's.
    std::vector<Candidate> without_shared(std::vector<Candidate> list, Found& found) const {
        std::stable_sort(list.begin(), list.end(),
                         [](const Candidate& a, const Candidate& b) { return a.size < b.size; });
        std::vector<Candidate> out;
        std::set<std::uint32_t> shared_templates;
        for (Candidate& one : list) {
            Bits explained(candidates_.failed_builds());
            std::size_t parts = 0;
            for (auto part = out.rbegin(); part != out.rend(); ++part) {
                if (!is_part(*part, one) || is_variant(*part, one)) continue;
                if (static_cast<double>(part->bits.common(explained)) > 0.05 * static_cast<double>(part->size))
                    continue;
                explained.add(part->bits);
                ++parts;
            }
            if (parts > 0 && is_shared(one, explained, parts)) {
                ++found.shared;
                const Feature& f = features_[one.cause.features[0]];
                if (f.is_template) shared_templates.insert(f.part_of);
            } else {
                out.push_back(std::move(one));
            }
        }
        drop_variants(out, shared_templates);
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
        if (has_line_of_its_own(builds, one)) return true;
        return evidence(runs_, builds, hits_of(runs_, builds)).is_own;
    }

    /// Whether a line of another kind, too rare to be sure of by itself, stands in just those builds of a symptom that
    /// its parts leave: then they have a cause of their own, too.
    bool has_line_of_its_own(const std::vector<std::uint32_t>& rest, const Candidate& symptom) const {
        const std::uint32_t kind = features_[symptom.cause.features[0]].part_of;
        return std::any_of(features_.begin(), features_.end(), [&](const Feature& f) {
            if (f.part_of == kind || !f.passed.empty() || f.failed.size() * 10 > rest.size() * 11) return false;
            const std::size_t common =
                static_cast<std::size_t>(std::count_if(f.failed.begin(), f.failed.end(), [&](std::uint32_t b) {
                    return std::binary_search(rest.begin(), rest.end(), b);
                }));
            return common * 10 >= rest.size() * 8 && common * 10 >= f.failed.size() * 9;
        });
    }

    bool one_of(const Bits& bits, std::uint32_t build) const { return candidates_.bits_of({build}).common(bits) == 1; }

    /// Greedy: the one that explains most failures that none before explains.
    void cover(std::vector<Candidate> list, Found& found) const {
        Bits covered(candidates_.failed_builds());
        std::vector<bool> used(list.size(), false);
        while (true) {
            std::size_t best = list.size(), most = 0;
            for (std::size_t i = 0; i < list.size(); ++i) {
                if (used[i]) continue;
                const std::size_t fresh = list[i].size - list[i].bits.common(covered);
                if (static_cast<double>(fresh) < kNew * static_cast<double>(list[i].size) || fresh < rules_.least_hits)
                    continue;
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
    const std::vector<Feature>& features_;
    Rules rules_;
    const Candidates& candidates_;
};

}  // namespace

namespace {

/// The features as they are without the failed builds that are explained; those that too few others show are empty.
std::vector<Feature> without(const std::vector<Feature>& features, const Hits& explained, const Rules& rules) {
    std::vector<Feature> out(features.size());
    for (std::size_t i = 0; i < features.size(); ++i) {
        const Feature& f = features[i];
        std::vector<std::uint32_t> left;
        for (const std::uint32_t b : f.failed)
            if (!explained[b]) left.push_back(b);
        out[i].layer = f.layer, out[i].is_template = f.is_template, out[i].part_of = f.part_of;
        out[i].everywhere = f.everywhere || left.size() < rules.least_hits;
        if (out[i].everywhere) continue;
        out[i].shape = f.shape;
        out[i].failed = std::move(left);
        out[i].passed = f.passed;
    }
    return out;
}

}  // namespace

Found find_causes(const Runs& runs, const std::vector<Feature>& features, const Rules& rules) {
    constexpr int kRounds = 3;
    Found out;
    Hits explained(runs.builds().all.size(), false);
    for (int round = 0; round < kRounds; ++round) {
        // What is explained is no longer in the way: among fewer failures of other kinds, rarer ones stand out.
        Rules how = rules;
        if (round > 0) how.false_share /= 2;
        const std::vector<Feature> left = round == 0 ? std::vector<Feature>{} : without(features, explained, rules);
        const std::vector<Feature>& now = round == 0 ? features : left;
        const Candidates candidates(runs, now, how, explained);
        Found found = Search(runs, now, candidates, how).run();
        if (round == 0) {
            out.weight = candidates.weight;
            out.tested = candidates.tested;
            out.associated = candidates.associated;
            out.own = found.own, out.shared = found.shared;
        }
        if (found.causes.empty()) break;
        for (Cause& cause : found.causes) {
            Hits hits(runs.builds().all.size(), false);
            for (const std::uint32_t b : cause.failed) hits[b] = explained[b] = true;
            cause.factor = find_factor(runs, cause.failed, hits);
            out.causes.push_back(std::move(cause));
        }
    }
    // On a build the most exact is tried first.
    std::stable_sort(out.causes.begin(), out.causes.end(),
                     [](const Cause& a, const Cause& b) { return a.failed.size() < b.failed.size(); });
    return out;
}

}  // namespace gatesim::correlate
