#include "page/sentence.hpp"

namespace gatesim::page {

namespace {

bool part_of_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80) != 0 || c == '_' ||
           c == '-' || c == '/';
}

}  // namespace

std::string with_gaps(std::string_view sentence, const Fillings& names) {
    std::string out;
    for (std::size_t at = 0; at < sentence.size();) {
        const bool inside = at > 0 && part_of_name(sentence[at - 1]);
        // The longest name that stands here; the first of equals.
        std::size_t best = names.size();
        for (std::size_t i = 0; i < names.size() && !inside; ++i) {
            const std::size_t end = at + names[i].size();
            if (names[i].empty() || sentence.substr(at, names[i].size()) != names[i]) continue;
            if (end < sentence.size() && part_of_name(sentence[end])) continue;
            if (best == names.size() || names[i].size() > names[best].size()) best = i;
        }
        if (best == names.size()) {
            // A character that would be taken for a gap cannot be shown anyway.
            const char c = sentence[at++];
            out += c >= kGapCause && c <= kGapSemaphore ? ' ' : c;
        } else {
            out += static_cast<char>(kGapCause + static_cast<char>(best));
            at += names[best].size();
        }
    }
    return out;
}

std::string filled(std::string_view sentence, const Fillings& names) {
    std::string out;
    for (const char c : sentence) {
        if (c >= kGapCause && c <= kGapSemaphore)
            out += names[static_cast<std::size_t>(c - kGapCause)];
        else
            out += c;
    }
    return out;
}

std::string sentence_of(const Replay& replay, const Replay::Wait& wait) {
    if (wait.sentence == kNowhere) return {};
    const auto label = [&](Index change) {
        return change == kNowhere ? std::string_view{} : std::string_view(replay.changes[change].label);
    };
    const auto one = [](const auto& list, Index index) {
        return index == kNowhere ? std::string_view{} : std::string_view(list[index]);
    };
    return filled(replay.sentences[wait.sentence],
                  {label(wait.because_of), label(replay.stays[wait.stay].change), one(replay.jobs, wait.job),
                   wait.pool == kNowhere ? std::string_view{} : std::string_view(replay.pools[wait.pool].name),
                   one(replay.words, wait.semaphore)});
}

}  // namespace gatesim::page
