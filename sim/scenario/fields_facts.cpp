// The field table: what is known of the world that a scenario stands for.
#include <deque>

#include "model/fact.hpp"
#include "scenario/field.hpp"

namespace gatesim::document {

namespace {

Shape number_of(const std::string& unit) {
    if (unit == "share") return form(Form::share);
    if (unit == "s") return form(Form::time);
    return number(0, 1e15);
}

Object claim_object(const FactKind& kind) {
    const std::string unit = kind.unit;
    const bool many = !kind.parts.empty();
    Shape expected = number_of(unit);
    if (many) expected = list({expected, form(Form::null)});
    Object o;
    o.title = std::string(many ? "claims of " : "a claim of ") + (unit == "share" ? "shares"
                                                                  : unit == "s"   ? "times"
                                                                                  : "numbers");
    o.help = "A measured fact of the world the scenario stands for.";
    o.fields = {
        {"expected",
         {expected},
         many ? "What was measured there, number by number; null where nothing is claimed."
              : "What was measured there.",
         "",
         true},
        {"kind",
         {word({"fitted", "predicted"})},
         "fitted: parameters of the scenario were chosen to match it. predicted: nothing was chosen to match it.",
         "",
         true},
        {"source", {form(Form::text)}, "Who measured it, of what.", "", true},
        {"tolerance",
         {form(Form::share)},
         "How far the simulated number may be from the measured one, as a share of it.",
         "15%",
         false},
        {"why",
         {form(Form::text)},
         "If it is missed: what is known about the reason. A miss with a reason does not change the exit code.",
         "not known",
         false},
    };
    return o;
}

}  // namespace

const Object& facts_object() {
    static const Object object = [] {
        static std::deque<Object> claims;
        Object o;
        o.title = "facts";
        o.help =
            "What is known about the world that the scenario stands for; gatesim calibrate compares it. It changes "
            "nothing in a run.";
        for (const FactKind& kind : fact_kinds()) {
            claims.push_back(claim_object(kind));
            std::string help = kind.help;
            if (!kind.parts.empty()) {
                help += " A list: ";
                for (std::size_t i = 0; i < kind.parts.size(); ++i) help += (i == 0 ? "" : ", ") + kind.parts[i];
                help += ".";
            }
            o.fields.push_back({kind.name, {document::object(claims.back())}, help, "nothing is claimed", false});
        }
        return o;
    }();
    return object;
}

}  // namespace gatesim::document
