// The field table: changes that are listed one by one, what happens to them, and how their runs are scripted.
#include "scenario/load_parts.hpp"

namespace gatesim::document {

namespace {

Shape change_names() {
    return list({form(Form::name, "the id of a change")});
}
Shape run_numbers() {
    return list({count(0, 1e6)});
}
const Object& runs_object() {
    static const Object object = map_of("scripted runs", {document::object(run_object())}, "the job's name");
    return object;
}

const Object& enqueue_times_object() {
    static const Object object = map_of("enqueue times", {form(Form::moment)}, "the pipeline's name");
    return object;
}

const Object& change_object() {
    static const Object object = [] {
        Object o;
        o.title = "a listed change";
        o.help =
            "A change and, if it is scripted, its fate. Everything else follows the rules of the jobs and `failures`.";
        o.fields = {
            {"project", {form(Form::name, "the name of a project")}, "Whose change it is.", "the only project", false},
            {"count",
             {count(1, 100000)},
             "So many changes that are alike, at one time: NAME stands for NAME1, NAME2 and so on.",
             "one, called NAME",
             false},
            {"branch", {form(Form::name, "the name of a branch")}, "The branch it is for.", "\"master\"", false},
            {"author", {form(Form::text)}, "Who wrote it.", "nobody", false},
            {"kind", {form(Form::name, "a kind of change")}, "What a job's `kinds` looks at.", "\"code\"", false},
            {"enqueue_at",
             {form(Form::moment), form(Form::null), document::object(enqueue_times_object())},
             "When it is enqueued: in the first dependent pipeline (or the first one), or {PIPELINE: time}. null: not "
             "by itself, but an event or a change that needs it can.",
             "null",
             false},
            {"approved_at",
             {form(Form::moment)},
             "From this time on its first patch set may land. Before it, a gate does not let it in; who asked "
             "earlier (`enqueue_at`) enters then (not under zuul). An event `enqueue` approves.",
             "when it is enqueued in a dependent pipeline",
             false},
            {"depends_on",
             {change_names()},
             "Changes of any project that must land first (Depends-On), in the order of the text.",
             "none",
             false},
            {"git_depends_on", {change_names()}, "Its parents in git.", "none", false},
            {"conflicts_with",
             {change_names()},
             "Changes that it cannot be merged together with; it is enough to say so on one side.",
             "none",
             false},
            {"merge_conflict", {form(Form::flag)}, "Whether it can never be merged.", "false", false},
            {"fail_merge",
             {form(Form::flag)},
             "Whether the review system refuses to submit it although all jobs passed.",
             "false",
             false},
            {"breaks",
             {job_names()},
             "Every build of these jobs whose state contains this change fails.",
             "none",
             false},
            {"files",
             {list({form(Form::name, "a path")})},
             "Paths it touches. Without any, every file matcher matches.",
             "none",
             false},
            {"touches",
             {list({form(Form::name, "the name of a target")})},
             "Its footprint: targets (files, build targets) by any names. Changes that share a target can conflict "
             "(failures.overlap), and conflict analysis treats them as dependent.",
             "its files, if there are any, else as load.footprint says",
             false},
            {"jobs",
             {document::object(runs_object())},
             "How the runs of some jobs end, by job.",
             "as the jobs say",
             false},
            {"priority",
             {count(-1e6, 1e6)},
             "Higher is more urgent. bors-ng, tide, rollup and rust-bors go by it, each in its own way (describe says "
             "how); for the others the order of the queue counts.",
             "0",
             false},
            {"single",
             {form(Form::flag)},
             "Whether its author wants it tested alone, in no batch with others, and landed alone. bors-ng and the "
             "queues with a window (github, gitlab-train, mergify, …) go by it.",
             "false",
             false},
            {"jumps",
             {form(Form::flag)},
             "Whether it goes to the front whenever it is enqueued where changes land. What stands there is tested "
             "anew, behind it.",
             "false",
             false},
            {"presubmits_at",
             {form(Form::moment)},
             "Its own tests ran on the branch as it was then, and were green. tide counts them as long as the branch "
             "has "
             "not moved.",
             "its tests say nothing about the branch",
             false},
        };
        return o;
    }();
    return object;
}

}  // namespace

Shape job_names() {
    return list({form(Form::name, "the name of a job")});
}

Shape pipeline_name() {
    return form(Form::name, "the name of a pipeline");
}

const Object& changes_object() {
    static const Object object = map_of("listed changes", {document::object(change_object())}, "the change's id",
                                        "Changes by id. Their order is the order of enqueueing at equal times.");
    return object;
}

const Object& event_object() {
    static const Object object = [] {
        Object o;
        o.title = "a scripted event";
        o.help =
            "Something that people do to a change: a listed one, or one of those that arrive, by the name that it has "
            "in "
            "the tables (c17; in a replay PROJECT/CHANGE/BRANCH). An event whose change has not come yet does nothing; "
            "`run` says so. A merge without a change is a push past the queue, by somebody.";
        o.groups = {{{"change", "changes"}, 0, 1}};
        o.fields = {
            {"at", {form(Form::moment)}, "When it happens.", "", true},
            {"type",
             {word({"enqueue", "approve", "abandon", "merge", "new_patchset", "dequeue", "promote", "set_priority",
                    "set_single", "freeze", "thaw", "pause", "resume"})},
             "What people do. The last four are done to a pipeline.",
             "",
             true},
            {"change", {form(Form::name, "the id of a change")}, "To which change.", "", false},
            {"changes", {change_names()}, "To which changes, in this order (promote only).", "", false},
            {"pipeline", {pipeline_name()}, "In which pipeline.", "the first dependent one", false},
            {"enqueue",
             {list({pipeline_name()})},
             "Pipelines in which the new patch set is enqueued (new_patchset only).",
             "none",
             false},
            {"jobs",
             {document::object(runs_object())},
             "The runs of the new patch set, by job (new_patchset only).",
             "as before",
             false},
            {"keeps_approval",
             {form(Form::flag)},
             "Whether the new patch set may land if the last one could (new_patchset only). Otherwise it has to be "
             "approved or enqueued again.",
             "false",
             false},
            {"rebased",
             {form(Form::flag)},
             "Whether it is written on its git parents as they are now (new_patchset only). Otherwise it stands on the "
             "patch sets of them that it stood on, and cannot enter a gate if there are newer ones.",
             "false",
             false},
            {"breaks", {job_names()}, "What the new patch set breaks (new_patchset only).", "as before", false},
            {"conflicts_with",
             {change_names()},
             "What the new patch set cannot be merged with (new_patchset only).",
             "as before",
             false},
            {"noticed_at",
             {form(Form::moment)},
             "When the gate hears of the new patch set (new_patchset only): its webhook is late.",
             "at once",
             false},
            {"priority", {count(-1e6, 1e6)}, "The change's priority from now on (set_priority only).", "", false},
            {"single", {form(Form::flag)}, "Whether it is to be tested alone (set_single only).", "", false},
            {"project",
             {form(Form::name, "the name of a project")},
             "Of which project (merge without change only).",
             "the only project",
             false},
            {"branch",
             {form(Form::name, "the name of a branch")},
             "To which branch (merge without change only).",
             "\"master\"",
             false},
        };
        return o;
    }();
    return object;
}

const Object& run_object() {
    static const Object object = [] {
        Object o;
        o.title = "a scripted run";
        o.fields = {
            {"duration", {form(Form::time)}, "How long each run takes.", "as the job says", false},
            {"fails", {form(Form::flag)}, "Whether every run fails.", "false", false},
            {"fails_with",
             {change_names()},
             "Fails when one of these changes is in the state under test.",
             "none",
             false},
            {"fails_without",
             {change_names()},
             "Fails when one of these changes is not in the state under test.",
             "none",
             false},
            {"fails_on_run",
             {run_numbers()},
             "These runs fail: runs of this job and patch set that started, counted from 0.",
             "none",
             false},
            {"retry_runs", {run_numbers()}, "These runs end without a result and are run again.", "none", false},
            {"hangs_on_run",
             {run_numbers()},
             "These runs hang: they keep their nodes and never end by themselves. Counted as for fails_on_run.",
             "none",
             false},
            {"never_reports",
             {form(Form::flag)},
             "Whether no run of it is ever scheduled, so that nobody hears of the check.",
             "false",
             false},
            {"node_failure", {form(Form::flag)}, "Whether its nodes cannot be had.", "false", false},
            {"child_jobs",
             {job_names()},
             "Of the jobs that need this one, only these run (said by a successful run).",
             "all of them",
             false},
        };
        return o;
    }();
    return object;
}

}  // namespace gatesim::document
