#include "command/validate_page_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "command/validate_picture.hpp"
#include "command/validate_rows.hpp"
#include "command/validate_words.hpp"
#include "measure/interval.hpp"
#include "picture/bars.hpp"
#include "validate/lateness.hpp"

namespace gatesim {

using report::Page;
using report::TextTable;
using validate::kLateClasses;
using validate::kNearClass;

namespace {

std::string amount(std::size_t n, std::size_t all) {
    return all == 0 ? "0" : fmt::format("{} ({})", n, percent(static_cast<double>(n) / static_cast<double>(all)));
}

/// By class: the model in test and training time, then the trivial models in test time.
TextTable lateness_table(const ValidateReport& report) {
    TextTable out{{"departures", "model, test", "model, training", std::string(kConstantName) + ", test",
                   std::string(kFreeName) + ", test"}};
    const auto counts = {late_classes(report.record, report.forecast, report.test),
                         late_classes(report.record, report.forecast, report.train),
                         late_classes(report.record, report.constant_forecast, report.test),
                         late_classes(report.record, report.free_forecast, report.test)};
    for (std::size_t k = 0; k < kLateClasses; ++k) {
        out.rows.push_back({validate::late_class_name(k)});
        for (const auto& one : counts) out.rows.back().push_back(fmt::format("{}", one[k]));
    }
    return out;
}

std::string departures_words(const ValidateReport& report) {
    const validate::Scores& test = report.model.test;
    std::string out = fmt::format(
        "Departures of test time, by how far the model's median is from when they were seen: {} of {} come within 30 "
        "minutes.",
        late_classes(report.record, report.forecast, report.test)[kNearClass], test.departures);
    out += " The model gives an interval for each, in which it leaves in 90 % of the replications; half of these ";
    out += no_end(test.interval_width) ? "have no end"
                                       : fmt::format("are at least {} wide", text(test.interval_width, "s"));
    return out + fmt::format(", and {} of the departures were seen within theirs.", percent(test.interval_met));
}

/// Steps of seen and said, and of said minus seen below them.
std::vector<picture::Panel> residual_panels(const std::vector<validate::Slice>& slices, Time width, Time end) {
    constexpr double kGap = std::numeric_limits<double>::quiet_NaN();
    picture::Panel both, off;
    both.y = {.label = "changes in the queue", .from_zero = true};
    off.y = {.label = "model minus seen", .from_zero = true};
    picture::Series seen{.name = "seen", .points = {}, .steps = true};
    picture::Series said{.name = "model", .points = {}, .steps = true};
    picture::Series residual{.name = "model minus seen", .points = {}, .steps = true};
    const auto add = [&](Time at, double real, double model) {
        seen.points.push_back({seconds(at), real});
        said.points.push_back({seconds(at), model});
        residual.points.push_back({seconds(at), model - real});
    };
    for (std::size_t i = 0; i < slices.size(); ++i) {
        const Time until = std::min(slices[i].from + width, end);
        add(std::max<Time>(slices[i].from, 0), slices[i].seen, slices[i].said);
        if (i + 1 < slices.size() && slices[i + 1].from == until) continue;
        add(until, slices[i].seen, slices[i].said);
        if (i + 1 < slices.size()) add(until, kGap, kGap);
    }
    both.series = {std::move(seen), std::move(said)};
    off.series = {std::move(residual)};
    off.references.push_back({0, ""});
    return {std::move(both), std::move(off)};
}

/// "Farthest off is 23 h, where the model's queue is 6.0 changes too long."
std::string most_off(const std::vector<validate::Slice>& slices, const auto& name) {
    const validate::Slice* worst = &slices.front();
    for (const validate::Slice& s : slices)
        if (std::abs(s.said - s.seen) > std::abs(worst->said - worst->seen)) worst = &s;
    const double off = worst->said - worst->seen;
    if (std::abs(off) < 0.05) return "The model's queue is as it was seen throughout.";
    return fmt::format("Farthest off is {}, where the model's queue is {:.1f} changes {}.", name(*worst), std::abs(off),
                       off < 0 ? "too short" : "too long");
}

TextTable slices_table(const char* what, const std::vector<validate::Slice>& slices, const auto& name) {
    TextTable out{{what, "seen", "model", "model minus seen"}};
    for (const validate::Slice& s : slices)
        out.rows.push_back({name(s), two_digits(s.seen), two_digits(s.said), two_digits(s.said - s.seen)});
    return out;
}

void add_hours(Page& page, const ValidateReport& report) {
    const auto name = [](const validate::Slice& s) { return fmt::format("{:02} h", s.from / kHour); };
    page.figure(
        "hours", "By hour of the day",
        fmt::format("Means over the days of test time, UTC. {}", most_off(report.hours, name)), false,
        [&](const picture::About& about) {
            picture::Lines lines{.about = about,
                                 .x = {.kind = picture::Kind::duration, .low = 0, .high = seconds(kDay)}};
            lines.panels = residual_panels(report.hours, kHour, kDay);
            return picture::lines_svg(lines);
        },
        slices_table("hour", report.hours, name));
}

void add_days(Page& page, const ValidateReport& report) {
    const auto name = [&](const validate::Slice& s) {
        return moment_words(report, std::max<Time>(s.from, 0)).substr(0, 10);
    };
    page.figure(
        "days", "By day", fmt::format("Means over test time of each day, UTC. {}", most_off(report.days, name)), false,
        [&](const picture::About& about) {
            picture::Lines lines{.about = about, .x = date_axis(report)};
            lines.panels = residual_panels(report.days, kDay, report.record.length);
            return picture::lines_svg(lines);
        },
        slices_table("day", report.days, name));
}

}  // namespace

void add_departures(Page& page, const ValidateReport& report) {
    page.section("departures", "When changes leave");
    if (report.model.test.departures == 0) return page.paragraph("Nobody left in test time.");
    page.figure(
        "lateness", "How early or late the model is", departures_words(report), false,
        [&](const picture::About& about) {
            picture::Bars bars{about, {.label = "departures of test time"}};
            const auto counts = late_classes(report.record, report.forecast, report.test);
            for (std::size_t k = 0; k < kLateClasses; ++k)
                bars.bars.push_back({validate::late_class_name(k),
                                     {static_cast<double>(counts[k])},
                                     amount(counts[k], report.model.test.departures)});
            return picture::bars_svg(bars);
        },
        lateness_table(report));
}

void add_residuals(Page& page, const ValidateReport& report) {
    page.section("residuals", "Where the model is wrong");
    add_hours(page, report);
    add_days(page, report);
    page.raw("<h3>The worst stretches of three hours</h3>\n");
    page.paragraph("Those of test time in which the model's queue is farthest from what was seen.");
    std::vector<std::string> items;
    for (std::size_t i = 0; i < report.worst.size(); ++i) {
        const validate::Slice& slice = report.worst[i];
        const validate::Special& special = report.special[i];
        items.push_back(fmt::format("From {}: seen {:.1f}, model {:.1f}; {} came and {} left. {}",
                                    moment_words(report, slice.from), slice.seen, slice.said, special.came,
                                    special.left, special_words(special, slice)));
    }
    page.list(items);
}

}  // namespace gatesim
