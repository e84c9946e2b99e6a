// The field table: freezes and pauses of a pipeline.
#include "scenario/field.hpp"
#include "scenario/hours_form.hpp"

namespace gatesim::document {

const Object& hold_object() {
    static const Object object = [] {
        Object o;
        o.title = "a freeze or a pause";
        o.help =
            "From a moment until another one, or at a moment for a time, or in these hours of every week. Where "
            "several "
            "stand in a list, and where the timeline says something as well, any one of them is enough.";
        o.fields = {
            {"from", {form(Form::moment)}, "When it begins; beside until.", "", false},
            {"until", {form(Form::moment)}, "When it ends.", "", false},
            {"at", {form(Form::moment)}, "When it begins; beside for.", "", false},
            {"for", {positive_time()}, "How long it lasts.", "", false},
            {"hours", hours_shapes({}), "The hours of every week in which it holds; alone.", "", false},
        };
        return o;
    }();
    return object;
}

Shapes hold_shapes() {
    const Shape hours = form(Form::hours), one = document::object(hold_object());
    return {list({one, hours}), one, hours};
}

const Object& exempt_object() {
    static const Object object = [] {
        Object o;
        o.title = "who is exempt from a freeze";
        o.help = "A change is exempt by any of these, if all that it needs has landed or is exempt as well.";
        o.fields = {
            {"kinds", {list({form(Form::text, "a kind of changes")})}, "Changes of these kinds.", "none", false},
            {"changes", {list({form(Form::text, "the name of a change")})}, "These changes.", "none", false},
            {"priority", {count(-1e6, 1e6)}, "Changes of this priority or a higher one.", "none", false},
        };
        return o;
    }();
    return object;
}

}  // namespace gatesim::document
