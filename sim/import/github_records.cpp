#include "import/github_records.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <unordered_map>

#include "import/consistent.hpp"
#include "import/gather.hpp"
#include "import/github_groups.hpp"
#include "import/github_stays.hpp"
#include "import/github_timelines.hpp"

namespace gatesim::import::github {

namespace {

/// Each event once.
void drop_repeated(std::vector<Event>& events, Intake& intake) {
    const auto name = [](const Event& e) { return std::tie(e.project, e.pull, e.kind, e.at, e.of_group); };
    std::stable_sort(events.begin(), events.end(), [&](const Event& a, const Event& b) { return name(a) < name(b); });
    const auto end =
        std::unique(events.begin(), events.end(), [&](const Event& a, const Event& b) { return name(a) == name(b); });
    intake.repeated(static_cast<std::uint64_t>(events.end() - end));
    events.erase(end, events.end());
}

void drop_repeated(std::vector<Fate>& fates, Intake& intake) {
    const auto name = [](const Fate& f) { return std::tie(f.project, f.ref, f.sha, f.kind, f.at); };
    std::sort(fates.begin(), fates.end(), [&](const Fate& a, const Fate& b) { return name(a) < name(b); });
    const auto end =
        std::unique(fates.begin(), fates.end(), [&](const Fate& a, const Fate& b) { return name(a) == name(b); });
    const auto gone = static_cast<std::uint64_t>(fates.end() - end);
    intake.repeated(gone);
    intake.used -= gone;
    fates.erase(end, fates.end());
}

/// What became of a group is what became of its pull request.
void add_ends_of_groups(Rows& rows) {
    for (const Fate& fate : rows.fates) {
        const bool merged = fate.kind == Fate::Kind::merged;
        if (fate.at == kNever || (!merged && fate.kind != Fate::Kind::dequeued)) continue;
        Event event;
        event.kind = merged ? Event::Kind::merged : Event::Kind::removed;
        event.pull = rows.refs[fate.ref].pull;
        event.at = fate.at;
        event.project = fate.project;
        event.branch = rows.refs[fate.ref].branch;
        event.by_bot = event.of_group = true;
        rows.events.push_back(event);
    }
}

class Filler {
public:
    Filler(Rows& rows, Records& records, Intake& intake)
        : rows_(rows), records_(records), intake_(intake), groups_(rows) {}

    void fill() {
        find_pulls(rows_, groups_);
        drop_repeated(rows_.events, intake_);
        drop_repeated(rows_.fates, intake_);
        add_ends_of_groups(rows_);
        stays_ = stays_of(rows_, groups_, intake_);
        find_members();
        number_states();
        fill_entries();
        records_.runs.reserve(rows_.jobs.size() + rows_.workflow_runs.size());
        std::size_t at = 0;
        for (Consume rest(rows_.jobs); rest.more();) add(rest.next(), groups_.jobs[at++]);
        std::uint64_t whole = 0;
        for (std::size_t i = 0; i < rows_.workflow_runs.size(); ++i) whole += add_whole(i);
        if (whole > 0)
            intake_.warnings.push_back(
                fmt::format("{} of which no jobs are there: it counts as one job",
                            whole == 1 ? "1 workflow run" : fmt::format("{} workflow runs", whole)));
        if (rows_.cut_checks > 0)
            intake_.warnings.push_back(
                fmt::format("{} of the queue with 100 checks, which is a page: more of them may be missing",
                            rows_.cut_checks == 1 ? "1 entry" : fmt::format("{} entries", rows_.cut_checks)));
        if (const std::size_t read = run_ids_.size(); read < rows_.most_workflow_runs)
            intake_.warnings.push_back(
                fmt::format("{} of {} workflow runs are here: a page is missing", read, rows_.most_workflow_runs));
    }

private:
    Texts::Id text(Texts::Id id) { return records_.texts.of(rows_.texts[id]); }

    /// A group stands on the one whose head is its base, as long as that has not landed.
    void find_members() {
        std::unordered_map<std::uint32_t, std::uint32_t> by_head;
        for (std::uint32_t i = 0; i < groups_.list.size(); ++i)
            if (groups_.list[i].head != 0) by_head[groups_.list[i].head] = i;
        for (Group& group : groups_.list) {
            std::vector<std::uint32_t> members;
            for (const Group* at = &group; members.size() < 1000;) {
                if (at->stay == kNone || std::count(members.begin(), members.end(), at->stay) > 0) break;
                members.push_back(at->stay);
                const auto ahead = by_head.find(at->base);
                if (at->base == 0 || ahead == by_head.end()) break;
                const std::uint32_t stay = groups_.list[ahead->second].stay;
                if (stay != kNone && stays_[stay].left != kNever && stays_[stay].left <= group.created) break;
                at = &groups_.list[ahead->second];
            }
            std::reverse(members.begin(), members.end());
            if (members.size() > 1) group.members = std::move(members);
        }
    }
    /// States in the order of their names, which does not depend on that of the input.
    void number_states() {
        std::vector<std::uint32_t> hashes(rows_.shas.size());
        std::iota(hashes.begin(), hashes.end(), 0u);
        std::sort(hashes.begin(), hashes.end(),
                  [&](std::uint32_t a, std::uint32_t b) { return rows_.shas[a] < rows_.shas[b]; });
        states_.resize(hashes.size());
        for (std::uint32_t i = 0; i < hashes.size(); ++i) states_[hashes[i]] = i;
    }
    void fill_entries() {
        const Texts::Id branch = only_branch();
        for (const Stay& stay : stays_) {
            Entry e;
            e.change = records_.texts.of(stay.pull > kNoNumber ? fmt::format("timeline {}", stay.pull - kNoNumber)
                                                               : std::to_string(stay.pull));
            e.project = text(stay.project);
            e.branch = text(stay.branch == 0 ? branch : stay.branch);
            e.author = text(stay.author);
            e.enqueued = stay.enqueued;
            e.left = stay.left;
            e.left_lo = stay.left_lo;
            e.left_hi = stay.left_hi;
            e.outcome = stay.outcome;
            e.cause = stay.cause;
            e.jumps = stay.jumps;
            e.solo = stay.solo;
            records_.entries.push_back(e);
        }
    }
    /// The branch of all groups; 0 if there are several.
    Texts::Id only_branch() const {
        std::set<Texts::Id> branches;
        for (const Group& group : groups_.list)
            if (group.branch != 0) branches.insert(group.branch);
        return branches.size() == 1 ? *branches.begin() : 0;
    }

