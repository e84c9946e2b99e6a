// Nearest names, quoting and lists for messages.
#include <fmt/format.h>

#include <algorithm>

#include "model/nearest.hpp"
#include "scenario/errors.hpp"
#include "scenario/meant.hpp"

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

std::string meant_strategy(std::string_view word, const std::vector<StrategyDescription>& strategies) {
    constexpr std::size_t kMost = 3;
    std::vector<std::string> names;
    for (const StrategyDescription& strategy : strategies) names.push_back(strategy.name);
    if (const std::string near = meant(word, names); !near.empty()) return near;
    const auto wanted = gatesim::detail::pieces(word);
    std::vector<std::string> out;
    for (const auto text : {&StrategyDescription::summary, &StrategyDescription::help})
        for (const StrategyDescription& strategy : strategies)
            if (out.size() < kMost && word.size() > 2 && word.size() < 100 &&
                gatesim::detail::holds(gatesim::detail::pieces(strategy.*text), wanted) &&
                std::find(out.begin(), out.end(), strategy.name) == out.end())
                out.push_back(strategy.name);
    return either(out);
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
    constexpr std::size_t kMost = 24;
    std::string out;
    for (std::size_t i = 0; i < words.size() && i < kMost; ++i) out += (i == 0 ? "" : ", ") + words[i];
    if (words.size() > kMost) out += fmt::format(" and {} more", words.size() - kMost);
    return out;
}

}  // namespace gatesim::document
