// The field table: how patch sets are reviewed, and by whom.
#include "model/review.hpp"
#include "scenario/field.hpp"
#include "scenario/review_parts.hpp"

namespace gatesim::document {

namespace {

std::vector<std::string> assignment_names() {
    std::vector<std::string> names;
    for (const AssignmentDescription& known : known_assignments()) names.push_back(known.name);
    return names;
}

const Object& home_projects_object() {
    static const Object object = map_of("projects of reviewers", {number(0, 1e12)}, "the project's name");
    return object;
}

const Object& reviewers_object() {
    static const Object object = [] {
        Object o;
        o.title = "reviewers of one class";
        o.help = "People who read patch sets: each has a queue, working hours and a limited share of them for reviews.";
        o.fields = {
            {"count", {count(1, 100'000)}, "How many people the class has.", "1", false},
            {"approves",
             {form(Form::flag)},
             "Whether their consent is a +2, which lets a patch set land. Others give a +1 and find defects.",
             "true",
             false},
            {"asked",
             {count(1, 100)},
             "How many of them read each patch set (a class that does not approve only; of the others as many as "
             "`approvals` takes).",
             "1",
             false},
            {"zones",
             {document::object(zones_object())},
             "Where they live: time zones with weights. The people are divided by these weights as evenly as possible.",
             "the period's zone",
             false},
            {"hours", hours_shapes(), "When they work, by the clock there.", "always", false},
            {"share",
             {form(Form::share)},
             "The share of their working time that they give to reviews. After each review they do other work for long "
             "enough to keep to it.",
             "100%",
             false},
            {"effort",
             {form(Form::distribution)},
             "Working time it takes to read a patch set, for a change of no lines.",
             "",
             true},
            {"per_line",
             {form(Form::time)},
             "How much each line adds to the mean; the whole reading takes longer in proportion.",
             "0s",
             false},
            {"reread",
             {form(Form::share)},
             "Reading a later patch set of the same change takes this share of the time.",
             "100%",
             false},
            {"care", {form(Form::share)}, "Chance of finding an existing defect.", "0%", false},
            {"care_alike",
             {number(0, 1e6, true)},
             "How similar they are in this: each one's chance is drawn from a Beta distribution, and this is the sum "
             "of its two parameters. Up to 2: good ones and bad ones. 1000: all alike.",
             "all alike",
             false},
            {"false_alarm",
             {form(Form::share)},
             "Chance that a reviewer asks for rework although nothing is wrong.",
             "0%",
             false},
            {"unsure",
             {form(Form::share)},
             "Of those who may approve: share of their consents that are only a +1, so that somebody else is asked "
             "too.",
             "0%",
             false},
            {"firm",
             {form(Form::share)},
             "Of those who may approve: share of their refusals that are a -2, so that the same person must agree to "
             "the next patch set.",
             "0%",
             false},
            {"projects",
             {document::object(home_projects_object())},
             "Where they are at home (assignment own_project): projects with weights; each of the people has one.",
             "evenly over all projects",
             false},
        };
        return o;
    }();
    return object;
}

const Object& classes_object() {
    static const Object object =
        map_of("classes of reviewers", {document::object(reviewers_object())}, "the name of the class",
               "Reviewers by class. The people of class core are called core1, core2 and so on.");
    return object;
}

}  // namespace

const Object& zones_object() {
    static const Object object =
        map_of("time zones", {number(0, 1e12)}, "an IANA time zone (\"UTC\", \"Europe/Berlin\")");
    return object;
}

const Object& review_object() {
    static const Object object = [] {
        Object o;
        o.title = "review";
        o.help =
            "What happens to a patch set once its author asks for review: either a decision after a delay (latency; "
            "what a small team needs), or people with queues (reviewers), from which the delay emerges.";
        o.groups = {{{"latency", "reviewers"}, 1, 1}};
        o.fields = {
            {"latency",
             {form(Form::distribution)},
             "How long a decision takes, in the working time of whoever decides (zones, hours).",
             "",
             false},
            {"zones",
             {document::object(zones_object())},
             "With latency: the time zones of those who decide, by weight.",
             "the period's zone",
             false},
            {"hours", hours_shapes({"always", "rhythm"}),
             "With latency: when those who decide work; rhythm: by the hours, weekdays and days of load.people.rhythm, "
             "in their own zones.",
             "always", false},
            {"care", {form(Form::share)}, "With latency: chance that an existing defect is found.", "0%", false},
            {"false_alarm",
             {form(Form::share)},
             "With latency: chance that rework is asked for although nothing is wrong.",
             "0%",
             false},
            {"reviewers", {document::object(classes_object())}, "Who reviews, by class.", "", false},
            {"approvals",
             {count(1, 20)},
             "With reviewers: how many +2 a patch set needs to land, from different people and none of them the "
             "author.",
             "2",
             false},
            {"refuse",
             {word({"anyone", "approvers"})},
             "With reviewers: whose refusal sends a patch set back to its author.",
             "anyone",
             false},
            {"assignment",
             {word(assignment_names())},
             "With reviewers: the rule that says who reads what.",
             "oldest_first",
             false},
        };
        return o;
    }();
    return object;
}

}  // namespace gatesim::document
