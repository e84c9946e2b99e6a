#include "scenario/check.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenario/distribution_form.hpp"
#include "scenario/hours_text.hpp"
#include "scenario/instant.hpp"
#include "scenario/units.hpp"
#include "scenario/words.hpp"

namespace gatesim::document {

namespace {

constexpr std::size_t kLongestName = 300;
constexpr std::size_t kLongestPattern = 300;  ///< patterns people write are far shorter; groups are read by recursion

bool takes(const Shape& shape, Node::Kind kind) {
    switch (shape.form) {
        case Form::any:
            return true;
        case Form::object:
            return kind == Node::Kind::object;
        case Form::list:
            return kind == Node::Kind::list;
        case Form::flag:
            return kind == Node::Kind::flag;
        case Form::null:
            return kind == Node::Kind::null;
        case Form::count:
        case Form::number:
            return kind == Node::Kind::number;
        case Form::distribution:
        case Form::strategy:
            return kind == Node::Kind::text || kind == Node::Kind::object;
        default:
            return kind == Node::Kind::text;
    }
}

/// Why `text` cannot be a name; empty = it can.
std::string name_problem(const std::string& text) {
    if (text.empty()) return "a name may not be empty";
    if (text.size() > kLongestName)
        return fmt::format("a name of {} bytes is too long (at most {})", text.size(), kLongestName);
    const bool control =
        std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
    return control ? "a name may not hold control characters" : "";
}

void check_number(const View& view, const Shape& shape, Errors& errors) {
    const double value = view.node->number;
    const auto low = static_cast<long long>(shape.low), high = static_cast<long long>(shape.high);
    if (shape.positive && value <= 0) {
        errors.add(view, fmt::format("{} is not above 0", value));
    } else if (value < shape.low) {
        errors.add(view, fmt::format("{} is below {}", value, low));
    } else if (value > shape.high) {
        errors.add(view, fmt::format("{} is above {}", value, high));
    } else if (shape.form == Form::count && !view.node->is_whole()) {
        errors.add(view, fmt::format("{} is not a whole number", value));
    }
}

/// Reports why the text is not what is wanted, unless it is.
template <class T>
void check_reading(const View& view, const Shape& shape, const units::Reading<T>& reading, Errors& errors) {
    if (reading.value) return;
    const std::string wanted = short_words({shape});
    const std::string is = what_it_is(*view.node);
    if (is != "text" && is != "a number in quotes") {
        errors.add(view, fmt::format("{} is wanted, {} is {}", wanted, quote(view.node->text), is));
    } else {
        const std::string noun = shape.form == Form::distribution ? "a time" : wanted;
        errors.add(view, fmt::format("{} is not {}: {}", quote(view.node->text), noun, reading.problem));
    }
}

/// A quantity: its own problem, or what else it is.
template <class T>
void check_quantity(const View& view, const Shape& shape, const units::Reading<T>& reading, Errors& errors) {
    if (reading.value) {
        if (shape.positive && *reading.value <= 0)
            errors.add(view, fmt::format("{} is not above 0", quote(view.node->text)));
        if (shape.form == Form::share && *reading.value > 1)
            errors.add(view, fmt::format("{} is above 100%", quote(view.node->text)));
        return;
    }
    check_reading(view, shape, reading, errors);
}

void check_text(const View& view, const Shape& shape, Errors& errors) {
    const std::string& text = view.node->text;
    switch (shape.form) {
        case Form::name:
        case Form::file:
        case Form::strategy:
            if (const std::string problem = name_problem(text); !problem.empty()) errors.add(view, problem);
            return;
        case Form::word:
            if (std::find(shape.choices.begin(), shape.choices.end(), text) == shape.choices.end()) {
                errors.add(view, fmt::format("{} is not allowed", quote(text)), nearest(text, shape.choices));
            }
            return;
        case Form::pattern:
            if (text.size() > kLongestPattern) {
                errors.add(view, fmt::format("a regular expression of {} bytes is too long (at most {})", text.size(),
                                             kLongestPattern));
            }
            return;
        case Form::share:
            return check_quantity(view, shape, units::read_share(text), errors);
        case Form::rate:
            return check_quantity(view, shape, units::read_rate(text), errors);
        case Form::price:
            return check_quantity(view, shape, units::read_price(text), errors);
        case Form::hours:
            if (std::find(shape.choices.begin(), shape.choices.end(), text) != shape.choices.end()) return;
            return check_reading(view, shape, units::read_hours(text), errors);
        case Form::days:
            return check_reading(view, shape, units::read_days(text), errors);
        case Form::clock:
            return check_reading(view, shape, units::read_clock(text), errors);
        case Form::time:
        case Form::distribution:
            return check_quantity(view, shape, units::read_time(text), errors);
        case Form::instant:
            return check_quantity(view, shape, units::read_instant(text, "UTC"), errors);
        case Form::moment:
            if (units::looks_like_instant(text))
                return check_quantity(view, shape, units::read_instant(text, "UTC"), errors);
            return check_quantity(view, shape, units::read_time(text), errors);
        default:
            return;
    }
}

/// Gives the key that was probably meant, or "".
std::string unknown_key(const View& view, const Member& member, const Object& object, Errors& errors) {
    std::string guess = nearest(member.key, object.names());
    const auto meant = locate(below(view.pointer, guess));
    if (!guess.empty() && meant) {
        errors.add(member.at, below(view.pointer, member.key), "unknown key", guess, words(*meant->shapes),
                   meant->pattern);
        return guess;
    }
    const auto holder = locate(view.pointer);  // nothing near: its holder's keys are the answer
    errors.add(member.at, below(view.pointer, member.key), "unknown key", "", "keys here: " + listing(object.names()),
               holder ? holder->pattern : "");
    return "";
}

void check_groups(const View& view, const Object& object, Errors& errors) {
    for (const Group& group : object.groups) {
        std::vector<std::string> present;
        for (const std::string& key : group.keys) {
            if (view.node->find(key) != nullptr) present.push_back(key);
        }
        const int n = static_cast<int>(present.size());
        if (n >= group.least && n <= group.most) continue;
        const std::string rule = fmt::format("{} one of {}",
                                             group.least == 0 ? "at most"
                                             : group.most > 1 ? "at least"
                                                              : "exactly",
                                             listing(group.keys));
        errors.add(view,
                   n == 0 ? fmt::format("none of {} is given", listing(group.keys))
                          : fmt::format("{} exclude each other", listing(present)),
                   "", rule);
    }
}

void check_object(const View& view, const Object& object, Errors& errors) {
    std::size_t own = 0;
    bool all_known = true;
    std::vector<std::string> meant;  // by misspelt keys: these are not missing
    for (std::size_t i = 0; i < view.node->members.size(); ++i) {
        const Member& member = view.node->members[i];
        if (member.key == "notes") continue;  // a comment that survives tools: anything, anywhere
        ++own;
        // Where any name may stand, a value that fits no name beside a misspelt key is that key.
        const bool misspelt = !object.fields.empty() && fitting(object.others, member.value) == nullptr &&
                              !nearest(member.key, object.names()).empty();
        if (const Field* field = object.find(member.key)) {
            check(view.child(i), field->shapes, errors);
        } else if (object.others.empty() || misspelt) {
            meant.push_back(unknown_key(view, member, object, errors));
            all_known = false;
        } else if (const std::string problem = name_problem(member.key); !problem.empty()) {
            errors.add(member.at, below(view.pointer, member.key), problem, "", object.other_key + " is wanted");
        } else {
            check(view.child(i), object.others, errors);
        }
    }
    if (object.single && own != 1) errors.add(view, fmt::format("it has {} keys, one is wanted", own));
    for (const Field& field : object.fields) {
        if (!field.required || view.node->find(field.name) != nullptr) continue;
        if (std::find(meant.begin(), meant.end(), field.name) != meant.end()) continue;
        const auto place = locate(below(view.pointer, field.name));
        errors.add(view, fmt::format("the key \"{}\" is missing", field.name), "",
                   field.name + " is " + words(field.shapes), place ? place->pattern : "");
    }
    if (all_known) check_groups(view, object, errors);
}

void check_strategy(const View& view, Errors& errors) {
    const auto name = view.find("name");
    if (!name) {
        errors.add(view, "the key \"name\" is missing");
    } else if (name->node->kind != Node::Kind::text) {
        errors.add(*name, fmt::format("a name is wanted, this is {}", what_it_is(*name->node)));
    }
}

}  // namespace

const Shape* fitting(const Shapes& shapes, const Node& node) {
    const auto found =
        std::find_if(shapes.begin(), shapes.end(), [&](const Shape& shape) { return takes(shape, node.kind); });
    return found == shapes.end() ? nullptr : &*found;
}

void check(const View& view, const Shapes& shapes, Errors& errors) {
    const Shape* shape = fitting(shapes, *view.node);
    if (shape == nullptr) {
        std::string what = fmt::format("{} is wanted, this is {}", short_words(shapes), what_it_is(*view.node));
        if (view.node->kind == Node::Kind::text)
            what = fmt::format("{} is wanted, {} is {}", short_words(shapes), quote(view.node->text),
                               what_it_is(*view.node));
        errors.add(view, what);
        return;
    }
    switch (view.node->kind) {
        case Node::Kind::text:
            check_text(view, *shape, errors);
            return;
        case Node::Kind::number:
            if (shape->form != Form::any) check_number(view, *shape, errors);
            return;
        case Node::Kind::list:
            if (shape->form == Form::any) return;
            for (std::size_t i = 0; i < view.node->members.size(); ++i) check(view.child(i), shape->items, errors);
            return;
        case Node::Kind::object:
            if (shape->form == Form::strategy) {
                check_strategy(view, errors);
            } else if (const Object* object = object_of(*shape)) {
                const std::size_t before = errors.count();
                check_object(view, *object, errors);
                if (shape->form == Form::distribution && errors.count() == before) check_distribution(view, errors);
            }
            return;
        default:
            return;
    }
}

}  // namespace gatesim::document
