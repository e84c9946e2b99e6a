#include "command/calibrate_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "command/report_text.hpp"
#include "command/terminal.hpp"
#include "measure/unit_text.hpp"
#include "model/display_width.hpp"
#include "record/narrator.hpp"

namespace gatesim {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kName = 27, kReal = 10, kSimulated = 18, kMiss = 8, kLine = 80;

const FactKind& kind_of(const ClaimRow& row) {
    return fact_kinds()[row.claim->kind];
}

std::string name_of(const ClaimRow& row) {
    const FactKind& kind = kind_of(row);
    if (kind.profile || kind.parts.empty()) return kind.name;
    return fmt::format("{} {}", kind.name, kind.parts[row.part]);
}

const char* word_of(ClaimVerdict verdict) {
    switch (verdict) {
        case ClaimVerdict::within:
            return "within";
        case ClaimVerdict::undecided:
            return "undecided";
        case ClaimVerdict::explained:
            return "explained";
        case ClaimVerdict::missed:
            return "missed";
        case ClaimVerdict::undefined:
            break;
    }
    return "undefined";
}

std::string mark_of(const ClaimRow& row) {
    const std::string kind = row.claim->fitted ? "fitted" : "predicted";
    switch (row.verdict) {
        case ClaimVerdict::within:
            return styled("✓ " + kind, Style::good);
        case ClaimVerdict::undecided:
            return "≈ " + kind;
        case ClaimVerdict::undefined:
            return "· " + kind;
        default:
            return styled("✗ " + kind, Style::bad);
    }
}

/// "27.5", three significant digits.
std::string plain(double value) {
    return without_blanks(text(value, ""));
}

std::string real_text(const ClaimRow& row) {
    const PrintUnit in = print_unit(kind_of(row).unit, row.expected);
    const std::string unit = in.divisor == 1 && in.text != "s" ? "" : " " + in.text;
    return plain(row.expected / in.divisor) + unit;
}

/// In the unit of the real figure, so that the two can be compared by eye.
std::string simulated_text(const ClaimRow& row) {
    const Estimate& e = row.simulated;
    return text(e, PrintUnit{"", print_unit(kind_of(row).unit, row.expected).divisor});
}

std::string miss_text(const ClaimRow& row) {
    if (!row.miss) return "";
    if (std::abs(*row.miss) >= 10) return "> 10 x";
    const std::string percent = fixed(100 * *row.miss, 0) + " %";
    return kind_of(row).profile || *row.miss <= 0 || percent == "0 %" ? percent : "+" + percent;
}

/// Each source once, in order of appearance; a row names it by its number.
class Sources {
public:
    std::size_t number(const std::string& source) {
        const auto known = std::find(list_.begin(), list_.end(), source);
        if (known != list_.end()) return static_cast<std::size_t>(known - list_.begin()) + 1;
        list_.push_back(source);
        return list_.size();
    }
    const std::vector<std::string>& list() const { return list_; }

private:
    std::vector<std::string> list_;
};

/// Room for the simulated column: an interval that is printed by its ends needs more.
std::size_t room_for(const std::vector<ClaimRow>& rows) {
    std::size_t out = kSimulated;
    for (const ClaimRow& row : rows) out = std::max(out, display_width(simulated_text(row)) + 1);
    return out;
}

std::string row_text(const ClaimRow& row, std::size_t simulated, Sources& sources) {
    std::string out = filled_up(name_of(row), kName) + filled_up(real_text(row), kReal) +
                      filled_up(simulated_text(row), simulated) + filled_up(miss_text(row), kMiss) +
                      fmt::format("{} [{}]\n", mark_of(row), sources.number(row.claim->source));
    const FactKind& kind = kind_of(row);
    if (kind.profile && row.miss)
        out += styled(fmt::format("  {} numbers; shown: the one farthest off, {}\n", kind.size(), kind.parts[row.part]),
                      Style::faint);
    return out;
}

/// "the fact, the other fact: why", each reason once.
std::string reasons(const std::vector<ClaimRow>& rows) {
    std::string out;
    const Claim* before = nullptr;
    for (const ClaimRow& row : rows) {
        const bool off = row.verdict == ClaimVerdict::explained || row.verdict == ClaimVerdict::missed;
        if (!off || row.claim == before) continue;
        before = row.claim;
        const std::string why = row.claim->why.empty() ? "no reason is known." : row.claim->why;
        out += "✗ " + wrap(fmt::format("{}: {}", kind_of(row).name, why), kLine, 2, 2) + "\n";
    }
    return out;
}

std::size_t count_of(const std::vector<ClaimRow>& rows, ClaimVerdict verdict) {
    return static_cast<std::size_t>(
        std::count_if(rows.begin(), rows.end(), [&](const ClaimRow& row) { return row.verdict == verdict; }));
}

std::string conclusion(const std::vector<ClaimRow>& rows) {
    std::vector<std::string> parts;
    const auto add = [&](ClaimVerdict verdict, const char* what) {
        if (const std::size_t count = count_of(rows, verdict)) parts.push_back(fmt::format("{} {}", count, what));
    };
    add(ClaimVerdict::within, "within its tolerance");
    add(ClaimVerdict::undecided, "that one look at reality cannot tell");
    add(ClaimVerdict::explained, "missed for a known reason");
    add(ClaimVerdict::missed, "missed without one");
    add(ClaimVerdict::undefined, "not defined in this period");
    return fmt::format("{} claims: {}.", rows.size(), enumeration(parts));
}

Json number_or_null(const std::optional<double>& value) {
    return value ? Json(*value) : Json(nullptr);
}

}  // namespace

