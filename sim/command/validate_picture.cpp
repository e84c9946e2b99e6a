// The queue that was seen, what the model says of it, and what somebody would say who knows nothing of queues.
#include "command/validate_picture.hpp"

#include <fmt/format.h>

#include "command/validate_rows.hpp"
#include "picture/style.hpp"

namespace gatesim {

namespace {

picture::Stretch stretch_of(const validate::Span& span, const ValidateReport& report, const char* name, bool shaded) {
    return {seconds(std::max<Time>(span.from, 0)), seconds(std::min(span.to, report.record.length)), name, shaded};
}

/// Of a record too long for a picture of every instant: over how long a time its curves are averaged. 0 = not at all.
Time slice_width(const ValidateReport& report) {
    constexpr std::size_t kMost = 400;
    if (report.record.instants.size() <= kMost) return 0;
    for (const Time width : {3 * kHour, 6 * kHour, 12 * kHour, kDay})
        if (report.record.length / width <= static_cast<Time>(kMost)) return width;
    return kWeek;
}

/// A value for each instant as a curve, or its means over slices of that width.
std::vector<picture::Point> points_of(const ValidateReport& report, Time width, const std::vector<double>& values) {
    std::vector<picture::Point> out;
    const std::vector<Time>& instants = report.record.instants;
    for (std::size_t k = 0; k < values.size();) {
        const Time slice = width == 0 ? instants[k] : instants[k] / width * width;
        double sum = 0;
        std::size_t n = 0;
        for (; k < values.size() && (n == 0 || (width > 0 && instants[k] < slice + width)); ++k, ++n) sum += values[k];
        out.push_back({seconds(slice), sum / static_cast<double>(n)});
    }
    if (width > 0) out.push_back({seconds(report.record.length), out.back().y});
    return out;
}

/// " Means over every 12 hours."
std::string slice_words(Time width) {
    if (width == 0) return "";
    return fmt::format(" The record is long, so the curves are means over every {}.",
                       width == kWeek  ? std::string("week")
                       : width == kDay ? std::string("day")
                                       : fmt::format("{} hours", width / kHour));
}

}  // namespace

const char* trivial_name(const ValidateReport& report) {
    return report.constant_is_better() ? kConstantName : kFreeName;
}

std::string queue_words(const ValidateReport& report) {
    return fmt::format(
        "Changes in the queue over time: as they were seen; the model's median, with the band in which 90 % of its "
        "replications lie; and {}, the better of the two trivial models, as a thin line. Shaded: training time. In "
        "test time the queue has {:.2f} changes on average, and the model's is {:.2f} off.{}",
        trivial_name(report), report.model.test.queue_seen, report.model.test.queue_mae,
        slice_words(slice_width(report)));
}

picture::Axis date_axis(const ValidateReport& report) {
    return {.kind = picture::Kind::date, .start_unix = report.record.origin / kSecond};
}

picture::Lines queue_lines(const ValidateReport& report, const picture::About& about) {
    const validate::Forecast& forecast = report.forecast;
    const validate::Forecast& other = report.constant_is_better() ? report.constant_forecast : report.free_forecast;
    const Time width = slice_width(report);
    const auto points = [&](const std::vector<double>& y) { return points_of(report, width, y); };
    picture::Series seen{.name = "seen", .points = points(report.record.queue()), .steps = true};
    picture::Series said{.name = "model, with its 90 % band", .points = points(forecast.queue), .steps = true};
    picture::Series trivial{.name = trivial_name(report), .points = points(other.queue), .steps = true, .fine = true};
    const auto low = points(forecast.low), high = points(forecast.high);
    for (std::size_t k = 0; k < said.points.size(); ++k) said.points[k].low = low[k].y, said.points[k].high = high[k].y;
    picture::Panel panel;
    panel.y = {.label = "changes in the queue", .from_zero = true};
    panel.series = {std::move(seen), std::move(said), std::move(trivial)};
    for (const validate::Span& span : report.train.list)
        panel.stretches.push_back(stretch_of(span, report, "training", true));
    for (const validate::Span& span : report.test.list)
        panel.stretches.push_back(stretch_of(span, report, "test", false));
    picture::Lines lines{.about = about, .x = date_axis(report)};
    lines.panels.push_back(std::move(panel));
    return lines;
}

std::string validate_picture(const ValidateReport& report) {
    const picture::About about{.id = "queue",
                               .title = fmt::format("The queue: seen, and said by {}", report.scenario),
                               .desc = queue_words(report),
                               .layout = picture::Layout::wide};
    return picture::with_style(picture::lines_svg(queue_lines(report, about)));
}

}  // namespace gatesim
