// How `compare` and `sweep` come to their arms: strategies by name, variants by file or pointer, grids of values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "command/option.hpp"
#include "command/scenario_input.hpp"
#include "study/grid.hpp"

namespace gatesim {

/// --variant as it was typed: LABEL=FILE, LABEL:/pointer=value, LABEL:/pointer=value;/pointer=value.
struct VariantText {
    std::string label;
    std::string file;               ///< empty: the scenario of the command
    std::vector<std::string> sets;  ///< "/pointer=value"
};

/// Nothing if the text is none; then `problem` says why.
std::optional<VariantText> read_variant(const std::string& text, std::string& problem);

/// One direction of a sweep: --over /strategy/window=5,10,20 or 5..20:5 (study/range.hpp), or both mixed.
struct Axis {
    std::string pointer;
    std::string name;  ///< short, for tables: the last part of the pointer
    std::vector<std::string> values;
};

/// Nothing if the text is none. Commas inside brackets, braces and quotes do not separate values.
std::optional<Axis> read_axis(const std::string& text, std::string& problem);

/// The arms of `compare`: --strategies (or the scenario as it is), then --variant. What is wrong has been printed, and
/// `exit_code` is set, if there is nothing.
std::optional<std::vector<Arm>> load_arms(const Arguments& arguments, int& exit_code);

/// What --strategies names, in order.
std::vector<std::string> named_strategies(const Arguments& arguments);

/// An arm of the scenario at `path`, with --set and then with `own`, its own values, at the options where they were
/// typed. Nothing as above.
std::optional<Arm> load_arm(const std::string& label, const std::string& path, const std::vector<TypedSet>& own,
                            const Arguments& arguments, int& exit_code);

/// The cells of `sweep`, the last axis running fastest.
std::optional<std::vector<Arm>> load_cells(const Arguments& arguments, const std::vector<Axis>& axes, int& exit_code);

/// Index of a metric that may be named at --metric, or nothing; then `problem` says what is near.
std::optional<std::size_t> read_metric(const std::string& name, std::string& problem);

}  // namespace gatesim
