// Regular expressions as people write them, made into a Pattern.
//
//     abc  .  [a-z_]  [^/]  \d \w \s \D \W \S  \. \t \n \r \f \v \0 \x2F \u00E9     characters
//     ab   a|b  (ab)  (?:ab)                                                        one after another, either, groups
//     a*  a+  a?  a{2}  a{2,}  a{2,5}      (a following ? changes nothing here)     again and again
//     ^  $  \b  \B  (?=ab)  (?!ab)                                                  places, lookahead
//
// As ECMAScript, without back references and lookbehind (which have no bounded cost) and without POSIX classes. Texts
// are bytes: a letter beyond ASCII may stand in an expression but not in [ ].
#pragma once

#include <optional>
#include <string>

#include "model/pattern.hpp"

namespace gatesim {

class PatternCompiler {
public:
    explicit PatternCompiler(std::string_view text) : text_(text) {}

    std::optional<Pattern> compile(std::string& problem) {
        const Part whole = alternatives();
        if (problem_.empty() && at_ < text_.size()) fail("a ) without its (");
        if (problem_.empty()) finish(whole);
        problem = problem_;
        if (!problem_.empty()) return std::nullopt;
        std::string begins = prefix();  // before the parts move: arguments have no order
        return Pattern(std::move(programs_), std::move(sets_), std::move(begins));
    }

private:
    using Kind = Pattern::Step::Kind;

    struct Part {
        enum class What { sequence, choice, repeat, step } what = What::sequence;
        std::vector<Part> parts;
        Pattern::Step step;       ///< of a step: its kind and `other`
        int least = 0, most = 0;  ///< of a repeat; most < 0: without end
        static constexpr int kEndless = -1;
    };

    static Part step(Kind kind, std::uint32_t other = 0) { return {Part::What::step, {}, {kind, 0, other}, 0, 0}; }

    Part set(const std::bitset<256>& bytes) {
        sets_.push_back(bytes);
        return step(Kind::set, static_cast<std::uint32_t>(sets_.size() - 1));
    }

    Part fail(const std::string& what) {
        if (problem_.empty()) problem_ = more() ? what + " (before character " + std::to_string(at_ + 1) + ")" : what;
        at_ = text_.size();
        return {};
    }

    bool more() const { return at_ < text_.size(); }
    bool take(std::string_view expected) {
        if (!text_.substr(at_).starts_with(expected)) return false;
        at_ += expected.size();
        return true;
    }

    // Reading.

    Part alternatives() {
        Part out{Part::What::choice, {}, {}, 0, 0};
        do {
            out.parts.push_back(sequence());
        } while (take("|"));
        return out;
    }

    Part sequence() {
        Part out;
        while (more() && text_[at_] != '|' && text_[at_] != ')') out.parts.push_back(repeated());
        return out;
    }

    Part repeated() {
        Part part = one();
        int least = 0, most = 0;
        for (bool first = true; counts(least, most); first = false) {
            const bool place = part.what == Part::What::step && part.step.kind != Kind::set;
            if (!first || place) return fail("nothing to repeat before it");
            take("?");  // lazy: a question of which match, not of whether
            Part again{Part::What::repeat, {}, {}, least, most};
            again.parts.push_back(std::move(part));
            part = std::move(again);
        }
        return part;
    }

