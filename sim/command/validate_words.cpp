#include "command/validate_words.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "command/validate_rows.hpp"
#include "load/when.hpp"
#include "measure/interval.hpp"
#include "model/shell_quoted.hpp"

namespace gatesim {

namespace {

constexpr double kLonger = 1.5, kMore = 2;  ///< times as long, and as many, as usual

std::string counted(std::size_t n, const char* one, const char* many) {
    return fmt::format("{} {}", n, n == 1 ? one : many);
}

/// "so it is 57 % nearer".
std::string nearer(double mae, double trivial) {
    return percent(1 - mae / trivial);
}

/// Why a model that is nearer than the trivial ones does not predict.
std::string what_is_missing(const ValidateReport& report) {
    const validate::Scores& test = report.model.test;
    const double trivial = report.trivial_mae(true);
    std::vector<std::string> missing;
    if (test.queue_mae > (1 - validate::kBetterBy) * trivial)
        missing.push_back(fmt::format("it would have to be {} nearer, not {}", percent(validate::kBetterBy),
                                      nearer(test.queue_mae, trivial)));
    if (test.band_cover < validate::kCovered)
        missing.push_back(fmt::format("its 90 % band would have to hold {} of the instants, not {}",
                                      percent(validate::kCovered), percent(test.band_cover)));
    return fmt::format(" To predict, {}.", fmt::join(missing, ", and "));
}

}  // namespace

std::string verdict_words(const ValidateReport& report) {
    using validate::Verdict;
    const validate::Scores& test = report.model.test;
    const double trivial = report.trivial_mae(true);
    const char* begin = report.verdict == Verdict::predicts   ? "The model predicts this queue"
                        : report.verdict == Verdict::explains ? "The model explains this queue, but does not predict it"
                                                              : "The model does not beat the trivial model";
    if (validate::mostly_empty(test)) {
        const validate::Scores& other = report.trivial_lengths();
        const validate::Gain gained = validate::gain(test, other);
        return fmt::format(
            "{}: hardly ever anybody waits ({:.2g} in the queue on average), so the lengths of single stays decide. In "
            "test "
            "time they are {:.3f} off (CRPS of logarithms), and with the better of two models that know nothing of "
            "queues "
            "{:.3f}; the difference is {:.4f} ± {:.4f} (95 %).",
            begin, test.queue_seen, test.length_crps, other.length_crps, gained.value, gained.half_width);
    }
    std::string out = fmt::format(
        "{}: in test time it is {:.2f} changes off on average, and the better of two models that know nothing of "
        "queues {:.2f}",
        begin, test.queue_mae, trivial);
    if (report.verdict != Verdict::no_better)
        out += fmt::format(", so it is {} nearer", nearer(test.queue_mae, trivial));
    out += fmt::format(
        ". {} of the instants lie within its 90 % band, and {} of the departures come within 30 minutes of what it "
        "says.",
        percent(test.band_cover), percent(test.within_30min));
    return report.verdict == Verdict::explains ? out + what_is_missing(report) : out;
}

std::string special_words(const validate::Special& s, const validate::Slice& slice) {
    std::vector<std::string> said;
    if (s.left == 0 && slice.seen >= 1)
        said.emplace_back("Nobody left, though some waited: was the queue held, or were the machines away?");
    const auto of_left = [&](std::size_t n, const char* what) {
        if (n > 0 && 2 * n >= s.left)
            said.push_back(n == s.left ? fmt::format("All {} that left {}.", n, what)
                                       : fmt::format("{} of the {} that left {}.", n, s.left, what));
    };
    of_left(s.late, "did so more than 2 h after the model's time");
    of_left(s.early, "did so more than 2 h before the model's time");
    of_left(s.ejected, s.ejected == 1 ? "was ejected" : "were ejected");
    if (s.test && s.usual_test && *s.usual_test > 0 &&
        (*s.test > kLonger * *s.usual_test || *s.test * kLonger < *s.usual_test))
        said.push_back(
            fmt::format("Tests took {} (median), where {} is usual.", in_minutes(*s.test), in_minutes(*s.usual_test)));
    const auto many = [&](std::size_t n, double usual, const char* what) {
        if (n >= 3 && static_cast<double>(n) > kMore * usual)
            said.push_back(fmt::format("{:.1f} times as many {} as usual.", static_cast<double>(n) / usual, what));
    };
    many(s.came, s.usual_came, "came");
    many(s.left, s.usual_left, "left");
    if (said.empty()) said.emplace_back("Nothing that these tables tell.");
    return fmt::format("{}", fmt::join(said, " "));
}

std::vector<std::string> unrecorded_words(const ValidateReport& report) {
    const validate::Recorded& r = report.record.recorded;
    std::vector<std::string> out;
    if (r.between > 0)
        out.push_back(
            fmt::format("When exactly changes left: {} of {} are known between two looks only, half of these at least "
                        "{} apart. Any time between the two counts as right.",
                        r.between, counted(report.record.stays.size() - r.open, "departure", "departures"),
                        text(r.between_width, "s")));
    if (r.over_before > 0)
        out.push_back(fmt::format("What came before: {} over before the period begins, and left out.",
                                  r.over_before == 1 ? "1 stay was" : fmt::format("{} stays were", r.over_before)));
    if (r.open > 0)
        out.push_back(fmt::format("How {} ended: there is no departure.", counted(r.open, "stay", "stays")));
    if (r.withdrawn > 0)
        out.push_back(fmt::format("Why {} left without landing or being ejected. In the model nobody withdraws.",
                                  counted(r.withdrawn, "change", "changes")));
    if (r.runs == 0)
        out.push_back(fmt::format(
            "What ran: {} has no runs.csv, so tests, node hours and slow machines have nothing to be compared with. "
            "Infer leaves runs.csv where it found it: validate that folder, with this scenario as --scenario, and it "
            "will be read.",
            report.folder));
    if (r.timeless > 0)
        out.push_back(fmt::format("When {} of {} began or ended. They add nothing to the node hours.", r.timeless,
                                  counted(r.runs, "run", "runs")));
    if (r.stopped > 0)
        out.push_back(
            fmt::format("How long {} would have taken: they were stopped, or still ran when the record was "
                        "taken. Their tests do not count where lengths of tests are compared.",
                        counted(r.stopped, "run", "runs")));
    return out;
}

std::string moment_words(const ValidateReport& report, Time since_start) {
    return format_when(report.record.origin + since_start);
}

std::vector<std::string> span_words(const ValidateReport& report, const validate::Spans& spans) {
    constexpr std::size_t kShown = 3;
    std::vector<std::string> out;
    for (std::size_t i = 0; i < std::min(kShown, spans.list.size()); ++i)
        out.push_back(fmt::format("{} to {}", moment_words(report, spans.list[i].from),
                                  moment_words(report, std::min(spans.list[i].to, report.record.length))));
    if (spans.list.size() > kShown) out.push_back(fmt::format("and {} more stretches", spans.list.size() - kShown));
    return out;
}

}  // namespace gatesim
