// The field table: what goes wrong, and what can be known of it beforehand.
#include "scenario/field.hpp"

namespace gatesim::document {

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

}  // namespace gatesim::document
