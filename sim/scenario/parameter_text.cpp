#include "scenario/parameter_text.hpp"

#include <fmt/format.h>

#include "scenario/errors.hpp"
#include "scenario/units.hpp"
#include "scenario/words.hpp"

namespace gatesim {

std::string value_text(const Parameter& parameter, const ParameterValue& value) {
    if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* number = std::get_if<double>(&value)) {
        return parameter.kind == ParameterKind::share ? document::print_number(*number * 100) + "%"
                                                      : document::print_number(*number);
    }
    const std::int64_t whole = std::get<std::int64_t>(value);
    return parameter.kind == ParameterKind::time ? units::print_time(whole) : std::to_string(whole);
}

std::string value_json(const Parameter& parameter, const ParameterValue& value) {
    if (const auto* number = std::get_if<double>(&value)) return fmt::format("{}", *number);
    const std::string text = value_text(parameter, value);
    const bool quoted = std::holds_alternative<std::string>(value) || parameter.kind == ParameterKind::time;
    return quoted ? document::json_string(text) : text;
}

}  // namespace gatesim
