// The name somebody probably meant.
#pragma once

#include <algorithm>
#include <cctype>
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

/// Letters only, in lower case, in pieces: "bors-ng" is bors, ng.
inline std::vector<std::string> pieces(std::string_view name) {
    std::vector<std::string> out(1);
    for (char c : name) {
        const bool letter = std::isalnum(static_cast<unsigned char>(c)) || (static_cast<unsigned char>(c) & 0x80);
        if (letter)
            out.back() += lower(c);
        else if (!out.back().empty())
            out.emplace_back();
    }
    if (out.back().empty()) out.pop_back();
    return out;
}

inline bool holds(const std::vector<std::string>& all, const std::vector<std::string>& some) {
    for (const std::string& piece : some)
        if (std::find(all.begin(), all.end(), piece) == all.end()) return false;
    return !some.empty();
}

/// How many edits still make a likeness: a third of the letters; of four or five letters two, if the first is right.
inline std::size_t most_edits(std::string_view word, std::string_view candidate) {
    const std::size_t third = std::max<std::size_t>(1, word.size() / 3);
    const bool same_start = !candidate.empty() && lower(word[0]) == lower(candidate[0]);
    return word.size() >= 4 && same_start ? std::max<std::size_t>(2, third) : third;
}

}  // namespace detail

/// The candidate nearest to `word` by edit distance (swaps count once, case does not count), or "" if none is near.
inline std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
    if (word.empty() || word.size() > 100) return "";
    std::string best;
    std::size_t least = word.size();
    for (const std::string& candidate : candidates) {
        const std::size_t longer = std::max(candidate.size(), word.size()),
                          shorter = std::min(candidate.size(), word.size());
        const std::size_t most = detail::most_edits(word, candidate);
        if (longer - shorter > most) continue;
        const std::size_t d = detail::edits(word, candidate);
        // As many edits as the word is long would find a likeness in anything.
        if (d <= most && d < least && d < shorter) {
            least = d;
            best = candidate;
        }
    }
    return best;
}

/// Up to three candidates that somebody may have meant: the nearest in spelling; else those that have `word` as a part
/// or begin with it ("bors": bors-ng, rust-bors), or are a part of it ("github-merge-queue": github).
inline std::vector<std::string> likely(std::string_view word, const std::vector<std::string>& candidates) {
    constexpr std::size_t kMost = 3, kBeginning = 3;
    if (const std::string near = nearest(word, candidates); !near.empty()) return {near};
    if (word.size() > 100) return {};
    const auto wanted = detail::pieces(word);
    std::string typed;
    for (char c : word) typed += detail::lower(c);
    std::vector<std::string> out;
    const auto take = [&](auto&& fits) {
        for (const std::string& candidate : candidates)
            if (out.size() < kMost && fits(candidate) && std::find(out.begin(), out.end(), candidate) == out.end())
                out.push_back(candidate);
    };
    take([&](const std::string& candidate) {
        std::string name;
        for (char c : candidate) name += detail::lower(c);
        return typed.size() >= kBeginning && name.rfind(typed, 0) == 0;
    });
    take([&](const std::string& candidate) { return detail::holds(detail::pieces(candidate), wanted); });
    if (out.empty())
        take([&](const std::string& candidate) { return detail::holds(wanted, detail::pieces(candidate)); });
    return out;
}

}  // namespace gatesim
