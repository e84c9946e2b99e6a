#include "command/compare_report.hpp"

#include <fmt/format.h>

#include "command/report_text.hpp"
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

std::string percent(double share) {
    return fmt::format("{:g} %", share * 100);
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
    out += wrap(fmt::format("Differences are from {}, with intervals that hold all at once in 95 of 100 comparisons; "
                            "below {} of what they are held against they are negligible.",
                            baseline(report), percent(terms.matters)),
                kWidth, 0) +
           "\n";
    return out;
}

std::string row(const CompareReport& report, std::size_t arm, std::size_t i, std::size_t label_width, bool terminal) {
    const Comparison& c = report.comparison;
    const Metric& metric = named(report, i);
    const Estimate& e = c.summaries[arm].estimates[c.terms.metrics[i]];
    std::string mean = text(e, metric.unit);
    if (c.overloaded[arm] && (metric.unit == "s" || metric.family == "queue_length_mean")) mean += " !";
    std::string out = "  " + filled_up(report.arms[arm].label, label_width) + filled_up(mean, 23);
    if (arm == c.terms.baseline) return out + "baseline\n";
    const Difference& d = c.differences[arm][i];
    const std::string difference = signed_text(d, metric.unit);
    if (characters(out) + std::max<std::size_t>(25, characters(difference) + 1) + 12 > kWidth)
        out = without_blanks(out) + "\n" + std::string(4 + label_width, ' ');
    // Both saw none of a rare event: how many there may be is said, and no verdict is due.
    const bool silent = d.none_seen && *e.mean == 0 && d.verdict == Verdict::undecided;
    return without_blanks(out + filled_up(difference, 25) + (silent ? "" : marked(d.verdict, terminal))) + "\n";
}

std::string blocks(const CompareReport& report, bool terminal) {
    std::size_t label_width = 10;
    for (const Arm& arm : report.arms) label_width = std::max(label_width, characters(arm.label) + 1);
    label_width = std::min<std::size_t>(label_width, 30);
    std::string out;
    for (std::size_t i = 0; i < report.comparison.terms.metrics.size(); ++i) {
        const Metric& metric = named(report, i);
        out += "\n" + (terminal ? styled(metric.name, Style::strong) : metric.name) +
               fmt::format("  {}; {}\n", metric.brief, direction_text(metric.direction));
        for (std::size_t arm = 0; arm < report.arms.size(); ++arm) out += row(report, arm, i, label_width, terminal);
    }
    return out;
}

std::string regret(const CompareReport& report) {
    const Comparison& c = report.comparison;
    if (c.oracle == Comparison::kNoArm) return "";
    std::string out =
        fmt::format("\nRegret against {}, which knows what no gate can know\n", report.arms[c.oracle].label);
    for (std::size_t i = 0; i < c.terms.metrics.size(); ++i) {
        out += "  " + named(report, i).name + "\n";
        for (std::size_t arm = 0; arm < report.arms.size(); ++arm) {
            if (arm == c.oracle) continue;
            out += "    " + filled_up(report.arms[arm].label, 30) +
                   signed_text(c.regret[arm][i], named(report, i).unit) + "\n";
        }
    }
    return out;
}

