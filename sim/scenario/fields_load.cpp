// The field table: where changes come from.
#include "scenario/hours_form.hpp"
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
            "period, or a change enqueued that is in the gate or has landed) are counted and told. A table of stays "
            "(entries.csv) is a load file, too.";
        o.fields = {
            {"file", {form(Form::file)}, "The load file (CSV with a header).", "", true},
            {"enqueue",
             {document::object(enqueue_object())},
             "Where the enqueue times come from.",
             "the column enqueued",
             false},
            {"waiting_at_start",
             {form(Form::flag)},
             "Whether those of a table of stays that came before the period and left after its start wait in the queue "
             "at its start, in the order in which they came.",
             "false",
             false},
            {"stays_apart",
             {form(Form::flag)},
             "Whether every row is a change of its own. Then who came again in reality comes again here, whatever "
             "became of the first stay. Its name has the number of the stay: change~28.",
             "false",
             false},
            {"builds",
             {form(Form::file)},
             "The table of builds (runs.csv) that belongs to the table of stays. The first build of a job for a stay "
             "then takes as long as the first one there, a later one as a later one; one that was stopped lasts longer "
             "than it did. It ends as that did if it is tested on the same stays (members). Else it is red for its own "
             "fault only: who landed has no defect, and who was ejected for a failure has one if it was red while "
             "nobody ahead left by ejection. Where nothing is recorded, builds are drawn. That explains a week; it "
             "cannot predict one. Needs stays_apart.",
             "all builds are drawn",
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
            {"hours", hours_shapes(),
             "When they arrive: \"40/day\" is then 40 on each day that has hours, spread over them, \"40/weekday\" the "
             "same on Monday to Friday only, \"200/week\" spread over all hours of the week, and \"5/h\" 5 in each of "
             "these hours.",
             "always, with a warning where the rate is by day or week: a night without changes leaves more for the day",
             false},
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
            "Changes that somebody merges by hand, untested: changes of their own at random times (`rate`), or a share "
            "of those that would have been enqueued (`share`). What is wrong with them is drawn as for any other "
            "change "
            "(failures).";
        o.groups = {{{"rate", "share"}, 1, 1}, {{"share", "projects"}, 0, 1}, {{"share", "author"}, 0, 1}};
        Shape rate = form(Form::rate);
        rate.positive = true;
        o.fields = {
            {"rate", {rate}, "How many there are on average.", "", false},
            {"share",
             {form(Form::share)},
             "How many of the changes are merged at once where they would have been enqueued for the first time. One "
             "that needs a change that has not landed is enqueued all the same.",
             "",
             false},
            {"author", {form(Form::name, "a person")}, "Who merges those of a rate.", "nobody is named", false},
            {"breaks", {form(Form::share)}, "How many of them have a defect.", "failures.defect", false},
            {"jobs", {job_names()}, "What a defect of them can break.", "any job that looks at them", false},
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
            {"place",
             {word({"end", "front"})},
             "Where in its queue it comes back: behind all others, or in front of them as if somebody promoted it.",
             "end",
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
        o.help =
            "Where changes come from: replay, arrivals or people (one of them at most), or changes that are listed; "
            "listed ones can also stand on top of a replay or of arrivals.";
        o.groups = {{{"changes", "replay", "arrivals", "people"}, 1, 4},
                    {{"replay", "arrivals", "people"}, 0, 1},
                    {{"changes", "people"}, 0, 1},
                    {{"people", "after_ejection"}, 0, 1}};
        o.fields = {
            {"changes", {document::object(changes_object())}, "Changes listed one by one, scripted or not.", "", false},
            {"events",
             {list({document::object(event_object())})},
             "What else happens to changes, whatever brings them, and pushes past the queue.",
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
