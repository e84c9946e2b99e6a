#include "correlate/mask.hpp"

#include <array>
#include <cstring>

namespace gatesim::correlate {

namespace {

enum Kind : unsigned char { other, digit, hex, letter, blank };

constexpr std::array<unsigned char, 256> kKinds = [] {
    std::array<unsigned char, 256> out{};
    for (int c = 0; c < 256; ++c) {
        if (c >= '0' && c <= '9')
            out[c] = digit;
        else if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))
            out[c] = hex;
        else if ((c >= 'g' && c <= 'z') || (c >= 'G' && c <= 'Z') || c >= 0x80)
            out[c] = letter;
        else if (c == ' ' || c == '\t' || c == '\r' || c < 0x20)
            out[c] = blank;
    }
    return out;
}();

Kind kind(char c) {
    return static_cast<Kind>(kKinds[static_cast<unsigned char>(c)]);
}

/// Whether a run of letters and digits goes out as a whole.
bool is_identifier(const char* at, std::size_t size, std::size_t digits, std::size_t changes, bool all_hex) {
    if (digits == size) return true;
    if (digits == 0) return all_hex && size >= 8;
    if (all_hex && size >= 4) return true;
    if (at[0] == '0' && (at[1] == 'x' || at[1] == 'X')) return true;
    // 20T10 and 00Z of a time; x7fq2kz9.
    if (kind(at[0]) == digit && (at[size - 1] == 'Z' || std::memchr(at, 'T', size)) && digits + 1 == size) return true;
    return changes >= 3 || size >= 20;
}

class Masker {
public:
    Masker(std::string_view line, std::string& shape) : line_(line), out_(shape) { out_.clear(); }

    void run() {
        while (at_ < line_.size() && out_.size() < kLongestShape) {
            const char c = line_[at_];
            const Kind k = kind(c);
            if (k == blank) {
                blanks();
            } else if (k != other) {
                word();
            } else if (c == '/' && !begins_word_ && folders()) {
            } else {
                if (!out_.empty()) put(c);
                begins_word_ = false;
                ++at_;
            }
        }
        while (!out_.empty() && (out_.back() == ' ' || out_.back() == kBlanks)) out_.pop_back();
    }

private:
    void blanks() {
        const std::size_t from = at_;
        while (at_ < line_.size() && kind(line_[at_]) == blank) ++at_;
        begins_word_ = false;
        if (!out_.empty()) out_ += at_ - from == 1 && line_[from] == ' ' ? ' ' : kBlanks;
    }

    void put(char c) { out_ += c; }

    /// 10:00:00 and 1.2.3 are one number.
    void number() {
        if (out_.empty()) return;  // a time in front of the line
        const std::size_t size = out_.size();
        if (size >= 2 && out_[size - 2] == kNumber && std::memchr(".:-,+", out_[size - 1], 5)) {
            out_.pop_back();
            return;
        }
        if (out_.back() != kNumber) put(kNumber);
    }

    void word() {
        const char* const from = line_.data() + at_;
        std::size_t size = 0, digits = 0, changes = 0;
        bool all_hex = true;
        Kind before = other;
        for (; at_ + size < line_.size(); ++size) {
            const Kind k = kind(from[size]);
            if (k == blank || k == other) break;
            digits += k == digit;
            all_hex = all_hex && k != letter;
            changes += size > 0 && (k == digit) != (before == digit);
            before = k;
        }
        at_ += size;
        begins_word_ = true;
        if (out_.empty() && digits == 0 && is_month_or_day_name({from, size}) && number_follows()) return;
        // A part of an identifier with hyphens that happens to have no digit.
        const bool in_number =
            all_hex && size >= 4 && out_.size() >= 2 && out_.back() == '-' && out_[out_.size() - 2] == kNumber;
        if (in_number || is_identifier(from, size, digits, changes, all_hex)) return number();
        for (std::size_t i = 0; i < size; ++i) {
            if (kind(from[i]) != digit)
                put(from[i]);
            else if (out_.empty() || out_.back() != kNumber)
                put(kNumber);
        }
    }

