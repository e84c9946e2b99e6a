#include "command/option.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <charconv>

#include "scenario/errors.hpp"
#include "scenario/meant.hpp"
#include "scenario/read_json.hpp"
#include "scenario/units.hpp"

namespace gatesim {

namespace po = boost::program_options;

namespace {

constexpr const char* kPositional = "positional arguments";  // no option can be called that

po::options_description described(const std::vector<Option>& options) {
    po::options_description out;
    for (const Option& o : options) {
        const std::string name = o.letter ? o.name + "," + o.letter : o.name;
        if (o.kind == OptionKind::flag)
            out.add_options()(name.c_str(), "");
        else
            out.add_options()(name.c_str(), po::value<std::vector<std::string>>(), "");
    }
    out.add_options()(kPositional, po::value<std::vector<std::string>>(), "");
    return out;
}

std::string without_dashes(std::string name) {
    name.erase(0, name.find_first_not_of('-'));
    return name.substr(0, name.find('='));
}

std::string unknown(const std::string& typed, const std::vector<Option>& options) {
    std::vector<std::string> names;
    for (const Option& o : options) names.push_back(o.name);
    std::string near = document::nearest(without_dashes(typed), names);
    // What somebody typed as an abbreviation is a beginning.
    for (const std::string& name : names) {
        if (near.empty() && without_dashes(typed).size() >= 2 && name.rfind(without_dashes(typed), 0) == 0) near = name;
    }
    return "unknown option " + typed + document::did_you_mean(near.empty() ? "" : "--" + near);
}

/// Text becomes part of documents, which are UTF-8. Names of files are what they are.
std::string not_text(const Option& option, const std::string& value) {
    const bool path = option.value.find("DIR") != std::string::npos || option.value.find("FILE") != std::string::npos;
    const std::size_t bad = path ? std::string::npos : document::first_bad_byte(value);
    if (bad == std::string::npos) return "";
    return fmt::format("--{} takes text in UTF-8, not {} (byte 0x{:02X})", option.name, document::quote(value),
                       static_cast<unsigned char>(value[bad]));
}

/// What is wrong with a value; empty = nothing.
std::string fault(const Option& option, const std::string& value) {
    switch (option.kind) {
        case OptionKind::flag:
            return "";
        case OptionKind::text:
            return value.empty() ? fmt::format("--{} is empty", option.name) : not_text(option, value);
        case OptionKind::count: {
            std::uint64_t number = 0;
            const auto end = value.data() + value.size();
            const auto read = std::from_chars(value.data(), end, number);
            if (read.ec == std::errc{} && read.ptr == end && number >= option.low && number <= option.high) return "";
            const std::string range = option.high == UINT64_MAX ? fmt::format("from {}", option.low)
                                                                : fmt::format("from {} to {}", option.low, option.high);
            return fmt::format("--{} takes a whole number {}, not {}", option.name, range, document::quote(value));
        }
        case OptionKind::time:
            if (units::read_time(value).value) return "";
            return fmt::format("--{} takes a time (\"90m\", \"7d\"), not {}", option.name, document::quote(value));
        case OptionKind::choice: {
            if (std::find(option.choices.begin(), option.choices.end(), value) != option.choices.end()) return "";
            const std::string near = document::nearest(value, option.choices);
            return fmt::format("--{} is one of {}, not {}{}", option.name, document::listing(option.choices),
                               document::quote(value), document::did_you_mean(near));
        }
    }
    return "";
}

std::string fault(const std::vector<Positional>& allowed, const std::vector<std::string>& given) {
    if (given.size() > allowed.size() && (allowed.empty() || !allowed.back().name.ends_with("…"))) {
        return fmt::format("{} is one argument too many", document::quote(given[allowed.size()]));
    }
    for (std::size_t i = given.size(); i < allowed.size(); ++i) {
        if (allowed[i].required) return fmt::format("{} is missing", allowed[i].name);
    }
    return "";
}

}  // namespace

std::string Arguments::text(const std::string& option, const std::string& fallback) const {
    const auto it = values_.find(option);
    return it == values_.end() || it->second.empty() ? fallback : it->second.back();
}

std::uint64_t Arguments::count(const std::string& option, std::uint64_t fallback) const {
    const auto it = values_.find(option);
    if (it == values_.end()) return fallback;
    std::from_chars(it->second.back().data(), it->second.back().data() + it->second.back().size(), fallback);
    return fallback;
}

Time Arguments::time(const std::string& option, Time fallback) const {
    const auto it = values_.find(option);
    return it == values_.end() ? fallback : *units::read_time(it->second.back()).value;
}

std::vector<std::string> Arguments::all(const std::string& option) const {
    const auto it = values_.find(option);
    return it == values_.end() ? std::vector<std::string>{} : it->second;
}

std::optional<Arguments> parse(const std::vector<std::string>& words, const std::vector<Option>& options,
                               const std::vector<Positional>& positionals, std::string& problem) {
    const auto dashes = std::find(words.begin(), words.end(), "--");
    const std::vector<std::string> head(words.begin(), dashes);
    const po::options_description table = described(options);
    po::positional_options_description rest;
    rest.add(kPositional, -1);
    po::parsed_options parsed(&table);
    try {
        const int style = po::command_line_style::default_style & ~po::command_line_style::allow_guessing;
        parsed = po::command_line_parser(head).options(table).positional(rest).style(style).run();
    } catch (const po::unknown_option& e) {
        problem = unknown(e.get_option_name(), options);
        return std::nullopt;
    } catch (const po::invalid_command_line_syntax& e) {
        const std::string name = e.get_option_name();
        const bool missing = e.kind() == po::invalid_syntax::missing_parameter ||
                             e.kind() == po::invalid_syntax::empty_adjacent_parameter;
        problem = fmt::format("{} {}", name, missing ? "needs a value" : "takes no value");
        return std::nullopt;
    } catch (const po::error& e) {
        problem = e.what();
        return std::nullopt;
    }
    Arguments out;
    for (const auto& given : parsed.options) {
        if (given.string_key == kPositional) {
            out.positionals.insert(out.positionals.end(), given.value.begin(), given.value.end());
            continue;
        }
        const auto option =
            std::find_if(options.begin(), options.end(), [&](const Option& o) { return o.name == given.string_key; });
        std::vector<std::string>& values = out.values_[option->name];
        if (!values.empty() && !option->repeatable && option->kind != OptionKind::flag) {
            problem = fmt::format("--{} is given twice", option->name);
            return std::nullopt;
        }
        for (const std::string& value : given.value) {
            problem = fault(*option, value);
            if (!problem.empty()) return std::nullopt;
            values.push_back(value);
        }
    }
    if (dashes != words.end()) out.positionals.insert(out.positionals.end(), dashes + 1, words.end());
    if (!out.has("help")) problem = fault(positionals, out.positionals);
    if (!problem.empty()) return std::nullopt;
    return out;
}

}  // namespace gatesim
