#include "learn/expression.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "learn/functions.hpp"
#include "model/nearest.hpp"
#include "scenario/units.hpp"

namespace gatesim::learn {

enum class Op {
    number,
    text,
    name,
    negate,
    add,
    subtract,
    multiply,
    divide,
    power,
    less,
    less_equal,
    greater,
    greater_equal,
    equal,
    unequal,
    both,
    either,
    negation,
    call
};

struct Expression::Term {
    Op op = Op::number;
    double number = 0;
    std::string text;  ///< a text, or a name
    const Function* function = nullptr;
    std::vector<std::shared_ptr<const Term>> parts;
};

namespace {

using Term = Expression::Term;
using Tree = std::shared_ptr<const Term>;

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
        if (!value) fail(fmt::format("\"{}\" is no number, time or share", word));
        auto term = std::make_shared<Term>();
        term->number = value.value_or(0);
        return term;
    }
    /// Hyphens belong to names (answer.node-count), so a minus between names needs blanks.
    Tree name() {
        const std::size_t begin = at_;
        const auto goes_on = [&](char c) {
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
            fail(fmt::format("there is no function {}{}", word, near.empty() ? "" : "; did you mean " + near + "?"));
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

Value of(std::optional<double> number) {
    if (!number || !std::isfinite(*number)) return {};
    return Value::of(*number);
}

Value evaluate(const Term& term, const Names& names);

Value compare(Op op, const Value& a, const Value& b) {
    if (a.undefined() || b.undefined()) return {};
    if (a.text || b.text) {
        const bool same = a.text == b.text;
        if (op == Op::equal) return Value::of(same);
        if (op == Op::unequal) return Value::of(!same);
        return {};
    }
    switch (op) {
        case Op::less:
            return Value::of(*a.number < *b.number);
        case Op::less_equal:
            return Value::of(*a.number <= *b.number);
        case Op::greater:
            return Value::of(*a.number > *b.number);
        case Op::greater_equal:
            return Value::of(*a.number >= *b.number);
        case Op::equal:
            return Value::of(*a.number == *b.number);
        default:
            return Value::of(*a.number != *b.number);
    }
}

Value arithmetic(Op op, const Value& a, const Value& b) {
    if (!a.number || !b.number) return {};
    switch (op) {
        case Op::add:
            return of(*a.number + *b.number);
        case Op::subtract:
            return of(*a.number - *b.number);
        case Op::multiply:
            return of(*a.number * *b.number);
        case Op::divide:
            return *b.number == 0 ? Value{} : of(*a.number / *b.number);
        default:
            return of(std::pow(*a.number, *b.number));
    }
}

Value call(const Term& term, const Names& names) {
    std::vector<double> arguments;
    for (const Tree& part : term.parts) {
        const Value value = evaluate(*part, names);
        if (!value.number) return {};
        arguments.push_back(*value.number);
    }
    return of(term.function->value(arguments.data()));
}

Value evaluate(const Term& term, const Names& names) {
    const auto part = [&](std::size_t i) { return evaluate(*term.parts[i], names); };
    switch (term.op) {
        case Op::number:
            return Value::of(term.number);
        case Op::text:
            return {std::nullopt, term.text};
        case Op::name:
            return names(term.text);
        case Op::negate: {
            const Value inner = part(0);
            return inner.number ? Value::of(-*inner.number) : Value{};
        }
        case Op::negation:
            return Value::of(!part(0).holds());
        case Op::both:
            return Value::of(part(0).holds() && part(1).holds());
        case Op::either:
            return Value::of(part(0).holds() || part(1).holds());
        case Op::call:
            return call(term, names);
        case Op::less:
        case Op::less_equal:
        case Op::greater:
        case Op::greater_equal:
        case Op::equal:
        case Op::unequal:
            return compare(term.op, part(0), part(1));
        default:
            return arithmetic(term.op, part(0), part(1));
    }
}

}  // namespace

std::optional<Expression> Expression::parse(std::string_view text, std::string& problem) {
    Parser parser(text);
    Expression out;
    out.root_ = parser.all();
    problem = parser.problem;
    if (!problem.empty()) return std::nullopt;
    out.names_ = std::move(parser.names);
    out.text_ = std::string(text);
    return out;
}

Expression Expression::constant(double value) {
    Expression out;
    auto term = std::make_shared<Term>();
    term->number = value;
    out.root_ = term;
    out.text_ = fmt::format("{}", value);
    return out;
}

Value Expression::value(const Names& names) const {
    return root_ ? evaluate(*root_, names) : Value{};
}

std::optional<double> read_quantity(std::string_view text) {
    double number = 0;
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    if (!text.empty() && read.ec == std::errc{} && read.ptr == end) return number;
    if (const auto share = units::read_share(text); share.value) return *share.value;
    if (const auto time = units::read_time(text); time.value) return seconds(*time.value);
    if (const auto rate = units::read_rate(text); rate.value) return *rate.value;
    if (const auto price = units::read_price(text); price.value) return *price.value;
    if (const auto size = units::read_size(text); size.value) return *size.value;
    return std::nullopt;
}

}  // namespace gatesim::learn
