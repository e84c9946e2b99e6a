// The little language of checks: arithmetic over metrics, answers and values of the scenario.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatesim::learn {

/// A number, a text, or nothing (undefined: nothing landed, not answered). Times are seconds, shares fractions.
struct Value {
    std::optional<double> number;
    std::optional<std::string> text;

    static Value of(double number) { return {number, std::nullopt}; }
    bool undefined() const { return !number && !text; }
    /// Whether it counts as "so": a number that is not 0.
    bool holds() const { return number && *number != 0; }
};

/// Gives a name its value.
using Names = std::function<Value(const std::string& name)>;

/// A parsed expression; cheap to copy. What is undefined makes everything undefined that uses it, but for `and`, `or`.
class Expression {
public:
    /// Nothing if the text is none; then `problem` says why.
    static std::optional<Expression> parse(std::string_view text, std::string& problem);
    static Expression constant(double value);

    Value value(const Names& names) const;

    /// All names in it, in order, each once.
    const std::vector<std::string>& names() const { return names_; }
    const std::string& text() const { return text_; }

    struct Term;

private:
    std::shared_ptr<const Term> root_;
    std::vector<std::string> names_;
    std::string text_;
};

/// "2.5h" is 9000, "10%" is 0.1, "12" is 12, "83/day" is by second; nothing if it is no quantity.
std::optional<double> read_quantity(std::string_view text);

}  // namespace gatesim::learn
