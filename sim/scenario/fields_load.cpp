// The field table: where changes come from.
#include "scenario/load_parts.hpp"
#include "scenario/people_parts.hpp"

namespace gatesim::document {

namespace {

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
            {"limit", {count(1, 1e12)}, "Stop after this many changes.", "no limit: until the period ends", false},
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

const Object& footprint_size_object() {
    static const Object object = [] {
        Object o;
        o.title = "how many targets a change touches";
        o.help = "A log-normal distribution, rounded; at least 1.";
        o.fields = {
            {"p50", {number(1, 1e6)}, "Half of all changes touch at most this many targets.", "", true},
            {"p95", {number(1, 1e6)}, "95 % of all changes touch at most this many targets.", "", true},
        };
        return o;
    }();
    return object;
}

const Object& footprint_object() {
    static const Object object = [] {
        Object o;
        o.title = "what changes touch";
        o.help =
            "A set of targets (files, build targets) for every change that does not say what it touches, drawn by "
            "popularity. Changes that share targets can conflict (failures.overlap).";
        o.fields = {
            {"targets", {count(1, 1e6)}, "How many targets there are.", "", true},
            {"size",
             {count(1, 1e6), document::object(footprint_size_object())},
             "How many of them a change touches.",
             "",
             true},
            {"popularity",
             {number(0, 10)},
             "Target number k has a weight of 1/k to this power: 0 = all equally popular; 1 and more = a few hot "
             "targets that everybody touches.",
             "1",
             false},
            {"large",
             {form(Form::share)},
             "Share of changes that affect every target, because they change the build graph.",
             "0%",
             false},
        };
        return o;
    }();
    return object;
}

}  // namespace

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
             "What else happens to listed changes.",
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
