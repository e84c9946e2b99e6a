#include "scenario/diagnostic.hpp"

#include <fmt/format.h>

#include <string_view>

namespace gatesim {

namespace {

/// File names and values are shown as they stand, and nothing in them may move the cursor of a terminal.
std::string printable(std::string text) {
    for (char& c : text) {
        if ((static_cast<unsigned char>(c) < ' ' && c != '\n') || c == 0x7f) c = '?';
    }
    return text;
}

/// `a or b` is two names, `a" or "b` between quotes.
std::string each_quoted(std::string names) {
    for (const std::string_view between : {", ", " or "})
        for (std::size_t at = 0; (at = names.find(between, at)) != std::string::npos; at += between.size() + 2)
            names.insert(at + between.size(), 1, '"').insert(at, 1, '"');
    return names;
}

}  // namespace

std::string Diagnostic::text() const {
    std::string out = file;
    if (line > 0) out += fmt::format(":{}:{}", line, column);
    // A value from the command line is named by its pointer alone: "--set /replications: …".
    if (!pointer.empty()) out += (file.rfind("--", 0) == 0 ? " " : ": ") + pointer;
    out += ": " + what;
    if (!suggestion.empty()) out += fmt::format("; did you mean \"{}\"?", each_quoted(suggestion));
    if (allowed.empty() && see.empty()) return printable(std::move(out));
    out += "\n  " + allowed;
    if (!see.empty()) out += fmt::format("{}see: gatesim describe {}", allowed.empty() ? "" : "; ", see);
    return printable(std::move(out));
}

std::string text(const std::vector<Diagnostic>& diagnostics) {
    std::string out;
    for (const Diagnostic& diagnostic : diagnostics) out += diagnostic.text() + "\n";
    return out;
}

}  // namespace gatesim
