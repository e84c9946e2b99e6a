// Nearest names, quoting and lists for messages.
#include <fmt/format.h>

#include <algorithm>

#include "scenario/errors.hpp"

namespace gatesim::document {

namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Damerau's distance (optimal string alignment): insert, delete, replace, swap neighbours.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const char x = lower(a[i - 1]), y = lower(b[j - 1]);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (x == y ? 0 : 1)});
            if (i > 1 && j > 1 && x == lower(b[j - 2]) && lower(a[i - 2]) == y)
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
        before.swap(last);
        last.swap(row);
    }
    return last[b.size()];
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
    if (word.empty() || word.size() > 100) return "";
    std::string best;
    std::size_t least = std::max<std::size_t>(1, word.size() / 3) + 1;
    for (const std::string& candidate : candidates) {
        const std::size_t longer = std::max(candidate.size(), word.size()),
                          shorter = std::min(candidate.size(), word.size());
        if (longer - shorter >= least) continue;
        const std::size_t d = distance(word, candidate);
        // As many edits as the word is long would find a likeness in anything.
        if (d < least && d < shorter) {
            least = d;
            best = candidate;
        }
    }
    return best;
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
