#include "scenario/hours_form.hpp"

#include <fmt/format.h>

#include "scenario/hours_text.hpp"
#include "scenario/instant.hpp"

namespace gatesim::document {

namespace {

void check_zone(Context& context, const View& where, const std::string& zone) {
    if (zone.empty()) return;
    if (const std::string problem = units::zone_problem(zone); !problem.empty())
        context.errors.add(where, problem, units::nearest_zone(zone), "an IANA time zone (\"UTC\", \"Europe/Berlin\")");
}

std::vector<int> decode_days(Context& context, const View& view) {
    std::vector<int> days;
    const auto add = [&](const std::string& text) {
        const auto more = units::read_days(text).value.value_or(std::vector<int>{});
        days.insert(days.end(), more.begin(), more.end());
    };
    if (view.node->kind == Node::Kind::text) {
        add(view.node->text);
    } else {
        for (const std::string& text : decode_texts(view)) add(text);
    }
    if (days.empty()) context.errors.add(view, "hours on no day are none", "", "at least one day");
    return days;
}

WeeklyHours decode_object(Context& context, const View& view) {
    Time from = 9 * kHour, until = 17 * kHour;
    if (const auto v = view.find("from")) from = units::read_clock(v->node->text).value.value_or(0);
    if (const auto v = view.find("until")) until = units::read_clock(v->node->text).value.value_or(0);
    std::vector<int> days{0, 1, 2, 3, 4};
    if (const auto v = view.find("days")) days = decode_days(context, *v);
    WeeklyHours out = units::hours_on(days, from, until);
    if (const auto v = view.find("zone")) {
        out.zone = v->node->text;
        check_zone(context, *v, out.zone);
    }
    return out;
}

WeeklyHours decode_one(Context& context, const View& view) {
    if (view.node->kind == Node::Kind::object) return decode_object(context, view);
    WeeklyHours out = units::read_hours(view.node->text).value.value_or(WeeklyHours{});
    check_zone(context, view, out.zone);
    return out;
}

}  // namespace

const Object& hours_object() {
    static const Object object = [] {
        Object o;
        o.title = "hours of the week";
        o.help =
            "The short text says the same: \"Mo-Fr 9-17 Europe/Berlin\", \"Mo-Th 9-12,13-17\", \"Sa,Su\" (whole days), "
            "\"Mo-Fr 22-6\" (until the next morning). Several stand in a list. By the clock of the place, summer time "
            "included. Without period.start a run has no date: it begins on Monday at 0:00, and zones say nothing.";
        o.fields = {
            {"from", {form(Form::clock)}, "The beginning.", "9:00", false},
            {"until",
             {form(Form::clock)},
             "The end; earlier than the beginning: on the next day; the same: all day.",
             "17:00",
             false},
            {"days", {form(Form::days), list({form(Form::days)})}, "The days on which they begin.", "Mo-Fr", false},
            {"zone",
             {form(Form::name, "an IANA time zone")},
             "By whose clock.",
             "that of the people who work then, else the period's (period.timezone)",
             false},
        };
        return o;
    }();
    return object;
}

Shapes hours_shapes(std::vector<std::string> words) {
    Shape text = form(Form::hours);
    text.choices = std::move(words);
    return {text, document::object(hours_object()), list({form(Form::hours), document::object(hours_object())})};
}

WeeklyHours decode_hours(Context& context, const View& view) {
    if (view.node->kind != Node::Kind::list) return decode_one(context, view);
    std::vector<WeeklyHours::Span> shifts;
    std::string zone;
    for (std::size_t i = 0; i < view.node->members.size(); ++i) {
        const View part = view.child(i);
        const WeeklyHours hours = decode_one(context, part);
        if (i > 0 && hours.zone != zone)
            context.errors.add(part,
                               fmt::format("its time zone is not that of the first ({})",
                                           zone.empty() ? "none is stated" : quote(zone)),
                               "", "one time zone in a list of hours");
        if (i == 0) zone = hours.zone;
        shifts.insert(shifts.end(), hours.shifts.begin(), hours.shifts.end());
    }
    if (shifts.empty()) context.errors.add(view, "no hours stand in it", "", "at least one, or \"always\"");
    WeeklyHours out = WeeklyHours::of(std::move(shifts));
    out.zone = zone;
    return out;
}

}  // namespace gatesim::document
