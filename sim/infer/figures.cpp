#include "infer/figures.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "infer/statistics.hpp"
#include "measure/interval.hpp"
#include "measure/ranks.hpp"

namespace gatesim::infer {

namespace {

std::string listed(const std::vector<std::string>& parts) {
    std::string out;
    for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
    return out;
}

std::string counted(std::size_t n, const char* what) {
    return n == 0 ? "" : fmt::format("{} {}", n, what);
}

std::string dropped_of(const JobRuns& runs) {
    std::vector<std::string> parts;
    for (const std::string& part :
         {counted(runs.skipped, "skipped"), counted(runs.never_started, "never started"),
          counted(runs.inherited, "copied from the attempt before"), counted(runs.lost, "without a result")})
        if (!part.empty()) parts.push_back(part);
    return listed(parts);
}

class Lines {
public:
    void add(std::string name, std::string unit, const Value& value, std::string method, std::string dropped = {}) {
        out_.push_back({std::move(name), std::move(unit), value, std::move(method), std::move(dropped)});
    }
    std::vector<Figure> take() { return std::move(out_); }

private:
    std::vector<Figure> out_;
};

void add_duration(Lines& lines, const JobEstimate& j, const std::string& path) {
    const Durations& d = j.durations;
    const std::string stopped = counted(j.runs.stopped.size(), "stopped ones count as longer");
    if (d.empirical.empty() && !d.law) {
        lines.add(path + "/duration", "s", {0, std::nullopt, std::nullopt, j.runs.passed.size()},
                  "fewer than two successes: not in the scenario", dropped_of(j.runs));
        return;
    }
    std::string method = d.empirical.empty() ? "median of a log-normal law" : "median, as measured";
    if (d.with_failures) method += "; failures too, they are as long";
    if (!stopped.empty()) method += "; " + stopped;
    if (d.informative) method += "; more than a fifth superseded, so less sure than the interval says";
    lines.add(path + "/duration", "s", d.median, method, dropped_of(j.runs));
    if (d.law) lines.add(path + "/sigma", "", d.law->sigma, "spread of the logarithm, log-normal law");
    if (d.failure_share)
        lines.add(path + "/failure_length", "", *d.failure_share, "length of failures over the median of successes");
    else if (!j.runs.failed.empty())
        lines.add(path + "/failure_length", "", {1, std::nullopt, std::nullopt, j.runs.failed.size()},
                  "fewer than ten failures: as long as successes");
    if (j.drift().between.n > 0)
        lines.add(
            path + "/drift", "share", j.drift().between,
            fmt::format("variance of log lengths between {}: {}", j.by_block.drifts() ? "blocks of six hours" : "days",
                        j.drift().drifts()
                            ? "it drifts, so lengths have a scale by time, and the median is that of scale 1"
                            : "no scale by time needed"));
}

void add_reds(Lines& lines, const JobEstimate& j, const std::string& path) {
    const std::string spells = j.in_spells == 0 ? "" : fmt::format("{} in hours of trouble", j.in_spells);
    const Counts& c = j.states.counts;
    if (c.firsts == 0) return;
    const std::string how = j.states.bounds ? "nobody repeated a run: between none and all of what is red"
                            : j.from_stays  ? fmt::format("{} of {} red; {} of {} passed in a later group of the stay",
                                                          c.red, c.firsts, c.passed, c.again)
                                            : fmt::format("{} of {} states red at first; {} of {} repeated runs passed",
                                                          c.red, c.firsts, c.passed, c.again);
    lines.add(path + "/flake", "share", j.flake, how, spells);
    const Counts& own = j.changes.counts;
    lines.add(path + "/defect", "share", j.defect,
              fmt::format("{} of {} changes that ran it red at first, all ahead of them good", own.red, own.firsts),
              spells);
    if (j.no_result.value > 0) lines.add(path + "/no_result", "share", j.no_result, "runs without a result");
    for (const Spell& s : j.spells)
        lines.add(path + "/trouble", "s", {seconds(s.to - s.from), std::nullopt, std::nullopt, s.changes},
                  "red for so many changes at once that chance does not explain it");
}

void add_job(Lines& lines, const import::Records& records, const Inference& in, const JobEstimate& j) {
    const std::string path = "jobs/" + j.name;
    add_duration(lines, j, path);
    add_reds(lines, j, path);
    if (j.waits_as_it_did)
        lines.add(
            path + "/wait", "s", {nearest_rank(j.waits, 50), std::nullopt, std::nullopt, j.waits.size()},
            fmt::format("median from ready to started; nine of ten within {}", shown(nearest_rank(j.waits, 90), "s")));
    if (!j.used)
        lines.add(path + "/runs_in", "share", j.runs_in, "share of the whole tests: not in the scenario");
    else if (j.runs_in.value < 1)
        lines.add(path + "/runs_in", "share", j.runs_in, "share of the whole tests; here it runs in all");
    if (const auto needs = in.graph.needs.find(j.job); needs != in.graph.needs.end()) {
        std::vector<std::string> names;
        for (const auto job : needs->second) names.push_back(records.texts[job]);
        std::sort(names.begin(), names.end());
        lines.add(path + "/needs", "",
                  {static_cast<double>(names.size()), std::nullopt, std::nullopt, j.runs.executed()},
                  "waits for " + listed(names));
    }
}

void add_queue(Lines& lines, const Inference& in, const Choices& choices) {
    const Configuration& c = choices.configuration;
    const auto most = static_cast<double>(in.window.most);
    if (c.window)
        lines.add("window", "",
                  {static_cast<double>(*c.window), static_cast<double>(*c.window), static_cast<double>(*c.window), 1},
                  "the forge's configuration");
    else if (in.window.most > 0)
        lines.add("window", "", {most, most, in.window.limited ? std::optional(most) : std::nullopt, in.tests},
                  fmt::format("most groups under test at once, {:.0f} % of the busy time{}", 100 * in.window.at_most,
                              in.window.limited ? ", with more waiting" : ", and nobody waited: at least"));
    if (in.leaving.known())
        lines.add("red_waits", "share", in.leaving.waits,
                  fmt::format("red entries that were still there five minutes later, with somebody ahead: {}; gone "
                              "before those ahead: {}. evict is {}",
                              in.leaving.waited, in.leaving.at_once,
                              in.leaving.leaves_at_once() ? "any-red" : "the strategy's default"));
    const Stays& s = in.stays;
    lines.add("ejected", "share", s.ejected, "of the stays that ended");
    lines.add("conflict", "share", s.conflict, "ejected for a conflict");
    lines.add("withdrawn", "share", s.withdrawn, "taken out by people; not in the scenario");
    lines.add("comes_back", "share", s.came_back, "enqueued again after an ejection",
              "ejections of the last tenth of the time");
    if (s.back_after.n >= 2) lines.add("comes_back/after", "s", s.back_after, "median of a log-normal law");
    if (s.stay.n >= 2) lines.add("stay", "s", s.stay, "of landed ones, median of a log-normal law");
    lines.add("waiting_at_start", "",
              {static_cast<double>(s.waiting.size()), std::nullopt, std::nullopt, s.waiting.size()},
              "enqueued before the period, gone after its start");
}

}  // namespace

std::vector<Figure> figures_of(const import::Records& records, const Inference& in, const Choices& choices) {
    Lines lines;
    for (const JobEstimate& j : in.jobs) add_job(lines, records, in, j);
    {
        const Counts& c = in.changes.counts;
        lines.add("defect", "share", in.defect,
                  fmt::format("{} of {} changes red at first in a voting job, {} of {} passed when repeated", c.red,
                              c.firsts, c.passed, c.again));
    }
    if (in.graph.explained.n > 0)
        lines.add("graph", "share", in.graph.explained, "starts that the needs explain within a minute");
    for (const auto& [label, pool] : in.pools) {
        const std::string path = "pools/" + (label == 0 ? "default" : records.texts[label]);
        const auto nodes = static_cast<double>(pool.nodes);
        lines.add(path + "/nodes", "", {nodes, nodes, pool.limited ? std::optional(nodes) : std::nullopt, pool.runs},
                  pool.limited ? fmt::format("taken while others waited, {:.0f} % of the busy time", 100 * pool.waited)
                               : "not limited: so many ran at once, at least");
        if (pool.boot.n >= 5)
            lines.add(path + "/boot", "s", pool.boot, "from asked for to started where machines were free");
    }
    add_queue(lines, in, choices);
    lines.add("arrivals", "per h", in.arrivals.rate, "changes that come for the first time");
    if (in.arrivals.dispersion.n > 0)
        lines.add(
            "arrivals/dispersion", "", in.arrivals.dispersion,
            in.arrivals.by_hour_of_week.empty()
                ? "variance over mean of hourly counts; less than two days, so no profile"
            : in.arrivals.daily
                ? "variance over mean of hourly counts around the profile of the day; less than two weeks, so none "
                  "of the week"
                : "variance over mean of hourly counts around the profile of the week");
    return lines.take();
}

std::string shown(double value, const std::string& unit) {
    if (unit == "share") return fmt::format("{:.3g} %", 100 * value);
    if (unit == "s") return text(value, "s");
    if (unit.empty()) return fmt::format("{:.4g}", value);
    return fmt::format("{:.3g} {}", value, unit);
}

std::string shown_interval(const Figure& figure) {
    const Value& v = figure.value;
    if (!v.low && !v.high) return "";
    constexpr double kFar = 1000;  // times the value: two lengths that differ say as good as nothing
    if (v.high && v.value > 0 && *v.high > kFar * v.value) return "as good as anything";
    if (!v.high) return shown(*v.low, figure.unit) + " and more";
    if (!v.low) return "at most " + shown(*v.high, figure.unit);
    return fmt::format("{} to {}", shown(*v.low, figure.unit), shown(*v.high, figure.unit));
}

}  // namespace gatesim::infer
