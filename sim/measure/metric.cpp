#include "measure/metric.hpp"

#include <algorithm>

namespace gatesim {

namespace {

struct Family {
    const char* name;
    const char* unit;
    const char* brief;
    const char* population;
    const char* formula;
    Direction direction;
    MetricLevel level;
    bool is_time = false;
    bool rare_count = false;
};

constexpr auto kLower = Direction::lower;
constexpr auto kHigher = Direction::higher;
constexpr auto kNeither = Direction::neither;
constexpr auto kHeadline = MetricLevel::headline;
constexpr auto kDetail = MetricLevel::detail;

// arrived = landed + ejected + withdrawn + in_flight holds at every instant: each change counts once, by its last
// outcome.
const Family kFamilies[] = {
    {"arrived", "changes", "asked to land", "changes that asked to land",
     "number of changes with a first enqueue in a gate pipeline", kNeither, kHeadline},
    {"landed", "changes", "are on their branch", "arrived changes", "number whose last outcome is: on its branch",
     kHigher, kHeadline},
    {"ejected", "changes", "left for good, not landed", "arrived changes",
     "number whose last outcome is: left the gate without landing (a change that comes back is in flight again)",
     kLower, kHeadline},
    {"withdrawn", "changes", "given up by their authors", "arrived changes",
     "number whose last outcome is: given up by its author", kLower, kDetail},
    {"in_flight", "changes", "not decided at the end", "arrived changes",
     "number without an outcome when the replication ends: queued, or never let in. 0 unless the run was cut or the "
     "gate hangs",
     kLower, kHeadline},
    {"landed_per_day", "changes/day", "throughput in the period", "changes that landed within the period",
     "their number over the period's length (without a stated length: until the last event)", kHigher, kHeadline},
    {"landing_time_s", "s", "first enqueue to landing", "landed changes",
     "first enqueue to landing, ejections and returns included", kLower, kHeadline, true},
    {"gate_time_s", "s", "first enqueue to final exit", "arrived changes that have left for good, landed or not",
     "first enqueue to final exit, returns included", kLower, kHeadline, true},
    {"check_time_s", "s", "enqueue to report", "reports of independent pipelines", "enqueue to report", kLower, kDetail,
     true},
    {"node_wait_s", "s", "request to nodes ready", "node requests that were served, all pipelines",
     "request to nodes ready, boot included", kLower, kHeadline, true},
    {"builds", "builds", "started, all pipelines", "all pipelines", "number of builds that started", kLower, kHeadline},
    {"builds_per_landed", "builds", "price of a landing", "all pipelines",
     "builds / landed; undefined if nothing landed", kLower, kHeadline},
    {"builds_cancelled", "builds", "stopped before a result", "all pipelines",
     "number of started builds that were stopped before they had a result", kLower, kDetail},
    {"builds_saved", "builds", "a success was there", "all pipelines",
     "number of jobs for which a success on the very same state counted instead of a build", kHigher, kDetail},
    {"node_hours", "h", "nodes handed out", "all nodes of all pools",
     "sum over hand-outs of nodes x (release - hand-out); boot and clean-up included", kLower, kHeadline},
    {"node_hours_wasted", "h", "of them for nothing", "all nodes of all pools",
     "sum of the seven that follow: node_hours of hand-outs whose build was thrown away or stopped, ended without a "
     "result, was red through no fault of what it tested, or never started",
     kLower, kDetail},
    {"node_hours_reset", "h", "of them thrown away", "all nodes of all pools",
     "node_hours of hand-outs for tests that were thrown away because of somebody else's trouble (gate_resets)", kLower,
     kDetail},
    {"node_hours_removed", "h", "of them for who was removed", "all nodes of all pools",
     "node_hours of hand-outs for tests of changes that were taken out, or whose need left, before a verdict", kLower,
     kDetail},
    {"node_hours_superseded", "h", "of them not needed any more", "all nodes of all pools",
     "node_hours of hand-outs for tests of a patch set that a newer one replaced, and for tests whose verdict nobody "
     "needed any more",
     kLower, kDetail},
    {"node_hours_red", "h", "of them red for no fault", "all nodes of all pools",
     "node_hours of hand-outs whose build was red, or was cut off by a time limit, while nothing that it tested was at "
     "fault: a flake, a slow run, what others broke",
     kLower, kDetail},
    {"node_hours_outage", "h", "of them lost to outages", "all nodes of all pools",
     "node_hours of hand-outs whose build was red, or ended without a result, because the machines were in trouble",
     kLower, kDetail},
    {"node_hours_stopped", "h", "of them stopped early", "all nodes of all pools",
     "node_hours of hand-outs whose build was stopped because the verdict was known without it", kLower, kDetail},
    {"node_hours_idle", "h", "of them without a build", "all nodes of all pools",
     "node_hours of hand-outs that no build used, of tests that were not thrown away", kLower, kDetail},
    {"waste_share", "share", "node hours for nothing", "all nodes of all pools",
     "node_hours_wasted / node_hours; undefined without node hours", kLower, kHeadline},
    {"node_utilisation", "share", "of limited pools", "pools of limited size, within the period",
     "node time handed out / node time there was; undefined if every pool is unlimited", kNeither, kHeadline},
    {"gate_resets", "resets", "work thrown away", "gate pipelines",
     "number of times that changes had to start anew because of somebody else's trouble (a change that fails ahead, "
     "leaves, lands past the queue): all that one trouble throws away at one instant is one reset. Who leaves is not "
     "reset",
     kLower, kHeadline},
    {"builds_reset", "builds", "thrown away", "gate pipelines",
     "number of running or finished builds that resets threw away", kLower, kDetail},
    {"window_mean", "changes", "changes tested at once",
     "gate queues with a limited window, while a change is in them, within the period",
     "average of the window over time; undefined if every window is unlimited", kHigher, kDetail},
    {"queue_length_mean", "changes", "changes in the gate", "all gate queues together, within the period",
     "average over time of the changes in them", kLower, kHeadline},
    {"queue_length_max", "changes", "most at once", "all gate queues together",
     "largest number of changes in them at once", kLower, kDetail},
    {"ejections", "ejections", "returns counted again", "arrived changes",
     "number of times that one left a gate without landing and without being given up by its author; those that come "
     "back count again; sum of the eleven that follow",
     kLower, kDetail},
    {"ejections_own_defect", "ejections", "for a defect of its own", "ejections by failed jobs",
     "number where the change itself was broken", kLower, kDetail, false, true},
    {"ejections_clash", "ejections", "it breaks with another", "ejections by failed jobs",
     "number where it does not go together with a change ahead of it or landed, each fine alone", kLower, kDetail,
     false, true},
    {"ejections_others", "ejections", "for what others broke", "ejections by failed jobs",
     "number where others made the job red, ahead of it, with it in a batch or on the branch, and it has no part in "
     "that",
     kLower, kDetail, false, true},
    {"ejections_flake", "ejections", "for a flaky job", "ejections by failed jobs",
     "number where nothing was wrong and a job was flaky", kLower, kDetail, false, true},
    {"ejections_infrastructure", "ejections", "for the machines", "ejections by failed jobs",
     "number where the machines were in trouble, nodes could not be had, or a newer run of its concurrency group came",
     kLower, kDetail, false, true},
    {"ejections_time_limit", "ejections", "for a time limit", "ejections by failed jobs",
     "number where a build or all tests took longer than a limit allows", kLower, kDetail, false, true},
    {"ejections_conflict", "ejections", "could not be merged", "arrived changes",
     "number where it did not merge with what was ahead of it or landed", kLower, kDetail, false, true},
    {"ejections_dependency", "ejections", "for a change it needs", "arrived changes",
     "number where a change that it needs left without landing, or was refused", kLower, kDetail, false, true},
    {"ejections_by_hand", "ejections", "taken out by people", "arrived changes",
     "number where somebody took it out by hand or abandoned it", kLower, kDetail, false, true},
    {"ejections_new_patchset", "ejections", "replaced by a newer one", "arrived changes",
     "number where a newer patch set, or a newer change, took its place", kLower, kDetail, false, true},
    {"ejections_other", "ejections", "for anything else", "arrived changes",
     "number where the review system or its check refused it, it was reverted, or no job applies", kLower, kDetail,
     false, true},
    {"innocent_ejections", "ejections", "not the change's fault", "ejections by failed jobs",
     "number where no voting failure was the fault of the ejected change: flakes, infrastructure, timeouts, other "
     "people's defects (returns count again)",
     kLower, kHeadline, false, true},
    {"innocent_share", "share", "ejected, not at fault", "arrived changes, those at fault as well",
     "changes that were ejected at least once while no voting failure was their fault / arrived; each change counts "
     "once, however often it was ejected and whether or not it landed later; undefined if nothing arrived",
     kLower, kHeadline},
    {"innocents_landed", "changes", "of those, in the end", "the changes that innocent_share counts",
     "number of them whose last outcome is: on its branch", kHigher, kDetail},
    {"escaped_defects", "changes", "landed broken", "landed changes",
     "number that landed with a defect or a conflict with what had landed", kLower, kHeadline, false, true},
    {"main_green_share", "share", "time the branch is sound", "within the period",
     "share of the time in which no defect or conflict that had landed was left, neither reverted nor repaired",
     kHigher, kDetail},
    {"cost", "USD", "of nodes", "pools with a price",
     "node hours x price of the pool; in pools that live also hours up without a build x price_idle, and hours of "
     "boots x price_boot; undefined if no pool has a price",
     kLower, kHeadline},
};

// What people add. lead = author + review + check + gate, for each change to the microsecond: whom a change waits for
// at an instant says record/lives.hpp.
const Family kPeopleFamilies[] = {
    {"lead_time_s", "s", "first upload to landing", "landed changes that were uploaded in the replication",
     "first upload to landing, without time on the branch before a revert = author_time_s + review_time_s + "
     "check_wait_s + gate_wait_s",
     kLower, kHeadline, true},
    {"author_time_s", "s", "of it with the author", "as lead_time_s",
     "time in which a reader has asked for more, or the last verdict was red, and neither a new patch set nor a new "
     "try has answered; not while it stands in a gate",
     kLower, kDetail, true},
    {"review_time_s", "s", "of it in review", "as lead_time_s",
     "time in which its patch set waits for readers or is read, until it is approved; not while it is with its author "
     "or in a gate, nor while a check runs and nobody has been asked",
     kLower, kHeadline, true},
    {"check_wait_s", "s", "of it in check alone", "as lead_time_s",
     "time in which a check of it waits or runs, and nobody has been asked to read it, or it is approved", kLower,
     kDetail, true},
    {"gate_wait_s", "s", "of it at the gate", "as lead_time_s",
     "time in which it stands in a gate, or is approved and green and is not let in yet; all stays together", kLower,
     kDetail, true},
    {"patchsets_per_landed", "patch sets", "until it lands", "as lead_time_s",
     "number of the patch set that landed, averaged", kLower, kHeadline},
    {"verdicts_per_landed", "verdicts", "check and gate", "independent and dependent pipelines",
     "reports of them / landings; undefined if nothing landed", kLower, kHeadline},
    {"approvals_per_landed", "approvals", "price of a landing", "all patch sets",
     "approvals / landings; undefined if nothing landed", kLower, kDetail},
    {"rechecks", "rechecks", "asked for by people", "all patch sets",
     "number of times that somebody asked for the tests of the same patch set once more", kLower, kDetail},
    {"defects_found_in_review", "patch sets", "bad, found by readers", "patch sets with a defect",
     "number whose defect a reader found before any verdict did; each patch set counts once, where it is found first",
     kNeither, kDetail},
    {"defects_found_in_check", "patch sets", "bad, found by check", "patch sets with a defect",
     "number that a check failed for a defect of their own (or a conflict with what had landed) before anybody else "
     "found it",
     kNeither, kDetail},
    {"defects_found_in_gate", "patch sets", "bad, found by the gate", "patch sets with a defect",
     "number that the gate ejected for a defect of their own or a conflict with another change, before anybody else "
     "found it. What nobody finds lands: escaped_defects",
     kNeither, kDetail},
    {"reviewer_load", "h/day", "the busiest reader", "people who read, within the period",
     "hours from beginning to read to the vote, nights in between included, of the one who has most of them / days",
     kNeither, kDetail},
    {"review_queue_mean", "reviews", "asked for, not given", "reviews, within the period",
     "average over time of the reviews that somebody was asked for and has not given", kLower, kDetail},
};

// What freezes and pauses cost. A change is held while it waits for nothing but the thaw or the end of the pause.
const Family kHoldFamilies[] = {
    {"hours_frozen", "h", "only exempt ones land", "gate pipelines, within the period",
     "time in which they were frozen, summed over them; undefined where none ever is", kNeither, kHeadline},
    {"hours_paused", "h", "nothing starts or lands", "gate pipelines, within the period",
     "time in which they were paused, summed over them; undefined where none ever is", kNeither, kHeadline},
    {"changes_held", "changes", "a freeze kept them", "changes in a gate, within the period",
     "number of those that ever waited for nothing but a thaw or the end of a pause: they had passed, or were set "
     "aside "
     "or not started because of it",
     kLower, kHeadline},
    {"hours_held", "h", "how long, all together", "changes in a gate, within the period",
     "time in which they waited so, summed over the changes", kLower, kHeadline},
};

// What pools that live cost and do. Their nodes are up and handed out (node_hours), or up and unused.
const Family kLifeFamilies[] = {
    {"node_wait_over", "share", "requests that wait long", "node requests that were served, or wait at the end",
     "those that wait longer than defaults.long_node_wait (5 min) / all; without pools that live only where that is "
     "stated",
     kLower, kHeadline},
    {"node_hours_up", "h", "up, busy or not", "pools that live",
     "time from being up to stopping, summed over the nodes", kLower, kDetail},
    {"node_hours_unused", "h", "up, nobody has them", "pools that live",
     "node_hours_up without what is handed out (node_hours_idle is something else: handed out, and no build used it)",
     kLower, kHeadline},
    {"node_hours_boot", "h", "booting", "pools that live",
     "time from when the provider gave the machine to being up or given up, summed over the nodes", kLower, kDetail},
    {"boots", "nodes", "came up", "pools that live", "number of nodes that came up, without those of the beginning",
     kLower, kDetail},
    {"boots_unused", "nodes", "served nobody", "pools that live",
     "number of nodes that came up and left, or reached the end, without having been handed out", kLower, kHeadline},
    {"boots_failed", "nodes", "never came up", "pools that live",
     "number of nodes that were given up or killed before they were up", kLower, kDetail, false, true},
    {"nodes_killed_busy", "nodes", "ended under a build", "pools that live",
     "number of nodes that ended while a build ran on them, taken back by the provider or stopped by a rule that saw "
     "them idle",
     kLower, kDetail, false, true},
    {"nodes_preempted", "nodes", "taken back", "pools that live", "number of nodes that the provider took back", kLower,
     kDetail, false, true},
};

// Known where the branch has races.
const Family kRaceFamilies[] = {
    {"races_alive", "races", "on the branch, on average", "races, listed and born",
     "time average of the number that are there: born, and not ended", kLower, kHeadline},
    {"races_open", "races", "known, on average", "races that somebody noticed",
     "time average of the number that are noticed and not ended", kLower, kHeadline},
    {"race_births", "races", "came in", "races, listed and born", "number that came in", kLower, kDetail, false, true},
    {"races_noticed", "races", "somebody found out", "races, listed and born", "number that somebody noticed", kNeither,
     kDetail, false, true},
    {"races_ended", "races", "are gone", "races, listed and born",
     "number that ended: fixed, reverted, quarantined, faded or by date", kHigher, kDetail, false, true},
    {"race_hits", "builds", "red through a race", "builds that ended, all pipelines",
     "number that a race made red, discarded ones included", kLower, kHeadline},
    {"race_classified_share", "share", "red, fingerprint known", "builds that a race made red",
     "share whose race was classified before they ended; undefined if there was none", kHigher, kDetail},
    {"race_rechecks", "rechecks", "because of a race", "reports of failure",
     "number after which the tests were run once more because of what a race did: rechecks, and returns to the gate",
     kLower, kHeadline},
    {"race_node_hours", "h", "lost to races", "all nodes of all pools",
     "node time of attempts whose first voting failure was a race's doing, and of builds that were thrown away because "
     "of one",
     kLower, kHeadline},
    {"race_life_s", "s", "birth to end", "races that ended", "from coming in to the end", kLower, kDetail, true},
    {"race_open_s", "s", "noticed to end", "noticed races that ended", "from being noticed to the end", kLower, kDetail,
     true},
};

// Known where nodes have a price.
const Family kNodePriceFamilies[] = {
    {"cost_per_landing", "USD", "of nodes, a landing", "pools with a price",
     "cost / landed; undefined if nothing landed or no pool has a price", kLower, kHeadline},
};

// Known where a price is stated.
const Family kPriceFamilies[] = {
    {"waiting_cost", "USD", "of a landing's delay", "landed changes",
     "mean lead time (without people: mean landing time) x prices.delay; undefined if no price is stated", kLower,
     kHeadline},
};

void expand(const Family& f, MetricOf of, std::vector<Metric>& out) {
    Metric m;
    m.family = f.name;
    m.unit = f.unit;
    m.brief = f.brief;
    m.population = f.population;
    m.formula = f.formula;
    m.direction = f.direction;
    m.level = f.level;
    m.rare_count = f.rare_count;
    m.of = of;
    if (!f.is_time) {
        m.name = f.name;
        out.push_back(m);
        return;
    }
    for (const char* statistic : {"mean", "p50", "p90", "p95", "p99"}) {
        m.name = std::string(f.name) + "." + statistic;
        m.statistic = statistic;
        const bool shown =
            f.level == kHeadline && (m.statistic == "p50" || m.statistic == "p95" || m.statistic == "mean");
        m.level = shown ? kHeadline : kDetail;
        out.push_back(m);
    }
}

std::vector<Metric> expand() {
    std::vector<Metric> out;
    for (const Family& f : kFamilies) expand(f, MetricOf::all, out);
    for (const Family& f : kPeopleFamilies) expand(f, MetricOf::people, out);
    for (const Family& f : kPriceFamilies) expand(f, MetricOf::people, out);
    for (const Family& f : kHoldFamilies) expand(f, MetricOf::holds, out);
    for (const Family& f : kLifeFamilies) expand(f, MetricOf::living, out);
    for (const Family& f : kNodePriceFamilies) expand(f, MetricOf::priced, out);
    for (const Family& f : kRaceFamilies) expand(f, MetricOf::races, out);
    return out;
}

}  // namespace

const std::vector<Metric>& metrics() {
    static const std::vector<Metric> table = expand();
    return table;
}

std::optional<std::size_t> find_metric(std::string_view name) {
    const auto& all = metrics();
    const auto it = std::find_if(all.begin(), all.end(), [&](const Metric& m) { return m.name == name; });
    if (it == all.end()) return std::nullopt;
    return static_cast<std::size_t>(it - all.begin());
}

std::size_t witness_of(MetricOf kind) {
    static const std::size_t people = *find_metric("rechecks"), holds = *find_metric("changes_held"),
                             living = *find_metric("boots"), priced = *find_metric("cost"),
                             races = *find_metric("race_hits");
    switch (kind) {
        case MetricOf::holds:
            return holds;
        case MetricOf::living:
            return living;
        case MetricOf::priced:
            return priced;
        case MetricOf::races:
            return races;
        default:
            return people;
    }
}

std::vector<std::string> metric_names() {
    std::vector<std::string> names;
    for (const Metric& m : metrics()) names.push_back(m.name);
    return names;
}

const char* direction_text(Direction direction) {
    switch (direction) {
        case Direction::lower:
            return "lower is better";
        case Direction::higher:
            return "higher is better";
        case Direction::neither:
            return "neither way is better";
    }
    return "";
}

}  // namespace gatesim
