// The field table: what changes touch.
#include "scenario/load_parts.hpp"

namespace gatesim::document {

namespace {

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

}  // namespace

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

}  // namespace gatesim::document
