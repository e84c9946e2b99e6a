#include "correlate/authors.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace gatesim::correlate {

namespace {

constexpr double kExplains = 0.5;  ///< of the failures on top of a change

class Authors {
public:
    Authors(const Runs& runs, const std::vector<Feature>& features, const Candidates& candidates, const Rules& rules)
        : runs_(runs), features_(features), rules_(rules), candidates_(candidates) {
        for (const Feature& f : features)
            if (f.is_template) templates_[f.part_of] = &f;
    }

    /// Templates first: what is an author's in general is so with any word in it.
    std::vector<Candidate> others() {
        std::vector<Candidate> out;
        for (const bool templates : {true, false})
            for (const Candidate& one : candidates_.good) {
                const Feature& f = features_[one.cause.features[0]];
                if (f.is_template != templates) continue;
                Candidate copy = one;
                if (!is_own(copy)) {
                    out.push_back(std::move(copy));
                    continue;
                }
                if (!templates) continue;
                if (copy.cause.evidence.changes >= 2 && !copy.is_few)
                    own_templates_[f.part_of] = hits_of(runs_, f.failed);
                if (copy.cause.evidence.carried != 0) brought_[f.part_of] = copy.cause.evidence.carried;
            }
        return out;
    }

private:
    /// The author's: it comes again with the change; or it is as common in failures that did as in others.
    bool is_own(Candidate& one) {
        Cause& cause = one.cause;
        const Hits hits = hits_of(runs_, cause.failed);
        cause.evidence = evidence(runs_, cause.failed, hits);
        if (cause.evidence.changes < 2 || cause.evidence.carried != 0 || is_brought(cause)) return true;
        const Together with = together(runs_, cause.failed, hits);
        // Of few changes: only if they are bad together, or on top of another one that is not so by itself.
        // What only some of the failures on top of it show may be noise in failures of another kind.
        if (one.is_few)
            return with.second != 0 ? with.log_p_either > candidates_.few_level
                                    : with.log_p > candidates_.few_level || with.share < kExplains;
        if (with.first != 0 && with.log_p < std::log(1e-4)) return false;
        if (cause.evidence.is_own || cause.evidence.changes < rules_.least_hits) return true;
        const auto whole = own_templates_.find(features_[cause.features[0]].part_of);
        if (whole != own_templates_.end()) {
            cause.evidence = evidence(runs_, cause.failed, whole->second);
            if (!cause.evidence.cleared || cause.evidence.carried != 0) return true;
        }
        return in_own_failures(cause, hits);
    }

    /// Whether one change brought it into all of these builds, by what the whole template shows.
    bool is_brought(const Cause& cause) const {
        const auto change = brought_.find(features_[cause.features[0]].part_of);
        if (change == brought_.end()) return false;
        const auto carrying = std::count_if(cause.failed.begin(), cause.failed.end(),
                                            [&](std::uint32_t b) { return runs_.carries(b, change->second); });
        return static_cast<std::size_t>(carrying) * 10 >= cause.failed.size() * 9;
    }

    bool in_own_failures(const Cause& cause, const Hits& hits) const {
        using Group = std::pair<std::uint32_t, std::uint32_t>;  // a job on a change: what comes again counts once
        std::set<std::uint32_t> jobs, own_changes;
        std::set<Group> own, others, own_hits, other_hits;
        // What comes again may have another word in it.
        const auto whole = templates_.find(features_[cause.features[0]].part_of);
        const Hits wide = whole == templates_.end() ? hits : hits_of(runs_, whole->second->failed);
        for (const std::uint32_t b : cause.failed) jobs.insert(runs_.job(b));
        for (const std::uint32_t job : jobs)
            for (const std::uint32_t b : runs_.of_job(job)) {
                const Build& build = runs_.builds().all[b];
                if (build.result != Result::failed || !build.has_log) continue;
                const Group group{job, build.change == 0 ? kNone - b : build.change};
                (runs_.own()[b] ? own : others).insert(group);
                if (!hits[b]) continue;
                // Only what came again; and where others' runs around show it as well, it is not this change's.
                const std::vector<std::uint32_t> again = runs_.again(b);
                const bool is_own = runs_.own()[b] &&
                                    std::any_of(again.begin(), again.end(), [&](std::uint32_t o) { return wide[o]; }) &&
                                    runs_.nearby(b, [&](std::uint32_t o) { return hits[o]; }) < 0.25;
                (is_own ? own_hits : other_hits).insert(group);
                if (is_own) own_changes.insert(build.change);
            }
        if (own_changes.size() < 2) return false;
        const double rate = static_cast<double>(own_hits.size()) / static_cast<double>(own.size());
        const double other_rate =
            static_cast<double>(other_hits.size()) / std::max<double>(1, static_cast<double>(others.size()));
        return rate >= 0.35 * other_rate || own_hits.size() * 6 >= own_hits.size() + other_hits.size();
    }

    const Runs& runs_;
    const std::vector<Feature>& features_;
    Rules rules_;
    const Candidates& candidates_;
    std::map<std::uint32_t, const Feature*> templates_;
    std::map<std::uint32_t, std::uint32_t> brought_;  ///< templates that one change brings, and the change
    std::map<std::uint32_t, Hits> own_templates_;  ///< templates that are the author's, and the builds that show them
};

}  // namespace

Hits hits_of(const Runs& runs, const std::vector<std::uint32_t>& builds) {
    Hits out(runs.builds().all.size(), false);
    for (const std::uint32_t b : builds) out[b] = true;
    return out;
}

std::vector<Candidate> without_authors(const Runs& runs, const std::vector<Feature>& features,
                                       const Candidates& candidates, const Rules& rules) {
    return Authors(runs, features, candidates, rules).others();
}

}  // namespace gatesim::correlate
