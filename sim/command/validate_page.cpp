// The page of validate: the verdict first, then the curves, the figures, where the model is wrong, and what is not
// known.
#include <fmt/format.h>

#include "command/validate_page_parts.hpp"
#include "command/validate_picture.hpp"
#include "command/validate_rows.hpp"
#include "command/validate_words.hpp"
#include "report/page.hpp"

namespace gatesim {

using report::Page;
using report::TextTable;

namespace {

std::string header_of(const ValidateReport& report) {
    using picture::escaped;
    return fmt::format("<h1>{}</h1>\n<p class=\"question\">{}</p>\n<p class=\"answer\">{}</p>\n", escaped(report.title),
                       escaped(fmt::format("Does the scenario {} predict the queue that was seen from {} to {}?",
                                           report.scenario, moment_words(report, 0).substr(0, 10),
                                           moment_words(report, report.record.length).substr(0, 10))),
                       escaped(verdict_words(report)));
}

void add_queue(Page& page, const ValidateReport& report) {
    page.section("over-time", "The queue, seen and said");
    TextTable table{{"", "seen", "model", kConstantName, kFreeName}};
    for (const bool test : {false, true}) {
        const char* part = test ? "test time, " : "training time, ";
        for (const ValidateRow& row : validate_rows(report, test))
            if (row.what == "queue, mean over time" || row.what == "mean absolute error")
                table.rows.push_back({part + row.what, row.cells[0], row.cells[1], row.cells[2], row.cells[3]});
    }
    page.figure(
        "queue", "As it was seen, and as the model has it", queue_words(report), false,
        [&](const picture::About& about) { return picture::lines_svg(queue_lines(report, about)); }, table);
}

void add_rows(Page& page, const std::vector<ValidateRow>& rows, bool with_kind, const std::string& note) {
    TextTable table{{"", "seen", "model"}, {}, note};
    if (with_kind) table.head = {"", "kind", "seen", "model", "A", "B"};
    for (const ValidateRow& row : rows) {
        std::vector<std::string> cells = {(row.detail ? "– " : "") + row.what};
        if (with_kind) cells.push_back(row.kind);
        cells.insert(cells.end(), row.cells.begin(), with_kind ? row.cells.end() : row.cells.begin() + 2);
        table.rows.push_back(std::move(cells));
    }
    page.table(table);
}

void add_figures(Page& page, const ValidateReport& report) {
    page.section("numbers", "The figures");
    page.paragraph(
        "Input: taken from the record. Fitted: the model's numbers may come from this time. Predicted: none of them "
        "comes from this time, if the model was made from training time alone.");
    page.paragraph(
        "Bias: model minus seen, on average. Band and interval: what 90 % of the replications keep to; they are worth "
        "the more the narrower they are. Lateness: model minus the middle of the time in which a change was seen to "
        "leave. Brier score: how far the chances of an ejection are from what came, squared, on average; 0 is best.");
    const std::string note =
        "A: everybody stays as long as half of those do that left in training time. B (M/G/inf): everybody stays as "
        "long as somebody of the training time did, and nobody waits for anybody.";
    for (const bool test : {true, false}) {
        const validate::Scores& scores = test ? report.model.test : report.model.train;
        page.raw(test ? "<h3>Test time</h3>\n" : "<h3>Training time</h3>\n");
        page.paragraph(fmt::format("{}; {} instants and {} departures.",
                                   fmt::join(span_words(report, test ? report.test : report.train), ", "),
                                   scores.instants, scores.departures));
        add_rows(page, validate_rows(report, test), true, test ? note : "");
    }
    page.raw("<h3>All the time</h3>\n");
    add_rows(page, whole_rows(report), false, "As far as it was recorded.");
}

void add_strategies(Page& page, const ValidateReport& report) {
    page.section("strategies", "Which strategy comes nearest");
    if (report.tried.empty())
        return page.paragraph(
            "No other was tried. With --strategies NAME,… or --variant LABEL:/POINTER=VALUE others are ranked here.");
    const Tried& first = report.tried.front();
    page.paragraph(
        fmt::format("Ranked by the mean absolute error of the queue in training time. The first is {}, {:.2f} changes "
                    "off there and "
                    "{:.2f} in test time, which had no part in the ranking.",
                    first.label, first.scores.train.queue_mae, first.scores.test.queue_mae));
    TextTable table{
        {"strategy", "error, training", "error, test", "departures within 30 min, test", "in the band, test"}};
    for (const Tried& tried : report.tried)
        table.rows.push_back({tried.label, two_digits(tried.scores.train.queue_mae),
                              two_digits(tried.scores.test.queue_mae), percent(tried.scores.test.within_30min),
                              percent(tried.scores.test.band_cover)});
    page.table(table);
}

void add_ends(Page& page, const ValidateReport& report) {
    page.section("unrecorded", "What was not recorded");
    const std::vector<std::string> gaps = unrecorded_words(report);
    if (gaps.empty())
        page.paragraph(
            "Nothing that was asked for: both tables are there, and every departure is known to the instant.");
    else
        page.list(gaps);
    page.section("assumptions", "What this rests on");
    page.list(
        {fmt::format("Every stay of {} enters the gate of {} when it really did, as a change of its own; of the "
                     "scenario's load nothing is used.",
                     report.folder, report.scenario),
         "The queue is compared where it is known: at the looks between which departures are known, and every half "
         "hour elsewhere.",
         fmt::format("Explains: the mean absolute error of the median queue in test time is below those of both "
                     "trivial models. Predicts: it is {} below the better one at least, and {} of the instants "
                     "lie within the 90 % band.",
                     percent(validate::kBetterBy), percent(validate::kCovered))});
    if (!report.notes.empty()) page.paragraph(report.notes);
    page.raw("<h3>The same again</h3>\n");
    page.paragraph(fmt::format("Seed {}, {} {}.", report.seed, report.replications,
                               report.replications == 1 ? "replication" : "replications"));
    page.raw(fmt::format("<p><code>{}</code></p>\n", picture::escaped(report.again)));
}

}  // namespace

std::string validate_page(const ValidateReport& report) {
    Page page;
    add_queue(page, report);
    add_figures(page, report);
    add_departures(page, report);
    add_residuals(page, report);
    add_strategies(page, report);
    add_ends(page, report);
    return page.finish(report.title, header_of(report));
}

}  // namespace gatesim
