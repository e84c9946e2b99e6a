// The field table: kinds of changes, where changes arrive and where people write them.
#include "scenario/load_parts.hpp"
#include "scenario/people_parts.hpp"

namespace gatesim::document {

namespace {

const Object& change_kind_object() {
    static const Object object = [] {
        Object o;
        o.title = "a kind of change";
        o.fields = {
            {"share", {form(Form::share)}, "How many of the changes are of this kind.", "", true},
            {"priority", {count(-1e6, 1e6)}, "Their priority; see the same key of a listed change.", "0", false},
            {"single", {form(Form::flag)}, "See the same key of a listed change.", "false", false},
            {"jumps", {form(Form::flag)}, "See the same key of a listed change.", "false", false},
            {"size",
             {count(1, 1e9), document::object(lines_object())},
             "Lines of the diff.",
             "as for all changes",
             false},
            {"breaks",
             {form(Form::share)},
             "How many of their patch sets have a defect of their own.",
             "failures.defect",
             false},
        };
        return o;
    }();
    return object;
}

}  // namespace

const Object& arrival_kinds_object() {
    static const Object object = map_of("kinds of changes that arrive", {document::object(change_kind_object())},
                                        "the kind, as a job's `kinds` names it");
    return object;
}

const Object& written_kinds_object() {
    static const Object object =
        map_of("kinds of changes", {number(0, 1e12), document::object(change_kind_object())},
               "the kind (\"code\", \"doc\" …), with its weight, or with its share and how it differs");
    return object;
}

}  // namespace gatesim::document