namespace {

/// Without the sequences that colour it.
std::string without_colours(const std::string& text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t behind = detail::behind_escape(text, at);
        if (behind == at)
            out += text[at++];
        else
            at = behind;
    }
    return out;
}

}  // namespace

std::string calibrate_text(const CalibrateReport& report, bool terminal) {
    Sources sources;
    std::string out = fmt::format("{}\n{}: seed {}, {} replications{}\n\n",
                                  styled(report.scenario.title, Style::strong), report.scenario.name, report.seed,
                                  report.replications, report.partial ? " (partial: interrupted)" : "");
    const std::size_t simulated = room_for(report.rows);
    out += filled_up("fact", kName) + filled_up("real", kReal) + filled_up("simulated ± 95 %", simulated) +
           filled_up("miss", kMiss) + "mark\n";
    for (const ClaimRow& row : report.rows) out += row_text(row, simulated, sources);
    out += "\n✓ within its tolerance (15 % if it states none)   ✗ missed\n";
    if (count_of(report.rows, ClaimVerdict::undecided))
        out += "≈ outside, but where 95 % of single replications lie: reality was one of them\n";
    if (const std::string why = reasons(report.rows); !why.empty()) out += "\n" + why;
    out += "\nSources\n";
    for (std::size_t i = 0; i < sources.list().size(); ++i)
        out += wrap(fmt::format("[{}] {}", i + 1, sources.list()[i]), kLine, 4) + "\n";
    out += "\n" + wrap(conclusion(report.rows), kLine, 0) + "\n";
    if (!terminal) return without_colours(out) + fmt::format("Again    gatesim {}\n", report.again);
    return out + fmt::format("Again    {} {}\n", called_as(), report.again);
}

std::string calibrate_json(const CalibrateReport& report) {
    Json facts = Json::array();
    for (const ClaimRow& row : report.rows) {
        const FactKind& kind = kind_of(row);
        facts.push_back({{"fact", kind.name},
                         {"part", kind.parts.empty() ? Json(nullptr) : Json(kind.parts[row.part])},
                         {"profile", kind.profile},
                         {"unit", kind.unit},
                         {"kind", row.claim->fitted ? "fitted" : "predicted"},
                         {"expected", row.expected},
                         {"mean", number_or_null(row.simulated.mean)},
                         {"low", number_or_null(row.simulated.low)},
                         {"high", number_or_null(row.simulated.high)},
                         {"n", row.simulated.n},
                         {"miss", number_or_null(row.miss)},
                         {"tolerance", row.claim->tolerance},
                         {"verdict", word_of(row.verdict)},
                         {"source", row.claim->source},
                         {"why", row.claim->why.empty() ? Json(nullptr) : Json(row.claim->why)}});
    }
    Json out = {{"format", 1},
                {"scenario", {{"name", report.scenario.name}, {"sha256", report.scenario.sha256}}},
                {"seed", report.seed},
                {"replications", report.replications},
                {"level", kLevel},
                {"partial", report.partial},
                {"passed", count_of(report.rows, ClaimVerdict::missed) == 0},
                {"facts", std::move(facts)}};
    return out.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace gatesim
