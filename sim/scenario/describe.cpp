#include "scenario/describe.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "scenario/distribution_form.hpp"
#include "scenario/errors.hpp"
#include "scenario/field.hpp"
#include "scenario/words.hpp"

namespace gatesim {

using namespace document;

namespace {

std::string first_sentence(const std::string& help) {
    const auto end = help.find(". ");
    return end == std::string::npos ? help : help.substr(0, end + 1);
}

std::string keys_of(const Object& object, const std::string& pattern) {
    std::string out;
    std::size_t width = 0;
    for (const Field& field : object.fields) width = std::max(width, field.name.size());
    for (const Field& field : object.fields) {
        out += fmt::format("  {:<{}}  {}{}\n", field.name, width, first_sentence(field.help),
                           field.required ? " (required)" : "");
    }
    if (!object.others.empty()) {
        const std::string help = object.other_help.empty() ? words(object.others) : object.other_help;
        out += fmt::format("  {:<{}}  {}: {}\n", "*", width, object.other_key, help);
    }
    out += "  (\"notes\" may hold anything, here and in every object)\n";
    // The first required key serves as the example, else the first; "$schema" would be the shell's.
    const auto example = std::find_if(object.fields.begin(), object.fields.end(), [&](const Field& field) {
        return field.required || (field.name[0] != '$' && &field == &object.fields.front());
    });
    if (example != object.fields.end()) out += fmt::format("  more: gatesim describe {}/{}\n", pattern, example->name);
    return out;
}

std::string distribution_text() {
    std::string out = "Forms:\n  \"9m\"\n";
    for (const DistributionForm& form : distribution_forms()) {
        std::string keys = form.dist.empty() ? "" : fmt::format("\"dist\": \"{}\"", form.dist);
        for (const std::string& key : form.keys) keys += fmt::format("{}\"{}\": …", keys.empty() ? "" : ", ", key);
        for (const std::string& key : form.optional) keys += fmt::format(" [, \"{}\": {{…}}]", key);
        out += "  {" + keys + "}\n";
    }
    return out;
}

std::string strategy_text(const std::vector<StrategyDescription>& strategies) {
    std::string out = "Strategies:\n";
    std::size_t width = 0;
    for (const StrategyDescription& strategy : strategies) width = std::max(width, strategy.name.size());
    for (const StrategyDescription& strategy : strategies) {
        out += fmt::format("  {:<{}}  {}{}\n", strategy.name, width, strategy.summary,
                           strategy.preset_of.empty() ? "" : fmt::format(" (preset of {})", strategy.preset_of));
    }
    return out + "  parameters: gatesim describe NAME\n";
}

}  // namespace

std::optional<std::string> describe_pointer(std::string_view pointer,
                                            const std::vector<StrategyDescription>& strategies) {
    if (pointer == "/") pointer = "";
    const auto place = locate(pointer);
    if (!place) return std::nullopt;
    std::string out = fmt::format("{}{}\n", place->pattern.empty() ? "the scenario" : place->pattern,
                                  place->field != nullptr && place->field->required ? "  (required)" : "");
    if (place->field != nullptr) out += fmt::format("\n{}\n", place->field->help);
    out += fmt::format("\nValue: {}\n", words(*place->shapes));
    if (place->field != nullptr && !place->field->fallback.empty())
        out += fmt::format("Default: {}\n", place->field->fallback);
    const Object* shown = nullptr;  // a list of what may stand there alone says nothing new
    for (const Shape& shape : *place->shapes) {
        const Object* object = object_of(shape);
        if (object == nullptr && shape.form == Form::list) {
            const auto item = std::find_if(shape.items.begin(), shape.items.end(),
                                           [](const Shape& s) { return s.object != nullptr; });
            if (item != shape.items.end()) object = item->object;
        }
        if (object != nullptr && object != shown && !object->help.empty()) out += fmt::format("\n{}\n", object->help);
        if (shape.form == Form::distribution) out.append("\n").append(distribution_text());
        if (shape.form == Form::strategy) out.append("\n").append(strategy_text(strategies));
        if (object != nullptr && object != std::exchange(shown, object)) {
            out.append("\nKeys:\n").append(keys_of(*object, place->pattern + (shape.form == Form::list ? "/*" : "")));
        }
    }
    return out;
}

std::vector<std::string> all_pointers() {
    return all_patterns();
}

std::string nearest_pointer(std::string_view pointer) {
    // A pattern's * is whatever name was typed there.
    const auto typed = split_pointer(pointer);
    std::vector<std::string> places;
    for (const std::string& pattern : all_patterns()) {
        const auto parts = split_pointer(pattern);
        if (!typed || !parts || parts->size() != typed->size()) continue;
        std::string place;
        for (std::size_t i = 0; i < parts->size(); ++i)
            place = below(place, (*parts)[i] == "*" ? (*typed)[i] : (*parts)[i]);
        places.push_back(place);
    }
    const std::string near = nearest(pointer, places);
    return near.empty() ? nearest(pointer, all_patterns()) : near;
}

}  // namespace gatesim
