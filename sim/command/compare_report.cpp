#include "command/compare_report.hpp"

#include <fmt/format.h>

#include <cmath>

#include "command/report_text.hpp"
#include "command/table_blocks.hpp"
#include "command/tune.hpp"
#include "record/narrator.hpp"
#include "record/words.hpp"

namespace gatesim {

namespace {

constexpr std::size_t kWidth = 80;

const Metric& named(const CompareReport& report, std::size_t i) {
    return metrics()[report.comparison.terms.metrics[i]];
}

const std::string& baseline(const CompareReport& report) {
    return report.arms[report.comparison.terms.baseline].label;
}

PrintUnit unit_of(const CompareReport& report, std::size_t i) {
    return common_unit(report.comparison.summaries, report.comparison.terms.metrics[i]);
}

std::string heading(const CompareReport& report, bool terminal) {
    const Scenario& first = report.arms.front().scenario;
    const CompareTerms& terms = report.comparison.terms;
    const std::string title = first.title.empty() ? first.name : first.title;
    std::string what = fmt::format(
        "{}: {} arms on the same luck, seed {}, {} of each", first.name, report.arms.size(), report.options.seed,
        counted(static_cast<std::int64_t>(report.grid.replications()), "replication", "replications"));
    if (terminal) what += ", engine " + report.options.engine;
    std::string out = (terminal ? styled(title, Style::strong) : title) + "\n" + wrap(what, kWidth, 2) + "\n";
    out += wrap(fmt::format("Differences are from {}. Their intervals all hold at once in 95 of 100 comparisons; a "
                            "difference below {} of what it is compared with is negligible.",
                            baseline(report), percent_text(terms.matters)),
                kWidth, 0) +
           "\n";
    return out;
}

TableRow row(const CompareReport& report, std::size_t arm, std::size_t i, const PrintUnit& unit, bool terminal) {
    const Comparison& c = report.comparison;
    const Metric& metric = named(report, i);
    const Estimate& e = c.summaries[arm].estimates[c.terms.metrics[i]];
    TableRow out{report.arms[arm].label, text(e, unit), "baseline", ""};
    if (c.overloaded[arm] && (metric.unit == "s" || metric.family == "queue_length_mean")) out.value += " !";
    if (arm == c.terms.baseline) return out;
    const Difference& d = c.differences[arm][i];
    out.difference = signed_text(d, unit);
    // Both saw none of a rare event: how many there may be is said, and no verdict is due.
    const bool silent = d.none_seen && *e.mean == 0 && d.verdict == Verdict::undecided;
    if (!silent) out.mark = marked(d.verdict, terminal);
    return out;
}

std::string blocks(const CompareReport& report, bool terminal) {
    std::vector<TableBlock> out;
    for (std::size_t i = 0; i < report.comparison.terms.metrics.size(); ++i) {
        const Metric& metric = named(report, i);
        out.push_back({terminal ? styled(metric.name, Style::strong) : metric.name, about_text(metric),
                       unit_of(report, i), [&report, i, terminal](const PrintUnit& unit) {
                           std::vector<TableRow> rows;
                           for (std::size_t arm = 0; arm < report.arms.size(); ++arm)
                               rows.push_back(row(report, arm, i, unit, terminal));
                           return rows;
                       }});
    }
    return blocks_text(out, terminal ? out_columns() : kWidth);
}

std::string regret(const CompareReport& report, bool terminal) {
    const Comparison& c = report.comparison;
    if (c.oracle == Comparison::kNoArm) return "";
    std::vector<TableBlock> out;
    for (std::size_t i = 0; i < c.terms.metrics.size(); ++i) {
        out.push_back(
            {named(report, i).name, "", unit_of(report, i), [&report, &c, i](const PrintUnit& unit) {
                 std::vector<TableRow> rows;
                 for (std::size_t arm = 0; arm < report.arms.size(); ++arm)
                     if (arm != c.oracle)
                         rows.push_back({report.arms[arm].label, signed_text(c.regret[arm][i], unit), "", ""});
                 return rows;
             }});
    }
    return fmt::format("\nRegret against {}, which knows what no gate can know\n", report.arms[c.oracle].label) +
           blocks_text(out, terminal ? out_columns() : kWidth);
}

/// Of what the ejections and the waste of each arm consist.
std::string causes(const CompareReport& report) {
    std::string out;
    const auto& summaries = report.comparison.summaries;
    const auto add = [&](const char* title, const auto& text_of) {
        std::string lines;
        for (std::size_t arm = 0; arm < report.arms.size(); ++arm)
            if (const std::string text = text_of(summaries[arm]); !text.empty())
                lines += wrap(fmt::format("  {}: {}", report.arms[arm].label, text), kWidth, 4) + "\n";
        if (!lines.empty()) out += fmt::format("\n{}\n{}", title, lines);
    };
    add("Ejections by cause (shares of the changes that arrived)",
        [](const Summary& s) { return numbers_text(ejection_causes(s)); });
    add("Node hours for nothing, by cause (shares of all)",
        [](const Summary& s) { return causes_text(waste_causes(s)); });
    return out;
}

/// What it is worth that all arms had the same luck, for the metric that decides; empty where it is worth little.
std::string pairing_sentence(const CompareReport& report) {
    constexpr double kWorthSaying = 1.5;  // times as many replications
    std::vector<std::string> parts;
    for (std::size_t arm = 0; arm < report.arms.size(); ++arm) {
        if (arm == report.comparison.terms.baseline) continue;
        const std::optional<double>& worth = report.comparison.differences[arm].front().pairing;
        if (!worth || *worth < kWorthSaying) continue;
        parts.push_back(
            fmt::format("{:.{}f} times as many for {}", *worth, *worth < 10 ? 1 : 0, report.arms[arm].label));
    }
    if (parts.empty()) return "";
    return fmt::format("With luck of its own for each arm the same interval of {} would take more replications: {}.",
                       named(report, 0).name, list_text(parts));
}

/// Differences that were the same in all replications, and therefore have no interval.
std::string alike_sentence(const CompareReport& report) {
    std::vector<std::string> names;
    const Difference* shown = nullptr;
    for (std::size_t i = 0; i < report.comparison.terms.metrics.size(); ++i) {
        for (const auto& list : report.comparison.differences) {
            if (list.empty() || !list[i].alike) continue;
            if (names.empty() || names.back() != named(report, i).name) names.push_back(named(report, i).name);
            shown = &list[i];
        }
    }
    if (!shown) return "";
    return fmt::format("A difference that is the same in all replications has no interval ({}): {}.",
                       enumeration(names), alike_text(shown->n, shown->unseen));
}

/// The arms whose difference in the deciding metric has that verdict.
std::vector<std::string> arms_with(const CompareReport& report, Verdict verdict) {
    std::vector<std::string> out;
    for (std::size_t arm = 0; arm < report.arms.size(); ++arm)
        if (arm != report.comparison.terms.baseline && report.comparison.differences[arm].front().mean &&
            report.comparison.differences[arm].front().verdict == verdict)
            out.push_back(report.arms[arm].label);
    return out;
}

/// "serial is worse by 3.02 d" for each arm with that verdict.
std::vector<std::string> sized(const CompareReport& report, Verdict verdict) {
    std::vector<std::string> out;
    const PrintUnit unit = unit_of(report, 0);
    for (std::size_t arm = 0; arm < report.arms.size(); ++arm) {
        if (arm == report.comparison.terms.baseline) continue;
        const Difference& d = report.comparison.differences[arm].front();
        if (d.verdict != verdict) continue;
        out.push_back(fmt::format("{} is {} by {}", report.arms[arm].label, verdict_text(verdict), size_text(d, unit)));
    }
    return out;
}

/// What else can be said of an arm: its other metrics, by verdict.
std::string besides(const CompareReport& report, std::size_t arm) {
    std::string out;
    for (Verdict verdict : {Verdict::better, Verdict::worse, Verdict::undecided}) {
        std::vector<std::string> names;
        for (std::size_t i = 1; i < report.comparison.terms.metrics.size(); ++i)
            if (report.comparison.differences[arm][i].verdict == verdict) names.push_back(spoken(named(report, i)));
        if (names.empty()) continue;
        out += fmt::format("{}{} by {}", out.empty() ? "" : "; ", verdict_text(verdict), enumeration(names));
    }
    return out;
}

/// For two arms: the verdict with both means and what the difference may be.
std::string answer_for_one(const CompareReport& report, std::size_t arm) {
    const Comparison& c = report.comparison;
    const Difference& d = c.differences[arm].front();
    const std::string& name = report.arms[arm].label;
    const PrintUnit unit = unit_of(report, 0);
    if (!d.mean) return fmt::format("{} cannot be compared: it has no {}.", name, spoken(named(report, 0)));
    const auto mean = [&](std::size_t a) { return mean_text(c.summaries[a].estimates[c.terms.metrics.front()], unit); };
    switch (d.verdict) {
        case Verdict::negligible:
            return fmt::format("{} is as good: {} instead of {}, a difference below {}.", name, mean(arm),
                               mean(c.terms.baseline), percent_text(c.terms.matters));
        case Verdict::undecided:
            if (d.alike)
                return fmt::format("whether {} differs from {} is undecided: the difference is {}. {}.", name,
                                   baseline(report), signed_text(d, unit), alike_text(d.n, d.unseen));
            return fmt::format(
                "{} replications cannot tell whether {} is better or worse: the difference may be {}.",
                report.grid.replications(), name,
                d.low ? "anything " + range_text(d, unit) : "anything (one replication says nothing about it)");
        default:
            return fmt::format("{} is {}: {} instead of {}, a difference {}.", name, verdict_text(d.verdict), mean(arm),
                               mean(c.terms.baseline), range_text(d, unit));
    }
}

/// For more: who is better, as good, not known, worse.
std::string answer_for_many(const CompareReport& report) {
    std::vector<std::string> parts;
    const auto add = [&](const std::vector<std::string>& more) { parts.insert(parts.end(), more.begin(), more.end()); };
    const auto add_names = [&](Verdict verdict, const char* one, const char* many) {
        const auto names = arms_with(report, verdict);
        if (!names.empty()) parts.push_back(enumeration(names) + (names.size() == 1 ? one : many));
    };
    add(sized(report, Verdict::better));
    add(sized(report, Verdict::higher));
    add_names(Verdict::negligible, " is as good", " are as good");
    add_names(Verdict::undecided, " is undecided", " are undecided");
    add(sized(report, Verdict::lower));
    add(sized(report, Verdict::worse));
    for (std::size_t arm = 0; arm < report.arms.size(); ++arm)
        if (arm != report.comparison.terms.baseline && !report.comparison.differences[arm].front().mean)
            parts.push_back(report.arms[arm].label + " cannot be compared");
    return fmt::format("{}.", fmt::join(parts, "; "));
}

}  // namespace

std::string compare_answer(const CompareReport& report) {
    const std::size_t base = report.comparison.terms.baseline;
    std::string out;
    if (report.arms.size() == 2) {
        const std::size_t arm = 1 - base;
        out = answer_for_one(report, arm);
        const std::string more = besides(report, arm);
        if (!more.empty()) out += fmt::format(" Besides, it is {}.", more);
        return out;
    }
    out = answer_for_many(report);
    // A gain that is paid for elsewhere is half an answer.
    for (std::size_t arm = 0; arm < report.arms.size(); ++arm) {
        if (arm == base || report.comparison.differences[arm].front().verdict != Verdict::better) continue;
        std::vector<std::string> prices;
        for (std::size_t i = 1; i < report.comparison.terms.metrics.size(); ++i)
            if (report.comparison.differences[arm][i].verdict == Verdict::worse)
                prices.push_back(spoken(named(report, i)));
        if (!prices.empty())
            out += fmt::format(" {} pays for it with {}.", report.arms[arm].label, enumeration(prices));
    }
    return out;
}

std::string compare_text(const CompareReport& report, bool terminal) {
    const Comparison& c = report.comparison;
    std::string out = heading(report, terminal) + blocks(report, terminal) + regret(report, terminal) + causes(report);
    if (report.tuning) out += tuning_text(*report.tuning, report.arms);
    out += "\n";
    auto cautions = grid_cautions(report.arms, report.grid, c.summaries, c.overloaded, "arms");
    if (c.terms.precision > 0 && !report.grid.settled && !report.grid.interrupted)
        cautions.push_back(fmt::format("Not every difference is known to ± {}; --at-most allows more replications.",
                                       percent_text(c.terms.precision)));
    if (const std::string alike = alike_sentence(report); !alike.empty()) cautions.push_back(alike);
    for (const std::string& caution : cautions)
        out += wrap((terminal ? styled("! ", Style::bad) : "! ") + caution, kWidth, 2) + "\n";
    if (!cautions.empty()) out += "\n";
    if (const std::string pairing = pairing_sentence(report); !pairing.empty())
        out += wrap(pairing, kWidth, 0) + "\n\n";
    const std::string head = fmt::format("Answer ({}, against {}): ", spoken(named(report, 0)), baseline(report));
    return out + end_text({head, compare_answer(report), report.again, report.directory, report.grid}, terminal);
}

}  // namespace gatesim
