#include "command/report_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "model/display_width.hpp"
#include "record/words.hpp"
#include "study/grid.hpp"

namespace gatesim {

std::string filled_up(const std::string& text, std::size_t width) {
    const std::size_t used = display_width(text);
    return text + std::string(used < width ? width - used : 1, ' ');
}

std::string without_blanks(std::string text) {
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

namespace {

Estimate interval_of(const Difference& d) {
    Estimate out;
    out.mean = d.mean;
    out.low = d.low;
    out.high = d.high;
    out.n = d.n;
    out.alike = d.alike;
    return out;
}

}  // namespace

std::string signed_text(const Difference& d, const PrintUnit& unit) {
    if (d.none_seen) {
        const double bound = *d.high / unit.divisor;
        return fmt::format("none seen (below {}{})", fixed(bound, decimals_for(bound)), unit.text == "%" ? " %" : "");
    }
    const std::string out = text(interval_of(d), unit);
    // What is rounded to zero has no sign.
    const bool zero = out.find_first_of("123456789") >= out.find_first_not_of("0123456789.");
    return d.mean && *d.mean > 0 && !zero ? "+" + out : out;
}

std::string mean_text(const Estimate& e, const PrintUnit& in) {
    if (!e.mean) return "undefined";
    if (!e.low || *e.high <= *e.low) return text(*e.mean, in);
    const int decimals = decimals_for((*e.high - *e.low) / 2 / in.divisor);
    return fixed(*e.mean / in.divisor, decimals) + (in.text.empty() ? "" : " ") + in.text;
}

std::string size_text(const Difference& d, const PrintUnit& in) {
    if (!d.mean) return "";
    Estimate size = interval_of(d);
    size.mean = std::abs(*d.mean);
    return mean_text(size, in);
}

std::string range_text(const Difference& d, const PrintUnit& in) {
    if (!d.low) return "";
    const int decimals = decimals_for((*d.high - *d.low) / 2 / in.divisor);
    return fmt::format("from {} to {} {}", fixed(*d.low / in.divisor, decimals), fixed(*d.high / in.divisor, decimals),
                       in.text);
}

std::string alike_text(std::size_t n, double unseen) {
    return fmt::format(
        "{} replications agree, but up to {:.2g} % of all there could be may not, and nobody has seen how far off "
        "those are",
        n, unseen * 100);
}

std::string percent_text(double share) {
    return fmt::format("{:g} %", share * 100);
}

std::string share_text(double share) {
    constexpr double kTenPercent = 0.0995;  // as it is printed
    return fixed(share * 100, share < kTenPercent ? 1 : 0) + " %";
}

std::string causes_text(const std::vector<CauseShare>& causes) {
    std::string out;
    for (const CauseShare& cause : causes)
        out += fmt::format("{}{} {}", out.empty() ? "" : ", ", cause.words, share_text(cause.share));
    return out;
}

std::string numbers_text(const std::vector<CauseShare>& causes) {
    std::string out;
    for (const CauseShare& cause : causes)
        out += fmt::format("{}{} {} ({})", out.empty() ? "" : ", ", cause.words, fixed(cause.amount, 1),
                           share_text(cause.share));
    return out;
}

PrintUnit common_unit(const std::vector<Summary>& summaries, std::size_t metric) {
    std::vector<double> sizes;
    for (const Summary& summary : summaries) sizes.push_back(summary.estimates[metric].mean.value_or(0));
    return print_unit(metrics()[metric].unit, sizes);
}

std::vector<std::string> said_once(const std::vector<std::pair<std::string, std::string>>& label_and_text,
                                   std::size_t arms, const std::string& many) {
    std::vector<std::string> texts;
    std::map<std::string, std::vector<std::string>> who;
    for (const auto& [label, text] : label_and_text) {
        auto& labels = who[text];
        if (labels.empty()) texts.push_back(text);
        if (std::find(labels.begin(), labels.end(), label) == labels.end()) labels.push_back(label);
    }
    std::vector<std::string> out;
    for (const std::string& text : texts) {
        const auto& labels = who[text];
        out.push_back(fmt::format("{}: {}", labels.size() == arms ? "All " + many : list_text(labels), text));
    }
    return out;
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

std::string end_text(const StudyEnd& end, bool terminal) {
    constexpr std::size_t kWidth = 80;
    std::string out = wrap((terminal ? styled(end.head, Style::strong) : end.head) + end.answer, kWidth, 2) + "\n\n";
    if (!terminal) return out + fmt::format("Again    gatesim {}\n", end.again);
    out += fmt::format("Files    {}/\nAgain    {} {}\n", end.directory, called_as(), end.again);
    return out + styled(fmt::format("\n{} events in {:.1f} s, {:.0f} MiB\n", end.grid.events, end.grid.wall_s,
                                    end.grid.peak_rss_mib),
                        Style::faint);
}

}  // namespace gatesim
