// The name somebody probably meant.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace gatesim {

namespace detail {

inline char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Damerau's distance (optimal string alignment): insert, delete, replace, swap neighbours.
inline std::size_t edits(std::string_view a, std::string_view b) {
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

}  // namespace detail

/// The candidate nearest to `word` by edit distance (swaps count once, case does not count), or "" if none is near.
inline std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
    if (word.empty() || word.size() > 100) return "";
    std::string best;
    std::size_t least = std::max<std::size_t>(1, word.size() / 3) + 1;
    for (const std::string& candidate : candidates) {
        const std::size_t longer = std::max(candidate.size(), word.size()),
                          shorter = std::min(candidate.size(), word.size());
        if (longer - shorter >= least) continue;
        const std::size_t d = detail::edits(word, candidate);
        // As many edits as the word is long would find a likeness in anything.
        if (d < least && d < shorter) {
            least = d;
            best = candidate;
        }
    }
    return best;
}

}  // namespace gatesim