    /// Whether a digit comes behind a blank, a hyphen or the like.
    bool number_follows() const {
        std::size_t next = at_;
        while (next < line_.size() && next < at_ + 3 && std::memchr(" -/,.", line_[next], 5)) ++next;
        return next > at_ && next < line_.size() && kind(line_[next]) == digit;
    }

    /// The folders of a path that begins here; false if it is none.
    bool folders() {
        std::size_t last = at_, end = at_;
        std::size_t slashes = 0;
        for (; end < line_.size(); ++end) {
            const char c = line_[end];
            if (c == '/') {
                last = end;
                ++slashes;
            } else if (kind(c) == blank || (kind(c) == other && !std::memchr("._-+@~%", c, 7))) {
                break;
            }
        }
        if (slashes < 2) return false;
        if (!out_.empty()) {
            put(kFolders);
        }
        at_ = last + 1;
        return true;
    }

    std::string_view line_;
    std::string& out_;
    std::size_t at_ = 0;
    bool begins_word_ = false;  ///< a slash here would be inside a word
};

bool is_gap(char c) {
    return c == kNumber || c == kFolders || c == kAny || c == kBlanks;
}

}  // namespace

bool is_month_or_day_name(std::string_view word) {
    static constexpr std::string_view kNames =
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec Mon Tue Wed Thu Fri Sat Sun UTC ";
    return word.size() == 3 && kNames.find(std::string(word) + " ") % 4 == 0;
}

void mask(std::string_view line, std::string& shape) {
    Masker(line, shape).run();
}

std::uint64_t digest(std::string_view text, std::uint64_t seed) {
    constexpr std::uint64_t kPrime = 0x9E3779B97F4A7C15ull;
    std::uint64_t h = seed * kPrime + text.size() + 0x51ED270B7F4A7C15ull;
    std::size_t at = 0;
    const auto mix = [&h](std::uint64_t v) {
        h = (h ^ v) * kPrime;
        h ^= h >> 29;
    };
    for (; at + 8 <= text.size(); at += 8) {
        std::uint64_t v = 0;
        for (int i = 7; i >= 0; --i) v = v << 8 | static_cast<unsigned char>(text[at + static_cast<std::size_t>(i)]);
        mix(v);
    }
    std::uint64_t v = 0;
    for (; at < text.size(); ++at) v = v << 8 | static_cast<unsigned char>(text[at]);
    mix(v);
    return h ^ h >> 32;
}

std::vector<std::string> words_of_shape(std::string_view shape) {
    std::vector<std::string> out(1);
    for (const char c : shape) {
        if (c == ' ' || c == kBlanks) out.emplace_back();
        out.back() += c;
    }
    return out;
}

std::string pattern_of(std::string_view shape) {
    while (!shape.empty() && (is_gap(shape.front()) || shape.front() == ' ')) shape.remove_prefix(1);
    while (!shape.empty() && (is_gap(shape.back()) || shape.back() == ' ')) shape.remove_suffix(1);
    std::string out;
    for (const char c : shape) {
        if (c == kNumber)
            out += "\\S+";
        else if (c == kFolders)
            out += "\\S*/";
        else if (c == kAny)
            out += "\\S+";
        else if (c == kBlanks)
            out += "\\s+";
        else if (std::strchr("\\.+*?()|[]{}^$", c))
            (out += '\\') += c;
        else
            out += c;
    }
    return out;
}

std::string longest_literal(std::string_view shape) {
    std::string best, now;
    for (const char c : shape) {
        if (is_gap(c)) {
            now.clear();
            continue;
        }
        now += c;
        if (now.size() > best.size()) best = now;
    }
    return best;
}

std::string shown_shape(std::string_view shape) {
    std::string out;
    for (const char c : shape) {
        if (c == kNumber)
            out += '#';
        else if (c == kFolders)
            out += "…/";
        else if (c == kAny)
            out += "…";
        else if (c == kBlanks)
            out += ' ';
        else
            out += c;
    }
    return out;
}

}  // namespace gatesim::correlate
