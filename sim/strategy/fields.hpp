// From a parameter struct to the documented table, and back: one line a field.
//
//     struct Parameters { std::int64_t window = 20; };
//     const std::vector<Field<Parameters>> kFields = {
//         field("window", &Parameters::window, 0, 1e6, "Items tested at once; 0 = all."),
//     };
//
//     parameters_of(kFields, {tries("window", {10, 20, 40})});  // with the main ones, which `compare --tune` sets
//
// The default is the struct's own initialiser, so it stands in one place only.
#pragma once

#include <algorithm>
#include <functional>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "model/parameter.hpp"

namespace gatesim {

template <class Struct>
struct Field {
    Parameter parameter;
    std::function<void(Struct&, const ParameterValue&)> set;
};

namespace detail {

template <class Struct, class Value>
Field<Struct> make_field(std::string name, ParameterKind kind, Value Struct::*member, double low, double high,
                         std::vector<std::string> choices, std::string help) {
    return {{std::move(name), kind, ParameterValue(Struct{}.*member), low, high, std::move(choices), std::move(help)},
            [member](Struct& target, const ParameterValue& value) { target.*member = std::get<Value>(value); }};
}

}  // namespace detail

/// A whole number.
template <class Struct>
Field<Struct> field(std::string name, std::int64_t Struct::*member, double low, double high, std::string help) {
    return detail::make_field(std::move(name), ParameterKind::count, member, low, high, {}, std::move(help));
}

/// A length of time, written "45m"; microseconds.
template <class Struct>
Field<Struct> time_field(std::string name, Time Struct::*member, Time low, Time high, std::string help) {
    return detail::make_field(std::move(name), ParameterKind::time, member, static_cast<double>(low),
                              static_cast<double>(high), {}, std::move(help));
}

/// A number; with `kind` share, a fraction written "2%".
template <class Struct>
Field<Struct> field(std::string name, double Struct::*member, double low, double high, std::string help,
                    ParameterKind kind = ParameterKind::number) {
    return detail::make_field(std::move(name), kind, member, low, high, {}, std::move(help));
}

template <class Struct>
Field<Struct> field(std::string name, bool Struct::*member, std::string help) {
    return detail::make_field(std::move(name), ParameterKind::flag, member, 0, 1, {}, std::move(help));
}

/// One of some words.
template <class Struct>
Field<Struct> field(std::string name, std::string Struct::*member, std::vector<std::string> choices, std::string help) {
    return detail::make_field(std::move(name), ParameterKind::choice, member, 0, 0, std::move(choices),
                              std::move(help));
}

/// Any text.
template <class Struct>
Field<Struct> text_field(std::string name, std::string Struct::*member, std::string help) {
    return detail::make_field(std::move(name), ParameterKind::text, member, 0, 0, {}, std::move(help));
}

/// The values of a main parameter (Parameter::tries): tries("window", {5, 10, 20}).
struct Tries {
    std::string name;
    std::vector<ParameterValue> values;
};

template <class Value>
Tries tries(std::string name, std::initializer_list<Value> values) {
    Tries out{std::move(name), {}};
    for (const Value& value : values) {
        if constexpr (std::is_same_v<Value, int>)
            out.values.emplace_back(std::int64_t{value});
        else
            out.values.emplace_back(value);
    }
    return out;
}

/// The documented table; `main` marks the main parameters with the values to try. A name that no field has ends the
/// program as it starts.
template <class Struct>
std::vector<Parameter> parameters_of(const std::vector<Field<Struct>>& fields, std::initializer_list<Tries> main = {}) {
    std::vector<Parameter> result;
    for (const auto& f : fields) result.push_back(f.parameter);
    for (const Tries& one : main) {
        const auto same = [&](const Parameter& p) { return p.name == one.name; };
        const auto found = std::find_if(result.begin(), result.end(), same);
        if (found == result.end()) throw std::logic_error("no parameter " + one.name + " to try values of");
        found->tries = one.values;
    }
    return result;
}

/// The struct with the given values set; names that no field has are ignored (the loader refused them).
template <class Struct>
Struct filled(const std::vector<Field<Struct>>& fields, const ParameterValues& values) {
    Struct result;
    for (const auto& [name, value] : values)
        for (const auto& f : fields)
            if (f.parameter.name == name) f.set(result, value);
    return result;
}

}  // namespace gatesim
