// The field table: nodes that come and go.
#include "model/pool_life.hpp"
#include "scenario/field.hpp"
#include "scenario/hours_form.hpp"

namespace gatesim::document {

namespace {

std::vector<std::string> scaling_names() {
    std::vector<std::string> out;
    for (const ScalingDescription& rule : known_scaling_rules()) out.push_back(rule.name);
    return out;
}

const Object& scaling_object() {
    static const Object object = [] {
        Object o;
        o.title = "an autoscaling rule";
        o.help = "The rule and its parameters; \"gatesim describe RULE\" lists them.";
        o.fields = {{"rule", {word(scaling_names())}, "Its name.", "", true}};
        o.others = {form(Form::any)};
        o.other_key = "a parameter of the rule";
        return o;
    }();
    return object;
}

const Object& keep_warm_object() {
    static const Object object = [] {
        Object o;
        o.title = "nodes kept in some hours";
        o.fields = {
            {"hours", hours_shapes(), "When.", "", true},
            {"nodes", {count(0, 1e9)}, "How many the pool keeps at least in these hours.", "", true},
        };
        return o;
    }();
    return object;
}

const Object& spot_object() {
    static const Object object = [] {
        Object o;
        o.title = "nodes that the provider takes back";
        o.fields = {
            {"rate",
             {form(Form::rate)},
             "How often a node is taken back while it is up: \"0.1/h\" is once in ten node-hours.",
             "",
             true},
            {"notice",
             {form(Form::time)},
             "Between being told and the end. An idle node stops at once; a busy one may end its build in that time.",
             "0s",
             false},
            {"retry_on",
             {form(Form::name, "a pool, or \"same\"")},
             "Where a build that lost its node runs again. It counts as a run without a result (attempts of the job).",
             "\"same\": wherever its label is served",
             false},
        };
        return o;
    }();
    return object;
}

}  // namespace

void add_life_fields(std::vector<Field>& fields) {
    const std::vector<Field> life = {
        {"scaling",
         {word(scaling_names()), document::object(scaling_object())},
         "The rule that says how many nodes there shall be. With any of the keys from here on the pool lives: its "
         "nodes "
         "are asked for, boot, are idle, busy and stop.",
         "static: min, or what keep_warm says",
         false},
        {"min",
         {count(0, 1e9)},
         "How many nodes the rule keeps, whatever is asked for.",
         "0; without scaling, nodes",
         false},
        {"max",
         {count(0, 1e9), word({"unlimited"})},
         "How many nodes are asked for, boot or are up at most.",
         "\"unlimited\"; without scaling, the most that min and keep_warm say",
         false},
        {"poll",
         {form(Form::time)},
         "The rule looks so often; 0s: whenever something happens in the pool.",
         "the rule's own",
         false},
        {"signal_delay", {form(Form::time)}, "How old what the rule sees is.", "0s", false},
        {"keep_warm",
         {list({document::object(keep_warm_object())})},
         "Hours in which the rule takes a larger number for min; of several lines that hold, the largest.",
         "none",
         false},
        {"provision",
         {form(Form::distribution)},
         "How long the provider takes to give a machine, which then boots.",
         "0s",
         false},
        {"boot_timeout",
         {positive_time(), form(Form::null)},
         "A node that is not up by then is killed; null: never.",
         "the rule's own",
         false},
        {"boot_timeout_from",
         {word({"request", "up"})},
         "From when that counts. request: from when the node was asked for, the provider's time and failed boots "
         "included. "
         "up: from when its machine is up and boots, for each boot anew.",
         "request",
         false},
        {"stop_time",
         {form(Form::distribution)},
         "How long a node takes from stopping to being gone; it counts for the quota until then.",
         "0s",
         false},
        {"back_off", {form(Form::time)}, "After a boot that failed nothing is booted for so long.", "0s", false},
        {"lifetime", {positive_time()}, "A node that has been up for so long takes no new build.", "no limit", false},
        {"max_uses",
         {count(1, 1e9)},
         "A node that had so many builds takes no new one.",
         "1 with single_use, else no limit",
         false},
        {"quota",
         {form(Form::name, "the name of a quota")},
         "Shares its nodes with the pools that name it, too.",
         "none",
         false},
        {"spot", {document::object(spot_object())}, "The provider takes nodes back.", "never", false},
        {"price_idle", {form(Form::price)}, "What a node costs while it is up without a build.", "price", false},
        {"price_boot", {form(Form::price)}, "What a node costs while it boots.", "price", false},
    };
    fields.insert(fields.end(), life.begin(), life.end());
}

}  // namespace gatesim::document
