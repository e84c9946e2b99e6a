// The builds of a folder of logs: the rows of builds.csv, with names as small numbers.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace gatesim::correlate {

enum class Result : std::uint8_t {
    failed,
    passed,
    other,  ///< stopped, skipped, or a word that is not known: read by nobody
};

/// What may be associated with a failure. `job` narrows where a fingerprint is at home; the others are factors.
enum class Attribute : std::uint8_t { job, node, region, provider };
inline constexpr std::size_t kAttributes = 4;
const char* name_of(Attribute attribute);

constexpr std::uint32_t kNone = UINT32_MAX;

struct Build {
    std::string id;
    Result result = Result::other;
    std::uint32_t value[kAttributes] = {0, 0, 0, 0};  ///< of each Attribute, into Builds::names; 0 = not said
    std::uint32_t change = 0;                         ///< into Builds::changes; 0 = not said
    std::uint32_t patchset = 0;                       ///< into Builds::names
    std::uint32_t base = 0;                           ///< into Builds::names
    std::vector<std::uint32_t> tested_with;           ///< changes, without its own
    double start = 0, end = 0;                        ///< seconds since 1970, or since the beginning of a simulation
    bool has_log = false;
    std::vector<std::string> extra;  ///< values of Builds::extra_columns
};

struct Builds {
    std::vector<Build> all;  ///< in the order of the table
    std::vector<std::string> names{""};
    std::vector<std::string> changes{""};
    std::vector<std::string> extra_columns;
    bool has_time = false, has_change = false;

    /// The number of a name; a new one gets the next.
    std::uint32_t name(const std::string& text) { return number(text, names, name_numbers_); }
    std::uint32_t change(const std::string& text) { return number(text, changes, change_numbers_); }
    const std::string& text_of(const Build& build, Attribute attribute) const {
        return names[build.value[static_cast<std::size_t>(attribute)]];
    }

    /// Takes a row: column names and values. Returns what is wrong with it, or nothing.
    std::string add(const std::vector<std::string>& columns, const std::vector<std::string>& fields);

private:
    using Numbers = std::map<std::string, std::uint32_t>;
    static std::uint32_t number(const std::string& text, std::vector<std::string>& list, Numbers& numbers);
    Numbers name_numbers_, change_numbers_;
};

/// FAILURE, failed, red, TIMED_OUT … failed; SUCCESS, passed, ok, green … passed; everything else: other.
Result result_of(const std::string& word);

/// Reads builds.csv (plain or gzip): `build` and `result` must be there; job, node, region, provider, start, end,
/// change, patchset, base and tested_with (changes with blanks or semicolons between) may be. Other columns are kept
/// as they are. Returns what is wrong, with file and line, or nothing.
std::string read_builds(const std::string& path, Builds& builds);

}  // namespace gatesim::correlate
