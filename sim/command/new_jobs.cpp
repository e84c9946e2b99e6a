#include "command/new_jobs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <sstream>

#include "scenario/errors.hpp"
#include "scenario/units.hpp"

namespace gatesim {

namespace {

using document::quote;

std::vector<std::string> words_of(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> out;
    for (std::string word; in >> word;) out.push_back(word);
    return out;
}

bool is_name(const std::string& text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.';
    });
}

bool is_bare(const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0 || c == '.'; });
}

/// One job; `problem` says what is wrong.
NewJob read_job(const std::string& text, const std::string& flake, std::string& problem) {
    const std::vector<std::string> words = words_of(text);
    NewJob out{"", "", flake};
    if (words.size() != 2 && words.size() != 4) {
        problem = fmt::format("{} is not NAME TIME or NAME TIME flake SHARE", quote(text));
        return out;
    }
    out.name = words[0];
    out.duration = is_bare(words[1]) ? words[1] + "m" : words[1];
    const auto time = units::read_time(out.duration);
    if (!is_name(out.name))
        problem = fmt::format("{} is no name of a job: letters, digits, - _ .", quote(out.name));
    else if (!time.value || *time.value <= 0)
        problem = fmt::format("{} is no time a job can take (\"12m\", \"1h30m\")", quote(words[1]));
    if (words.size() != 4 || !problem.empty()) return out;
    const auto share = units::read_share(words[3]);
    out.flake = words[3];
    if (words[2] != "flake")
        problem = fmt::format("{} says nothing of a job; only flake does", quote(words[2]));
    else if (!share.value || *share.value > 1)
        problem = fmt::format("{} is no share of its runs (\"2%\")", quote(words[3]));
    return out;
}

}  // namespace

std::optional<std::vector<NewJob>> read_jobs(const std::string& text, const std::string& flake, std::string& problem) {
    std::vector<NewJob> out;
    std::istringstream in(text);
    for (std::string part; std::getline(in, part, ',');) {
        const std::size_t first = part.find_first_not_of(' ');
        const NewJob job = read_job(first == std::string::npos ? "" : part.substr(first), flake, problem);
        const bool twice =
            std::any_of(out.begin(), out.end(), [&](const NewJob& other) { return other.name == job.name; });
        if (problem.empty() && twice) problem = fmt::format("two jobs are called {}", quote(job.name));
        if (!problem.empty()) return std::nullopt;
        out.push_back(job);
    }
    if (out.empty()) problem = "a change without jobs needs no gate: name one (\"test 30m\")";
    return out.empty() ? std::nullopt : std::optional(out);
}

}  // namespace gatesim