    bool counts(int& least, int& most) {
        most = Part::kEndless;
        if (take("*")) return least = 0, true;
        if (take("+")) return least = 1, true;
        if (take("?")) return least = 0, most = 1, true;
        if (!take("{")) return false;
        const auto number = [&](int& value) {
            const std::size_t start = at_;
            for (value = 0; more() && text_[at_] >= '0' && text_[at_] <= '9'; ++at_)
                value = std::min(value * 10 + (text_[at_] - '0'), 100'000);
            return at_ > start;
        };
        const bool low = number(least);
        most = least;
        if (low && take(",") && !number(most)) most = Part::kEndless;
        if (!low || !take("}")) return fail("a count is {2}, {2,} or {2,5}; a brace itself is \\{"), false;
        if (most >= 0 && most < least) return fail("a count that ends before it begins"), false;
        return true;
    }

    Part one() {
        if (take("(")) return group();
        if (take("[")) return set(set_in_brackets());
        if (take("^")) return step(Kind::begin);
        if (take("$")) return step(Kind::end);
        if (take("\\b")) return step(Kind::edge);
        if (take("\\B")) return step(Kind::no_edge);
        const char c = text_[at_];
        if (c == '*' || c == '+' || c == '?' || c == '{') return fail("nothing to repeat before it");
        ++at_;
        std::bitset<256> bytes;
        if (c == '.') return set(bytes.set().reset('\n').reset('\r'));
        if (c != '\\') return set(bytes.set(static_cast<unsigned char>(c)));
        const std::uint32_t character = escape(bytes);
        if (character < 0x80) return set(bytes.set(character));
        if (character == kSet) return set(bytes);
        Part out;
        for (const unsigned char byte : utf8(character)) out.parts.push_back(set(std::bitset<256>().set(byte)));
        return out;
    }

    Part group() {
        Kind kind = Kind::match;  // that is: no lookahead
        if (take("?=")) {
            kind = Kind::ahead;
        } else if (take("?!")) {
            kind = Kind::not_ahead;
        } else if (!take("?:") && more() && text_[at_] == '?') {
            return fail("a group begins with (, (?:, (?= or (?!");
        }
        Part inside = alternatives();
        if (!problem_.empty()) return {};
        if (!take(")")) return fail("a ( without its )");
        if (kind == Kind::match) return inside;
        finish(inside);
        return step(kind, static_cast<std::uint32_t>(programs_.size() - 1));
    }

    static constexpr std::uint32_t kSet = 0xFFFFFFFF;

    /// Behind a backslash: a character, or kSet and the set's bytes.
    std::uint32_t escape(std::bitset<256>& bytes) {
        if (!more()) return fail("a \\ at the end"), kSet;
        const char c = text_[at_++];
        const auto range = [&](char a, char b) {
            for (int i = a; i <= b; ++i) bytes.set(static_cast<std::size_t>(i));
        };
        switch (c) {
            case 't':
                return '\t';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 'f':
                return '\f';
            case 'v':
                return '\v';
            case '0':
                return 0;
            case 'x':
                return hexadecimal(2);
            case 'u':
                return hexadecimal(4);
            case 'd':
            case 'D':
                range('0', '9');
                break;
            case 'w':
            case 'W':
                range('0', '9'), range('a', 'z'), range('A', 'Z'), bytes.set('_');
                break;
            case 's':
            case 'S':
                range('\t', '\r'), bytes.set(' ');
                break;
            default:
                if (c >= '1' && c <= '9') return fail("back references are not supported"), kSet;
                if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
                    return fail(std::string("\\") + c + " means nothing"), kSet;
                if (static_cast<unsigned char>(c) >= 0x80) return fail("a letter needs no \\"), kSet;
                return static_cast<unsigned char>(c);
        }
        if (c < 'a') bytes.flip();
        return kSet;
    }

    std::uint32_t hexadecimal(int digits) {
        std::uint32_t value = 0;
        for (; digits > 0; --digits) {
            const std::size_t digit =
                more() ? std::string_view("0123456789abcdefABCDEF").find(text_[at_]) : std::string_view::npos;
            if (digit == std::string_view::npos) return fail("\\x takes two hexadecimal digits, \\u four"), kSet;
            value = value * 16 + static_cast<std::uint32_t>(digit > 15 ? digit - 6 : digit);
            ++at_;
        }
        return value;
    }

    static std::string utf8(std::uint32_t c) {
        if (c < 0x80) return {static_cast<char>(c)};
        if (c < 0x800) return {static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 0x3F))};
        return {static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 0x3F)),
                static_cast<char>(0x80 | (c & 0x3F))};
    }

    /// A character of [ ], or kSet and its bytes.
    std::uint32_t in_brackets(std::bitset<256>& bytes) {
        const char c = text_[at_];
        if (static_cast<unsigned char>(c) >= 0x80) return fail("a letter beyond ASCII in [ ]; write (ä|ö)"), kSet;
        if (c == '[' && at_ + 1 < text_.size() &&
            std::string_view(":.=").find(text_[at_ + 1]) != std::string_view::npos)
            return fail("POSIX classes are not supported; write \\d, \\w or a range"), kSet;
        ++at_;
        if (c != '\\') return static_cast<unsigned char>(c);
        if (take("b")) return '\b';
        const std::uint32_t character = escape(bytes);
        if (character >= 0x80 && character != kSet) return fail("a letter beyond ASCII in [ ]; write (ä|ö)"), kSet;
        return character;
    }

    std::bitset<256> set_in_brackets() {
        std::bitset<256> out;
        const bool all_but = take("^");
        while (more() && text_[at_] != ']') {
            const std::uint32_t low = in_brackets(out);
            if (low == kSet) continue;
            std::uint32_t high = low;
            if (at_ + 1 < text_.size() && text_[at_] == '-' && text_[at_ + 1] != ']') {
                ++at_;
                high = in_brackets(out);
                if (high == kSet || high < low) return fail("a range that ends before it begins"), out;
            }
            for (std::uint32_t c = low; c <= high; ++c) out.set(c);
        }
        if (!take("]")) fail("a [ without its ]");
        return all_but ? ~out : out;
    }

    // Making steps: each is made after what follows it.

    void finish(const Part& whole) {
        Pattern::Program program;
        push({Kind::match, 0, 0}, program);
        program.entry = emit(whole, 0, program);
        programs_.push_back(std::move(program));
    }

    std::uint32_t push(const Pattern::Step& step, Pattern::Program& program) {
        if (++steps_ > Pattern::kMostSteps) {
            fail("it is too large: with counts multiplied, more than " + std::to_string(Pattern::kMostSteps) +
                 " steps");
        } else {
            program.steps.push_back(step);
        }
        return static_cast<std::uint32_t>(program.steps.size() - 1);
    }

    /// `part`, then the step `next`; gives its first step.
    std::uint32_t emit(const Part& part, std::uint32_t next, Pattern::Program& program) {
        if (steps_ > Pattern::kMostSteps) return 0;
        switch (part.what) {
            case Part::What::step:
                return push({part.step.kind, next, part.step.other}, program);
            case Part::What::sequence:
                for (std::size_t i = part.parts.size(); i-- > 0;) next = emit(part.parts[i], next, program);
                return next;
            case Part::What::choice: {
                std::uint32_t out = emit(part.parts[0], next, program);
                for (std::size_t i = 1; i < part.parts.size(); ++i)
                    out = push({Kind::either, out, emit(part.parts[i], next, program)}, program);
                return out;
            }
            case Part::What::repeat:
                return emit_repeat(part, next, program);
        }
        return next;
    }

    std::uint32_t emit_repeat(const Part& part, std::uint32_t next, Pattern::Program& program) {
        const Part& body = part.parts[0];
        std::uint32_t out = next;
        if (part.most == Part::kEndless) {
            out = push({Kind::either, next, next}, program);
            const std::uint32_t again = emit(body, out, program);
            if (steps_ > Pattern::kMostSteps) return 0;
            program.steps[out].other = again;
            program.loops.push_back(out);
        }
        for (int i = part.least; i < part.most && steps_ <= Pattern::kMostSteps; ++i)  // x{0,2} is (x(x)?)?
            out = push({Kind::either, emit(body, out, program), next}, program);
        for (int i = 0; i < part.least && steps_ <= Pattern::kMostSteps; ++i) {
            const std::uint32_t before = static_cast<std::uint32_t>(program.steps.size());
            out = emit(body, out, program);
            if (program.steps.size() == before) break;  // an empty body: once is as good as a million times
        }
        return out;
    }

    /// The single characters with which the expression begins.
    std::string prefix() const {
        const Pattern::Program& program = programs_.back();
        std::string out;
        for (std::uint32_t i = program.entry;; i = program.steps[i].next) {
            const Pattern::Step& step = program.steps[i];
            if (step.kind == Kind::begin && out.empty()) continue;
            if (step.kind != Kind::set || sets_[step.other].count() != 1) return out;
            for (int c = 0; c < 256; ++c) {
                if (sets_[step.other][static_cast<std::size_t>(c)]) out.push_back(static_cast<char>(c));
            }
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::string problem_;
    std::size_t steps_ = 0;
    std::vector<Pattern::Program> programs_;
    std::vector<std::bitset<256>> sets_;
};

/// The pattern that `text` says, or nothing and what is wrong with it.
inline std::optional<Pattern> compile_pattern(std::string_view text, std::string& problem) {
    return PatternCompiler(text).compile(problem);
}

}  // namespace gatesim
