// Fields of somebody else's JSON. Whatever is not there, is null or is of another kind gives nothing; nothing throws.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "import/importer.hpp"

namespace gatesim::import {

/// What stands under these names, one in another: field(build, {"buildset", "uuid"}). null if it is not there.
const Json& field(const Json& record, std::initializer_list<const char*> path);
inline const Json& field(const Json& record, const char* name) {
    return field(record, {name});
}
inline bool has(const Json& record, const char* name) {
    return record.is_object() && record.contains(name);
}

/// A text, or a whole number as text; else empty.
std::string text_of(const Json& value);
/// A whole number, or a text of digits; else `otherwise`.
std::int64_t number_of(const Json& value, std::int64_t otherwise);
bool true_in(const Json& record, const char* name, bool otherwise);

/// A time: ISO 8601, with nanoseconds, a blank for the T or " UTC" at its end as well; without a zone it is UTC. Or a
/// number: seconds since 1970, milliseconds from 10^11 on. kNever if it is none.
Moment moment_of(const Json& value);
/// A length in seconds; kNever if it is none, negative or longer than a year.
Moment length_of(const Json& value);

/// a - b and a + b, where what is not known makes the sum unknown. Before 1970 nothing is known.
inline Moment less(Moment a, Moment b) {
    return a == kNever || b == kNever || a < b ? kNever : a - b;
}
inline Moment plus(Moment a, Moment b) {
    return a == kNever || b == kNever ? kNever : a + b;
}

/// Whether an account's name is a program's: "dependabot[bot]", "ci-robot", "renovate-bot", "zuul", "jenkins" …
bool is_bot(std::string_view account);
/// The name, or nothing if it is a program's.
std::string person(const std::string& account);

/// A number for what has a name of several parts: equal parts, equal number, on every machine. Never 0.
using Key = std::uint64_t;
Key key_of(std::initializer_list<std::string_view> parts);
Key key_of(Key first, std::string_view second);
Key key_of(Key first, Moment second);

}  // namespace gatesim::import
