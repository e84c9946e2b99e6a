#include "command/validate_rows.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "measure/interval.hpp"

namespace gatesim {

namespace {

using validate::Scores;
using Figure = double Scores::*;
using Text = std::string (*)(double);

/// Of one part of the time.
class Rows {
public:
    Rows(const ValidateReport& report, bool of_test)
        : kind_(of_test ? "predicted" : "fitted"),
          model_(of_test ? report.model.test : report.model.train),
          constant_(of_test ? report.constant.test : report.constant.train),
          free_(of_test ? report.free.test : report.free.train) {}

    const Scores& model() const { return model_; }
    /// What only the models have.
    void said(const char* what, bool detail, Text text, Figure figure) {
        add(what, detail, {"", text(model_.*figure), text(constant_.*figure), text(free_.*figure)});
    }
    void seen_and_said(const char* what, Text text, Figure seen, Figure figure) {
        add(what, false, {text(model_.*seen), text(model_.*figure), text(constant_.*figure), text(free_.*figure)});
    }
    /// What the trivial models do not say.
    void own(const char* what, bool detail, const std::string& seen, const std::string& model) {
        add(what, detail, {seen, model, "-", "-"});
    }
    void add(const char* what, bool detail, std::array<std::string, 4> cells) {
        list_.push_back({what, detail, kind_, std::move(cells)});
    }
    std::vector<ValidateRow> list() && { return std::move(list_); }

private:
    const char* kind_;
    const Scores &model_, &constant_, &free_;
    std::vector<ValidateRow> list_;
};

std::string three_digits(double value) {
    return fixed(value, 3);
}

}  // namespace

std::string percent(double share) {
    return fmt::format("{:.0f} %", 100 * share);
}

std::string two_digits(double value) {
    return fixed(value, 2);
}

bool no_end(double seconds) {
    return seconds > gatesim::seconds(kLongest) / 4;
}

std::string in_minutes(double seconds) {
    if (no_end(seconds)) return "no end";
    return fmt::format("{:.0f} min", seconds / 60);
}

std::vector<ValidateRow> validate_rows(const ValidateReport& report, bool of_test) {
    Rows rows(report, of_test);
    rows.seen_and_said("queue, mean over time", two_digits, &Scores::queue_seen, &Scores::queue_said);
    rows.said("mean absolute error", true, two_digits, &Scores::queue_mae);
    rows.said("bias", true, two_digits, &Scores::bias);
    rows.said("correlation", true, two_digits, &Scores::correlation);
    const Scores& model = rows.model();
    rows.own("instants in the 90 % band", true, "", percent(model.band_cover));
    rows.own("width of the band, mean", true, "", two_digits(model.band_width));
    rows.said("departures within 30 min", false, percent, &Scores::within_30min);
    rows.own("in the 90 % interval", true, "", percent(model.interval_met));
    rows.own("width of it, median", true, "", in_minutes(model.interval_width));
    rows.said("lateness, median", true, in_minutes, &Scores::lateness);
    rows.own("ejected", false, percent(model.ejected_seen), percent(model.ejected_said));
    rows.add("Brier score", true,
             {"", two_digits(model.brier), two_digits(model.brier_rate), two_digits(model.brier_rate)});
    rows.seen_and_said("one stay, median", in_minutes, &Scores::stay_p50_seen, &Scores::stay_p50_said);
    rows.seen_and_said("one stay, 90 %", in_minutes, &Scores::stay_p90_seen, &Scores::stay_p90_said);
    rows.said("off (CRPS of logarithm)", true, three_digits, &Scores::length_crps);
    rows.own("landings a day", false, two_digits(model.landed_a_day_seen), two_digits(model.landed_a_day_said));
    auto list = std::move(rows).list();
    const validate::Spans& part = of_test ? report.test : report.train;
    const auto came = std::count_if(report.record.stays.begin(), report.record.stays.end(),
                                    [&](const validate::Stay& stay) { return part.holds(stay.enqueued); });
    const std::string count = fmt::format("{}", came);
    list.insert(list.begin(), {"enqueued", false, "input", {count, count, count, count}});
    return list;
}

std::vector<ValidateRow> whole_rows(const ValidateReport& report) {
    const auto recorded = [](double value, int digits) {
        return value > 0 ? fmt::format("{:.{}f}", value, digits) : std::string("-");
    };
    return {{"tests for each stay",
             false,
             "",
             {recorded(report.record.tests_per_stay, 2), two_digits(report.tests_per_stay), "", ""}},
            {"builds", false, "", {"", fmt::format("{:.0f}", report.builds), "", ""}},
            {"node hours",
             false,
             "",
             {recorded(report.record.node_hours, 0), fmt::format("{:.0f}", report.node_hours), "", ""}}};
}

}  // namespace gatesim
