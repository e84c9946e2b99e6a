// A regular expression that cannot be made to hang or to crash: its time is at most text × program, its memory
// constant.
//
// std::regex tries one way after another (exponentially many for "(a+)+$") by recursion (a long text ends the program).
// Scenarios come from strangers, so here every way is followed at once, from the text's end to its start: what matches
// from a byte on follows from what matches from the next one on. That also gives lookahead without a price.
// compile_pattern() in pattern_text.hpp makes one and states the syntax.
#pragma once

#include <algorithm>
#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatesim {

class Pattern {
public:
    struct Step {
        enum class Kind : std::uint8_t {
            match,      ///< the end of the expression, or of a lookahead
            set,        ///< one byte of set `other`, then `next`
            either,     ///< `next` or `other`
            begin,      ///< at the start of the text, then `next`
            end,        ///< at its end
            edge,       ///< between a word's letter and what is none
            no_edge,    ///< anywhere else
            ahead,      ///< where program `other` matches, then `next`
            not_ahead,  ///< where it does not
        };
        Kind kind = Kind::match;
        std::uint32_t next = 0;
        std::uint32_t other = 0;
    };

    /// Steps, of which `entry` is the first. Steps refer to steps of their own program, lookaheads to earlier programs.
    struct Program {
        std::vector<Step> steps;
        std::vector<std::uint32_t> loops;  ///< steps `either` whose `other` is a later step
        std::uint32_t entry = 0;
    };

    /// An expression and its lookaheads have together no more steps than that.
    static constexpr std::size_t kMostSteps = 1000;

    /// `prefix`: what every text that matches begins with.
    Pattern(std::vector<Program> programs, std::vector<std::bitset<256>> sets, std::string prefix)
        : programs_(std::move(programs)), sets_(std::move(sets)), prefix_(std::move(prefix)) {
        first_.reserve(programs_.size());
        for (const Program& program : programs_) {
            first_.push_back(static_cast<std::uint32_t>(size_));
            size_ += program.steps.size();
        }
    }

    /// Whether it matches from the start of `text` on, not necessarily to its end.
    bool matches(std::string_view text) const {
        if (!text.starts_with(prefix_)) return false;
        Marks marks[2];
        const std::size_t n = text.size();
        for (std::size_t at = n + 1; at-- > 0;) {
            Marks &here = marks[at % 2], &behind = marks[(at + 1) % 2];
            std::fill_n(here.begin(), size_, false);
            if (at == n) std::fill_n(behind.begin(), size_, false);
            for (std::size_t p = 0; p < programs_.size(); ++p) settle(p, text, at, here, behind);
        }
        return marks[0][first_.back() + programs_.back().entry];
    }

    /// Steps in all, which times the length of a text is what a match costs.
    std::size_t size() const { return size_; }

private:
    /// By step: does it match from a byte on?
    using Marks = std::array<bool, kMostSteps>;

    /// Fills in what holds at this byte for one program. Only loops refer to later steps: while one of these came to
    /// hold, once more; that is at most as often as loops are nested.
    void settle(std::size_t p, std::string_view text, std::size_t at, Marks& here, const Marks& behind) const {
        const Program& program = programs_[p];
        const std::size_t first = first_[p];
        const auto wakes = [&](std::uint32_t loop) {
            return !here[first + loop] && here[first + program.steps[loop].other];
        };
        do {
            for (std::size_t i = 0; i < program.steps.size(); ++i)
                here[first + i] = here[first + i] || holds(program.steps[i], first, text, at, here, behind);
        } while (std::any_of(program.loops.begin(), program.loops.end(), wakes));
    }

    bool holds(const Step& step, std::size_t first, std::string_view text, std::size_t at, const Marks& here,
               const Marks& behind) const {
        const auto lookahead = [&] { return here[first_[step.other] + programs_[step.other].entry]; };
        switch (step.kind) {
            case Step::Kind::match:
                return true;
            case Step::Kind::set:
                return at < text.size() && behind[first + step.next] &&
                       sets_[step.other][static_cast<unsigned char>(text[at])];
            case Step::Kind::either:
                return here[first + step.next] || here[first + step.other];
            case Step::Kind::begin:
                return at == 0 && here[first + step.next];
            case Step::Kind::end:
                return at == text.size() && here[first + step.next];
            case Step::Kind::edge:
                return here[first + step.next] && is_edge(text, at);
            case Step::Kind::no_edge:
                return here[first + step.next] && !is_edge(text, at);
            case Step::Kind::ahead:
                return here[first + step.next] && lookahead();
            case Step::Kind::not_ahead:
                return here[first + step.next] && !lookahead();
        }
        return false;
    }

    static bool is_edge(std::string_view text, std::size_t at) {
        const auto letter = [&](std::size_t i) {
            if (i >= text.size()) return false;
            const char c = text[i];
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        };
        return letter(at) != (at > 0 && letter(at - 1));
    }

    std::vector<Program> programs_;  ///< lookaheads first; the last is the expression itself
    std::vector<std::bitset<256>> sets_;
    std::string prefix_;
    std::vector<std::uint32_t> first_;  ///< by program: number of its first step
    std::size_t size_ = 0;
};

}  // namespace gatesim
