#include "command/report_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace gatesim {

std::size_t characters(const std::string& text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string filled_up(const std::string& text, std::size_t width) {
    const std::size_t used = characters(text);
    return text + std::string(used < width ? width - used : 1, ' ');
}

std::string without_blanks(std::string text) {
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

std::string signed_text(const Difference& d, const std::string& unit) {
    if (d.none_seen) return fmt::format("none seen (below {})", fixed(*d.high, decimals_for(*d.high)));
    Estimate e;
    e.mean = d.mean;
    e.low = d.low;
    e.high = d.high;
    e.n = d.n;
    e.alike = d.alike;
    const std::string out = text(e, unit);
    return d.mean && *d.mean > 0 && out[0] != '0' ? "+" + out : out;
}

std::string range_text(const Difference& d, const std::string& unit) {
    if (!d.low) return "";
    const PrintUnit in = print_unit(unit, std::max(std::abs(*d.low), std::abs(*d.high)));
    const int decimals = decimals_for((*d.high - *d.low) / 2 / in.divisor);
    return fmt::format("from {} to {} {}", fixed(*d.low / in.divisor, decimals), fixed(*d.high / in.divisor, decimals),
                       in.text);
}

std::string alike_text(std::size_t n, double unseen) {
    return fmt::format(
        "{} replications agree, but up to {:.2g} % of all there could be may not, and how far off those "
        "are nobody has seen",
        n, unseen * 100);
}

std::string marked(Verdict verdict, bool colored) {
    const char* mark = "?";
    Style style = Style::plain;
    switch (verdict) {
        case Verdict::better:
            mark = "✓";
            style = Style::good;
            break;
        case Verdict::worse:
            mark = "✗";
            style = Style::bad;
            break;
        case Verdict::higher:
            mark = "↑";
            break;
        case Verdict::lower:
            mark = "↓";
            break;
        case Verdict::negligible:
            mark = "=";
            break;
        case Verdict::undecided:
            break;
    }
    const std::string out = fmt::format("{} {}", mark, verdict_text(verdict));
    return colored ? styled(out, style) : out;
}

std::string enumeration(const std::vector<std::string>& words) {
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i)
        out += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + words[i];
    return out;
}

}  // namespace gatesim
