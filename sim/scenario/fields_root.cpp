// The field table: the top level, in reading order.
#include "scenario/field.hpp"

namespace gatesim::document {

const Object& scenario_object() {
    static const Object jobs = map_of(
        "jobs", {object(job_object())}, "the job's name",
        "Jobs by name. Their order is the order in which a project without lists runs them. \"noop\" is built in.");
    static const Object templates = map_of("templates", {object(template_object())}, "the template's name");
    static const Object projects = map_of("projects", {object(project_object())}, "the project's name",
                                          "Projects by name; their order is the order of queues.");
    static const Object queues = map_of("queues", {object(queue_object())}, "the queue's name");
    static const Object pipelines = map_of("pipelines", {object(pipeline_object())}, "the pipeline's name",
                                           "Pipelines by name, worked on in this order.");
    static const Object pools = map_of("pools", {object(pool_object())}, "the pool's name");
    static const Object quotas = map_of("quotas", {count(0, 1e9)}, "the quota's name");
    static const Object files = map_of("files", {form(Form::text)}, "the file's name");
    static const Object root = [] {
        Object o;
        o.title = "the scenario";
        o.fields = {
            {"$schema",
             {form(Form::text)},
             "Where an editor finds the schema: \"../schema/scenario.json\".",
             "",
             false},
            {"format", {count(1, 1)}, "Version of this format.", "1", false},
            {"title", {form(Form::text)}, "One line for tables and pages.", "the scenario's name", false},
            {"extends",
             {form(Form::name, "a scenario's name or a file")},
             "A scenario this one starts from: a file relative to this one, or the name of a scenario next to it. The "
             "keys given here are merged into it one by one; null removes a key.",
             "nothing",
             false},
            {"period",
             {object(period_object())},
             "When the simulation begins and how long changes arrive.",
             "terminating, until the load is used up",
             false},
            {"replications", {count(1, 1e6)}, "How many independent runs.", "1", false},
            {"load", {object(load_object())}, "Where changes come from.", "", true},
            {"strategy", {form(Form::strategy)}, "How dependent pipelines decide what to test.", "zuul", false},
            {"defaults", {object(defaults_object())}, "Keys that need not be repeated.", "", false},
            {"jobs", {object(jobs)}, "The jobs that test a change.", "", true},
            {"templates", {object(templates)}, "Job lists that several projects share.", "none", false},
            {"projects",
             {object(projects)},
             "What is under test.",
             "one, called \"project\", that runs all jobs",
             false},
            {"queues", {object(queues)}, "Shared queues; a project can also name its queue itself.", "none", false},
            {"pipelines",
             {object(pipelines)},
             "What happens to a change, in order of configuration.",
             "one dependent pipeline called \"gate\"",
             false},
            {"pools", {object(pools)}, "Where jobs run.", "one pool called \"default\", unlimited", false},
            {"quotas",
             {object(quotas)},
             "Nodes that several pools may have together, those that stop included; a pool names its quota.",
             "none",
             false},
            {"failures",
             {object(failures_object())},
             "What is really wrong with changes, whatever the tests say.",
             "nothing",
             false},
            {"prices", {object(prices_object())}, "What else costs money, apart from nodes.", "nothing", false},
            {"signals",
             {object(signals_object())},
             "What strategies that make predictions may know in advance.",
             "base rates",
             false},
            {"timeline",
             {list({object(timeline_object())})},
             "What changes in the course of the run.",
             "nothing",
             false},
            {"observed",
             {object(observed_object())},
             "What really happened, shown beside the result.",
             "nothing",
             false},
            {"facts",
             {object(facts_object())},
             "What is known about the world that the scenario stands for; gatesim calibrate compares it.",
             "nothing is claimed",
             false},
            {"expect",
             {list({form(Form::text)})},
             "Expectations like \"gate_time_s.p95 <= 45m\": a metric, one of < <= > >= ==, a bound. If one is not met, "
             "the exit code is 1.",
             "none",
             false},
            {"files",
             {object(files)},
             "Written by gatesim: the SHA-256 of the files this scenario read. Ignored on input.",
             "",
             false},
        };
        return o;
    }();
    return root;
}

}  // namespace gatesim::document
