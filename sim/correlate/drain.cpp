#include "correlate/drain.hpp"

#include <algorithm>

#include "correlate/mask.hpp"

namespace gatesim::correlate {

namespace {

/// A word without the blank in front of it.
std::string_view bare(const std::string& word) {
    std::string_view out = word;
    if (!out.empty() && (out[0] == ' ' || out[0] == kBlanks)) out.remove_prefix(1);
    return out;
}

bool has_gap(std::string_view word) {
    return std::any_of(word.begin(), word.end(), [](char c) { return c == kNumber || c == kFolders || c == kAny; });
}

bool is_level(std::string_view word) {
    std::string low;
    for (const char c : word)
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) low += static_cast<char>(c | 32);
    for (const char* level :
         {"error", "warning", "warn", "info", "debug", "critical", "fatal", "trace", "e", "w", "i", "d"})
        if (low == level) return true;
    return false;
}

/// Where the message begins.
std::size_t message_at(const std::vector<std::string>& words, std::string_view tag) {
    constexpr std::size_t kNear = 8;
    std::size_t at = 0;
    if (!tag.empty())
        for (std::size_t i = 0; i < std::min(kNear, words.size()); ++i)
            if (words[i].find(tag) != std::string::npos) {
                at = i + 1;
                break;
            }
    for (std::size_t i = at; i < std::min(at + 3, words.size()); ++i)
        if (is_level(bare(words[i]))) return i + 1;
    return at;
}

}  // namespace

std::uint32_t Drain::add(std::uint32_t layer, std::string_view shape, std::string_view tag) {
    const Words words = words_of_shape(shape);
    const std::size_t begin = std::min(message_at(words, tag), words.size() - 1);
    std::uint64_t leaf = digest("", static_cast<std::uint64_t>(layer) << 32 | words.size() << 8 | begin);
    for (std::size_t i = 0; i < begin; ++i)
        leaf = digest(has_gap(bare(words[i])) ? std::string_view("*") : bare(words[i]), leaf);
    std::vector<std::uint32_t>& there = leaves_[leaf];
    // Words without letters say nothing and do not count.
    const auto says = [](const std::string& word) {
        return std::any_of(word.begin(), word.end(), [](char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; });
    };
    const std::size_t words_that_count =
        static_cast<std::size_t>(std::count_if(words.begin() + static_cast<std::ptrdiff_t>(begin), words.end(), says));
    std::uint32_t best = UINT32_MAX;
    std::size_t most = 0;
    for (const std::uint32_t number : there) {
        const Words& one = templates_[number];
        std::size_t same = 0;
        for (std::size_t i = begin; i < words.size(); ++i) same += says(words[i]) && bare(words[i]) == bare(one[i]);
        if (best == UINT32_MAX || same > most) best = number, most = same;
    }
    const bool enough =
        best != UINT32_MAX && static_cast<double>(most) >= kAgreement * static_cast<double>(words_that_count);
    if (!enough && there.size() < kMostInLeaf) {
        there.push_back(static_cast<std::uint32_t>(templates_.size()));
        templates_.push_back(words);
        return there.back();
    }
    Words& one = templates_[best];
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (one[i] == words[i]) continue;
        const bool same_word = bare(one[i]) == bare(words[i]);
        std::string blank = i == 0 ? "" : one[i][0] == words[i][0] ? one[i].substr(0, 1) : std::string(1, kBlanks);
        one[i] = blank + (same_word ? std::string(bare(words[i])) : std::string(1, kAny));
    }
    return best;
}

std::string Drain::shape(std::uint32_t number) const {
    std::string out;
    for (const std::string& word : templates_[number]) out += word;
    return out;
}

}  // namespace gatesim::correlate
