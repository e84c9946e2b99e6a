// The field table: where changes come from.
#include "scenario/field.hpp"
#include "scenario/load_parts.hpp"
#include "scenario/people_parts.hpp"

namespace gatesim::document {

namespace {

Shape change_names() {
    return list({form(Form::name, "the id of a change")});
}
Shape job_names() {
    return list({form(Form::name, "the name of a job")});
}
Shape run_numbers() {
    return list({count(0, 1e6)});
}
Shape pipeline_name() {
    return form(Form::name, "the name of a pipeline");
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
             "From this time on it may land.",
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
             "Higher is more urgent. bors-ng and tide go by it, each in its own way; for the others the order of the "
             "queue "
             "counts.",
             "0",
             false},
            {"single",
             {form(Form::flag)},
             "Whether its author wants it tested alone. bors-ng goes by it.",
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

const Object& changes_object() {
    static const Object object = map_of("listed changes", {document::object(change_object())}, "the change's id",
                                        "Changes by id. Their order is the order of enqueueing at equal times.");
    return object;
}

const Object& event_object() {
    static const Object object = [] {
        Object o;
        o.title = "a scripted event";
        o.help = "A merge without a change is a push past the queue, by somebody: it is possible with every load.";
        o.groups = {{{"change", "changes"}, 0, 1}};
        o.fields = {
            {"at", {form(Form::moment)}, "When it happens.", "", true},
            {"type",
             {word({"enqueue", "approve", "abandon", "merge", "new_patchset", "dequeue", "promote", "set_priority",
                    "set_single"})},
             "What people do.",
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

const Object& enqueue_object() {
    static const Object object = [] {
        Object o;
        o.title = "enqueue times of a replay";
        o.groups = {{{"minus", "plus"}, 0, 1}};
        o.fields = {
            {"from",
             {word({"enqueued", "uploaded", "landed"})},
             "The column of the load file that the time is taken from.",
             "enqueued",
             false},
            {"minus", {form(Form::time)}, "Subtracted from it: the least time that testing took.", "0s", false},
            {"plus", {form(Form::time)}, "Added to it.", "0s", false},
        };
        return o;
    }();
    return object;
}

const Object& replay_object() {
    static const Object object = [] {
        Object o;
        o.title = "a replay";
        o.help =
            "Changes as a load file lists them, one enqueue a row. Up to 65,536 rows may stand in any order, newest "
            "first, say; a longer file must be in order of time, oldest first. Rows that are not used (outside the "
            "period, or a change enqueued that is in the gate or has landed) are counted and told.";
        o.fields = {
            {"file", {form(Form::file)}, "The load file (CSV with a header).", "", true},
            {"enqueue",
             {document::object(enqueue_object())},
             "Where the enqueue times come from.",
             "the column enqueued",
             false},
            {"link_series",
             {form(Form::flag)},
             "Whether the changes of one series depend on each other as git parents.",
             "true",
             false},
            {"pipeline", {pipeline_name()}, "Where they are enqueued.", "the first dependent one", false},
        };
        return o;
    }();
    return object;
}

const Object& weights_object() {
    static const Object object = map_of("weights", {number(0, 1e12)}, "the project's name");
    return object;
}

const Object& arrival_kind_object() {
    static const Object object = [] {
        Object o;
        o.title = "a kind of change that arrives";
        o.fields = {
            {"share", {form(Form::share)}, "How many of the changes are of this kind.", "", true},
            {"priority", {count(-1e6, 1e6)}, "Their priority; see the same key of a listed change.", "0", false},
        };
        return o;
    }();
    return object;
}

const Object& arrival_kinds_object() {
    static const Object object =
        map_of("kinds of changes", {document::object(arrival_kind_object())}, "the kind, as a job's `kinds` names it");
    return object;
}

const Object& arrivals_object() {
    static const Object object = [] {
        Object o;
        o.title = "arrivals";
        o.help = "Changes that arrive at random, independently of each other (a Poisson stream).";
        Shape rate = form(Form::rate);
        rate.positive = true;
        o.fields = {
            {"rate", {rate}, "How many arrive on average.", "", true},
            {"projects",
             {document::object(weights_object())},
             "How arrivals are spread over projects: a weight for each.",
             "evenly over all",
             false},
            {"kinds",
             {document::object(arrival_kinds_object())},
             "Kinds of changes, with their shares; the rest are \"code\".",
             "all are \"code\"",
             false},
            {"limit", {count(1, 1e12)}, "Stop after this many changes.", "no limit: until the period ends", false},
        };
        return o;
    }();
    return object;
}

const Object& past_queue_object() {
    static const Object object = [] {
        Object o;
        o.title = "pushes past the queue";
        o.help =
            "Changes that somebody merges by hand, untested, at random times. What is wrong with them is drawn as for "
            "any other change (failures).";
        Shape rate = form(Form::rate);
        rate.positive = true;
        o.fields = {
            {"rate", {rate}, "How many there are on average.", "", true},
            {"projects",
             {document::object(weights_object())},
             "How they are spread over projects: a weight for each.",
             "evenly over all",
             false},
            {"limit", {count(1, 1e12)}, "Stop after this many.", "no limit: until the period ends", false},
        };
        return o;
    }();
    return object;
}

const Object& after_ejection_object() {
    static const Object object = [] {
        Object o;
        o.title = "what authors do after an ejection";
        o.fields = {
            {"retry", {form(Form::share)}, "Share of ejected changes that are enqueued again.", "", true},
            {"after", {form(Form::distribution)}, "How long that takes.", "", true},
            {"max", {count(1, 1000)}, "How many times one change comes back at most.", "5", false},
        };
        return o;
    }();
    return object;
}

}  // namespace

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

const Object& load_object() {
    static const Object object = [] {
        Object o;
        o.title = "the load";
        o.help = "Where changes come from: exactly one of changes, replay, arrivals and people.";
        o.groups = {{{"changes", "replay", "arrivals", "people"}, 1, 1}, {{"people", "after_ejection"}, 0, 1}};
        o.fields = {
            {"changes", {document::object(changes_object())}, "Changes listed one by one, scripted or not.", "", false},
            {"events",
             {list({document::object(event_object())})},
             "What else happens to listed changes, and pushes past the queue.",
             "nothing",
             false},
            {"replay", {document::object(replay_object())}, "Changes from a load file.", "", false},
            {"arrivals", {document::object(arrivals_object())}, "Changes that arrive at a rate.", "", false},
            {"people", {document::object(people_object())}, "Changes written by people.", "", false},
            {"after_ejection",
             {document::object(after_ejection_object())},
             "Which ejected changes come back. Where people write changes, they decide themselves (people/after_gate).",
             "nobody",
             false},
            {"past_queue",
             {document::object(past_queue_object())},
             "Landings that no queue has tested.",
             "nobody pushes past the queue",
             false},
            {"footprint",
             {document::object(footprint_object())},
             "What a change touches if it does not say so itself.",
             "nothing is known of it",
             false},
        };
        return o;
    }();
    return object;
}

}  // namespace gatesim::document
