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
             "terminating: a day, a week or a crunch, from beginning to end. steady: the long run, without the "
             "warm-up.",
             "terminating",
             false},
            {"start",
             {form(Form::instant)},
             "When simulated time begins. Without it, times are printed relative to the beginning.",
             "no date",
             false},
            {"length", {positive_time()}, "After this no change arrives.", "until the load is used up", false},
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
             "dependent: a gate; changes land in order. independent: every change by itself. supercedent: one change "
             "is tested and only the newest one waits.",
             "dependent",
             false},
            {"precedence", {word({"high", "normal", "low"})}, "Whose node requests are served first.", "normal", false},
            {"dequeue_on_new_patchset",
             {form(Form::flag)},
             "Whether a new patch set takes the old one out. With tide and bors-ng it always does.",
             "true",
             false},
            {"ignore_dependencies",
             {form(Form::flag)},
             "Whether the changes that a change needs are ignored (independent only).",
             "false",
             false},
            {"reject_after_failure",
             {form(Form::flag)},
             "Whether a change whose last report was negative must be approved or enqueued by an event before the "
             "pipeline takes it again.",
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
            {"freeze", hold_shapes(),
             "When only exempt changes land: tests go on, and what has passed waits for the thaw (dependent only; what "
             "a product does instead, its strategy says).",
             "never", false},
            {"pause", hold_shapes(), "When nothing starts and nothing lands; builds that run end (dependent only).",
             "never", false},
            {"frozen",
             {form(Form::flag)},
             "Whether it is frozen from the beginning, until it is thawed.",
             "false",
             false},
            {"paused",
             {form(Form::flag)},
             "Whether it is paused from the beginning, until it is resumed.",
             "false",
             false},
            {"exempt", {document::object(exempt_object())}, "Who lands in spite of a freeze.", "nobody", false},
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
             "How many nodes there are at once. Of a pool that lives (it has one of scaling, min, max, keep_warm, "
             "spot, "
             "lifetime …): how many are up at the beginning; by the timeline, how many there can be (an outage).",
             "\"unlimited\"; of a pool that lives, min",
             false},
            {"when_short",
             {word({"wait", "fail"})},
             "What a request for more nodes than the pool has at all (none of them, in an outage) does. wait: until "
             "there are more. fail: the job fails at once, as under Nodepool. Of a label with several pools, one that "
             "says wait is enough.",
             "wait",
             false},
            {"grants",
             {grants()},
             "Whose request is served first, of those with equal precedence. in_order_asked: who asked first. "
             "in_order_of_queue: who stands further ahead in its queue, whenever it asked; of different queues, who "
             "asked first. Of a label with several pools, one that says so is enough.",
             "in_order_asked",
             false},
            {"labels",
             {list({form(Form::name, "a label")})},
             "What jobs may ask for besides the pool's name.",
             "only its name",
             false},
            {"region",
             {form(Form::name, "a name for the region")},
             "Where its machines stand. Races can depend on it.",
             "the pool's name",
             false},
            {"provider",
             {form(Form::name, "a name for the provider")},
             "Whose machines they are. Races can depend on it.",
             "none",
             false},
            {"boot", {form(Form::distribution)}, "How long a node takes until it is ready.", "0s", false},
            {"single_use",
             {form(Form::flag)},
             "Whether every build gets a newly booted node. Otherwise nodes are booted once and kept.",
             "true",
             false},
            {"launch_failure", {form(Form::share)}, "Chance that a boot fails.", "0%", false},
            {"launch_attempts",
             {count(1, 1000)},
             "How many boots may fail before the request fails; in a pool that lives, before the node is given up.",
             "3",
             false},
            {"start_delay",
             {form(Form::time)},
             "Time between handing a build to a ready node and its start.",
             "0s",
             false},
            {"abort_delay",
             {form(Form::time)},
             "Time between aborting a build and the release of its nodes.",
             "0s",
             false},
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
            {"fall_back_after",
             {form(Form::time)},
             "A request that has waited so long may go to the next pool of its label, too; pools are tried in order of "
             "configuration. A rule of the next pool sees it from then on only.",
             "at once: the first that has nodes",
             false},
        };
        add_life_fields(o.fields);
        return o;
    }();
    return object;
}

const Object& prices_object() {
    static const Object object = [] {
        Object o;
        o.title = "prices";
        o.help = "What else costs money, apart from nodes (their price is given with their pool).";
        o.fields = {
            {"delay",
             {form(Form::price)},
             "The cost of one hour between a change's first upload (without people: its first enqueue) and its "
             "landing.",
             "not stated",
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
            {"file", {form(Form::file)}, "Table of observed figures (CSV), shown beside the results.", "", true},
            {"rules",
             {document::object(rules)},
             "Strategies shown beside the observed figures in one table, by name.",
             "the scenario's strategy",
             false},
        };
        return o;
    }();
    return object;
}

const Object& timeline_object() {
    static const Object set =
        map_of("settings", {number(0, 1e9), form(Form::flag), form(Form::text, "a value of that key")},
               "a JSON pointer (\"/pools/NAME/nodes\")");
    static const Object object = [] {
        Object o;
        o.title = "a step of the timeline";
        o.fields = {
            {"at", {form(Form::moment)}, "When the setting changes.", "", true},
            {"set",
             {document::object(set)},
             "New values by JSON pointer: /pools/NAME/nodes, min or max, /jobs/NAME/duration_scale, flake, no_result "
             "or timeout, "
             "/defaults/semaphores/NAME, /load/arrivals/rate, /failures/defect, semantic_conflict, textual_conflict, "
             "failed_submit or withdraw, /failures/races/listed/NAME/strength, /pipelines/NAME/frozen or paused, "
             "/strategy/PARAMETER and "
             "/pipelines/NAME/strategy/PARAMETER where that is an amount. Jobs go by when a run starts, changes by "
             "when they are written.",
             "",
             true},
        };
        return o;
    }();
    return object;
}

const Object& defaults_object() {
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
            {"long_node_wait",
             {positive_time()},
             "A request for nodes that waits longer than this counts in the metric node_wait_over.",
             "5m",
             false},
            {"merge_time", {form(Form::distribution)}, "How long a merger takes to prepare one attempt.", "0s", false},
            {"relative_priority",
             {form(Form::flag)},
             "Whether the node requests of a queue that already has many wait behind those of other queues of equal "
             "precedence.",
             "false",
             false},
            {"semaphores",
             {document::object(semaphores_object())},
             "How many builds may hold each semaphore at once, and who goes first.",
             "1 for each that is not listed",
             false},
        };
        return o;
    }();
    return object;
}

}  // namespace gatesim::document
