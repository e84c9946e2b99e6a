#include "command/validate_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "command/report_text.hpp"
#include "command/validate_rows.hpp"
#include "load/when.hpp"

namespace gatesim {

namespace {

using validate::Scores;
using validate::Slice;

constexpr std::size_t kWhat = 30, kKind = 10, kCell = 10;

std::string row(const std::string& what, const std::string& kind, const std::vector<std::string>& cells) {
    std::string out = filled_up("  " + what, kWhat) + filled_up(kind, kKind);
    for (const std::string& cell : cells) out += filled_up(cell, kCell);
    return without_blanks(out) + "\n";
}

/// One row a figure: what was seen, and what the model and the two trivial ones say.
std::string rows_text(const std::vector<ValidateRow>& rows) {
    std::string out;
    for (const ValidateRow& one : rows)
        out += row((one.detail ? "  " : "") + one.what, one.kind, {one.cells.begin(), one.cells.end()});
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
    for (std::size_t i = 0; i < report.worst.size(); ++i)
        out += fmt::format("  {}  seen {:>5.1f}, said {:>5.1f}; {} came, {} left\n", date(report, report.worst[i].from),
                           report.worst[i].seen, report.worst[i].said, report.special[i].came, report.special[i].left);
    return out;
}

std::string finder_text(const ValidateReport& report) {
    if (report.tried.empty()) return "";
    std::string out = "\nStrategies, nearest to the queue in training time first (mean absolute error)\n";
    out += row("", "", {"training", "test", "30 min", "band"});
    for (const Tried& tried : report.tried)
        out += row(tried.label, "",
                   {two_digits(tried.scores.train.queue_mae), two_digits(tried.scores.test.queue_mae),
                    percent(tried.scores.test.within_30min), percent(tried.scores.test.band_cover)});
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

bool ValidateReport::constant_is_better() const {
    return constant.test.queue_mae <= free.test.queue_mae;
}

std::string validate_text(const ValidateReport& report) {
    const std::vector<std::string> head = {"seen", "model", "const stay", "M/G/inf"};
    std::string out = fmt::format("{} beside {}: {} stays, {} replications\n", report.scenario, report.folder,
                                  report.record.stays.size(), report.replications);
    out += spans_text(report, "Training", report.train, report.model.train) + row("", "", head);
    out += rows_text(validate_rows(report, false));
    out += spans_text(report, "Test", report.test, report.model.test) + row("", "", head);
    out += rows_text(validate_rows(report, true));
    out += "\nAll the time (as far as it was recorded)\n" + rows_text(whole_rows(report));
    out += slices_text(report) + finder_text(report);
    out += verdict_text(report);
    out += fmt::format("Again: {}\n", report.again);
    return out;
}

}  // namespace gatesim
