// Reading the JSON files of lessons: what is there, what is not, what does not belong, each with its place.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "learn/expression.hpp"
#include "scenario/errors.hpp"
#include "scenario/node.hpp"
#include "scenario/source.hpp"

namespace gatesim::learn {

using document::Member;
using document::Node;
using document::View;

/// One file while it is read. Errors are collected; values that are wrong come back as nothing or empty.
class Reader {
public:
    explicit Reader(const std::string& path);

    /// The document; nothing if it cannot be read or is not a JSON object.
    std::optional<View> root();

    /// Complains of keys that are not known here, and of needed ones that are not there.
    void keys(const View& object, const std::vector<std::string>& known, const std::vector<std::string>& needed = {});

    std::string text(const View& object, const char* key);
    bool flag(const View& object, const char* key);
    std::optional<double> count(const View& object, const char* key, double low, double high);
    std::vector<std::string> texts(const View& object, const char* key);
    /// A member that must be an object; nothing if it is not there or none.
    std::optional<View> object(const View& object, const char* key);
    /// A number, or a text that is an expression.
    std::optional<Expression> expression(const View& value);
    std::optional<Expression> expression(const View& object, const char* key);
    std::string pointer(const View& value, const std::string& text);
    /// "/pointer=value" for each member.
    std::vector<std::string> sets(const View& object);

    void complain(const View& view, const std::string& what, const std::string& allowed = "");
    bool fine() const { return !errors_.any(); }
    std::vector<Diagnostic> take() { return errors_.take(); }

private:
    document::Sources sources_;
    document::Errors errors_;
    std::optional<Node> document_;
};

/// "/pointer=JSON".
std::string set_text(const std::string& pointer, const Node& value);

/// Whether a value of a merge patch takes the place of what was there, as a whole: all but objects, and of these what
/// is one of several forms (a distribution is given by median and sigma, or by mean and cv, never by a mixture).
bool is_leaf(const Node& patch);

/// A merge patch as sets: every leaf of it by its pointer.
std::vector<std::string> patch_sets(const Node& patch);

/// As it would stand in the file, in one line.
std::string one_line(const Node& value);

}  // namespace gatesim::learn
