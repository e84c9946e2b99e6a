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
std::string minutes(double value) {
    return fmt::format("{:.0f} min", value / 60);
}

std::string row(const std::string& what, const std::string& kind, const std::vector<std::string>& cells) {
    std::string out = filled_up("  " + what, 34) + filled_up(kind, 11);
    for (const std::string& cell : cells) out += filled_up(cell, 12);
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
    out += row("landings a day", kind, {plain(model.landed_a_day_seen), plain(model.landed_a_day_said), "-", "-"});
    return out;
}

std::string date(const ValidateReport& report, Time time) {
    return format_when(report.record.origin + time);
}

std::string spans_text(const ValidateReport& report, const validate::Spans& spans) {
    std::string out;
    for (const validate::Span& span : spans.list) {
        const Time end = std::min(span.to, report.record.length);
        out += fmt::format("{}{} .. {}", out.empty() ? "" : ", ", date(report, span.from), date(report, end));
        if (spans.list.size() > 3) return fmt::format("{} stretches, the first {}", spans.list.size(), out);
    }
    return out;
}

std::string slices_text(const ValidateReport& report) {
    std::string out = "\nBy day (test time): seen and said, means\n";
    for (const Slice& day : report.days)
        out +=
            fmt::format("  {}  {:>6.2f} {:>6.2f}  {:+.2f}\n", date(report, std::max<Time>(0, day.from)).substr(0, 10),
                        day.seen, day.said, day.said - day.seen);
    out += "By hour of the day, UTC (test time): said minus seen\n ";
    for (const Slice& hour : report.hours)
        out += fmt::format(" {:02}:{:+.1f}", hour.from / kHour, hour.said - hour.seen);
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

std::string validate_text(const ValidateReport& report) {
    const std::vector<std::string> head = {"seen", "model", "const stay", "M/G/inf"};
    std::string out = fmt::format("{} beside {}: {} stays, {} replications\n\n", report.scenario, report.folder,
                                  report.record.stays.size(), report.replications);
    out += fmt::format("Training time: {}\n", spans_text(report, report.train));
    out += row(fmt::format("{} instants, {} departures", report.model.train.instants, report.model.train.departures),
               "", head);
    out += row("enqueued", "input", {fmt::format("{}", report.record.stays.size())});
    out += part_text(report.model.train, report.constant.train, report.free.train, "fitted");
    out += fmt::format("\nTest time: {}\n", spans_text(report, report.test));
    out += row(fmt::format("{} instants, {} departures", report.model.test.instants, report.model.test.departures), "",
               head);
    out += part_text(report.model.test, report.constant.test, report.free.test, "predicted");
    const auto recorded = [](double value, int digits) {
        return value > 0 ? fmt::format("{:.{}f}", value, digits) : std::string("-");
    };
    out += "\nAll the time (as far as it was recorded)\n";
    out += row("tests for each stay", "", {recorded(report.record.tests_per_stay, 2), plain(report.tests_per_stay)});
    out += row("builds", "", {"", fmt::format("{:.0f}", report.builds)});
    out += row("node hours", "", {recorded(report.record.node_hours, 0), fmt::format("{:.0f}", report.node_hours)});
    out += slices_text(report) + finder_text(report);
    const double trivial = report.trivial_mae(true), mae = report.model.test.queue_mae;
    out += fmt::format(
        "\nThe model {}: in test time the queue is {:.2f} off on average, with the better of\nthe two trivial models "
        "{:.2f} ({:+.0f} %).\nagain: {}\n",
        validate::verdict_name(report.verdict), mae, trivial, trivial > 0 ? 100 * (mae / trivial - 1) : 0,
        report.again);
    return out;
}

}  // namespace gatesim
