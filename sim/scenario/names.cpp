// Nearest names, quoting and lists for messages.
#include <fmt/format.h>

#include <algorithm>

#include "model/nearest.hpp"
#include "scenario/errors.hpp"
#include "scenario/meant.hpp"
#include "scenario/other_names.hpp"

namespace gatesim::document {

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
    return gatesim::nearest(word, candidates);
}

namespace {

std::string either(const std::vector<std::string>& words) {
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i)
        out += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
    return out;
}

}  // namespace

std::string meant(std::string_view word, const std::vector<std::string>& candidates) {
    return either(likely(word, candidates));
}

namespace {

constexpr std::size_t kMostNames = 3;

void add_once(std::vector<std::string>& out, const std::string& name) {
    if (out.size() < kMostNames && std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
}

/// "Merge Queue", "merge-queue" and "mergequeue" are the same word.
std::string run_together(std::string_view word) {
    std::string out;
    for (const std::string& piece : gatesim::detail::pieces(word)) out += piece;
    return out;
}

/// What a word in the table stands for, of the strategies that there are; `fits` compares it with what was typed.
template <typename Fits>
std::vector<std::string> known_as(const std::vector<std::string>& names, Fits fits) {
    std::vector<std::string> out;
    for (const OtherName& other : other_names())
        if (fits(other.word))
            for (const std::string& strategy : other.strategies)
                if (std::find(names.begin(), names.end(), strategy) != names.end()) add_once(out, strategy);
    return out;
}

std::vector<std::string> by_description(std::string_view word, const std::vector<StrategyDescription>& strategies) {
    const auto wanted = gatesim::detail::pieces(word);
    std::vector<std::string> out;
    for (const auto text : {&StrategyDescription::summary, &StrategyDescription::help})
        for (const StrategyDescription& strategy : strategies)
            if (gatesim::detail::holds(gatesim::detail::pieces(strategy.*text), wanted)) add_once(out, strategy.name);
    return out;
}

}  // namespace

std::string meant_strategy(std::string_view word, const std::vector<StrategyDescription>& strategies) {
    const std::string typed = run_together(word);
    if (typed.empty() || word.size() > 100) return "";
    std::vector<std::string> names, words;
    for (const StrategyDescription& strategy : strategies) names.push_back(strategy.name);
    for (const OtherName& other : other_names()) words.push_back(other.word);
    const auto same = [&](const std::string& known) { return run_together(known) == typed; };
    if (const auto known = known_as(names, same); !known.empty()) return either(known);
    if (const std::string near = meant(word, names); !near.empty()) return near;
    if (const std::string near = nearest(word, words); !near.empty())
        return either(known_as(names, [&](const std::string& known) { return known == near; }));
    const auto wanted = gatesim::detail::pieces(word);
    const auto part = [&](const std::string& known) {
        return gatesim::detail::holds(wanted, gatesim::detail::pieces(known));
    };
    if (const auto known = known_as(names, part); !known.empty()) return either(known);
    return word.size() > 2 ? either(by_description(word, strategies)) : "";
}

std::string did_you_mean(const std::string& near) {
    return near.empty() ? "" : "; did you mean " + near + "?";
}

std::string quote(std::string_view text) {
    constexpr std::size_t kLongest = 60;
    if (text.size() <= kLongest) return json_string(text);
    std::size_t end = kLongest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // never cut inside a character
    std::string shortened = json_string(text.substr(0, end));
    shortened.pop_back();
    return shortened + "…\"";
}

std::string circle(const std::vector<std::uint32_t>& cycle, const std::vector<std::string>& names,
                   std::string_view link) {
    constexpr std::size_t kMost = 8;
    std::string out;
    for (std::size_t i = 0; i < cycle.size(); ++i) {
        if (cycle.size() > kMost && i == kMost / 2) {
            i = cycle.size() - kMost / 2;
            out += fmt::format("… ({} more) {} ", cycle.size() - kMost, link);
        }
        out += fmt::format("{} {} ", names[cycle[i]], link);
    }
    return out + names[cycle[0]];
}

std::string listing(const std::vector<std::string>& words) {
    constexpr std::size_t kMost = 32;
    std::string out;
    for (std::size_t i = 0; i < words.size() && i < kMost; ++i) out += (i == 0 ? "" : ", ") + words[i];
    if (words.size() > kMost) out += fmt::format(" and {} more", words.size() - kMost);
    return out;
}

}  // namespace gatesim::document
