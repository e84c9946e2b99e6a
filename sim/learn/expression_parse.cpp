// Text -> tree: from left to right; what binds tighter is read deeper down.

#include <fmt/format.h>

#include <algorithm>

#include "learn/expression_term.hpp"
#include "model/nearest.hpp"
#include "scenario/meant.hpp"

namespace gatesim::learn {

namespace {

using Term = Expression::Term;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

constexpr std::pair<std::string_view, double> kConstants[] = {{"minute", 60.0}, {"hour", 3600.0}, {"day", 86400.0}};

/// Reads an expression from left to right; what binds tighter is read deeper down.
class Parser {
public:
    explicit Parser(std::string_view text) : text_(text) {}

    Tree all() {
        Tree out = either();
        if (problem.empty() && at_ < text_.size()) fail(fmt::format("\"{}\" does not belong there", rest()));
        return out;
    }

    std::string problem;
    std::vector<std::string> names;

private:
    static constexpr int kDeepest = 100;

    Tree make(Op op, std::vector<Tree> parts) {
        auto term = std::make_shared<Term>();
        term->op = op;
        term->parts = std::move(parts);
        return term;
    }
    void fail(std::string what) {
        if (problem.empty()) problem = std::move(what);
    }
    std::string rest() const { return std::string(text_.substr(at_, 20)); }
    void blanks() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) ++at_;
    }
    bool take(std::string_view sign) {
        blanks();
        if (text_.substr(at_, sign.size()) != sign) return false;
        at_ += sign.size();
        return true;
    }
    bool take_word(std::string_view word) {
        blanks();
        const std::size_t end = at_ + word.size();
        if (text_.substr(at_, word.size()) != word) return false;
        if (end < text_.size() && (is_letter(text_[end]) || is_digit(text_[end]) || text_[end] == '.')) return false;
        at_ = end;
        return true;
    }

    Tree either() {
        Tree out = both();
        while (problem.empty() && take_word("or")) out = make(Op::either, {out, both()});
        return out;
    }
    Tree both() {
        Tree out = negation();
        while (problem.empty() && take_word("and")) out = make(Op::both, {out, negation()});
        return out;
    }
    Tree negation() {
        if (take_word("not")) return deeper([&] { return make(Op::negation, {negation()}); });
        return comparison();
    }
    Tree comparison() {
        Tree out = sum();
        static constexpr std::pair<std::string_view, Op> kSigns[] = {{"<=", Op::less_equal}, {">=", Op::greater_equal},
                                                                     {"==", Op::equal},      {"!=", Op::unequal},
                                                                     {"<", Op::less},        {">", Op::greater}};
        for (const auto& [sign, op] : kSigns)
            if (problem.empty() && take(sign)) return make(op, {out, sum()});
        return out;
    }
    Tree sum() {
        Tree out = product();
        while (problem.empty()) {
            if (take("+"))
                out = make(Op::add, {out, product()});
            else if (take("-"))
                out = make(Op::subtract, {out, product()});
            else
                break;
        }
        return out;
    }
    Tree product() {
        Tree out = sign();
        while (problem.empty()) {
            if (take("*"))
                out = make(Op::multiply, {out, sign()});
            else if (take("/"))
                out = make(Op::divide, {out, sign()});
            else
                break;
        }
        return out;
    }
    Tree sign() {
        if (take("-")) return deeper([&] { return make(Op::negate, {sign()}); });
        Tree base = atom();
        if (problem.empty() && take("^")) return deeper([&] { return make(Op::power, {base, sign()}); });
        return base;
    }
    template <class Read>
    Tree deeper(Read read) {
        if (++depth_ > kDeepest) {
            fail("it is nested too deep");
            return make(Op::number, {});
        }
        Tree out = read();
        --depth_;
        return out;
    }
    Tree atom() {
        blanks();
        if (at_ == text_.size()) {
            fail("it ends where a number or a name is missing");
            return make(Op::number, {});
        }
        if (take("(")) {
            Tree inner = deeper([&] { return either(); });
            if (problem.empty() && !take(")")) fail("a ) is missing");
            return inner;
        }
        if (text_[at_] == '\'') return quoted();
        if (is_digit(text_[at_]) || text_[at_] == '.') return number();
        if (is_letter(text_[at_])) return name();
        fail(fmt::format("\"{}\" is neither a number nor a name", rest()));
        return make(Op::number, {});
    }
    Tree quoted() {
        const std::size_t end = text_.find('\'', at_ + 1);
        auto term = std::make_shared<Term>();
        term->op = Op::text;
        if (end == std::string_view::npos) {
            fail("a text is not closed with '");
            return term;
        }
        term->text = std::string(text_.substr(at_ + 1, end - at_ - 1));
        at_ = end + 1;
        return term;
    }
    Tree number() {
        const std::size_t begin = at_;
        while (at_ < text_.size() && (is_digit(text_[at_]) || text_[at_] == '.' || is_letter(text_[at_]))) ++at_;
        if (at_ < text_.size() && text_[at_] == '%') ++at_;
        const auto word = text_.substr(begin, at_ - begin);
        const auto value = read_quantity(word);
        if (!value) fail(fmt::format("\"{}\" is not a number, time or share", word));
        auto term = std::make_shared<Term>();
        term->number = value.value_or(0);
        return term;
    }
    /// Hyphens belong to names (answer.node-count), so a minus between names needs blanks.
    Tree name() {
        const std::size_t begin = at_;
        const auto goes_on = [&](char c) {
            // A figure at a point of its axis: golden.price@20, golden.waste@2%, golden.green@4h.
            if (text_.substr(begin, 7) == "golden." && (c == '@' || (c == '%' && text_[at_ - 1] != '%'))) return true;
            const bool joins = c == '.' || c == ':' || c == '-';
            const bool more = at_ + 1 < text_.size() && (is_letter(text_[at_ + 1]) || is_digit(text_[at_ + 1]));
            return is_letter(c) || is_digit(c) || (joins && more);
        };
        while (at_ < text_.size() && goes_on(text_[at_])) ++at_;
        const std::string word(text_.substr(begin, at_ - begin));
        if (take("(")) return call(word);
        auto term = std::make_shared<Term>();
        for (const auto& [constant, value] : kConstants) {
            if (word != constant) continue;
            term->number = value;
            return term;
        }
        term->op = Op::name;
        term->text = word;
        if (std::find(names.begin(), names.end(), word) == names.end()) names.push_back(word);
        return term;
    }
    Tree call(const std::string& word) {
        auto term = std::make_shared<Term>();
        term->op = Op::call;
        std::vector<std::string> known;
        for (const Function& f : functions()) {
            known.emplace_back(f.name);
            if (f.name == word) term->function = &f;
        }
        if (!term->function) {
            const std::string near = nearest(word, known);
            fail("there is no function " + word + document::did_you_mean(near));
            return term;
        }
        do {
            term->parts.push_back(deeper([&] { return either(); }));
        } while (problem.empty() && take(","));
        if (problem.empty() && !take(")")) fail("a ) is missing");
        if (problem.empty() && term->parts.size() != term->function->arguments)
            fail(fmt::format("{} takes {} values, not {}", word, term->function->arguments, term->parts.size()));
        return term;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    int depth_ = 0;
};

}  // namespace

Tree parse_tree(std::string_view text, std::string& problem, std::vector<std::string>& names) {
    Parser parser(text);
    Tree out = parser.all();
    problem = std::move(parser.problem);
    names = std::move(parser.names);
    return out;
}

}  // namespace gatesim::learn