    /// What jobs and workflow runs have in common.
    Run run_of(const Ran& ran, RunResult result, std::uint16_t attempt) {
        Run run;
        run.group = ran.group;
        run.attempt = attempt;
        run.result = result;
        if (ran.state != 0) run.state = states_[ran.state];
        if (ran.group == kNone) return run;
        const Group& group = groups_.list[ran.group];
        if (group.base != 0) run.base = records_.texts.of(fmt::format("b{}", states_[group.base]));
        run.entry = group.stay;
        run.members = group.members;
        return run;
    }
    /// A run that was cancelled because nobody needed it any more.
    void see_if_superseded(Run& run) {
        if (run.result != RunResult::cancelled || run.entry == kNone) return;
        const Stay& stay = stays_[run.entry];
        const bool gone =
            stay.end_seen && stay.outcome != Left::landed && run.ended != kNever && run.ended >= stay.left - kMinute;
        if (gone || replaced(run.group)) run.result = RunResult::superseded;
    }
    /// Whether a later group was for the same stay: GitHub replaced the ref, and stopped what ran for it.
    bool replaced(std::uint32_t at) {
        const std::uint32_t stay = groups_.list[at].stay;
        if (last_group_.empty()) {
            last_group_.resize(stays_.size(), kNone);
            for (std::uint32_t i = 0; i < groups_.list.size(); ++i)
                if (groups_.list[i].stay != kNone) last_group_[groups_.list[i].stay] = i;
        }
        return groups_.list[at].invalidated || (stay != kNone && last_group_[stay] != at);
    }
    /// Moves `when` to `earliest` if it is a little before it. False: it is long before it.
    bool repair(Moment& when, Moment earliest) {
        if (when == kNever || earliest == kNever || when >= earliest) return true;
        if (earliest - when > kClockSkew) return false;
        when = earliest;
        ++intake_.clocks_repaired;
        return true;
    }
    void add(const Job& job, const Ran& ran) {
        Run run = run_of(ran, job.result, job.attempt);
        run.job = text(job.name);
        run.label = text(job.label);
        run.runner = text(job.runner);
        run.created = run.queued = job.created;
        run.started = job.started;
        run.ended = job.ended;
        const Moment began = groups_.attempt_began(job.workflow_run, job.attempt);
        if (job.attempt > 1 && run.started != kNever && began != kNever && run.started < began - kClockSkew)
            return intake_.drop("inherited from an earlier attempt");
        if (!repair(run.started, run.created))
            return intake_.drop(job.attempt > 1 ? "inherited from an earlier attempt"
                                                : "started before it was created");
        if (!repair(run.ended, run.started)) return intake_.drop("ended before it started");
        see_if_superseded(run);
        ++intake_.used;
        records_.runs.push_back(std::move(run));
    }
    /// A workflow run as one job, if no jobs of it are known. Whether it was.
    bool add_whole(std::size_t i) {
        const WorkflowRun& whole = rows_.workflow_runs[i];
        run_ids_.insert(whole.id);
        ++intake_.used;
        if (groups_.has_jobs[i]) return false;
        const bool for_queue = groups_.workflow_runs[i].group != kNone;
        if (!for_queue) {
            --intake_.used;
            intake_.drop("workflow run of another event, without jobs");
            return false;
        }
        Run run = run_of(groups_.workflow_runs[i], whole.result, whole.attempt);
        run.job = text(whole.name == 0 ? rows_.texts.of("workflow") : whole.name);
        run.created = run.queued = run.started = whole.started;
        run.ended = whole.stage == Stage::ended ? whole.updated : kNever;
        if (run.result == RunResult::skipped) run.started = run.ended = kNever;
        if (!repair(run.ended, run.started)) run.ended = kNever;
        see_if_superseded(run);
        records_.runs.push_back(std::move(run));
        return true;
    }

    Rows& rows_;
    Records& records_;
    Intake& intake_;
    Groups groups_;
    std::vector<Stay> stays_;
    std::vector<std::uint32_t> last_group_;  ///< of each stay
    std::vector<std::uint32_t> states_;      ///< by hash
    std::set<std::uint64_t> run_ids_;
};

}  // namespace

void fill_records(Rows& rows, Records& records, Intake& intake) {
    Filler(rows, records, intake).fill();
}

}  // namespace gatesim::import::github
