#include "import/fields.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "load/when.hpp"

namespace gatesim::import {

namespace {

constexpr double kMilliseconds = 1e11;  ///< as seconds it were the year 5138
constexpr double kLastSecond = 2.5e11;  ///< of the year 9999
constexpr double kLastYear = 365 * 86400.0;

Moment moment_of_number(double value) {
    if (!(value > 0)) return kNever;
    const double seconds = value >= kMilliseconds ? value / 1e3 : value;
    return seconds < kLastSecond ? from_seconds(seconds) : kNever;
}

constexpr std::uint64_t kBasis = 14695981039346656037u, kPrime = 1099511628211u;  // FNV-1a

void mix(std::uint64_t& hash, std::string_view part) {
    for (const char c : part) hash = (hash ^ static_cast<unsigned char>(c)) * kPrime;
    hash = (hash ^ 0x1f) * kPrime;  // "ab", "c" is not "a", "bc"
}

Key never_zero(std::uint64_t hash) {
    hash ^= hash >> 32;
    return hash == 0 ? 1 : hash;
}

void mix(std::uint64_t& hash, std::uint64_t part) {
    for (int i = 0; i < 8; ++i) hash = (hash ^ (part >> (8 * i) & 0xff)) * kPrime;
}

}  // namespace

const Json& field(const Json& record, std::initializer_list<const char*> path) {
    static const Json kNothing;
    const Json* at = &record;
    for (const char* name : path) {
        if (!at->is_object()) return kNothing;
        const auto found = at->find(name);
        if (found == at->end()) return kNothing;
        at = &*found;
    }
    return *at;
}

std::string text_of(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_number_unsigned()) return std::to_string(value.get<std::uint64_t>());
    if (value.is_number_integer()) return std::to_string(value.get<std::int64_t>());
    return "";
}

std::int64_t number_of(const Json& value, std::int64_t otherwise) {
    const std::string text = text_of(value);
    std::int64_t number = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), number);
    return wrong == std::errc() && end == text.data() + text.size() && !text.empty() ? number : otherwise;
}

bool true_in(const Json& record, const char* name, bool otherwise) {
    const Json& value = field(record, name);
    return value.is_boolean() ? value.get<bool>() : otherwise;
}

Moment moment_of(const Json& value) {
    if (value.is_number()) return moment_of_number(value.get<double>());
    if (!value.is_string()) return kNever;
    std::string_view text = value.get_ref<const std::string&>();
    if (text.ends_with(" UTC")) text.remove_suffix(4);
    double number = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (wrong == std::errc() && end == text.data() + text.size()) return moment_of_number(number);
    std::string why;
    return parse_when(text, why).value_or(kNever);
}

Moment length_of(const Json& value) {
    if (!value.is_number()) return kNever;
    const double seconds = value.get<double>();
    return seconds >= 0 && seconds <= kLastYear ? from_seconds(seconds) : kNever;
}

bool is_bot(std::string_view account) {
    std::string name(account);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    for (const std::string_view program : {"zuul", "jenkins", "renovate", "dependabot", "prow", "mergify", "bors",
                                           "github-actions", "github-merge-queue"})
        if (name == program) return true;
    const std::string_view view = name;
    if (view.starts_with("app/") || view.starts_with("project_") || view.starts_with("group_"))
        return view.starts_with("app/") || view.find("_bot") != std::string_view::npos;
    for (const std::string_view ending : {"[bot]", "-bot", "_bot", "-robot", "-ci"})
        if (view.ends_with(ending)) return true;
    return false;
}

std::string person(const std::string& account) {
    return is_bot(account) ? "" : account;
}

Key key_of(std::initializer_list<std::string_view> parts) {
    std::uint64_t hash = kBasis;
    for (const std::string_view part : parts) mix(hash, part);
    return never_zero(hash);
}

Key key_of(Key first, std::string_view second) {
    std::uint64_t hash = kBasis;
    mix(hash, first);
    mix(hash, second);
    return never_zero(hash);
}

Key key_of(Key first, Moment second) {
    std::uint64_t hash = kBasis;
    mix(hash, first);
    mix(hash, static_cast<std::uint64_t>(second));
    return never_zero(hash);
}

}  // namespace gatesim::import
