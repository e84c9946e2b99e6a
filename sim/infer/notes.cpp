#include <fmt/format.h>

#include "infer/figures.hpp"
#include "load/when.hpp"

namespace gatesim::infer {

namespace {

/// Text for a cell of a table in Markdown.
std::string cell(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '|') out += '\\';
        out += c == '\n' || c == '\r' ? ' ' : c;
    }
    return out;
}

}  // namespace

std::string notes_of(const import::Records& records, const Inference& in, const Choices& choices,
                     const Documents& documents) {
    std::string out = fmt::format(
        "# {}: what its records say\n\n"
        "Inferred from {} stays and {} runs in {} tests, {} to {} ({:.1f} hours). Every estimate is from this time "
        "alone. "
        "Intervals are 95 %.\n\n",
        cell(choices.name), records.entries.size(), records.runs.size(), in.tests, format_when(in.span.from),
        format_when(in.span.to), in.span.hours());
    for (const std::string& warning : in.warnings) out += fmt::format("**Note:** {}.\n\n", warning);
    out += "| estimate | value | 95 % interval | n | method | dropped |\n| --- | --- | --- | --- | --- | --- |\n";
    for (const Figure& f : figures_of(records, in, choices))
        out += fmt::format("| {} | {} | {} | {} | {} | {} |\n", cell(f.name), shown(f.value.value, f.unit),
                           shown_interval(f), f.value.n, cell(f.method), cell(f.dropped));
    out += "\n## Guessed\n\nNot from the records:\n\n";
    for (const std::string& guess : documents.guessed) out += fmt::format("- {}\n", cell(guess));
    return out;
}

}  // namespace gatesim::infer
