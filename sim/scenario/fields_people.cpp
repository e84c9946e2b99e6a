// The field table: who writes changes, when, and what they do with verdicts.
#include "scenario/people_parts.hpp"
#include "scenario/review_parts.hpp"

namespace gatesim::document {

namespace {

const Object& project_weights_object() {
    static const Object object = map_of("projects of contributors", {number(0, 1e12)}, "the project's name");
    return object;
}

const Object& cycle_object() {
    static const Object object = [] {
        Object o;
        o.title = "a cycle";
        o.help = "The length of time for which `contributors` and `activity` count people and their changes.";
        o.fields = {
            {"length", {positive_time()}, "How long it is.", "182d", false},
            {"start",
             {form(Form::instant)},
             "When one begins; not after the period's start.",
             "the period's start",
             false},
        };
        return o;
    }();
    return object;
}

const Object& activity_object() {
    static const Object object = [] {
        Object o;
        o.title = "how much each writes";
        o.help =
            "A discrete power law: a person begins k changes in a cycle with a weight of 1/k to the power of "
            "`exponent`. In a part of a cycle it begins its share of them, at the times the rhythm gives.";
        o.fields = {
            {"exponent",
             {number(0, 10)},
             "Large: nearly everybody writes little. 0: all numbers are equally likely.",
             "1.53",
             false},
            {"least", {count(1, 1e6)}, "The smallest number.", "1", false},
            {"most", {count(1, 1e6)}, "The largest number.", "364", false},
        };
        return o;
    }();
    return object;
}

const Object& season_object() {
    static const Object object = [] {
        Object o;
        o.title = "a season";
        o.help = "A time when everybody does more or less than usual: a feature freeze, a conference, holidays.";
        o.fields = {
            {"name", {form(Form::text)}, "Its name, for readers.", "none", false},
            {"from", {form(Form::instant)}, "When it begins; this may be before the period.", "", true},
            {"until", {form(Form::instant)}, "When it is over.", "", true},
            {"factor", {number(0, 1000)}, "Everybody's writing is multiplied by this.", "", true},
            {"readers",
             {number(0, 1000)},
             "Reading is multiplied by this, if reviewers follow the rhythm (review.hours).",
             "1",
             false},
        };
        return o;
    }();
    return object;
}

const Object& rhythm_object() {
    static const Object object = [] {
        Object o;
        o.title = "when people are at it";
        o.help =
            "Intensities, relative to each other. Uploads and reactions happen where there is intensity; where it is "
            "0, everybody sleeps. \"Of work\" in other keys means time that passes by it: an hour at average intensity "
            "is an hour.";
        o.fields = {
            {"hours",
             {list({number(0, 1e6)})},
             "24 numbers: the intensity of each hour of the local day, starting at midnight.",
             "1 from 8 to 19, 0 else",
             false},
            {"weekdays",
             {list({number(0, 1e6)})},
             "7 numbers, from Monday on, by which the hours of that day are multiplied.",
             "[1, 1, 1, 1, 1, 0, 0]",
             false},
            {"day_to_day",
             {number(0, 10)},
             "How uneven days are: each day (UTC) multiplies everybody's intensity by a log-normal factor with mean 1; "
             "this is its coefficient of variation.",
             "0",
             false},
            {"week_to_week",
             {number(0, 10)},
             "How uneven each person's weeks are: each week multiplies the number of changes a person begins by a "
             "factor; this is its coefficient of variation.",
             "0",
             false},
            {"seasons",
             {list({document::object(season_object())})},
             "Times of more or less activity. Where two hold, their factors multiply.",
             "none",
             false},
        };
        return o;
    }();
    return object;
}

const Object& under_way_object() {
    static const Object object = [] {
        Object o;
        o.title = "changes under way when the period begins";
        o.help =
            "People's changes are followed from before the period, without machines: a patch set after each gap, "
            "until none is needed. What has not ended by the start goes on from there.";
        o.fields = {
            {"since", {positive_time()}, "How far back.", "", true},
            {"gap",
             {form(Form::distribution)},
             "Time from a patch set to the next, or from the last to its approval.",
             "",
             true},
        };
        return o;
    }();
    return object;
}

}  // namespace

const Object& people_object() {
    static const Object object = [] {
        Object o;
        o.title = "people";
        o.help =
            "Changes written by contributors. Each of them begins changes in the hours that the rhythm gives, answers "
            "verdicts and votes with new patch sets or rechecks, and gives up on some.";
        o.fields = {
            {"contributors", {count(1, 1e6)}, "How many people begin at least one change in a cycle.", "", true},
            {"cycle",
             {document::object(cycle_object())},
             "The length of time that `contributors` refers to.",
             "182 days",
             false},
            {"turnover",
             {form(Form::share)},
             "Share of the contributors who are replaced by others when a new cycle begins.",
             "0%",
             false},
            {"activity", {document::object(activity_object())}, "How many changes each begins.", "as below", false},
            {"zones",
             {document::object(zones_object())},
             "Where they live: time zones with weights.",
             "the period's zone",
             false},
            {"projects",
             {document::object(project_weights_object())},
             "How changes are spread over projects: a weight for each.",
             "evenly over all",
             false},
            {"own_project",
             {form(Form::share)},
             "Share of a person's changes that are for their own project; the others are spread over all projects.",
             "70%",
             false},
            {"kinds",
             {document::object(written_kinds_object())},
             "What changes are, with weights: what a job's `kinds` looks at. Instead of a weight: its share, and how "
             "such "
             "changes differ from the others; then the rest is \"code\".",
             "all \"code\"",
             false},
            {"skill_spread",
             {number(0, 10)},
             "How much people differ in the defects they make: sigma of a log-normal factor with mean 1.",
             "0",
             false},
            {"rhythm", {document::object(rhythm_object())}, "When people write.", "office hours", false},
            {"changes", {document::object(new_changes_object())}, "What new changes are like.", "as below", false},
            {"rework", {document::object(rework_object())}, "How often changes are reworked.", "as below", false},
            {"after_check",
             {document::object(after_check_object())},
             "What authors do when check is red.",
             "as below",
             false},
            {"after_gate",
             {document::object(after_gate_object())},
             "What authors do when the gate has ejected their change.",
             "as below",
             false},
            {"under_way",
             {document::object(under_way_object())},
             "What is under way when the period begins.",
             "nothing",
             false},
            {"check",
             {form(Form::name, "the name of a pipeline"), form(Form::null)},
             "The pipeline that tests each patch set when it is uploaded; null: none.",
             "the first independent one, if there is one",
             false},
            {"gate",
             {form(Form::name, "the name of a pipeline")},
             "Where approved changes land.",
             "the first dependent one",
             false},
            {"review_after_check",
             {form(Form::flag)},
             "Whether patch sets are read once check is green; false: as soon as they are uploaded, unless check is "
             "red.",
             "true",
             false},
            {"gate_after_check",
             {form(Form::flag)},
             "Whether an approved patch set waits for its check to be green before it enters the gate; false: it "
             "enters unless check is already red.",
             "true",
             false},
            {"warmup",
             {form(Form::time)},
             "The first part of the period, in which people, reviews and queues fill up: it is simulated, and nothing "
             "in it is measured. Metrics are about changes that arrive later, facts about what happens later.",
             "0s",
             false},
            {"review",
             {document::object(review_object())},
             "How patch sets are reviewed.",
             "one that needs no rework is approved at once",
             false},
        };
        return o;
    }();
    return object;
}

}  // namespace gatesim::document
