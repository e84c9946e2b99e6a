#include "learn/progress_code.hpp"

#include <algorithm>
#include <string_view>

namespace gatesim::learn {

namespace {

constexpr std::string_view kLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::string_view kChecks = "0123456789ABCDEFGHJKMNPQRSTVWXYZ+%@=U";  ///< 37, a prime: finds swaps, too

/// Weighted by place, so that swapped letters do not go unnoticed.
unsigned check_value(const std::vector<unsigned>& letters) {
    unsigned sum = 0;
    for (std::size_t i = 0; i < letters.size(); ++i) sum += (static_cast<unsigned>(i) % 35 + 1) * (letters[i] + 1);
    return sum % 37;
}

int letter_value(char c) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    const auto at = kLetters.find(c);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

std::size_t letters_for(std::size_t lessons) {
    return (lessons * 3 + 4) / 5;
}

}  // namespace

Mark mark_of(const LessonState& state) {
    switch (state.phase) {
        case Phase::fresh:
            return Mark::fresh;
        case Phase::started:
            return Mark::started;
        case Phase::gave_up:
            return Mark::gave_up;
        case Phase::passed:
            break;
    }
    return state.rung == 0 ? Mark::passed : state.rung < 4 ? Mark::passed_with_hints : Mark::passed_with_all_hints;
}

std::optional<OpenNow> open_now(const State& state, const std::vector<std::string>& lessons, Instant now) {
    const auto at = std::find(lessons.begin(), lessons.end(), state.current);
    const LessonState& current = state.of(state.current);
    if (at == lessons.end() || current.phase != Phase::started || current.started == 0) return std::nullopt;
    Instant since = current.started;
    for (const auto& [name, lesson] : state.lessons) since = std::max(since, lesson.passed);
    return OpenNow{static_cast<std::size_t>(at - lessons.begin()), std::max<Instant>(0, now - since)};
}

std::string progress_code(const std::vector<Mark>& marks, const std::optional<OpenNow>& open) {
    std::vector<bool> bits;
    for (const Mark mark : marks)
        for (int bit = 2; bit >= 0; --bit) bits.push_back((static_cast<unsigned>(mark) >> bit & 1) != 0);
    bits.resize(letters_for(marks.size()) * 5, false);
    std::vector<unsigned> letters;
    for (std::size_t i = 0; i < bits.size(); i += 5) {
        unsigned value = 0;
        for (std::size_t j = 0; j < 5; ++j) value = value * 2 + (bits[i + j] ? 1 : 0);
        letters.push_back(value);
    }
    if (open) {
        letters.push_back(static_cast<unsigned>(open->lesson));
        letters.push_back(static_cast<unsigned>(std::min<Instant>(31, open->seconds / 120)));
    }
    std::string out;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        if (i > 0 && i % 4 == 0) out += '-';
        out += kLetters[letters[i]];
    }
    out += letters.size() % 4 == 0 ? "-" : "";
    return out + kChecks[check_value(letters)];
}

std::optional<std::vector<Mark>> read_progress_code(const std::string& code, std::size_t lessons) {
    std::string plain;
    for (const char c : code)
        if (c != '-' && c != ' ') plain += c;
    const std::size_t least = letters_for(lessons) + 1;
    if (plain.size() != least && plain.size() != least + 2) return std::nullopt;
    std::vector<unsigned> letters;
    for (std::size_t i = 0; i + 1 < plain.size(); ++i) {
        const int value = letter_value(plain[i]);
        if (value < 0) return std::nullopt;
        letters.push_back(static_cast<unsigned>(value));
    }
    char check = plain.back();
    if (check >= 'a' && check <= 'z') check = static_cast<char>(check - 'a' + 'A');
    if (kChecks[check_value(letters)] != check) return std::nullopt;
    if (plain.size() > least && letters[least - 1] >= lessons) return std::nullopt;
    std::vector<Mark> out;
    for (std::size_t lesson = 0; lesson < lessons; ++lesson) {
        unsigned value = 0;
        for (std::size_t bit = lesson * 3; bit < lesson * 3 + 3; ++bit)
            value = value * 2 + (letters[bit / 5] >> (4 - bit % 5) & 1);
        if (value > static_cast<unsigned>(Mark::gave_up)) return std::nullopt;
        out.push_back(static_cast<Mark>(value));
    }
    return out;
}

}  // namespace gatesim::learn
