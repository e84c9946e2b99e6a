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

}  // namespace

const char* trivial_name(const ValidateReport& report) {
    return report.constant_is_better() ? kConstantName : kFreeName;
}

std::string queue_words(const ValidateReport& report) {
    return fmt::format(
        "Changes in the queue over time: as they were seen; the model's median, with the band in which 90 % of its "
        "replications lie; and {}, the better of the two trivial models, as a thin line. Shaded: training time. In "
        "test time the queue has {:.2f} changes on average, and the model's is {:.2f} off.",
        trivial_name(report), report.model.test.queue_seen, report.model.test.queue_mae);
}

picture::Axis date_axis(const ValidateReport& report) {
    return {.kind = picture::Kind::date, .start_unix = report.record.origin / kSecond};
}

picture::Lines queue_lines(const ValidateReport& report, const picture::About& about) {
    picture::Series seen{.name = "seen", .points = {}, .steps = true};
    picture::Series said{.name = "model, with its 90 % band", .points = {}, .steps = true};
    picture::Series trivial{.name = trivial_name(report), .points = {}, .steps = true, .fine = true};
    const std::vector<double> queue = report.record.queue();
    const validate::Forecast& forecast = report.forecast;
    const validate::Forecast& other = report.constant_is_better() ? report.constant_forecast : report.free_forecast;
    for (std::size_t k = 0; k < queue.size(); ++k) {
        const double at = seconds(report.record.instants[k]);
        seen.points.push_back({at, queue[k]});
        said.points.push_back({at, forecast.queue[k], forecast.low[k], forecast.high[k]});
        trivial.points.push_back({at, other.queue[k]});
    }
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
