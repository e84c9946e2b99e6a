#include "scenario/schema.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "scenario/distribution_form.hpp"
#include "scenario/field.hpp"
#include "scenario/hours_text.hpp"
#include "scenario/instant.hpp"
#include "scenario/units.hpp"

namespace gatesim {

using namespace document;
using Json = nlohmann::ordered_json;

namespace {

/// Writes definitions as they are needed. As a patch, nothing is required and null is allowed everywhere.
class SchemaWriter {
public:
    SchemaWriter(const std::vector<StrategyDescription>& strategies, bool patch)
        : strategies_(strategies), patch_(patch) {}

    Json reference(const Object& object);
    Json value(const Shapes& shapes);

    Json definitions = Json::object();

private:
    Json one(const Shape& shape);
    Json number_range(const Shape& shape, const char* type);
    Json keys(const Object& object);
    Json distribution();
    Json strategy();
    Json define(const std::string& name, Json (SchemaWriter::*make)());
    std::string definition_name(const std::string& title) const { return patch_ ? "patch of " + title : title; }

    const std::vector<StrategyDescription>& strategies_;
    bool patch_;
};

Json text_like(const char* pattern) {
    return {{"type", "string"}, {"pattern", pattern}};
}

Json either(const char* first, const char* second) {
    return text_like(fmt::format("({})|({})", first, second).c_str());
}

/// Whole bounds are written without a fraction.
Json plain_number(double value) {
    if (value == static_cast<double>(static_cast<std::int64_t>(value))) return static_cast<std::int64_t>(value);
    return value;
}

Json name_schema() {
    return {{"type", "string"}, {"minLength", 1}, {"maxLength", 300}, {"pattern", "^[^\\u0000-\\u001f\\u007f]*$"}};
}

Json SchemaWriter::number_range(const Shape& shape, const char* type) {
    Json out{{"type", type}};
    out[shape.positive ? "exclusiveMinimum" : "minimum"] = plain_number(shape.low);
    out["maximum"] = plain_number(shape.high);
    return out;
}

Json SchemaWriter::define(const std::string& name, Json (SchemaWriter::*make)()) {
    if (!definitions.contains(name)) {
        definitions[name] = Json::object();  // holds the place: a definition may need itself
        Json made = (this->*make)();
        definitions[name] = std::move(made);
    }
    return {{"$ref", "#/definitions/" + name}};
}

Json SchemaWriter::one(const Shape& shape) {
    switch (shape.form) {
        case Form::object:
            return reference(*shape.object);
        case Form::list:
            return {{"type", "array"}, {"items", value(shape.items)}};
        case Form::text:
            return {{"type", "string"}};
        case Form::name:
        case Form::file:
            return name_schema();
        case Form::word:
            return {{"enum", shape.choices}};
        case Form::flag:
            return {{"type", "boolean"}};
        case Form::count:
            return number_range(shape, "integer");
        case Form::number:
            return number_range(shape, "number");
        case Form::share:
            return text_like(units::kSharePattern);
        case Form::time:
            return text_like(units::kTimePattern);
        case Form::moment:
            return either(units::kTimePattern, units::kInstantPattern);
        case Form::instant:
            return text_like(units::kInstantPattern);
        case Form::rate:
            return text_like(units::kRatePattern);
        case Form::hours: {
            if (shape.choices.empty()) return text_like(units::hours_pattern().c_str());
            const Json hours = text_like(units::hours_pattern().c_str());
            return {{"anyOf", Json::array({Json{{"enum", shape.choices}}, hours})}};
        }
        case Form::days:
            return text_like(units::days_pattern().c_str());
        case Form::clock:
            return text_like(units::clock_pattern().c_str());
        case Form::price:
            return text_like(units::kPricePattern);
        case Form::pattern:
            return {{"type", "string"}, {"maxLength", 300}};
        case Form::distribution:
            return define(definition_name("a time or a distribution"), &SchemaWriter::distribution);
        case Form::strategy:
            return define(definition_name("a strategy"), &SchemaWriter::strategy);
        case Form::null:
            return {{"type", "null"}};
        case Form::any:
            break;
    }
    return Json::object();
}

Json SchemaWriter::value(const Shapes& shapes) {
    if (shapes.size() == 1 && !patch_) return one(shapes[0]);
    Json out = Json::array();
    for (const Shape& shape : shapes) out.push_back(one(shape));
    if (patch_) out.push_back({{"type", "null"}});
    return {{"anyOf", std::move(out)}};
}

Json SchemaWriter::keys(const Object& object) {
    Json out{{"type", "object"}};
    if (!object.help.empty()) out["description"] = object.help;
    Json properties = Json::object();
    Json required = Json::array();
    for (const Field& field : object.fields) {
        Json property = value(field.shapes);
        // Beside a $ref everything else is ignored in draft 7, so a description goes around it.
        if (property.contains("$ref")) property = {{"allOf", Json::array({property})}};
        property["description"] = field.help + (field.fallback.empty() ? "" : " Default: " + field.fallback + ".");
        properties[field.name] = std::move(property);
        if (field.required) required.push_back(field.name);
    }
    properties["notes"] = {{"description", "Free text for readers: a comment that tools keep."}};
    out["properties"] = std::move(properties);
    if (!required.empty() && !patch_) out["required"] = std::move(required);
    if (object.others.empty()) {
        out["additionalProperties"] = false;
    } else {
        out["additionalProperties"] = value(object.others);
        // In a schema of its own: Valijson 1.0 gives propertyNames the type of the object it stands in.
        Json names{{"propertyNames", name_schema()}};
        names["propertyNames"].erase("type");  // a key is text anyway
        out["allOf"] = Json::array({std::move(names)});
    }
    if (patch_) return out;
    if (object.single) {
        Json with_notes{{"required", {"notes"}}, {"minProperties", 2}, {"maxProperties", 2}};
        out["anyOf"] = Json::array(
            {std::move(with_notes), {{"minProperties", 1}, {"maxProperties", 1}, {"not", {{"required", {"notes"}}}}}});
    }
    for (const Group& group : object.groups) {
        Json any = Json::array();
        for (const std::string& key : group.keys) any.push_back({{"required", {key}}});
        if (group.least == 0) any.push_back({{"not", {{"anyOf", any}}}});
        if (group.most > 1)
            out["allOf"].push_back({{"anyOf", std::move(any)}});
        else if (object.groups.size() == 1)
            out["oneOf"] = std::move(any);
        else
            out["allOf"].push_back({{"oneOf", std::move(any)}});
    }
    return out;
}

Json SchemaWriter::reference(const Object& object) {
    const std::string name = definition_name(object.title);
    if (!definitions.contains(name)) {
        definitions[name] = Json::object();
        Json made = keys(object);
        definitions[name] = std::move(made);
    }
    return {{"$ref", "#/definitions/" + name}};
}

Json SchemaWriter::distribution() {
    const Object& all = distribution_object();
    Json time = text_like(units::kTimePattern);
    Json any = Json::array({time});
    if (patch_) {
        any.push_back(keys(all));
        return {{"anyOf", std::move(any)}};
    }
    for (const DistributionForm& shape : distribution_forms()) {
        Json properties = Json::object();
        Json required = Json::array();
        if (!shape.dist.empty()) {
            properties["dist"] = {{"const", shape.dist}};
            required.push_back("dist");
        }
        for (const std::string& key : shape.keys) {
            properties[key] = value(all.find(key)->shapes);
            required.push_back(key);
        }
        for (const std::string& key : shape.optional) properties[key] = value(all.find(key)->shapes);
        properties["notes"] = Json::object();
        any.push_back({{"type", "object"},
                       {"properties", std::move(properties)},
                       {"required", std::move(required)},
                       {"additionalProperties", false}});
    }
    return {{"anyOf", std::move(any)}};
}

Json parameter_schema(const Parameter& parameter) {
    Json out;
    switch (parameter.kind) {
        case ParameterKind::count:
            out = {{"type", "integer"},
                   {"minimum", plain_number(parameter.low)},
                   {"maximum", plain_number(std::min(parameter.high, 9e15))}};
            break;
        case ParameterKind::number:
            out = {{"type", "number"},
                   {"minimum", plain_number(parameter.low)},
                   {"maximum", plain_number(std::min(parameter.high, 9e15))}};
            break;
        case ParameterKind::share:
            out = {{"anyOf", {text_like(units::kSharePattern), {{"type", "number"}, {"minimum", 0}, {"maximum", 1}}}}};
            break;
        case ParameterKind::time:
            out = text_like(units::kTimePattern);
            break;
        case ParameterKind::flag:
            out = {{"type", "boolean"}};
            break;
        case ParameterKind::choice:
            out = {{"enum", parameter.choices}};
            break;
        case ParameterKind::text:
            out = {{"type", "string"}};
            break;
    }
    out["description"] = parameter.help;
    return out;
}

/// One object a strategy: its presets take the same parameters under names of their own.
Json SchemaWriter::strategy() {
    Json names = Json::array();
    Json any = Json::array();
    for (const StrategyDescription& strategy : strategies_) {
        names.push_back(strategy.name);
        if (!strategy.preset_of.empty()) continue;
        Json called = Json::array();
        for (const StrategyDescription& other : strategies_)
            if (other.name == strategy.name || other.preset_of == strategy.name)
                called.push_back({{"const", other.name}, {"description", other.summary}});
        Json properties{{"name", Json::object()}};
        for (const Parameter& parameter : strategy.parameters) {
            properties[parameter.name] = parameter_schema(parameter);
            if (patch_) properties[parameter.name] = {{"anyOf", {properties[parameter.name], {{"type", "null"}}}}};
            if (parameter.kind != ParameterKind::text) continue;
            const Json with_text{{"type", "string"}, {"pattern", "^" + strategy.name + ":."}};
            any.push_back(with_text);
            called.push_back(with_text);
        }
        properties["name"] = called.size() == 1 ? called[0] : Json{{"anyOf", std::move(called)}};
        properties["notes"] = Json::object();
        Json object{{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
        if (!patch_) object["required"] = {"name"};
        any.push_back(std::move(object));
    }
    any.insert(any.begin(), Json{{"enum", std::move(names)}});
    return {{"anyOf", std::move(any)}};
}

}  // namespace

std::string scenario_schema(const std::vector<StrategyDescription>& strategies) {
    Json definitions = Json::object();
    Json roots[2];
    for (const bool patch : {false, true}) {
        SchemaWriter writer(strategies, patch);
        roots[patch ? 1 : 0] = writer.reference(scenario_object());
        definitions.update(writer.definitions);
    }
    Json out{{"$schema", "http://json-schema.org/draft-07/schema#"},
             {"title", "A gatesim scenario"},
             {"$comment", "Generated from the field table; do not edit."},
             {"type", "object"},
             {"if", {{"required", {"extends"}}}},
             {"then", roots[1]},
             {"else", roots[0]},
             {"definitions", std::move(definitions)}};
    return out.dump(1) + "\n";
}

}  // namespace gatesim
