#include "scenario/field.hpp"

#include <algorithm>

#include "scenario/errors.hpp"

namespace gatesim::document {

const Field* Object::find(std::string_view name) const {
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const Field& field) { return field.name == name; });
    return found == fields.end() ? nullptr : &*found;
}

std::vector<std::string> Object::names() const {
    std::vector<std::string> out;
    for (const Field& field : fields) out.push_back(field.name);
    return out;
}

Object map_of(std::string title, Shapes values, std::string key, std::string help) {
    Object out;
    out.title = std::move(title);
    out.others = std::move(values);
    out.other_key = std::move(key);
    out.help = std::move(help);
    return out;
}

Shape form(Form form, std::string what) {
    Shape out;
    out.form = form;
    out.what = std::move(what);
    return out;
}

Shape count(double low, double high) {
    Shape out = form(Form::count);
    out.low = low;
    out.high = high;
    return out;
}

Shape number(double low, double high, bool positive) {
    Shape out = form(Form::number);
    out.low = low;
    out.high = high;
    out.positive = positive;
    return out;
}

Shape word(std::vector<std::string> choices) {
    Shape out = form(Form::word);
    out.choices = std::move(choices);
    return out;
}

Shape object(const Object& object) {
    Shape out = form(Form::object);
    out.object = &object;
    return out;
}

Shape list(Shapes items) {
    Shape out = form(Form::list);
    out.items = std::move(items);
    return out;
}

Shape positive_time() {
    Shape out = form(Form::time);
    out.positive = true;
    return out;
}

const Object* object_of(const Shape& shape) {
    return shape.form == Form::distribution ? &distribution_object() : shape.object;
}

std::optional<std::vector<std::string>> split_pointer(std::string_view pointer) {
    std::vector<std::string> out;
    if (pointer.empty()) return out;
    if (pointer[0] != '/') return std::nullopt;
    out.emplace_back();
    for (std::size_t i = 1; i < pointer.size(); ++i) {
        if (pointer[i] == '/') {
            out.emplace_back();
        } else if (pointer.substr(i, 2) == "~1" || pointer.substr(i, 2) == "~0") {
            out.back() += pointer[i + 1] == '1' ? '/' : '~';
            ++i;
        } else {
            out.back() += pointer[i];
        }
    }
    return out;
}

namespace {

const Shapes& root_shapes() {
    static const Shapes root{object(scenario_object())};
    return root;
}

/// One step of locate(): into key `token` of whatever of `place` has keys.
std::optional<Place> step(const Place& place, const std::string& token) {
    for (const Shape& shape : *place.shapes) {
        if (const Object* keys = object_of(shape)) {
            if (const Field* field = keys->find(token)) {
                return Place{place.pattern + "/" + pointer_token(token), &field->shapes, field, keys};
            }
            if (!keys->others.empty() && token != "notes")
                return Place{place.pattern + "/*", &keys->others, nullptr, keys};
        }
        const bool index =
            token == "*" || (!token.empty() && token.find_first_not_of("0123456789") == std::string::npos);
        if (shape.form == Form::list && index) return Place{place.pattern + "/*", &shape.items};
    }
    return std::nullopt;
}

void collect(const Place& place, std::vector<std::string>& out) {
    if (!place.pattern.empty()) out.push_back(place.pattern);
    for (const Shape& shape : *place.shapes) {
        if (const Object* keys = object_of(shape)) {
            for (const Field& field : keys->fields) {
                collect(Place{place.pattern + "/" + pointer_token(field.name), &field.shapes, &field, keys}, out);
            }
            if (!keys->others.empty()) collect(Place{place.pattern + "/*", &keys->others, nullptr, keys}, out);
        }
        // A list of plain values says everything in its own line.
        if (shape.form == Form::list &&
            std::any_of(shape.items.begin(), shape.items.end(), [](const Shape& s) { return s.object; })) {
            collect(Place{place.pattern + "/*", &shape.items}, out);
        }
    }
}

}  // namespace

std::optional<Place> locate(std::string_view pointer) {
    const auto tokens = split_pointer(pointer);
    if (!tokens) return std::nullopt;
    std::optional<Place> place = Place{"", &root_shapes()};
    for (const std::string& token : *tokens) {
        place = step(*place, token);
        if (!place) return std::nullopt;
    }
    return place;
}

std::vector<std::string> all_patterns() {
    std::vector<std::string> out;
    collect(Place{"", &root_shapes()}, out);
    return out;
}

}  // namespace gatesim::document
