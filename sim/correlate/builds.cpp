#include "correlate/builds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "correlate/table.hpp"
#include "load/when.hpp"

namespace gatesim::correlate {

namespace {

constexpr const char* kAttributeNames[kAttributes] = {"job", "node", "region", "provider"};

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

/// Seconds; an empty field is 0.
std::string read_time(const std::string& text, double& seconds) {
    if (text.empty()) return "";
    std::string why;
    const auto when = parse_when(text, why);
    if (!when) return why;
    seconds = static_cast<double>(*when) / 1e6;
    return "";
}

std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> out;
    std::string word;
    for (const char c : text + " ") {
        if (c != ' ' && c != ';' && c != '|') {
            word += c;
        } else if (!word.empty()) {
            out.push_back(std::move(word));
            word.clear();
        }
    }
    return out;
}

}  // namespace

const char* name_of(Attribute attribute) {
    return kAttributeNames[static_cast<std::size_t>(attribute)];
}

Result result_of(const std::string& word) {
    static const std::set<std::string> failed{"failure",      "failed",      "fail",      "red",
                                              "error",        "timeout",     "timed_out", "timedout",
                                              "post_failure", "retry_limit", "broken"};
    static const std::set<std::string> passed{"success", "passed", "pass", "ok", "green", "successful"};
    const std::string one = lower(word);
    if (failed.count(one) != 0) return Result::failed;
    return passed.count(one) != 0 ? Result::passed : Result::other;
}

std::uint32_t Builds::number(const std::string& text, std::vector<std::string>& list, Numbers& numbers) {
    if (text.empty()) return 0;
    const auto [place, is_new] = numbers.emplace(text, static_cast<std::uint32_t>(list.size()));
    if (is_new) list.push_back(text);
    return place->second;
}

std::string Builds::add(const std::vector<std::string>& columns, const std::vector<std::string>& fields) {
    Build build;
    std::string trouble;
    std::vector<std::string> with;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::string& column = columns[i];
        const std::string& text = fields[i];
        const auto attribute = std::find(std::begin(kAttributeNames), std::end(kAttributeNames), column);
        if (attribute != std::end(kAttributeNames)) {
            build.value[attribute - std::begin(kAttributeNames)] = name(text);
        } else if (column == "build") {
            build.id = text;
        } else if (column == "result") {
            build.result = result_of(text);
        } else if (column == "start" || column == "end") {
            has_time = has_time || (column == "start" && !text.empty());
            trouble = read_time(text, column == "start" ? build.start : build.end);
            if (!trouble.empty()) return column + ": " + trouble;
        } else if (column == "change") {
            build.change = change(text);
            has_change = has_change || build.change != 0;
        } else if (column == "patchset") {
            build.patchset = name(text);
        } else if (column == "base") {
            build.base = name(text);
        } else if (column == "tested_with") {
            with = words_of(text);
        } else {
            build.extra.push_back(text);
        }
    }
    if (build.id.empty()) return "a build without a name";
    for (const std::string& one : with)
        if (const std::uint32_t c = change(one); c != build.change) build.tested_with.push_back(c);
    all.push_back(std::move(build));
    return "";
}

std::string read_builds(const std::string& path, Builds& builds) {
    Table table;
    if (std::string trouble = read_table(path, table); !trouble.empty()) return trouble;
    for (const char* needed : {"build", "result"})
        if (std::find(table.columns.begin(), table.columns.end(), needed) == table.columns.end())
            return fmt::format(
                "{}: has no column \"{}\"; it needs build and result, and may have job, node, region, provider, "
                "start, end, change, patchset, base, tested_with",
                path, needed);
    static const std::set<std::string> known{"build", "result", "job",    "node",     "region", "provider",
                                             "start", "end",    "change", "patchset", "base",   "tested_with"};
    for (const std::string& column : table.columns)
        if (known.count(column) == 0) builds.extra_columns.push_back(column);
    std::set<std::string> seen;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        std::string trouble = builds.add(table.columns, table.rows[i]);
        if (trouble.empty() && !seen.insert(builds.all.back().id).second)
            trouble = "the build " + builds.all.back().id + " is there twice";
        if (!trouble.empty()) return fmt::format("{}:{}: {}", path, table.lines[i], trouble);
    }
    if (builds.all.empty()) return path + ": has no row";
    return "";
}

}  // namespace gatesim::correlate
