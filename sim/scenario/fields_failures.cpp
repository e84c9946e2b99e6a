// The field table: what goes wrong, and what can be known of it beforehand.
#include "scenario/field.hpp"

namespace gatesim::document {

namespace {

const Object& overlap_object() {
    static const Object object = [] {
        Object o;
        o.title = "conflicts from overlap";
        o.help =
            "Chances for each target that two changes share (load.footprint, touches, paths): the more they share, the "
            "likelier a conflict.";
        o.fields = {
            {"semantic",
             {form(Form::share)},
             "Chance for each shared target that two changes of one queue, each fine alone, break together.",
             "0%",
             false},
            {"textual",
             {form(Form::share)},
             "Chance for each shared target that two changes of one project cannot be merged together.",
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
            "How well the prediction tells good from bad: by accuracy (the same in both classes), by the hit rates of "
            "the two classes, or by AUC. Predictions are calibrated, unless confidence says otherwise.";
        o.groups = {{{"accuracy", "auc", "good_hits"}, 1, 1}};
        o.fields = {
            {"accuracy", {form(Form::share)}, "How often it is right, in both classes.", "", false},
            {"good_hits", {form(Form::share)}, "How often it is right about a good change; with bad_hits.", "", false},
            {"bad_hits", {form(Form::share)}, "How often it is right about a bad change; with good_hits.", "", false},
            {"auc",
             {form(Form::share)},
             "Chance that a good change gets a better score than a bad one; 50% is guessing.",
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
            "Comes and goes by chance (every, lasts) or at stated times (at, for), whatever the changes are like. A "
            "build that would have passed fails if it ends while the "
            "trouble lasts; nothing runs it again automatically.";
        o.fields = {
            {"every",
             {form(Form::distribution)},
             "How long it takes from the end of one spell to the beginning of the next; at least 1s.",
             "only at stated times",
             false},
            {"lasts",
             {form(Form::distribution)},
             "How long a spell lasts; at least 1s. It belongs to every.",
             "",
             false},
            {"at",
             {form(Form::moment), list({form(Form::moment)})},
             "When a spell begins, or several do, in order of time; beside every and lasts, or without them.",
             "no stated time",
             false},
            {"for", {positive_time()}, "How long the spells last that begin at a stated time.", "", false},
            {"pool",
             {form(Form::name, "the name of a pool")},
             "It only hits builds on the nodes of this pool.",
             "wherever they run",
             false},
            {"jobs", {list({form(Form::name, "the name of a job")})}, "It only hits these jobs.", "all jobs", false},
            {"fails", {form(Form::share)}, "Share of the affected builds that fail.", "100%", false},
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
            "What strategies that make predictions may know: noisy predictions derived from the truth, of the quality "
            "given here. For anything left out, only the base rate is known.";
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
        o.help = "What is really wrong with changes that are not scripted.";
        o.fields = {
            {"defect", {form(Form::share)}, "Chance that a change is broken by itself.", "0%", false},
            {"defect_run",
             {number(1, 1e6)},
             "Mean number of changes with a defect in a row, in one queue and in order of arrival. It makes failures "
             "come in bursts; their share stays the same.",
             "as chance has it: 1 / (1 - defect)",
             false},
            {"semantic_conflict",
             {form(Form::share)},
             "Chance that two changes of one queue, each fine alone, break together.",
             "0%",
             false},
            {"textual_conflict",
             {form(Form::share)},
             "Chance that two changes of one project cannot be merged together.",
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
             "Conflicts between changes that touch the same targets, in addition to those between any two.",
             "none",
             false},
            {"repair",
             {form(Form::distribution)},
             "How long it takes until a defect or conflict that landed is noticed and repaired. With failures.notice: "
             "how long the repair takes after it was noticed.",
             "it stays for ever; with failures.notice, it is repaired at once",
             false},
            {"notice",
             {document::object(notice_object())},
             "How a broken branch is noticed, and what is done about it.",
             "nobody does",
             false},
            {"troubles",
             {document::object(troubles)},
             "Trouble from outside, by name: a provider's bad hours, a mirror that is down, an upstream release that "
             "breaks the tests of every change.",
             "none",
             false},
            {"races",
             {document::object(races_object())},
             "Race conditions of the branch, which make runs of any change red now and then.",
             "none",
             false},
        };
        return o;
    }();
    return object;
}

}  // namespace gatesim::document
