#include "scenario/words.hpp"

#include <fmt/format.h>

#include <cmath>

#include "scenario/errors.hpp"
#include "scenario/units.hpp"

namespace gatesim::document {

namespace {

std::string range(const Shape& shape, const char* kind) {
    if (shape.positive) return fmt::format("{} above 0, up to {}", kind, print_number(shape.high));
    if (shape.low == shape.high) return fmt::format("{}, always {}", kind, print_number(shape.low));
    return fmt::format("{} from {} to {}", kind, print_number(shape.low), print_number(shape.high));
}

std::string join(const std::vector<std::string>& parts) {
    std::string out;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        out += (i == 0 ? "" : i + 1 == parts.size() ? " or " : ", ") + parts[i];
    }
    return out;
}

std::string object_words(const Object& object) {
    if (object.fields.empty() && !object.others.empty())
        return fmt::format("an object whose keys are each {}", object.other_key);
    std::string out = fmt::format("an object with {}", listing(object.names()));
    if (!object.others.empty()) out += fmt::format(", or {}", object.other_key);
    return out;
}

std::string one_short(const Shape& shape) {
    if (!shape.what.empty()) return shape.what;
    switch (shape.form) {
        case Form::object:
            return "an object";
        case Form::list:
            return "a list";
        case Form::text:
            return "text";
        case Form::name:
            return "a name";
        case Form::word:
            return shape.choices.size() == 1 ? quote(shape.choices[0]) : "a word";
        case Form::flag:
            return "true or false";
        case Form::count:
            return "a count";
        case Form::number:
            return "a number";
        case Form::share:
            return "a share";
        case Form::time:
            return "a time";
        case Form::moment:
            return "a time or a date";
        case Form::instant:
            return "a date";
        case Form::rate:
            return "a rate";
        case Form::hours:
            return "hours";
        case Form::days:
            return "days";
        case Form::clock:
            return "a time of day";
        case Form::price:
            return "a price";
        case Form::pattern:
            return "a regular expression";
        case Form::file:
            return "a file name";
        case Form::distribution:
            return "a time or a distribution";
        case Form::strategy:
            return "a strategy";
        case Form::null:
            return "null";
        case Form::any:
            return "anything";
    }
    return "";
}

std::string one(const Shape& shape) {
    switch (shape.form) {
        case Form::object:
            return object_words(*shape.object);
        case Form::list:
            return "a list, each of it " + words(shape.items);
        case Form::word:
            return shape.choices.size() == 1 ? quote(shape.choices[0]) : "one of " + listing(shape.choices);
        case Form::count:
            return range(shape, "a count");
        case Form::number:
            return range(shape, "a bare number");
        case Form::share:
            return "a share from 0% to 100% (\"2%\")";
        case Form::time:
            return shape.positive ? "a time above 0 (\"45m\")" : "a time (\"45m\")";
        case Form::moment:
            return "a time since the start (\"45m\") or a date (\"2013-06-24T09:30Z\")";
        case Form::instant:
            return "a date (\"2013-06-24T09:30Z\")";
        case Form::rate:
            return "a rate (\"83/day\")";
        case Form::hours: {
            std::string out = "hours (\"Mo-Fr 9-17 Europe/Berlin\")";
            for (const std::string& word : shape.choices) out += ", " + quote(word);
            return out;
        }
        case Form::days:
            return "days (\"Mo-Fr\", \"Sa,Su\")";
        case Form::clock:
            return "a time of day (\"9:30\")";
        case Form::price:
            return "a price (\"0.12 USD/h\")";
        case Form::pattern:
            return "a regular expression (ECMAScript)";
        case Form::distribution:
            return "a time (\"9m\") or a distribution";
        case Form::strategy:
            return "a strategy's name, or an object with name and parameters";
        default:
            return one_short(shape);
    }
}

}  // namespace

std::string print_number(double value) {
    // Beyond 2^53 whole numbers are not told apart any more.
    return value == std::nearbyint(value) && std::abs(value) <= 9007199254740992.0 ? fmt::format("{:.0f}", value)
                                                                                   : fmt::format("{:g}", value);
}

std::string words(const Shapes& shapes) {
    std::vector<std::string> parts;
    for (const Shape& shape : shapes) parts.push_back(one(shape));
    return join(parts);
}

std::string short_words(const Shapes& shapes) {
    std::vector<std::string> parts;
    for (const Shape& shape : shapes) parts.push_back(one_short(shape));
    return join(parts);
}

std::string what_it_is(const Node& node) {
    switch (node.kind) {
        case Node::Kind::null:
            return "null";
        case Node::Kind::flag:
            return node.flag ? "true" : "false";
        case Node::Kind::number:
            return "a bare number";
        case Node::Kind::list:
            return "a list";
        case Node::Kind::object:
            return "an object";
        case Node::Kind::text:
            break;
    }
    const std::string_view quantity = units::what_is(node.text);
    if (quantity == "a number") return "a number in quotes";
    return quantity.empty() ? "text" : std::string(quantity);
}

}  // namespace gatesim::document
