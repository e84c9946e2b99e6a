// The queue that was seen, and what the model says of it, as a picture.
#include <fmt/format.h>

#include "command/validate_report.hpp"
#include "picture/panels.hpp"
#include "picture/style.hpp"

namespace gatesim {

std::string validate_picture(const ValidateReport& report) {
    picture::Series said{.name = "the model: median, and 90 % of its replications", .points = {}, .steps = true};
    picture::Series seen{.name = "seen", .points = {}, .steps = true};
    const std::vector<double> queue = report.record.queue();
    for (std::size_t k = 0; k < queue.size(); ++k) {
        const double at = seconds(report.record.instants[k]);
        const validate::Forecast& forecast = report.forecast;
        said.points.push_back({at, forecast.queue[k], forecast.low[k], forecast.high[k]});
        seen.points.push_back({at, queue[k]});
    }
    picture::Lines lines;
    lines.about = {.id = "queue",
                   .title = fmt::format("The queue: seen, and said by {}", report.scenario),
                   .desc = fmt::format("Changes in the queue over time. In test time the median of the model is {:.2f} "
                                       "off on average, the better of two trivial models {:.2f}; the model {}.",
                                       report.model.test.queue_mae, report.trivial_mae(true),
                                       validate::verdict_name(report.verdict)),
                   .layout = picture::Layout::wide};
    lines.x = {.kind = picture::Kind::date, .start_unix = report.record.origin / kSecond};
    picture::Panel panel;
    panel.y = {.label = "changes in the queue", .from_zero = true};
    panel.series = {std::move(said), std::move(seen)};
    lines.panels.push_back(std::move(panel));
    return picture::with_style(picture::lines_svg(lines));
}

}  // namespace gatesim
