// Strategies and their parameters, against the table that each strategy gives.
#include <fmt/format.h>

#include <algorithm>

#include "scenario/check.hpp"
#include "scenario/decode.hpp"
#include "scenario/meant.hpp"
#include "scenario/product_words.hpp"
#include "scenario/read_json.hpp"
#include "scenario/units.hpp"
#include "scenario/words.hpp"

namespace gatesim::document {

namespace {

/// What a parameter takes, as a shape: the same checks and words as for every other key.
Shape shape_of(const Parameter& parameter) {
    switch (parameter.kind) {
        case ParameterKind::count:
            return count(parameter.low, std::min(parameter.high, 9e15));
        case ParameterKind::number:
            return number(parameter.low, std::min(parameter.high, 9e15));
        case ParameterKind::share:
            return form(Form::share);
        case ParameterKind::time:
            return form(Form::time);
        case ParameterKind::flag:
            return form(Form::flag);
        case ParameterKind::choice:
            return word(parameter.choices);
        case ParameterKind::text:
            return form(Form::text);
    }
    return form(Form::any);
}

/// Shares of parameters may also be bare numbers from 0 to 1.
Shapes shapes_of(const Parameter& parameter) {
    Shapes out{shape_of(parameter)};
    if (parameter.kind == ParameterKind::share) out.push_back(number(0, 1));
    return out;
}

ParameterValue value_of(const Parameter& parameter, const View& view) {
    switch (parameter.kind) {
        case ParameterKind::count:
            return static_cast<std::int64_t>(view.node->number);
        case ParameterKind::number:
            return view.node->number;
        case ParameterKind::share:
            return view.node->kind == Node::Kind::number ? view.node->number : decode_share(view);
        case ParameterKind::time:
            return decode_time(view);
        case ParameterKind::flag:
            return view.node->flag;
        case ParameterKind::choice:
        case ParameterKind::text:
            return view.node->text;
    }
    return false;
}

/// Range of shares and times; counts and numbers were checked by their shape.
bool in_range(const Parameter& parameter, const View& view, const ParameterValue& value, const std::string& strategy,
              Errors& errors) {
    double amount = 0;
    std::string low, high;
    if (parameter.kind == ParameterKind::time) {
        amount = static_cast<double>(std::get<std::int64_t>(value));
        low = units::print_time(static_cast<Time>(parameter.low));
        high = parameter.high >= static_cast<double>(kLongest) ? "any"
                                                               : units::print_time(static_cast<Time>(parameter.high));
    } else if (parameter.kind == ParameterKind::share) {
        amount = std::get<double>(value);
        low = fmt::format("{}%", parameter.low * 100);
        high = fmt::format("{}%", std::min(parameter.high, 1.0) * 100);
    } else {
        return true;
    }
    if (amount >= parameter.low && amount <= parameter.high) return true;
    errors.add(view, fmt::format("{} is out of range", quote(view.node->text)), "",
               fmt::format("from {} to {}", low, high), strategy);
    return false;
}

void set_value(ParameterValues& values, const std::string& name, ParameterValue value) {
    for (auto& [known, old] : values) {
        if (known == name) {
            old = std::move(value);
            return;
        }
    }
    values.emplace_back(name, std::move(value));
}

std::string parameter_meant(const std::string& name, const StrategyDescription& strategy) {
    if (const std::string called = parameter_called(name, strategy); !called.empty()) return called;
    std::vector<std::string> names;
    for (const Parameter& parameter : strategy.parameters) names.push_back(parameter.name);
    return nearest(name, names);
}

/// The text parameter of a strategy; nullptr if it has none.
const Parameter* text_parameter(const StrategyDescription& strategy) {
    for (const Parameter& parameter : strategy.parameters)
        if (parameter.kind == ParameterKind::text) return &parameter;
    return nullptr;
}

}  // namespace

void decode_parameter(const View& view, const std::string& name, Position key_at, const StrategyDescription& strategy,
                      StrategyChoice& out, Errors& errors) {
    const auto known = std::find_if(strategy.parameters.begin(), strategy.parameters.end(),
                                    [&](const Parameter& p) { return p.name == name; });
    if (known == strategy.parameters.end()) {
        std::vector<std::string> names;
        for (const Parameter& parameter : strategy.parameters) names.push_back(parameter.name);
        errors.add(key_at, view.pointer, fmt::format("{} has no parameter {}", strategy.name, quote(name)),
                   parameter_meant(name, strategy), "its parameters: " + (names.empty() ? "none" : listing(names)),
                   strategy.name);
        return;
    }
    // A wrong value is explained by the parameter's own words.
    const Shapes shapes = shapes_of(*known);
    const Sources no_names(view.node->at.source + 1);
    Errors found(no_names);
    check(view, shapes, found);
    if (found.any()) {
        for (const Diagnostic& problem : found.take()) {
            errors.add(view, problem.what, problem.suggestion, words(shapes), strategy.name);
        }
        return;
    }
    ParameterValue value = value_of(*known, view);
    if (in_range(*known, view, value, strategy.name, errors)) set_value(out.values, name, std::move(value));
}

bool decode_parameter(Context& context, const View& value, const std::string& name, Position key_at,
                      StrategyChoice& choice) {
    const std::size_t before = context.errors.count();
    for (const StrategyDescription& strategy : context.options.strategies)
        if (strategy.name == choice.name) decode_parameter(value, name, key_at, strategy, choice, context.errors);
    return context.errors.count() == before && !choice.values.empty();
}

std::optional<StrategyChoice> decode_strategy(const View& view, const std::vector<StrategyDescription>& strategies,
                                              Errors& errors) {
    const bool object = view.node->kind == Node::Kind::object;
    const View name = object ? *view.find("name") : view;
    const std::string& wanted = name.node->text;
    const std::size_t colon = wanted.find(':');
    const auto found = std::find_if(strategies.begin(), strategies.end(), [&](const StrategyDescription& s) {
        return s.name == wanted || (s.name == wanted.substr(0, colon) && text_parameter(s));
    });
    if (found == strategies.end()) {
        std::vector<std::string> names;
        for (const StrategyDescription& strategy : strategies) names.push_back(strategy.name);
        errors.add(name, fmt::format("there is no strategy {}", quote(wanted)), meant_strategy(wanted, strategies),
                   "known: " + listing(names));
        return std::nullopt;
    }
    StrategyChoice out{found->name, found->preset_values};
    if (colon != std::string::npos) set_value(out.values, text_parameter(*found)->name, wanted.substr(colon + 1));
    const std::size_t before = errors.count();
    for (std::size_t i = 0; object && i < view.node->members.size(); ++i) {
        const Member& member = view.node->members[i];
        if (member.key != "name" && member.key != "notes")
            decode_parameter(view.child(i), member.key, member.at, *found, out, errors);
    }
    const Parameter* text = text_parameter(*found);
    const bool given = !text || std::any_of(out.values.begin(), out.values.end(), [&](const auto& value) {
        return value.first == text->name && !std::get<std::string>(value.second).empty();
    });
    if (!given)
        errors.add(name, fmt::format("{} needs a {}", found->name, text->name), "",
                   fmt::format("\"{0}:{1}\", or an object with name and {1}", found->name, text->name), found->name);
    if (errors.count() > before) return std::nullopt;
    return out;
}

}  // namespace gatesim::document
