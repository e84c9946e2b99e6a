#include "learn/expression.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "learn/expression_term.hpp"
#include "scenario/units.hpp"

namespace gatesim::learn {

namespace {

using Term = Expression::Term;

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
    Expression out;
    out.root_ = parse_tree(text, problem, out.names_);
    if (!problem.empty()) return std::nullopt;
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
