// The field table: race conditions of the branch.
#include "scenario/field.hpp"
#include "scenario/hours_form.hpp"

namespace gatesim::document {

namespace {

const Object& factor_object() {
    static const Object object = [] {
        Object o;
        o.title = "what a race depends on";
        o.help = "One of these; from and until are two ends of one.";
        o.groups = {{{"pool", "region", "provider", "hours", "concurrency", "with", "after", "from"}, 0, 1}};
        o.fields = {
            {"pool", {form(Form::name, "the name of a pool")}, "Runs on nodes of this pool.", "", false},
            {"region", {form(Form::name, "a region of a pool")}, "Runs on nodes of this region.", "", false},
            {"provider", {form(Form::name, "a provider of a pool")}, "Runs on nodes of this provider.", "", false},
            {"hours", hours_shapes({}), "Runs that start in these hours of the week.", "", false},
            {"concurrency",
             {count(1, 1e9)},
             "Runs that start when at least so many builds of the race's jobs run, themselves among them.",
             "",
             false},
            {"with",
             {form(Form::name, "a project or a change")},
             "Runs that test another change of this project, or this change, together with their own.",
             "",
             false},
            {"after",
             {form(Form::name, "a change")},
             "Runs of the change's shared queue whose branch has this change: the race came in with it.",
             "",
             false},
            {"from", {form(Form::moment)}, "Runs that start then or later.", "", false},
            {"until", {form(Form::moment)}, "Runs that start before then.", "", false},
        };
        return o;
    }();
    return object;
}

const Object& fingerprint_object() {
    static const Object object = [] {
        Object o;
        o.title = "the fingerprint of a race";
        o.fields = {
            {"layer",
             {form(Form::name, "\"console\", or the name of a service")},
             "In which log of a build it stands.",
             "\"console\"",
             false},
            {"lines",
             {list({form(Form::text, "a text")})},
             "Texts that lines of that log hold when the race showed, in this order.",
             "a text that is made from the race's name",
             false},
        };
        return o;
    }();
    return object;
}

const Object& listed_race_object() {
    static const Object object = [] {
        Object o;
        o.title = "a race";
        o.help =
            "A race condition of the branch. It hits runs by chance, whatever is tested; where it does, the run is red "
            "through no fault of its change. A run that is red for a reason of its own stays so.";
        o.fields = {
            {"name", {form(Form::name, "a name for the race")}, "Its name in tables and stories.", "", true},
            {"strength",
             {form(Form::share)},
             "Chance that a run of one of its jobs is hit, where its factor holds. Amounts of the timeline: "
             "/failures/races/listed/NAME/strength.",
             "",
             true},
            {"jobs",
             {list({form(Form::name, "the name of a job")})},
             "Jobs whose runs it can hit.",
             "all voting jobs",
             false},
            {"factor", {document::object(factor_object())}, "What it depends on beside luck.", "nothing", false},
            {"at", {form(Form::moment)}, "It is there for runs that start then or later.", "0s", false},
            {"until", {form(Form::moment)}, "It is fixed then: runs that start later are safe.", "never", false},
            {"fingerprint",
             {document::object(fingerprint_object())},
             "What a run that it hits leaves in its logs (run --logs).",
             "a text that is made from its name",
             false},
        };
        return o;
    }();
    return object;
}

/// Shares from almost nothing to almost certain.
const Object& spread_object() {
    static const Object object = [] {
        Object o;
        o.title = "a share that spreads widely";
        o.help =
            "A lognormal distribution of shares, by its median and its 95th percentile; more than 100% counts as 100%.";
        o.fields = {
            {"p50", {form(Form::share)}, "Half of them are below it.", "", true},
            {"p95", {form(Form::share)}, "19 of 20 are below it.", "", true},
        };
        return o;
    }();
    return object;
}

const Object& factors_object() {
    static const Object object = [] {
        Object o;
        o.title = "what races that are born depend on";
        o.help = "The share of races with each kind of factor, not above 100% together; the others depend on nothing.";
        const char* const kinds[][2] = {
            {"region", "One of the regions of the pools, each as likely as the others."},
            {"provider", "One of the providers of the pools; nothing, if no pool has one."},
            {"hours", "Six hours of the day, anywhere in it."},
            {"with", "Changes of one of the projects tested together with the run's own."},
            {"concurrency", "At least `crowd` builds of its jobs at once."},
        };
        for (const auto& [key, help] : kinds) o.fields.push_back({key, {form(Form::share)}, help, "0%", false});
        o.fields.push_back({"crowd",
                            {count(1, 1e9)},
                            "So many builds of its jobs, for those that depend on concurrency.",
                            "10",
                            false});
        return o;
    }();
    return object;
}

const Object& births_object() {
    static const Object object = [] {
        Object o;
        o.title = "how races are born";
        o.help =
            "A race comes in with a change that lands, and nobody knows. It hits runs of the change's shared queue "
            "whose branch has that change. Races that are born are called race-1, race-2 and so on.";
        o.fields = {
            {"per_landing",
             {form(Form::share)},
             "Chance that a landing brings one in: of an ordinary change; of others as much more or less as for "
             "defects (their author's care, their size).",
             "",
             true},
            {"strength",
             {form(Form::share), document::object(spread_object())},
             "Chance that a run of its jobs is hit.",
             "",
             true},
            {"jobs",
             {count(1, 1000)},
             "How many of the change's voting jobs it can hit, chosen by weight (catches).",
             "1",
             false},
            {"factors", {document::object(factors_object())}, "What they depend on.", "nothing", false},
            {"fades",
             {form(Form::distribution)},
             "How long the code around it stays as it is; then the race is gone, whether anybody knew of it or not.",
             "for ever",
             false},
        };
        return o;
    }();
    return object;
}

const Object& handling_object() {
    static const Object object = [] {
        Object o;
        o.title = "what people do about races";
        o.help =
            "Who sees a failure runs the tests again, or looks for its cause. With the first look a race is noticed; "
            "with classification on, its fingerprint is known some time later, and from then on every failure counts "
            "as "
            "its doing; else only those whose cause somebody looked for. When enough have counted, somebody takes a "
            "race that was born on. A listed one ends when the scenario says so.";
        o.fields = {
            {"look", {form(Form::share)}, "Share of failures by races whose cause somebody looks for.", "20%", false},
            {"classify",
             {form(Form::distribution)},
             "How long it takes from then until its fingerprint is known.",
             "0s",
             false},
            {"urgent", {count(1, 1e6)}, "Failures known to be its doing, until somebody takes it on.", "5", false},
            {"fix", {form(Form::distribution)}, "How long it takes from then until it is fixed.", "0s", false},
            {"revert",
             {form(Form::share)},
             "Share of races that are taken on which end at once: the change that brought it in is reverted.",
             "0%",
             false},
            {"quarantine",
             {count(1, 1e6)},
             "So many failures known to be its doing within a week: its test is skipped from then on.",
             "tests are never skipped",
             false},
        };
        return o;
    }();
    return object;
}

}  // namespace

const Object& races_object() {
    static const Object object = [] {
        Object o;
        o.title = "race conditions";
        o.fields = {
            {"classification",
             {word({"on", "off"})},
             "Whether people tell races apart by fingerprints in logs.",
             "on",
             false},
            {"listed",
             {list({document::object(listed_race_object())})},
             "Races that are known by name.",
             "none",
             false},
            {"born",
             {document::object(births_object())},
             "How races come in with changes that land.",
             "none is",
             false},
            {"handling",
             {document::object(handling_object())},
             "What people do about races.",
             "as its keys say",
             false},
        };
        return o;
    }();
    return object;
}

}  // namespace gatesim::document
