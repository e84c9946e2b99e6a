// The field table: pools, pipelines, chance, and what is compared with reality.
#include "scenario/field.hpp"

namespace gatesim::document {

const Object& period_object() {
    static const Object object = [] {
        Object o;
        o.title = "the period";
        o.fields = {
            {"kind",
             {word({"terminating", "steady"})},
             "terminating: a day, a week, a crunch, from beginning to end. steady: what holds in the long run; the "
             "warm-up is left out.",
             "terminating",
             false},
            {"start",
             {form(Form::instant)},
             "When simulated time begins. Without it, times are printed relative to the beginning.",
             "no date",
             false},
            {"length", {positive_time()}, "No change arrives later.", "until the load is used up", false},
            {"timezone",
             {form(Form::name, "an IANA time zone (\"UTC\", \"Europe/Berlin\")")},
             "The zone of dates written without an offset.",
             "\"UTC\"",
             false},
        };
        return o;
    }();
    return object;
}

const Object& pipeline_object() {
    static const Object object = [] {
        Object o;
        o.title = "a pipeline";
        o.fields = {
            {"manager",
             {word({"dependent", "independent", "supercedent"})},
             "dependent: a gate, changes land in order. independent: every change by itself. supercedent: one at work "
             "and the newest waiting.",
             "dependent",
             false},
            {"precedence", {word({"high", "normal", "low"})}, "Whose node requests are served first.", "normal", false},
            {"dequeue_on_new_patchset",
             {form(Form::flag)},
             "Whether a new patch set takes the old one out.",
             "true",
             false},
            {"ignore_dependencies",
             {form(Form::flag)},
             "Whether changes that a change needs are left alone (independent only).",
             "false",
             false},
            {"reject_after_failure",
             {form(Form::flag)},
             "Whether a change whose last report was negative must be approved or enqueued by an event before it is "
             "taken again.",
             "false",
             false},
            {"clean_check",
             {form(Form::name, "the name of an independent pipeline")},
             "A patch set is let in only after a success in that pipeline, where it is sent if it has none; after a "
             "failure in the gate it needs a new one (dependent only).",
             "every approved change is let in",
             false},
            {"strategy",
             {form(Form::strategy)},
             "How this pipeline decides what to test (dependent only).",
             "the scenario's strategy",
             false},
        };
        return o;
    }();
    return object;
}

const Object& pool_object() {
    static const Object object = [] {
        Object o;
        o.title = "a pool";
        o.help = "Nodes of one provider. Keys that a pool does not give come from defaults.pool.";
        o.fields = {
            {"nodes",
             {count(0, 1e9), word({"unlimited"})},
             "How many nodes there are at once.",
             "\"unlimited\"",
             false},
            {"labels",
             {list({form(Form::name, "a label")})},
             "What jobs may ask for besides the pool's name.",
             "only its name",
             false},
            {"boot", {form(Form::distribution)}, "How long a node takes until it is ready.", "0s", false},
            {"single_use",
             {form(Form::flag)},
             "Whether every build gets a node booted anew, or nodes are booted once and kept.",
             "true",
             false},
            {"launch_failure", {form(Form::share)}, "Chance that a boot fails.", "0%", false},
            {"launch_attempts", {count(1, 1000)}, "How many boots may fail before the request fails.", "3", false},
            {"start_delay", {form(Form::time)}, "Between handing a build to a ready node and its start.", "0s", false},
            {"abort_delay", {form(Form::time)}, "Between aborting a build and the release of its nodes.", "0s", false},
            {"compute",
             {word({"none", "ps", "simgrid"})},
             "How nodes share the cores of their host: not at all, by processor sharing on the calendar, or by "
             "SimGrid's model.",
             "none",
             false},
            {"nodes_per_host", {count(1, 10000)}, "With compute: nodes on one host.", "8", false},
            {"cores_per_host",
             {number(0, 1e6, true)},
             "With compute: cores of a host; a build uses one at most.",
             "8",
             false},
            {"price", {form(Form::price)}, "What a node costs while it is handed out.", "nothing", false},
        };
        return o;
    }();
    return object;
}

namespace {

const Object& overlap_object() {
    static const Object object = [] {
        Object o;
        o.title = "conflicts from overlap";
        o.help = "For each target that two changes share (load.footprint, touches, paths): the more, the likelier.";
        o.fields = {
            {"semantic",
             {form(Form::share)},
             "Chance for each shared target that two changes of one queue, each fine alone, break together.",
             "0%",
             false},
            {"textual",
             {form(Form::share)},
             "Chance for each shared target that two changes of one project can not be merged together.",
             "0%",
             false},
        };
        return o;
    }();
    return object;
}

const Object& predictor_object() {
    static const Object object = [] {
        Object o;
        o.title = "a predictor";
        o.help =
            "How well it tells good from bad. By accuracy (right so often in both classes), by the hit rates of both "
            "classes, or by AUC. What it says is calibrated, unless confidence says otherwise.";
        o.groups = {{{"accuracy", "auc", "good_hits"}, 1, 1}};
        o.fields = {
            {"accuracy", {form(Form::share)}, "How often it is right, in both classes.", "", false},
            {"good_hits", {form(Form::share)}, "How often it is right about a good one; with bad_hits.", "", false},
            {"bad_hits", {form(Form::share)}, "How often it is right about a bad one; with good_hits.", "", false},
            {"auc",
             {form(Form::share)},
             "Chance that it gives a good one a better score than a bad one; 50% is a guess.",
             "",
             false},
            {"confidence",
             {number(0, 100, true)},
             "Multiplies the log odds: 1 is calibrated, 2 overconfident, 0.5 timid.",
             "1",
             false},
        };
        return o;
    }();
    return object;
}

const Object& trouble_object() {
    static const Object object = [] {
        Object o;
        o.title = "trouble from outside";
        o.help =
            "Comes and goes whatever the changes are like. A build that would have passed fails if it ends while the "
            "trouble lasts; it is not run again by itself.";
        o.fields = {
            {"every",
             {form(Form::distribution)},
             "How long it takes from the end of one spell to the beginning of the next; at least 1s.",
             "",
             true},
            {"lasts", {form(Form::distribution)}, "How long a spell lasts; at least 1s.", "", true},
            {"pool",
             {form(Form::name, "the name of a pool")},
             "It hits builds on the nodes of this pool only.",
             "wherever they run",
             false},
            {"jobs", {list({form(Form::name, "the name of a job")})}, "It hits these jobs only.", "all jobs", false},
            {"fails", {form(Form::share)}, "Share of the builds concerned that fail.", "100%", false},
        };
        return o;
    }();
    return object;
}

const Object& notice_object() {
    static const Object object = [] {
        Object o;
        o.title = "how what broke the branch is found";
        o.fields = {
            {"after",
             {form(Form::distribution)},
             "How long it takes from the landing until somebody notices.",
             "",
             true},
            {"how",
             {word({"revert", "repair"})},
             "revert: the change is taken off the branch at once, and can come back as a new patch set. repair: a "
             "follow-up mends it, failures.repair after it was noticed.",
             "revert",
             false},
        };
        return o;
    }();
    return object;
}

}  // namespace

const Object& prices_object() {
    static const Object object = [] {
        Object o;
        o.title = "prices";
        o.help = "What else costs money besides nodes (their price stands with their pool).";
        o.fields = {
            {"delay",
             {form(Form::price)},
             "What an hour costs that a change takes from its first upload (without people: from when it first asked) "
             "to its landing.",
             "not stated",
             false},
        };
        return o;
    }();
    return object;
}

const Object& signals_object() {
    static const Object object = [] {
        Object o;
        o.title = "signals";
        o.help =
            "What strategies that predict may know: noisy predictions made from the truth, of the quality stated here. "
            "What is left out is known by its base rate.";
        o.fields = {
            {"passes",
             {document::object(predictor_object())},
             "Whether a change passes when it is tested alone.",
             "the share of defects",
             false},
            {"conflicts",
             {document::object(predictor_object())},
             "Whether two changes break together.",
             "the chance that failures gives such a pair",
             false},
            {"duration",
             {form(Form::share)},
             "Mean absolute error of the predicted build times.",
             "the jobs' mean times",
             false},
        };
        return o;
    }();
    return object;
}

const Object& failures_object() {
    static const Object troubles = map_of("troubles", {document::object(trouble_object())}, "a name for the trouble");
    static const Object object = [] {
        Object o;
        o.title = "failures";
        o.help = "What is really so with changes that nobody scripted.";
        o.fields = {
            {"defect", {form(Form::share)}, "Chance that a change is broken by itself.", "0%", false},
            {"defect_run",
             {number(1, 1e6)},
             "Mean number of changes of one queue with a defect in a row, in order of arrival: failures come in "
             "bursts, their share stays the same.",
             "as chance has it: 1 / (1 - defect)",
             false},
            {"semantic_conflict",
             {form(Form::share)},
             "Chance that two changes of one queue, each fine alone, break together.",
             "0%",
             false},
            {"textual_conflict",
             {form(Form::share)},
             "Chance that two changes of one project can not be merged together.",
             "0%",
             false},
            {"failed_submit",
             {form(Form::share)},
             "Chance that the review system refuses a change that passed.",
             "0%",
             false},
            {"withdraw",
             {form(Form::share)},
             "Chance that an author who would come back after an ejection gives up.",
             "0%",
             false},
            {"overlap",
             {document::object(overlap_object())},
             "Conflicts between changes that touch the same targets, besides those of any two.",
             "none",
             false},
            {"repair",
             {form(Form::distribution)},
             "How long it takes until a defect or conflict that landed is noticed and repaired; with failures.notice: "
             "how long the repair takes then.",
             "it stays for ever; with failures.notice, it is repaired at once",
             false},
            {"notice",
             {document::object(notice_object())},
             "Somebody notices what broke the branch, and does something about it.",
             "nobody does",
             false},
            {"troubles",
             {document::object(troubles)},
             "Trouble from outside by name: a provider's bad hours, a mirror that is down, a release upstream that "
             "breaks the tests of every change.",
             "none",
             false},
        };
        return o;
    }();
    return object;
}

const Object& observed_object() {
    static const Object rules = map_of("rules", {form(Form::strategy)}, "a name for the table");
    static const Object object = [] {
        Object o;
        o.title = "what really happened";
        o.fields = {
            {"file", {form(Form::file)}, "Table of observed figures (CSV), printed beside the results.", "", true},
            {"rules",
             {document::object(rules)},
             "Strategies that stand beside the observed figures in one table, by name.",
             "the scenario's strategy",
             false},
        };
        return o;
    }();
    return object;
}

const Object& timeline_object() {
    static const Object set =
        map_of("settings", {count(0, 1e9), word({"unlimited"})}, "a JSON pointer (\"/pools/NAME/nodes\")");
    static const Object object = [] {
        Object o;
        o.title = "a step of the timeline";
        o.fields = {
            {"at", {form(Form::moment)}, "When the setting changes.", "", true},
            {"set",
             {document::object(set)},
             "New values by JSON pointer. What can be set: /pools/NAME/nodes.",
             "",
             true},
        };
        return o;
    }();
    return object;
}

const Object& defaults_object() {
    static const Object semaphores = map_of("semaphores", {count(1, 1e6)}, "the semaphore's name");
    static const Object object = [] {
        Object o;
        o.title = "defaults";
        o.fields = {
            {"job", {document::object(job_object())}, "Keys for all jobs that do not give them.", "", false},
            {"project",
             {document::object(project_object())},
             "Keys for all projects that do not give them.",
             "",
             false},
            {"pipeline",
             {document::object(pipeline_object())},
             "Keys for all pipelines that do not give them.",
             "",
             false},
            {"pool", {document::object(pool_object())}, "Keys for all pools that do not give them.", "", false},
            {"merge_time", {form(Form::distribution)}, "How long a merger takes to prepare one attempt.", "0s", false},
            {"relative_priority",
             {form(Form::flag)},
             "Whether node requests of a queue that already has many wait behind those of others of equal precedence.",
             "false",
             false},
            {"semaphores",
             {document::object(semaphores)},
             "How many jobs may hold each semaphore at once.",
             "1 for each that is not listed",
             false},
        };
        return o;
    }();
    return object;
}

}  // namespace gatesim::document
