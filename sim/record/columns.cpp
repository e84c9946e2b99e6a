#include "record/columns.hpp"

namespace gatesim {

namespace {

constexpr Column kReplication{"replication", "count", "number of the replication, from 1"};

TableDoc changes() {
    return {
        "changes",
        "one row per change that asked to land, in the order in which the run first heard of them",
        {kReplication,
         {"change", "", "its name"},
         {"project", "", "its project"},
         {"branch", "", "its branch"},
         {"author", "", "its author; empty = not known"},
         {"kind", "", "what it changes: code, doc ..., as in the load"},
         {"outcome", "", "by its last outcome: landed, ejected, withdrawn or in_flight"},
         {"first_enqueued_s", "s", "first enqueue in a gate pipeline, since the start; empty = never let in"},
         {"first_enqueued_at", "UTC", "the same as a date; empty if the period has no start"},
         {"left_s", "s", "final exit from the gate, since the start; empty = in flight"},
         {"left_at", "UTC", "the same as a date"},
         {"gate_time_s", "s", "left_s - first_enqueued_s = tested_s + node_wait_s + queue_wait_s + away_s"},
         {"tested_s", "s", "of it: at least one of its builds ran"},
         {"node_wait_s", "s", "of it: no build ran and it waited for nodes"},
         {"queue_wait_s", "s",
          "of it: in the gate, neither of the two: waiting for those ahead, the window or the merger"},
         {"away_s", "s", "of it: out of the gate between an ejection and the return"},
         {"enqueues", "count", "stays in the gate"},
         {"ejections", "count", "stays that ended without landing"},
         {"attempts", "count", "tries on some base, over all stays"},
         {"resets", "count", "times that it had to start anew because of somebody else's trouble"},
         {"builds", "count",
          "builds that started, over all attempts in gate pipelines; of a batch counted with its last change"},
         {"node_s", "s",
          "node time of its gate builds: sum of nodes x (release - hand-out); a batch's with its last change"},
         {"node_wasted_s", "s", "of it for nothing: thrown away, stopped, lost, red through no fault, or never used"},
         {"last_exit", "", "how its last stay ended: landed, failure, conflict, removed ..."},
         {"reason", "", "the recorded reason of that"},
         {"job", "", "the job that decided it; empty = none"},
         {"really", "",
          "what was really behind the failure: own_defect, flake ...; empty = no failed job. The gate cannot know"},
         {"fault_of", "", "the change with the defect, the one it conflicts with, or the race; empty = none"}}};
}

TableDoc builds() {
    return {
        "builds",
        "one row per build that started, all pipelines, in the order in which their attempts were over",
        {kReplication,
         {"build", "count", "its number"},
         {"pipeline", "", "its pipeline"},
         {"queue", "", "its queue"},
         {"change", "", "the change under test"},
         {"patchset", "count", "its patch set"},
         {"attempt", "count", "the try it belongs to"},
         {"chain", "",
          "the changes it tested on top of the branch, front first, the change under test last; a blank between two "
          "(one in "
          "a name is %20)"},
         {"job", "", "its job"},
         {"run", "count", "how often this job of this patch set had started before"},
         {"voting", "", "1 = its failure ejects, 0 = it is only reported"},
         {"pool", "", "where it ran"},
         {"node", "count", "the first of its nodes"},
         {"start_s", "s", "since the start"},
         {"start_at", "UTC", "the same as a date; empty if the period has no start"},
         {"end_s", "s", "since the start; empty = still running at the end"},
         {"end_at", "UTC", "the same as a date"},
         {"result", "", "success, failure, timeout, retry, cancelled; empty = still running"},
         {"really", "",
          "what was really behind a red result: own_defect, defect_ahead, flake ...; the gate cannot know"},
         {"fault_of", "", "the change with the defect, the one it conflicts with, or the race; empty = none"},
         {"fate", "",
          "used = counted in a verdict; cancelled; discarded = finished and thrown away; retried = run again; "
          "unfinished"},
         {"waste", "",
          "why it was for nothing: reset; removed (its change was taken out); superseded (a new patch set, or nobody "
          "needed its verdict any more); red (through no fault of what it tested); outage (the machines were in "
          "trouble); stopped (the verdict was known without it). Empty = it was not"}}};
}

TableDoc nodes() {
    return {
        "nodes",
        "one row per hand-out of nodes to a request, all pipelines, in the order in which their attempts were over",
        {kReplication,
         {"request", "count", "its number"},
         {"pipeline", "", "the pipeline that asked"},
         {"change", "", "for which change"},
         {"job", "", "for which job"},
         {"build", "count", "the build that ran on them; empty = none did"},
         {"pool", "", "the pool that served it"},
         {"node", "count", "number of the first node"},
         {"nodes", "count", "how many"},
         {"requested_s", "s", "since the start"},
         {"granted_s", "s", "handed out: busy from now on"},
         {"ready_s", "s", "booted; empty = never"},
         {"released_s", "s", "given back, or the end of the replication"},
         {"released_at", "UTC", "the same as a date; empty if the period has no start"},
         {"wait_s", "s", "ready_s - requested_s; empty = never ready"},
         {"node_s", "s", "nodes x (released_s - granted_s)"},
         {"failed_launches", "count", "boots that failed before"},
         {"fate", "", "what the time was good for: used, cancelled, discarded, retried, idle (no build), unfinished"},
         {"waste", "", "why it was for nothing, as in builds; idle = no build used the nodes. Empty = it was not"}}};
}

TableDoc queue() {
    return {"queue",
            "one row per gate queue and instant at which its length or window changed, in order of time",
            {kReplication,
             {"pipeline", "", "its pipeline"},
             {"queue", "", "its name"},
             {"at_s", "s", "since the start"},
             {"at", "UTC", "the same as a date; empty if the period has no start"},
             {"length", "count", "changes in it from this instant on"},
             {"window", "count", "its window from this instant on; empty = unlimited"}}};
}

TableDoc resets() {
    return {
        "resets",
        "one row per reset: everything that one trouble threw away in a queue at one instant; in order of time",
        {kReplication,
         {"at_s", "s", "since the start"},
         {"at", "UTC", "the same as a date; empty if the period has no start"},
         {"pipeline", "", "its pipeline"},
         {"queue", "", "its queue"},
         {"why", "", "one word: ahead_failing, ahead_left, by_hand ..."},
         {"because_of", "", "the change behind that; empty = none"},
         {"job", "",
          "the job that failed there, also if that change has left because of it; empty = none did: a conflict, a "
          "new patch set, somebody's hand"},
         {"build", "count", "the red build of that job; empty = none, or it failed without a build"},
         {"really", "",
          "what was really behind that failure: own_defect, flake ...; empty = no job failed. The gate cannot know"},
         {"attempts", "count", "how many start anew; who left at that instant is not among them"},
         {"changes", "", "whose they were, front first, with a blank between two (one in a name is %20)"},
         {"builds", "count", "their builds, running or finished"},
         {"node_s", "s", "the node time that they had cost until then"},
         {"reason", "", "the reason in words, as it was recorded for the first of them"}}};
}

TableDoc stays() {
    return {
        "stays",
        "one row per stay of a change in a gate queue, in the order in which they came",
        {kReplication,
         {"item", "count", "number of the stay; trials have numbers of the same kind"},
         {"pipeline", "", "its pipeline"},
         {"queue", "", "its queue"},
         {"change", "", "the change"},
         {"label", "",
          "its name in at most 16 columns, for pictures; no two changes of a replication have the same one"},
         {"patchset", "count", "its patch set"},
         {"place", "count", "where in the queue it came in, from 1"},
         {"entered_s", "s", "since the start"},
         {"entered_at", "UTC", "the same as a date; empty if the period has no start"},
         {"left_s", "s", "when it left the queue; empty = it is still there"},
         {"left_at", "UTC", "the same as a date"},
         {"outcome", "", "landed, failure, conflict, removed ...; empty = it is still there, or nothing is known yet"},
         {"why", "", "one word: all_passed, job_failed, by_hand ..."},
         {"because_of", "", "the change behind that; empty = none but itself"},
         {"job", "", "the job that decided it; empty = none"},
         {"build", "count", "the red build of that job; empty = none"},
         {"really", "", "what was really behind the failure; empty = no failed job. The gate cannot know"},
         {"reason", "", "the reason in words"}}};
}

TableDoc attempts() {
    return {
        "attempts",
        "one row per attempt in a gate: a state that was put together to be tested; in the order in which they were "
        "over",
        {kReplication,
         {"attempt", "count", "its number"},
         {"pipeline", "", "its pipeline"},
         {"queue", "", "its queue"},
         {"kind", "",
          "item = of a change in its place; trial = of a batch, or another state of the strategy's choice; "
          "probe = of the branch"},
         {"item", "count", "the stays it is tested for (see stays), front first; empty = a probe"},
         {"change", "", "the change under test; of a batch the last one"},
         {"patchset", "count", "its patch set"},
         {"place", "count", "of its first item in the queue when it was opened, from 1; empty = a probe"},
         {"ahead", "count",
          "the attempt it stands on: what is tested below it are that one's changes, without those from the front that "
          "had landed; empty = none"},
         {"depth", "count", "how many changes are tested below its own"},
         {"chain", "",
          "their names, front first, where `ahead` is empty, with a blank between two (one in a name is %20); empty = "
          "none"},
         {"opened_s", "s", "since the start"},
         {"tested_s", "s", "every job had its result, or it could not be merged; empty = it did not come to that"},
         {"ended_s", "s",
          "when its changes landed or were ejected by it, or when it was thrown away; empty = it was open at the end "
          "of "
          "the replication"},
         {"result", "", "green, red, conflict or timed_out; empty = it was not tested to the end"},
         {"end", "", "landed; ejected; served (its verdict was of use in another way); thrown_away; unfinished"},
         {"why", "", "one word: all_passed, job_failed, ahead_failing ..."},
         {"because_of", "", "the change whose trouble that was; empty = its own, or nobody's"},
         {"job", "",
          "the job that made it red, or else the one whose failure threw it away (because_of); empty = none"},
         {"build", "count", "the red build of that job; empty = none"},
         {"builds", "count", "its builds that started"},
         {"node_s", "s", "the node time that they cost, boot included"},
         {"wasted_s", "s", "of it for nothing"}}};
}

TableDoc waits() {
    return {
        "waits",
        "what each stay waits for: one row per stay and reason, in the order in which they were over; the rows of a "
        "stay follow one another without a gap",
        {kReplication,
         {"item", "count", "the stay (see stays)"},
         {"pipeline", "", "its pipeline"},
         {"queue", "", "its queue"},
         {"change", "", "the change"},
         {"from_s", "s", "since the start"},
         {"until_s", "s", "since the start; empty = still so at the end"},
         {"why", "", "one word: testing, no_node, outside_window, ahead_undecided ..."},
         {"because_of", "", "the change that it waits for; empty = none"},
         {"job", "", "the job that runs, or that cannot start yet; empty = none"},
         {"build", "count", "its build; empty = none"},
         {"pool", "", "where the nodes have to come from; empty = it does not wait for nodes"},
         {"semaphore", "", "the semaphore; empty = it does not wait for one"},
         {"reason", "", "the reason in words"}}};
}

TableDoc reviews() {
    return {
        "reviews",
        "only with people: one row per review that somebody was asked for, in the order in which they were over",
        {kReplication,
         {"person", "", "who was asked; empty = nobody by name (reviews as a mere delay)"},
         {"change", "", "the change"},
         {"patchset", "count", "its patch set"},
         {"assigned_s", "s", "when the person was asked, since the start; empty = was not, and read it all the same"},
         {"assigned_at", "UTC", "the same as a date; empty if the period has no start"},
         {"began_s", "s", "when the person began to read, since the start; empty = never did"},
         {"voted_s", "s",
          "when the vote was given, since the start; empty = nobody needed it any more (a newer patch set, an "
          "approval, the end of the change or of the run)"},
         {"voted_at", "UTC", "the same as a date"},
         {"reading_s", "s", "voted_s - began_s, nights and other work in between included"},
         {"vote", "", "from -2 to 2; empty = none"},
         {"really", "", "own_defect = a defect was found that is there; empty = none was"}}};
}

TableDoc node_lives() {
    return {
        "node_lives",
        "only with pools that live: one row per node that was asked for, in the order in which they were gone",
        {kReplication,
         {"pool", "", "its pool"},
         {"node", "count", "its number; a later node may have it again"},
         {"asked_s", "s", "when the provider was asked for it, since the start; empty = it was there at the beginning"},
         {"booting_s", "s",
          "when its last boot began, since the start; empty = as above, or the provider never gave it"},
         {"up_s", "s", "when it was up, since the start; empty = it never was"},
         {"up_at", "UTC", "the same as a date; empty if the period has no start"},
         {"left_s", "s", "from when on it took no more builds, since the start; empty = until the end of the run"},
         {"gone_s", "s", "when it was gone, since the start; empty = not before the end of the run"},
         {"gone_at", "UTC", "the same as a date"},
         {"uses", "count", "requests that had it"},
         {"busy_s", "s", "how long they had it"},
         {"idle_s", "s", "left_s - up_s - busy_s; empty if it never was up, or was until the end"},
         {"why", "", "why it left: surplus, used_up, too_old, shrunk, preempted, too_slow, failed; empty = it did not"},
         {"killed", "", "1 = while it booted or was busy"},
         {"lost_build", "count", "the build that ended with it; empty = none"}}};
}

TableDoc races() {
    return {
        "races",
        "only with races: one row per race that was there, listed ones first, then in order of birth",
        {kReplication,
         {"race", "", "its name"},
         {"brought_by", "", "the change that brought it in; empty = it is listed"},
         {"strength", "share", "chance that a run of its jobs is hit where its factor holds, at the beginning"},
         {"jobs", "", "a blank between two; empty = all voting jobs"},
         {"factor", "", "what it depends on: region=DFW, hours=9-15 ...; empty = nothing but luck"},
         {"born_s", "s", "when it came in, since the start"},
         {"born_at", "UTC", "the same as a date; empty if the period has no start"},
         {"first_hit_s", "s", "when the first build that it made red ended, since the start; empty = there was none"},
         {"noticed_s", "s", "when somebody found out, since the start; empty = nobody did"},
         {"classified_s", "s", "when its fingerprint was known, since the start; empty = it never was"},
         {"assigned_s", "s", "when somebody took it on, since the start; empty = nobody did"},
         {"ended_s", "s", "when it was gone, since the start; empty = it is still there"},
         {"ended_at", "UTC", "the same as a date"},
         {"how", "", "how it ended: fixed, reverted, quarantined, faded, dated; empty = it did not"},
         {"hits", "count", "builds that it made red, all pipelines, discarded ones included"},
         {"told_apart", "count", "of them, those that ended after it was classified"}}};
}

}  // namespace

std::string TableDoc::header() const {
    std::string out;
    for (const Column& column : columns) {
        if (!out.empty()) out += ",";
        out += column.name;
    }
    return out + "\n";
}

const std::vector<TableDoc>& table_docs() {
    static const std::vector<TableDoc> docs = {changes(), builds(), nodes(),    queue(),
                                               resets(),  stays(),  attempts(), waits()};
    return docs;
}

const std::vector<TableDoc>& optional_table_docs() {
    static const std::vector<TableDoc> docs = {reviews(), node_lives(), races()};
    return docs;
}

const TableDoc* find_table(std::string_view name) {
    for (const auto* docs : {&table_docs(), &optional_table_docs()})
        for (const TableDoc& doc : *docs) {
            if (doc.name == name) return &doc;
        }
    return nullptr;
}

}  // namespace gatesim
