#include "command/run_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "command/terminal.hpp"
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

std::size_t columns(const std::string& text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string padded(const std::string& text, std::size_t width) {
    const std::size_t used = columns(text);
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
            "A gate tests every change on top of those ahead of it, as if they had landed already. What one of "
            "them breaks is thrown away behind it. In brackets stands what is really so, which no gate can know.",
            80, 0) +
        "\n\n";
    out += paint(report.scenario.period.has_start ? "When            What" : "h:mm:ss  What", Style::faint) + "\n";
    return out + story_text(report.result.replications.front().story, report.scenario.period);
}

std::string totals(const RunReport& report) {
    const Summary& s = report.summary;
    const ReplicationRecord& r = report.result.replications.front();
    const auto count = [&](const char* metric) { return static_cast<std::int64_t>(one(s, metric)); };
    std::string out = fmt::format("Totals: {} arrived: {} landed, {} ejected, {} withdrawn, {} in flight.",
                                  counted(count("arrived"), "change", "changes"), count("landed"), count("ejected"),
                                  count("withdrawn"), count("in_flight"));
    if (count("innocent_ejections") > 0) {
        out += fmt::format(" {} hit a change that was not at fault.",
                           counted(count("innocent_ejections"), "ejection", "ejections"));
    }
    out += fmt::format(" {} ran; {} threw {} away.", counted(count("builds"), "build", "builds"),
                       counted(count("gate_resets"), "reset", "resets"),
                       counted(static_cast<std::int64_t>(r.builds_reset), "build", "builds"));
    out += fmt::format(" {} of {} machine hours were for nothing.", fixed(one(s, "node_hours_wasted"), 1),
                       fixed(one(s, "node_hours"), 1));
    if (s.values[*find_metric("landing_time_s.mean")].front()) {
        out += fmt::format(" From entering to landing a change took {} on average, {} at most in nine of ten.",
                           length_text(from_seconds(one(s, "landing_time_s.mean"))),
                           length_text(from_seconds(one(s, "landing_time_s.p90"))));
    }
    return wrap(out, 80, 2) + "\n";
}

std::string table(const RunReport& report, const Painter& paint) {
    const Summary& s = report.summary;
    const std::string head = s.replications > 1 ? fmt::format("mean (95 % interval, n = {})", s.replications) : "value";
    std::string out = paint(padded("metric", 22) + padded(head, 31) + "what", Style::faint) + "\n";
    for (std::size_t m = 0; m < metrics().size(); ++m) {
        const Metric& metric = metrics()[m];
        if (metric.level != MetricLevel::headline || !s.estimates[m].mean) continue;
        std::string value = text(s.estimates[m], metric.unit);
        if (s.estimates[m].n < s.replications) value += fmt::format(" (n = {})", s.estimates[m].n);
        out += padded(metric.name, 22) + padded(value, 31) + metric.brief + "\n";
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
    out += fmt::format("  {}describe waste_share\n      what a number means; also: tables, strategies, words\n", next);
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
        out += table(report, paint);
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
