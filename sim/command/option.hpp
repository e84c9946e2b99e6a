// Options as a table: name, value, range, help. The table feeds the parser, the help pages and the checks.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/time.hpp"

namespace gatesim {

enum class OptionKind {
    flag,  ///< no value
    text,
    count,   ///< whole number within [low, high]
    time,    ///< "7d", "90m"
    choice,  ///< one of `choices`
};

struct Option {
    std::string name;  ///< without dashes
    OptionKind kind = OptionKind::flag;
    std::string value = {};  ///< how help names the value: "N", "DIR"
    std::string help = {};   ///< one sentence; says the default
    std::uint64_t low = 0;
    std::uint64_t high = UINT64_MAX;
    std::vector<std::string> choices = {};
    bool repeatable = false;
    char letter = 0;  ///< short form; 0 = none
};

/// A parameter without a name.
struct Positional {
    std::string name;  ///< "SCENARIO"
    std::string help;
    bool required = true;
};

/// What was typed, checked against the tables.
class Arguments {
public:
    bool has(const std::string& option) const { return values_.count(option) != 0; }
    /// The last value; `fallback` if the option was not given.
    std::string text(const std::string& option, const std::string& fallback = "") const;
    std::uint64_t count(const std::string& option, std::uint64_t fallback) const;
    Time time(const std::string& option, Time fallback) const;
    std::vector<std::string> all(const std::string& option) const;
    /// The positional at `index`; empty if it was not given.
    std::string positional(std::size_t index) const { return index < positionals.size() ? positionals[index] : ""; }

    std::vector<std::string> positionals;

private:
    friend std::optional<Arguments> parse(const std::vector<std::string>&, const std::vector<Option>&,
                                          const std::vector<Positional>&, std::string&);
    std::map<std::string, std::vector<std::string>> values_;
};

/// Parses; nothing if something is wrong, then `problem` says what, with the nearest right name. No abbreviations;
/// everything after `--` is positional.
std::optional<Arguments> parse(const std::vector<std::string>& words, const std::vector<Option>& options,
                               const std::vector<Positional>& positionals, std::string& problem);

}  // namespace gatesim
