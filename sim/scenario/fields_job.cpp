// The field table: jobs, and the lists that say who runs them.
#include "scenario/field.hpp"

namespace gatesim::document {

namespace {

const Object& need_object() {
    static const Object object = [] {
        Object o;
        o.title = "a need";
        o.fields = {
            {"job", {form(Form::name, "the name of a job")}, "The job that must succeed first.", "", true},
            {"soft",
             {form(Form::flag)},
             "Whether the need is dropped when that job does not apply to the change.",
             "false",
             false},
        };
        return o;
    }();
    return object;
}

const Object& semaphore_object() {
    static const Object object = [] {
        Object o;
        o.title = "a semaphore in use";
        o.fields = {
            {"name",
             {form(Form::name, "the name of a semaphore")},
             "The semaphore the job holds while it runs.",
             "",
             true},
            {"resources_first",
             {form(Form::flag)},
             "Whether the nodes are requested before the semaphore is taken; then they may stand idle until it is "
             "free.",
             "false",
             false},
        };
        return o;
    }();
    return object;
}

const Object& duration_step_object() {
    static const Object object = [] {
        Object o;
        o.title = "a factor from a time on";
        o.help = "Durations that change in the course of the period: slow mornings, a cache that is gone, a new suite.";
        o.fields = {
            {"from",
             {form(Form::moment)},
             "Runs that start then or later have this factor. Before the first: 1.",
             "",
             true},
            {"scale", {number(0, 1e6, true)}, "What multiplies every duration that is drawn.", "", true},
        };
        return o;
    }();
    return object;
}

const Object& retry_tests_object() {
    static const Object object = [] {
        Object o;
        o.title = "repeated tests";
        o.fields = {
            {"times", {count(0, 100)}, "How often the failed tests are repeated at most.", "", true},
            {"cost", {form(Form::share)}, "Share of the whole run that each repetition takes.", "0%", false},
        };
        return o;
    }();
    return object;
}

const Object& selection_object() {
    static const Object object = [] {
        Object o;
        o.title = "a selection of tests";
        o.help =
            "Only tests that are likely to fail are run. What is overlooked once is always overlooked: the same change "
            "always gives the same answer.";
        o.fields = {
            {"recall",
             {form(Form::share)},
             "Chance that the tests which show what is wrong with the tested change are among those chosen.",
             "",
             true},
            {"cost",
             {form(Form::share)},
             "Share of the whole run that the chosen tests take; also the chance that they show somebody else's "
             "defect.",
             "",
             true},
        };
        return o;
    }();
    return object;
}

const Object& unneeded_object() {
    static const Object object = [] {
        Object o;
        o.title = "builds that are stopped late";
        o.fields = {
            {"stopped_after",
             {form(Form::time)},
             "How long such a build goes on before it is stopped; the pool's abort_delay comes on top.",
             "",
             true},
        };
        return o;
    }();
    return object;
}

Shapes patterns() {
    return {list({form(Form::pattern)})};
}

}  // namespace

const Object& job_object() {
    static const Object object = [] {
        Object o;
        o.title = "a job";
        o.help = "The jobs that test a change. Keys that a job does not give come from defaults.job.";
        o.fields = {
            {"count",
             {count(1, 1000)},
             "As many jobs as that, alike and each with luck of its own: \"shard\" becomes shard-1, shard-2 and so on. "
             "Wherever a job is named, \"shard\" means all of them and \"shard-2\" one. Only in /jobs.",
             "the job itself, under its own name",
             false},
            {"duration",
             {form(Form::distribution)},
             "How long a run takes on an undisturbed node. It must be given here or in defaults.job.",
             "",
             false},
            {"duration_scale",
             {number(0, 1e6, true), list({document::object(duration_step_object())})},
             "Multiplies every duration that is drawn: a factor, or a list of factors, each from a time on. A run has "
             "the one of the time when it starts.",
             "1",
             false},
            {"timeout",
             {positive_time()},
             "A run that would take longer fails after this time, from when it starts.",
             "no limit",
             false},
            {"runs_on",
             {form(Form::name, "the name of a pool or a label")},
             "The pool, or the label of pools, whose nodes the job runs on.",
             "\"default\" if there is such a pool, else the only pool",
             false},
            {"nodes", {count(1, 10000)}, "How many nodes it takes at once.", "1", false},
            {"voting",
             {form(Form::flag)},
             "Whether its failure fails the change; the failure of a non-voting job is reported and otherwise ignored.",
             "true",
             false},
            {"needs",
             {list({form(Form::name, "the name of a job"), document::object(need_object())})},
             "Jobs of the same change that must succeed first. A change to which a needed job does not apply cannot be "
             "tested, unless the need is soft.",
             "none",
             false},
            {"attempts", {count(1, 1000)}, "How many runs may end without a result before the job fails.", "3", false},
            {"hold_following_changes",
             {form(Form::flag)},
             "Whether the changes behind start no builds until this job has succeeded.",
             "false",
             false},
            {"semaphore",
             {form(Form::name, "the name of a semaphore"), document::object(semaphore_object())},
             "Held while the job runs; defaults.semaphores says how many may hold it at once.",
             "none",
             false},
            {"concurrency",
             {form(Form::name, "the name of a group"), document::object(concurrency_object())},
             "Its group as under GitHub Actions: of the runs of a group one goes on and one more waits at most. A "
             "newer run takes the place of the one that waits; that one counts as failed.",
             "none",
             false},
            {"reuses_green",
             {form(Form::flag)},
             "Whether a success of this job on the very same state (the same landed base, the same chain of patch "
             "sets) counts instead of a new run, in whichever pipeline it was.",
             "false",
             false},
            {"files", patterns(),
             "Runs only for changes with a path that one of these matches. A change without known paths matches.",
             "all changes", false},
            {"irrelevant_files", patterns(),
             "The job is left out when every path of the change is matched by one of these.", "none", false},
            {"branches", patterns(), "Runs only for changes of a branch that one of these matches from its start.",
             "all branches", false},
            {"kinds",
             {list({form(Form::name, "a kind of change")})},
             "Runs only for changes of these kinds, as the load names them (code, doc, …).",
             "all kinds",
             false},
            {"flake",
             {form(Form::share)},
             "Chance that a run fails although nothing is wrong with what it tests.",
             "0%",
             false},
            {"no_result",
             {form(Form::share)},
             "Chance that a run ends without a result and is run again.",
             "0%",
             false},
            {"never_reports",
             {form(Form::share)},
             "Chance that a run is never scheduled, so that nobody ever hears of the check: it takes no nodes, and "
             "only "
             "a time limit of the strategy or the end of its test ends it. The job's own timeout does not: that begins "
             "when a run starts.",
             "0%",
             false},
            {"hangs",
             {form(Form::share)},
             "Chance that a run hangs: it keeps its nodes and never ends by itself, only by the job's timeout, a time "
             "limit of the strategy, or because it is stopped.",
             "0%",
             false},
            {"catches",
             {number(0, 1e6)},
             "How likely it is, compared with the other jobs, that a change's defect shows in this job. With weights 3 "
             "and 1, three defects in four show in the first.",
             "1",
             false},
            {"duration_per",
             {word({"run", "change"})},
             "What decides how long a run takes: the run, or the change (then all runs for a patch set take equally "
             "long).",
             "run",
             false},
            {"flake_per",
             {word({"run", "change"})},
             "Whether the chance of a flake applies once per run, or once for every change of the chain under test.",
             "run",
             false},
            {"retry_tests",
             {count(0, 100), document::object(retry_tests_object())},
             "How often the failed tests of a run are repeated within it. A flake f becomes f to the power of 1 + "
             "this; a real failure stays one.",
             "0",
             false},
            {"selection",
             {document::object(selection_object())},
             "Predictive test selection: what part of the tests is run and what it finds.",
             "all tests",
             false},
            {"unneeded_builds",
             {word({"stopped", "never"}), document::object(unneeded_object())},
             "What happens to a running build that nobody needs any more, because what it tests is tested anew, was "
             "decided or has left: it is stopped, is stopped after a time, or is never stopped. Until then it keeps "
             "its nodes; its result counts for nothing. What has not started yet is taken back.",
             "stopped",
             false},
            {"failure_shows_after",
             {form(Form::share)},
             "Share of its run after which a failing run shows in its output that it will fail; it runs on to its end. "
             "Only a strategy that listens hears it: \"early_failure\" of zuul. Runs that are only lost or too slow "
             "show nothing.",
             "100%",
             false},
        };
        return o;
    }();
    return object;
}

const Object& job_entry_object() {
    static const Object object = [] {
        Object o = map_of("a job with other keys", {document::object(job_object())}, "the job's name",
                          "One job and what is different about it here; other keys come from the job itself.");
        o.single = true;
        return o;
    }();
    return object;
}

Shape job_list() {
    return list({form(Form::name, "the name of a job"), object(job_entry_object())});
}

const Object& template_object() {
    static const Object object = map_of("a template", {job_list()}, "the pipeline's name",
                                        "Job lists by pipeline, for projects that name this template.");
    return object;
}

const Object& project_object() {
    static const Object object = [] {
        Object o = map_of("a project", {job_list()}, "the pipeline's name",
                          "What is under test. A key that is a pipeline's name holds the jobs of this project there, "
                          "after those of its templates; "
                          "a job listed again takes over the keys given last. A project with neither templates nor job "
                          "lists runs all jobs in every "
                          "pipeline.");
        o.fields = {
            {"queue",
             {form(Form::name, "the name of a shared queue")},
             "In dependent pipelines the changes of all projects that name this queue are tested on top of each other.",
             "a queue of its own",
             false},
            {"templates",
             {list({form(Form::name, "the name of a template")})},
             "Templates whose job lists the project has, in this order.",
             "those of defaults.project",
             false},
        };
        o.other_help = "Jobs in this pipeline: names, or {NAME: {keys that are different here}}.";
        return o;
    }();
    return object;
}

const Object& queue_object() {
    static const Object object = [] {
        Object o;
        o.title = "a shared queue";
        o.fields = {
            {"projects",
             {list({form(Form::name, "the name of a project")})},
             "Whose changes are tested on top of each other.",
             "",
             true},
            {"pipeline",
             {form(Form::name, "the name of a pipeline")},
             "Only in this pipeline.",
             "every dependent one",
             false},
        };
        return o;
    }();
    return object;
}

}  // namespace gatesim::document
