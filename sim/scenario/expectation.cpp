// Expectations: "gate_time_s.p95 <= 45m".
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "scenario/decode.hpp"
#include "scenario/meant.hpp"
#include "scenario/units.hpp"

namespace gatesim::document {

namespace {

constexpr const char* kForm = "a metric, one of < <= > >= ==, and a bound: \"gate_time_s.p95 <= 45m\"";

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

bool is_time_metric(std::string_view metric) {
    return metric.substr(0, metric.find('.')).ends_with("_s");
}

/// The bound in the metric's unit; reports one of the wrong kind.
std::optional<double> read_bound(Context& context, const View& view, std::string_view metric, std::string_view text) {
    const bool time = is_time_metric(metric);
    if (const auto reading = units::read_time(text); reading.value) {
        if (time) return seconds(*reading.value);
        context.errors.add(view, fmt::format("{} is no time, {} is", metric, quote(text)), "",
                           "a bare number or a share (\"2%\")");
        return std::nullopt;
    }
    if (time) {
        context.errors.add(
            view, fmt::format("{} is a time, {} is {}", metric, quote(text), text.empty() ? "nothing" : "none"), "",
            "a time (\"45m\")");
        return std::nullopt;
    }
    if (const auto reading = units::read_share(text); reading.value) return *reading.value;
    double value = 0;
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    if (!text.empty() && read.ec == std::errc{} && read.ptr == end && std::isfinite(value)) return value;
    context.errors.add(view, fmt::format("the bound {} is neither a number nor a share", quote(text)), "",
                       "a bare number or a share (\"2%\")");
    return std::nullopt;
}

void decode_expectation(Context& context, const View& view) {
    const std::string& text = view.node->text;
    const std::size_t begin = text.find_first_of("<>=!");
    if (begin == std::string::npos) {
        context.errors.add(view, "it compares nothing", "", kForm);
        return;
    }
    std::size_t end = begin;
    while (end < text.size() && std::string_view("<>=!").find(text[end]) != std::string_view::npos) ++end;
    Expectation out;
    out.text = text;
    out.metric = trimmed(std::string_view(text).substr(0, begin));
    out.comparison = text.substr(begin, end - begin);
    const std::vector<std::string> comparisons = {"<", "<=", ">", ">=", "=="};
    if (std::find(comparisons.begin(), comparisons.end(), out.comparison) == comparisons.end()) {
        context.errors.add(view, fmt::format("{} is no comparison", quote(out.comparison)), "", kForm);
        return;
    }
    const auto& known = context.options.metric_names;
    if (out.metric.empty() || (!known.empty() && std::find(known.begin(), known.end(), out.metric) == known.end())) {
        context.errors.add(view, fmt::format("there is no metric {}", quote(out.metric)), meant(out.metric, known),
                           known.empty() ? kForm : "known: " + listing(known));
        return;
    }
    const auto bound = read_bound(context, view, out.metric, trimmed(std::string_view(text).substr(end)));
    if (!bound) return;
    out.bound = *bound;
    context.out.expect.push_back(std::move(out));
}

}  // namespace

void decode_expectations(Context& context) {
    const auto expect = context.root.find("expect");
    for (std::size_t i = 0; expect && i < expect->node->members.size(); ++i)
        decode_expectation(context, expect->child(i));
}

}  // namespace gatesim::document