/// What it is worth that all arms had the same luck, for the metric that decides.
std::string pairing_sentence(const CompareReport& report) {
    std::vector<std::string> parts;
    for (std::size_t arm = 0; arm < report.arms.size(); ++arm) {
        if (arm == report.comparison.terms.baseline) continue;
        const std::optional<double>& worth = report.comparison.differences[arm].front().pairing;
        if (worth)
            parts.push_back(
                fmt::format("{:.{}f} times as many for {}", *worth, *worth < 10 ? 1 : 0, report.arms[arm].label));
    }
    if (parts.empty()) return "";
    return fmt::format(
        "With luck of its own for each arm the same intervals of {} would take other numbers of replications: {}.",
        named(report, 0).name, enumeration(parts));
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
std::vector<std::string> arms_with(const CompareReport& report, Verdict verdict, bool with_size) {
    std::vector<std::string> out;
    for (std::size_t arm = 0; arm < report.arms.size(); ++arm) {
        if (arm == report.comparison.terms.baseline) continue;
        const Difference& d = report.comparison.differences[arm].front();
        if (d.verdict != verdict) continue;
        const std::string size = with_size ? " (" + signed_text(d, named(report, 0).unit) + ")" : "";
        out.push_back(report.arms[arm].label + size);
    }
    return out;
}

/// What else can be said of an arm: its other metrics, by verdict.
std::string besides(const CompareReport& report, std::size_t arm) {
    std::string out;
    for (Verdict verdict : {Verdict::better, Verdict::worse, Verdict::undecided}) {
        std::vector<std::string> names;
        for (std::size_t i = 1; i < report.comparison.terms.metrics.size(); ++i)
            if (report.comparison.differences[arm][i].verdict == verdict) names.push_back(named(report, i).name);
        if (names.empty()) continue;
        out += fmt::format("{}{} by {}", out.empty() ? "" : "; ", verdict_text(verdict), enumeration(names));
    }
    return out;
}

std::string answer_for_one(const CompareReport& report, std::size_t arm) {
    const Comparison& c = report.comparison;
    const Metric& metric = named(report, 0);
    const Difference& d = c.differences[arm].front();
    const std::string& name = report.arms[arm].label;
    const std::size_t n = report.grid.replications();
    if (!d.mean)
        return fmt::format("{} can not be held against {}: {} is undefined.", name, baseline(report), metric.name);
    const auto mean = [&](std::size_t a) {
        return text(*c.summaries[a].estimates[c.terms.metrics.front()].mean, metric.unit);
    };
    switch (d.verdict) {
        case Verdict::negligible:
            return fmt::format(
                "By {} it makes no difference that matters whether the rule is {} or {}: less than {} of {}.",
                metric.name, name, baseline(report), percent(c.terms.matters), mean(c.terms.baseline));
        case Verdict::undecided:
            if (d.alike)
                return fmt::format("By {}, whether {} differs from {} is undecided: the difference is {}. {}.",
                                   metric.name, name, baseline(report), signed_text(d, metric.unit),
                                   alike_text(d.n, d.unseen));
            return fmt::format("By {}, {} replications do not tell {} from {}: the difference may be anything {}.",
                               metric.name, n, name, baseline(report),
                               d.low ? range_text(d, metric.unit) : "(one replication says nothing about it)");
        default:
            return fmt::format("{} is {} than {} by {}: {} instead of {}, a difference {}.", name,
                               verdict_text(d.verdict), baseline(report), metric.name, mean(arm),
                               mean(c.terms.baseline), range_text(d, metric.unit));
    }
}

std::string answer_for_many(const CompareReport& report) {
    std::vector<std::string> parts;
    for (Verdict verdict :
         {Verdict::better, Verdict::higher, Verdict::negligible, Verdict::undecided, Verdict::lower, Verdict::worse}) {
        const bool sized = verdict != Verdict::negligible && verdict != Verdict::undecided;
        const auto names = arms_with(report, verdict, sized);
        if (names.empty()) continue;
        const char* word = verdict == Verdict::negligible ? "no difference that matters" : verdict_text(verdict);
        parts.push_back(fmt::format("{}: {}", word, enumeration(names)));
    }
    return fmt::format("By {}, against {}: {}.", named(report, 0).name, baseline(report), fmt::join(parts, "; "));
}

}  // namespace

std::vector<std::string> grid_cautions(const std::vector<Arm>& arms, const GridResult& grid,
                                       const std::vector<Summary>& summaries, const std::vector<bool>& overloaded) {
    std::vector<std::string> out;
    if (grid.interrupted) out.push_back("Interrupted: partial results. --resume goes on.");
    std::vector<std::string> growing;
    for (std::size_t a = 0; a < arms.size(); ++a)
        if (overloaded[a]) growing.push_back(arms[a].label);
    if (!growing.empty())
        out.push_back(
            fmt::format("No steady state under {}: the queue grew through the whole period, so waiting times "
                        "and queue lengths grow with its length. Compare them for this length only.",
                        enumeration(growing)));
    for (const std::string& sentence : warmup_sentences(grid.warmup)) out.push_back(sentence);
    for (std::size_t a = 0; a < arms.size(); ++a)
        for (const Warning& warning : summaries[a].warnings)
            if (warning.code != "overload" && warning.code != "partial" && warning.code != "no_return")
                out.push_back(fmt::format("{}: {}", arms[a].label, warning.text));
    return out;
}

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
                prices.push_back(named(report, i).name);
        if (!prices.empty())
            out += fmt::format(" {} pays for it with {}.", report.arms[arm].label, enumeration(prices));
    }
    return out;
}

std::string compare_text(const CompareReport& report, bool terminal) {
    const Comparison& c = report.comparison;
    std::string out = heading(report, terminal) + blocks(report, terminal) + regret(report) + "\n";
    auto cautions = grid_cautions(report.arms, report.grid, c.summaries, c.overloaded);
    if (c.terms.precision > 0 && !report.grid.settled && !report.grid.interrupted)
        cautions.push_back(fmt::format("Not every difference is known to ± {}; --at-most allows more replications.",
                                       percent(c.terms.precision)));
    if (const std::string alike = alike_sentence(report); !alike.empty()) cautions.push_back(alike);
    for (const std::string& caution : cautions)
        out += wrap((terminal ? styled("! ", Style::bad) : "! ") + caution, kWidth, 2) + "\n";
    if (!cautions.empty()) out += "\n";
    if (const std::string pairing = pairing_sentence(report); !pairing.empty())
        out += wrap(pairing, kWidth, 0) + "\n\n";
    out +=
        wrap((terminal ? styled("Answer: ", Style::strong) : "Answer: ") + compare_answer(report), kWidth, 2) + "\n\n";
    if (!terminal) return out + fmt::format("Again    gatesim {}\n", report.again);
    out += fmt::format("Files    {}/\nAgain    {} {}\n", report.directory, called_as(), report.again);
    return out + styled(fmt::format("\n{} events in {:.1f} s, {:.0f} MiB\n", report.grid.events, report.grid.wall_s,
                                    report.grid.peak_rss_mib),
                        Style::faint);
}

}  // namespace gatesim
