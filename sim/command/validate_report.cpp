#include "command/validate_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "command/report_text.hpp"
#include "load/when.hpp"

namespace gatesim {

namespace {

using validate::Scores;
using validate::Slice;

std::string share(double value) {
    return fmt::format("{:.0f} %", 100 * value);
}
std::string plain(double value) {
    return fmt::format("{:.2f}", value);
}
std::string thousandths(double value) {
    return fmt::format("{:.3f}", value);
}
std::string minutes(double value) {
    return fmt::format("{:.0f} min", value / 60);
}

std::string row(const std::string& what, const std::string& kind, const std::vector<std::string>& cells) {
    std::string out = filled_up("  " + what, 28) + filled_up(kind, 10);
    for (const std::string& cell : cells) out += filled_up(cell, 10);
    return without_blanks(out) + "\n";
}

/// One row a figure: what was seen, and what the model and the two trivial ones say.
std::string part_text(const Scores& model, const Scores& constant, const Scores& free, const char* kind) {
    std::string out;
    const auto three = [&](const char* what, std::string (*text)(double), double Scores::*value) {
        out += row(what, kind, {"", text(model.*value), text(constant.*value), text(free.*value)});
    };
    const auto seen = [&](const char* what, std::string (*text)(double), double Scores::*real, double Scores::*value) {
        out += row(what, kind, {text(model.*real), text(model.*value), text(constant.*value), text(free.*value)});
    };
    seen("queue, mean over time", plain, &Scores::queue_seen, &Scores::queue_said);
    three("  mean absolute error", plain, &Scores::queue_mae);
    three("  bias", plain, &Scores::bias);
    three("  correlation", plain, &Scores::correlation);
    out += row("  instants in the 90 % band", kind, {"", share(model.band_cover), "-", "-"});
    out += row("  width of the band, mean", kind, {"", plain(model.band_width), "-", "-"});
    three("departures within 30 min", share, &Scores::within_30min);
    out += row("  in the 90 % interval", kind, {"", share(model.interval_met), "-", "-"});
    out += row("  width of it, median", kind, {"", minutes(model.interval_width), "-", "-"});
    three("  lateness, median", minutes, &Scores::lateness);
    out += row("ejected", kind, {share(model.ejected_seen), share(model.ejected_said), "-", "-"});
    out += row("  Brier score", kind, {"", plain(model.brier), plain(model.brier_rate), plain(model.brier_rate)});
    seen("one stay, median", minutes, &Scores::stay_p50_seen, &Scores::stay_p50_said);
    seen("one stay, 90 %", minutes, &Scores::stay_p90_seen, &Scores::stay_p90_said);
    three("  off (CRPS of logarithm)", thousandths, &Scores::length_crps);
    out += row("landings a day", kind, {plain(model.landed_a_day_seen), plain(model.landed_a_day_said), "-", "-"});
    return out;
}

std::string date(const ValidateReport& report, Time time) {
    return format_when(report.record.origin + time);
}

/// "Training time: 99 instants, 90 departures", and a line for each of the first stretches.
std::string spans_text(const ValidateReport& report, const char* name, const validate::Spans& spans,
                       const Scores& scores) {
    constexpr std::size_t kShown = 3;
    std::string out = fmt::format("\n{} time: {} instants, {} departures\n", name, scores.instants, scores.departures);
    for (std::size_t i = 0; i < std::min(kShown, spans.list.size()); ++i)
        out += fmt::format("  {} .. {}\n", date(report, spans.list[i].from),
                           date(report, std::min(spans.list[i].to, report.record.length)));
    if (spans.list.size() > kShown) out += fmt::format("  and {} more stretches\n", spans.list.size() - kShown);
    return out;
}

std::string slices_text(const ValidateReport& report) {
    std::string out = "\nBy day (test time): seen and said, means\n";
    for (const Slice& day : report.days)
        out +=
            fmt::format("  {}  {:>6.2f} {:>6.2f}  {:+.2f}\n", date(report, std::max<Time>(0, day.from)).substr(0, 10),
                        day.seen, day.said, day.said - day.seen);
    out += "By hour of the day, UTC (test time): said minus seen";
    for (std::size_t i = 0; i < report.hours.size(); ++i)
        out += fmt::format("{}{:>02} h {:+5.1f}", i % 6 == 0 ? "\n  " : "   ", report.hours[i].from / kHour,
                           report.hours[i].said - report.hours[i].seen);
    out += "\nThe worst stretches of three hours\n";
    for (const Slice& slice : report.worst)
        out += fmt::format("  {}  seen {:>5.1f}, said {:>5.1f}; {} came, {} left\n", date(report, slice.from),
                           slice.seen, slice.said, slice.came, slice.left);
    return out;
}

std::string finder_text(const ValidateReport& report) {
    if (report.tried.empty()) return "";
    std::string out = "\nStrategies, nearest to the queue in training time first (mean absolute error)\n";
    out += row("", "", {"training", "test", "30 min", "band"});
    for (const Tried& tried : report.tried)
        out += row(tried.label, "",
                   {plain(tried.scores.train.queue_mae), plain(tried.scores.test.queue_mae),
                    share(tried.scores.test.within_30min), share(tried.scores.test.band_cover)});
    return out;
}

}  // namespace

double ValidateReport::trivial_mae(bool of_test) const {
    return of_test ? std::min(constant.test.queue_mae, free.test.queue_mae)
                   : std::min(constant.train.queue_mae, free.train.queue_mae);
}

const Scores& ValidateReport::trivial_lengths() const {
    return constant.test.length_crps < free.test.length_crps ? constant.test : free.test;
}

namespace {

std::string verdict_text(const ValidateReport& report) {
    const Scores& test = report.model.test;
    const char* const verdict = validate::verdict_name(report.verdict);
    const auto more = [](double model, double trivial) {
        return trivial > 0 ? fmt::format(" ({:+.0f} %).\n", 100 * (model / trivial - 1)) : ".\n";
    };
    if (!validate::mostly_empty(test))
        return fmt::format(
                   "\nThe model {}: in test time the queue is {:.2f} off on\naverage, with the better of the two "
                   "trivial "
                   "models {:.2f}",
                   verdict, test.queue_mae, report.trivial_mae(true)) +
               more(test.queue_mae, report.trivial_mae(true));
    const Scores& trivial = report.trivial_lengths();
    const validate::Gain nearer = validate::gain(test, trivial);
    return fmt::format(
               "\nHardly ever anybody waits ({:.2g} in the queue on average), so the verdict goes by how long "
               "single\nstays "
               "last, not by the queue. The model {}: in test time\nlengths are {:.3f} off (CRPS of logarithms), with "
               "the "
               "better of the two trivial models {:.3f}",
               test.queue_seen, verdict, test.length_crps, trivial.length_crps) +
           more(test.length_crps, trivial.length_crps) +
           fmt::format("The difference is {:.4f} ± {:.4f} (95 %).\n", nearer.value, nearer.half_width);
}

}  // namespace

std::string validate_text(const ValidateReport& report) {
    const std::vector<std::string> head = {"seen", "model", "const stay", "M/G/inf"};
    std::string out = fmt::format("{} beside {}: {} stays, {} replications\n", report.scenario, report.folder,
                                  report.record.stays.size(), report.replications);
    out += spans_text(report, "Training", report.train, report.model.train) + row("", "", head);
    out += row("enqueued", "input", {fmt::format("{}", report.record.stays.size())});
    out += part_text(report.model.train, report.constant.train, report.free.train, "fitted");
    out += spans_text(report, "Test", report.test, report.model.test) + row("", "", head);
    out += part_text(report.model.test, report.constant.test, report.free.test, "predicted");
    const auto recorded = [](double value, int digits) {
        return value > 0 ? fmt::format("{:.{}f}", value, digits) : std::string("-");
    };
    out += "\nAll the time (as far as it was recorded)\n";
    out += row("tests for each stay", "", {recorded(report.record.tests_per_stay, 2), plain(report.tests_per_stay)});
    out += row("builds", "", {"", fmt::format("{:.0f}", report.builds)});
    out += row("node hours", "", {recorded(report.record.node_hours, 0), fmt::format("{:.0f}", report.node_hours)});
    out += slices_text(report) + finder_text(report);
    out += verdict_text(report);
    out += fmt::format("Again: {}\n", report.again);
    return out;
}

}  // namespace gatesim
