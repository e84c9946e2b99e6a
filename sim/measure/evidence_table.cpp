// The evidence in words: a table that fits a terminal, and what it does and does not show.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "measure/evidence.hpp"

namespace gatesim {

namespace {

constexpr std::size_t kRulesABlock = 2;
constexpr std::size_t kRuleWidth = 13;
constexpr std::size_t kLineWidth = 79;

/// The unit in which a row is printed: seconds grow into minutes and hours with the observed value.
struct Scale {
    double divisor;
    const char* unit;
};

Scale scale_of(const EvidenceRow& row) {
    if (row.unit != "s") return {1, ""};
    if (row.observed >= 2 * 3600) return {3600, " [h]"};
    if (row.observed >= 120) return {60, " [min]"};
    return {1, " [s]"};
}

/// A number with as many decimals as it needs to show about three digits.
std::string number(double value) {
    if (std::isnan(value)) return "-";
    const double size = std::abs(value);
    return fmt::format("{:.{}f}", value,
                       size >= 100 || value == std::floor(value) ? 0
                       : size >= 10                              ? 1
                       : size >= 1                               ? 2
                                                                 : 3);
}

/// Mean and half interval, with the decimals that the interval supports (its first digit); of a lopsided one its ends.
std::string estimate(const EvidenceValue& value, double divisor) {
    const double mean = value.mean / divisor;
    const double below = (value.mean - value.low) / divisor, above = (value.high - value.mean) / divisor;
    const double widest = std::max(below, above);
    if (std::isnan(widest) || widest <= 0) return number(mean);
    const int decimals = std::clamp(-static_cast<int>(std::floor(std::log10(widest))), 0, 3);
    if (is_lopsided(below, above))
        return fmt::format("{:.{}f}…{:.{}f}", value.low / divisor, decimals, value.high / divisor, decimals);
    return fmt::format("{:.{}f}±{:.{}f}", mean, decimals, widest, decimals);
}

const char* word(EvidenceKind kind) {
    switch (kind) {
        case EvidenceKind::input:
            return "input";
        case EvidenceKind::fitted:
            return "fitted";
        case EvidenceKind::predicted:
            return "predicted";
    }
    return "";
}

char mark(EvidenceVerdict verdict) {
    switch (verdict) {
        case EvidenceVerdict::nearer:
            return '+';
        case EvidenceVerdict::as_near:
            return '=';
        case EvidenceVerdict::farther:
            return '-';
        case EvidenceVerdict::not_compared:
            return ' ';
    }
    return ' ';
}

/// Pieces of a rule's name that fit its column, broken after a hyphen where there is one.
std::vector<std::string> pieces(std::string name) {
    std::vector<std::string> result;
    while (name.size() > kRuleWidth) {
        const std::size_t hyphen = name.rfind('-', kRuleWidth - 1);
        const std::size_t cut = hyphen == std::string::npos || hyphen == 0 ? kRuleWidth : hyphen + 1;
        result.push_back(name.substr(0, cut));
        name.erase(0, cut);
    }
    result.push_back(name);
    return result;
}

std::string line(const std::string& fact, const std::string& kind, const std::string& observed,
                 const std::string& control) {
    return fmt::format("{:<18} {:<9} {:>8} {:>12}", fact, kind, observed, control);
}

void add_header(const Evidence& evidence, std::size_t begin, std::size_t end, std::string& text) {
    std::vector<std::vector<std::string>> names;
    std::size_t height = 1;
    for (std::size_t r = begin; r < end; ++r) {
        names.push_back(pieces(evidence.rules[r]));
        height = std::max(height, names.back().size());
    }
    for (std::size_t h = 0; h < height; ++h) {
        std::string row = h + 1 < height ? line("", "", "", "") : line("fact", "kind", "observed", "no gate");
        for (const auto& name : names) {
            const std::size_t above = height - name.size();
            row += fmt::format(" {:>13}", h < above ? "" : name[h - above]);
        }
        text += row.substr(0, row.find_last_not_of(' ') + 1) + "\n";
    }
}

void add_block(const Evidence& evidence, std::size_t begin, std::size_t end, std::string& text) {
    add_header(evidence, begin, end, text);
    for (const EvidenceRow& row : evidence.rows) {
        const auto [divisor, unit] = scale_of(row);
        std::string printed =
            line(row.fact + unit, word(row.kind), number(row.observed / divisor), estimate(row.control, divisor));
        for (std::size_t r = begin; r < end; ++r) {
            printed += fmt::format(" {:>11} {}", estimate(row.rules[r], divisor), mark(row.verdicts[r]));
        }
        text += printed.substr(0, printed.find_last_not_of(' ') + 1) + "\n";
    }
}

/// Breaks running text into lines.
std::string wrapped(const std::string& text) {
    std::string result;
    std::size_t width = 0;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        const std::string one = text.substr(begin, end - begin);
        if (width > 0 && width + 1 + one.size() > kLineWidth) {
            result += '\n';
            width = 0;
        } else if (width > 0) {
            result += ' ';
            ++width;
        }
        result += one;
        width += one.size();
        begin = end + 1;
    }
    return result + "\n";
}

std::string facts_with(const Evidence& evidence, std::size_t rule, EvidenceVerdict verdict) {
    std::string names;
    for (const EvidenceRow& row : evidence.rows) {
        if (row.verdicts[rule] == verdict) names += (names.empty() ? "" : ", ") + row.fact;
    }
    return names;
}

/// What one rule's column shows, in one sentence or a few.
std::string judgement(const Evidence& evidence, std::size_t rule) {
    const std::string& name = evidence.rules[rule];
    const std::string nearer = facts_with(evidence, rule, EvidenceVerdict::nearer);
    const std::string as_near = facts_with(evidence, rule, EvidenceVerdict::as_near);
    const std::string farther = facts_with(evidence, rule, EvidenceVerdict::farther);
    if (nearer.empty() && as_near.empty() && farther.empty())
        return fmt::format("{}: too few replications to judge.", name);
    std::string text = fmt::format("{}: ", name);
    text += nearer.empty() ? "nothing here speaks for this rule."
                           : fmt::format("nearer to reality than no gate in {}.", nearer);
    if (!as_near.empty()) text += fmt::format(" No evidence in {}: without a gate it comes as near.", as_near);
    if (!farther.empty()) text += fmt::format(" Against it: {}.", farther);
    return text;
}

}  // namespace

std::string evidence_table(const Evidence& evidence) {
    std::string text = fmt::format(
        "{} real landings, {} with an exact time; {} replications: mean ± 95 % "
        "interval,\nor its two ends where it is lopsided\n",
        evidence.observed, evidence.exact, evidence.replications);
    for (std::size_t begin = 0; begin == 0 || begin < evidence.rules.size(); begin += kRulesABlock) {
        text += "\n";
        add_block(evidence, begin, std::min(begin + kRulesABlock, evidence.rules.size()), text);
    }
    text += "\n+ nearer to reality than without a gate   = as near: no evidence   - farther\n";
    if (evidence.enqueued_from_landed) {
        text += wrapped(
            "Enqueue times were taken from the real landings. So landings a day were put in, not found out, and so "
            "were the real order and gaps, as far as the column \"no gate\" shows them; only what that column misses "
            "can speak for a gate.");
    }
    for (std::size_t r = 0; r < evidence.rules.size(); ++r) text += wrapped(judgement(evidence, r));
    return text;
}

}  // namespace gatesim
