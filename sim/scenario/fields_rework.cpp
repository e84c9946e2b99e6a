// The field table: what people's changes are like, and what is done to them when they are not good enough.
#include "scenario/people_parts.hpp"

namespace gatesim::document {

const Object& lines_object() {
    static const Object object = [] {
        Object o;
        o.title = "sizes of changes";
        o.help = "A log-normal distribution, rounded; at least 1.";
        o.fields = {
            {"p50", {number(1, 1e9)}, "Half of all changes have at most this many lines.", "", true},
            {"p95", {number(1, 1e9)}, "95 % of all changes have at most this many lines.", "", true},
        };
        return o;
    }();
    return object;
}

const Object& new_changes_object() {
    static const Object object = [] {
        Object o;
        o.title = "what new changes are like";
        o.fields = {
            {"lines",
             {count(1, 1e9), document::object(lines_object())},
             "Lines of the diff.",
             "p50 29, p95 550",
             false},
            {"defects_by_size",
             {number(0, 10)},
             "The chance of a defect grows with the lines to this power. The mean over all changes stays "
             "failures.defect.",
             "0: size does not matter",
             false},
            {"series",
             {list({form(Form::share)})},
             "Chance that the author puts another change on top of this one in git: for the first change of a series, "
             "for the second, and so on. The last chance holds for all later ones.",
             "none",
             false},
            {"sitting",
             {form(Form::share)},
             "Chance that a person's next change, independent of this one, comes in the same sitting.",
             "0%",
             false},
            {"in_sitting",
             {form(Form::distribution)},
             "Time between two uploads of one sitting, or of one series.",
             "5m",
             false},
            {"together",
             {form(Form::share)},
             "Chance that an author who uploads a new patch set also updates the changes that stand on it in the same "
             "sitting. Otherwise that happens when the change below has landed.",
             "0%",
             false},
            {"depends_on",
             {form(Form::share)},
             "Share of changes that need a recent change of another project of their queue (Depends-On).",
             "0%",
             false},
        };
        return o;
    }();
    return object;
}

const Object& rework_object() {
    static const Object object = [] {
        Object o;
        o.title = "how often changes are reworked";
        o.help =
            "The chance that a patch set must be reworked is a number of each change, drawn from a Beta distribution. "
            "Every reviewer who reads such a patch set asks for rework. Failed tests lead to further patch sets.";
        o.fields = {
            {"mean", {form(Form::share)}, "Mean of that chance.", "63%", false},
            {"alike",
             {number(0, 1e9, true)},
             "How similar changes are in this: the sum of the two parameters of the Beta distribution. If it is small, "
             "some changes are done at once and some need a dozen patch sets.",
             "9",
             false},
            {"unasked",
             {form(Form::share)},
             "Share of reworks that authors notice themselves, before anybody has answered.",
             "30%",
             false},
            {"unasked_after",
             {form(Form::distribution)},
             "Time of work from the upload to such a second thought.",
             "a log-normal time, p50 15m, p95 2h",
             false},
            {"after",
             {form(Form::distribution)},
             "Time of work from a vote that asks for rework to the new patch set.",
             "a log-normal time, p50 2h, p95 30h",
             false},
            {"give_up",
             {form(Form::share)},
             "Chance that the author abandons the change instead of reworking it.",
             "1%",
             false},
            {"most", {count(1, 10'000)}, "Patch sets of one change; then its author gives up.", "60", false},
            {"unwanted",
             {form(Form::share)},
             "Share of changes that reviewers turn down for good once nothing is left to rework. Their authors abandon "
             "them.",
             "22%",
             false},
        };
        return o;
    }();
    return object;
}

namespace {

std::vector<Field> after_red_fields(const std::string& most, const std::string& give_up) {
    return {
        {"recheck",
         {form(Form::share)},
         "Share of patch sets that their authors send in again unchanged.",
         "55%",
         false},
        {"give_up", {form(Form::share)}, "Share that they abandon. The rest gets a new patch set.", give_up, false},
        {"most", {count(0, 1000)}, "Rechecks of one patch set; then it gets a new patch set.", most, false},
        {"recheck_after",
         {form(Form::distribution)},
         "Time of work from the verdict to the recheck.",
         "a log-normal time, p50 45m, p95 8h",
         false},
        {"rework_after",
         {form(Form::distribution)},
         "Time of work from the verdict to the new patch set.",
         "a log-normal time, p50 1h, p95 16h",
         false},
    };
}

}  // namespace

const Object& after_check_object() {
    static const Object object = [] {
        Object o;
        o.title = "what authors do when check is red";
        o.fields = after_red_fields("5", "3%");
        return o;
    }();
    return object;
}

const Object& after_gate_object() {
    static const Object object = [] {
        Object o;
        o.title = "what authors do when the gate has ejected a change";
        o.fields = after_red_fields("5", "2%");
        o.fields.push_back(
            {"keeps_approval", {form(Form::share)}, "Chance that the new patch set needs no new review.", "0%", false});
        return o;
    }();
    return object;
}

}  // namespace gatesim::document
