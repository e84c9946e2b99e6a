#include "command/run_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "command/report_text.hpp"
#include "command/terminal.hpp"
#include "measure/unit_text.hpp"
#include "model/display_width.hpp"
#include "model/shell_quoted.hpp"
#include "record/words.hpp"

namespace gatesim {

namespace {

/// Colours only where a person reads.
struct Painter {
    bool on;
    std::string operator()(std::string_view text, Style style) const {
        return on ? styled(text, style) : std::string(text);
    }
};

std::string padded(const std::string& text, std::size_t width) {
    const std::size_t used = display_width(text);
    return used < width ? text + std::string(width - used, ' ') : text + " ";
}

std::string heading(const RunReport& report, const Painter& paint, bool machine) {
    const Summary& s = report.summary;
    const std::string title = report.scenario.title.empty() ? s.scenario : report.scenario.title;
    std::string what =
        fmt::format("{}: strategy {}, seed {}, {}", s.scenario, s.strategy.empty() ? "none" : s.strategy, s.seed,
                    counted(static_cast<std::int64_t>(s.replications), "replication", "replications"));
    if (machine) what += ", engine " + s.engine;
    return paint(title, Style::strong) + "\n" + wrap(what, 80, 2) + "\n";
}

double one(const Summary& summary, const char* metric) {
    return summary.values[*find_metric(metric)].front().value_or(0);
}

std::string story(const RunReport& report, const Painter& paint) {
    std::string out =
        wrap(
            "A gate tests every change on top of those ahead of it, as if they had landed already. When one of them "
            "fails, what was tested on top of it is thrown away. Text in brackets is the truth, which no gate can see.",
            80, 0) +
        "\n\n";
    out += paint(report.scenario.period.has_start ? "When            What" : "h:mm:ss  What", Style::faint) + "\n";
    return out + story_text(report.result.replications.front().story, report.scenario.period);
}

/// "2 ejections; 1 of them hit a change that was not at fault, which came back and landed."
std::string ejections_text(std::int64_t ejections, std::int64_t at_fault, std::int64_t innocent, std::int64_t landed) {
    if (ejections == 0) return "Nothing was ejected.";
    std::string out = counted(ejections, "ejection", "ejections");
    if (innocent == 0) return out + (at_fault == ejections ? ", each of a change at fault." : ".");
    const bool all = innocent == ejections;
    if (innocent == 1)
        return out + (all ? ", of" : "; 1 of them hit") + " a change that was not at fault" +
               (landed > 0 ? ", which came back and landed." : ", which did not land.");
    return out + fmt::format("{} changes that were not at fault; {} of these landed in the end.",
                             all ? ", all of" : fmt::format("; {} of them hit", innocent), landed);
}

/// "In the end 6 landed, 1 is out."
std::string ends_text(const Summary& s) {
    const auto count = [&](const char* metric) { return static_cast<std::int64_t>(one(s, metric)); };
    std::string out = fmt::format("In the end {} landed", count("landed"));
    const auto add = [&](std::int64_t n, const char* is, const char* are, const char* what) {
        if (n > 0) out += fmt::format(", {} {} {}", n, n == 1 ? is : are, what);
    };
    add(count("ejected"), "is", "are", "out");
    add(count("withdrawn"), "was", "were", "withdrawn");
    add(count("in_flight"), "is", "are", "still in flight");
    return out + ".";
}

/// ": 0.4 h thrown away by resets, 0.3 h red through no fault"
std::string waste_causes_text(const Summary& s) {
    std::string out;
    for (const CauseShare& cause : waste_causes(s))
        out += fmt::format("{} {} h {}", out.empty() ? ":" : ",", fixed(cause.amount, 1), cause.words);
    return out;
}

/// "By cause: 1 own defect (14 % of changes), 1 flake (14 %)."
std::string ejection_causes_text(const Summary& s) {
    std::string out;
    for (const CauseShare& cause : ejection_causes(s))
        out += fmt::format("{} {:.0f} {} ({}{})", out.empty() ? " By cause:" : ",", cause.amount, cause.words,
                           share_text(cause.share), out.empty() ? " of changes" : "");
    return out.empty() ? out : out + ".";
}

/// Of what ejections and waste consist, below the table.
std::string causes(const RunReport& report) {
    std::string out;
    const auto add = [&](const char* title, const std::string& text) {
        if (!text.empty()) out += wrap(fmt::format("{}: {}.", title, text), 80, 2) + "\n";
    };
    add("Ejections by cause (shares of the changes that arrived)", numbers_text(ejection_causes(report.summary)));
    add("Node hours for nothing, by cause (shares of all)", causes_text(waste_causes(report.summary)));
    return out.empty() ? out : "\n" + out;
}

std::string totals(const RunReport& report) {
    const Summary& s = report.summary;
    const auto count = [&](const char* metric) { return static_cast<std::int64_t>(one(s, metric)); };
    std::string out =
        fmt::format("Totals: {} arrived. {} {}", counted(count("arrived"), "change", "changes"),
                    ejections_text(count("ejections"), count("ejections_own_defect") + count("ejections_clash"),
                                   count("innocent_ejections"), count("innocents_landed")) +
                        ejection_causes_text(s),
                    ends_text(s));
    out += fmt::format(" {} ran; {} threw {} away.", counted(count("builds"), "build", "builds"),
                       counted(count("gate_resets"), "reset", "resets"),
                       counted(count("builds_reset"), "build", "builds"));
    out += fmt::format(" {} of {} machine hours were for nothing{}.", fixed(one(s, "node_hours_wasted"), 1),
                       fixed(one(s, "node_hours"), 1), waste_causes_text(s));
    if (s.values[*find_metric("changes_held")].front())
        out +=
            fmt::format(" {} held by a freeze or a pause, for {} h together.",
                        counted(count("changes_held"), "change was", "changes were"), fixed(one(s, "hours_held"), 1));
    if (s.values[*find_metric("cost")].front())
        out += fmt::format(" Nodes cost {} USD in all.", fixed(one(s, "cost"), 2));
    if (s.values[*find_metric("landing_time_s.mean")].front()) {
        out += fmt::format(" From entering to landing a change took {} on average; nine of ten took {} at most.",
                           length_text(from_seconds(one(s, "landing_time_s.mean"))),
                           length_text(from_seconds(one(s, "landing_time_s.p90"))));
    }
    return wrap(out, 80, 2) + "\n";
}

/// One unit for all statistics of a family, so that p50 and p95 are read side by side.
PrintUnit unit_in_table(const Summary& s, const Metric& metric) {
    std::vector<double> sizes;
    for (std::size_t m = 0; m < metrics().size(); ++m)
        if (metrics()[m].family == metric.family && metrics()[m].level == MetricLevel::headline)
            sizes.push_back(s.estimates[m].mean.value_or(0));
    return print_unit(metric.unit, sizes);
}

std::string table(const RunReport& report, const Painter& paint) {
    const Summary& s = report.summary;
    std::vector<std::array<std::string, 3>> rows = {
        {"metric", s.replications > 1 ? fmt::format("mean (95 % interval, n = {})", s.replications) : "value", "what"}};
    for (std::size_t m = 0; m < metrics().size(); ++m) {
        const Metric& metric = metrics()[m];
        if (metric.level != MetricLevel::headline || !s.estimates[m].mean) continue;
        std::string value = text(s.estimates[m], unit_in_table(s, metric));
        if (s.estimates[m].n < s.replications) value += fmt::format(" (n = {})", s.estimates[m].n);
        rows.push_back({metric.name, value, metric.brief});
    }
    std::size_t name = 20, value = 29;
    for (const auto& row : rows) {
        name = std::max(name, display_width(row[0]));
        value = std::max(value, display_width(row[1]));
    }
    // What does not fit goes: first the gaps, then the words, which `describe` has.
    std::size_t words = 0;
    for (const auto& row : rows) words = std::max(words, display_width(row[2]));
    const bool with_words = name + 2 + value + 2 + words <= 80;
    std::string out;
    for (const auto& row : rows) {
        std::string line = padded(row[0], name + 2) + (with_words ? padded(row[1], value + 2) + row[2] : row[1]);
        out += (&row == &rows.front() ? paint(line, Style::faint) : line) + "\n";
    }
    return out;
}

std::string warnings(const Summary& summary, const Painter& paint) {
    std::string out;
    for (const Warning& w : summary.warnings) out += wrap(paint("! ", Style::bad) + w.text, 80, 2) + "\n";
    return out;
}

std::string expectations(const std::vector<Checked>& list, const Painter& paint) {
    std::string out;
    for (const Checked& c : list) {
        const std::string mark = c.met ? paint("✓ met   ", Style::good) : paint("✗ missed", Style::bad);
        out += fmt::format("{} {} (it is {})\n", mark, c.expectation->text, c.value);
    }
    return out.empty() ? out : "Expectations\n" + out;
}

std::string files_and_next(const RunReport& report, bool machine) {
    // In the file: nothing that says where it is or how the program was called.
    if (!machine) return fmt::format("Again    gatesim {}\n", report.again);
    std::string out = fmt::format("Files    {}/\nAgain    {} {}\n", report.directory, called_as(), report.again);
    const auto& replications = report.result.replications;
    if (replications.empty()) return out;
    const std::string next = called_as() + " ";
    const std::string& example = replications.front().example;
    out += "\nNext\n";
    if (!example.empty()) {
        out += fmt::format("  {}explain {}{}\n      everything that happened to that change, and why\n", next,
                           shell_quoted(example),
                           report.directory.rfind("out/", 0) == 0 ? "" : " --run " + shell_quoted(report.directory));
    }
    const char* other = report.summary.strategy == "serial" ? "zuul" : "serial";
    out += fmt::format("  {}run {} --strategy {}\n      the same changes and the same luck under another strategy\n",
                       next, shell_quoted(report.scenario_path), other);
    out += fmt::format(
        "  {}describe waste_share\n      what a number means; also: metrics, tables, strategies, words\n", next);
    return out;
}

std::string speed(const Summary& s) {
    return fmt::format("{} events in {:.1f} s, {:.0f} MiB\n", s.events, s.wall_s, s.peak_rss_mib);
}

std::string make(const RunReport& report, const Painter& paint, bool machine) {
    std::string out = heading(report, paint, machine) + "\n";
    const bool told = report.summary.replications == 1 && !report.result.replications.front().story.empty();
    if (told)
        out += story(report, paint) + "\n" + totals(report);
    else
        out += table(report, paint) + causes(report);
    for (const std::string& part :
         {warnings(report.summary, paint), expectations(report.expectations, paint), report.evidence}) {
        if (!part.empty()) out += fmt::format("\n{}", part);
    }
    out += fmt::format("\n{}", files_and_next(report, machine));
    return machine ? fmt::format("{}\n{}", out, paint(speed(report.summary), Style::faint)) : out;
}

bool holds(double value, const std::string& comparison, double bound) {
    if (comparison == "<") return value < bound;
    if (comparison == "<=") return value <= bound;
    if (comparison == ">") return value > bound;
    if (comparison == ">=") return value >= bound;
    return value == bound;
}

}  // namespace

std::vector<Checked> check_expectations(const Scenario& scenario, const Summary& summary) {
    std::vector<Checked> out;
    for (const Expectation& e : scenario.expect) {
        const auto metric = find_metric(e.metric);
        const Estimate estimate = metric ? summary.estimates[*metric] : Estimate{};
        const bool met = estimate.mean && holds(*estimate.mean, e.comparison, e.bound);
        out.push_back({&e, met, metric ? text(estimate, metrics()[*metric].unit) : "unknown"});
    }
    return out;
}

std::string terminal_text(const RunReport& report) {
    return make(report, {true}, true);
}
std::string file_text(const RunReport& report) {
    return make(report, {false}, false);
}

}  // namespace gatesim
