#include "command/lesson_pictures.hpp"

#include <fmt/format.h>

#include <cmath>
#include <functional>
#include <nlohmann/json.hpp>

#include "command/command.hpp"
#include "command/lesson.hpp"
#include "command/lesson_page.hpp"
#include "command/terminal.hpp"
#include "learn/markdown.hpp"
#include "learn/reader.hpp"
#include "measure/unit_text.hpp"
#include "picture/dots.hpp"
#include "picture/panels.hpp"
#include "report/over_time.hpp"
#include "report/sections.hpp"
#include "report/still.hpp"

namespace gatesim {

using namespace learn;
using picture::About;

namespace {

using Draw = std::function<std::string(const About&)>;

/// Runs a case of the lesson; nothing if that fails, which has been printed.
std::optional<report::StudyFolder> run_case(const Lesson& lesson, const Picture& p, const std::string& id,
                                            const std::string& scratch) {
    const std::string file = put_case(lesson, Work{}, id, scratch + "/" + id), out = scratch + "/" + id + "/out";
    const bool seeds = p.kind == Picture::Kind::seeds;
    // Nobody's practice luck: their answers stand in nobody's picture.
    std::vector<std::string> words = {
        file, "--out", out, "--quiet", "--seed", std::to_string(p.seed ? p.seed : seeds ? 1 : lesson.variants + 1)};
    const auto add = [&](const char* option, const std::string& value) { words.insert(words.end(), {option, value}); };
    add("--replications", std::to_string(seeds ? p.runs : 1));
    if (seeds) add("--tables", "none");
    if (p.until) add("--until", fmt::format("{}s", seconds(*p.until)));
    if (lesson.warmup && seeds) add("--warmup", fmt::format("{}s", seconds(*lesson.warmup)));
    const int code = file.empty() ? kUsage : call_run(words);
    report::FolderProblem problem{"its scenario cannot be made", code};
    auto folder = code == kFine || code == kMissed ? report::read_folder(out, 1, problem) : std::nullopt;
    if (!folder)
        print_err(
            fmt::format("gatesim lesson: {}: the picture {} cannot be drawn: {}\n", lesson.name, p.id, problem.text));
    return folder;
}

/// The first rows only, and what stands in them.
picture::ChangeTime first_rows(picture::ChangeTime chart, std::size_t rows) {
    chart.panel.reset();  // the length of the queue is another picture, and a wall has little room
    if (rows == 0 || chart.rows.size() <= rows) return chart;
    chart.rows.resize(rows);
    std::erase_if(chart.bars, [&](const auto& bar) { return bar.row >= rows; });
    std::erase_if(chart.crosses, [&](const auto& cross) { return cross.row >= rows; });
    std::erase_if(chart.arrows, [&](const auto& arrow) { return arrow.from_row >= rows || arrow.to_row >= rows; });
    return chart;
}

Draw stays(const report::StudyFolder& run, const Picture& p) {
    const auto found = report::stills(run.arms.front().tables);
    if (found.empty()) return [](const About& about) { return picture::nothing(about); };
    picture::ChangeTime chart = first_rows(found.front().chart, p.rows);
    chart.time = report::time_axis(run);
    return [chart](const About& about) {
        picture::ChangeTime one = chart;
        one.about = about;
        return picture::change_time_svg(std::move(one));
    };
}

Draw window(const report::StudyFolder& run) {
    picture::Lines lines;
    lines.x = report::time_axis(run);
    const auto& queue = run.arms.front().tables.queue;
    for (report::QueueSteps& steps : queue ? report::queue_steps(*queue) : std::vector<report::QueueSteps>{}) {
        picture::Panel panel;
        panel.y.label = "window, changes";
        panel.y.from_zero = true;
        panel.series.push_back(std::move(steps.window));
        lines.panels.push_back(std::move(panel));
    }
    return [lines](const About& about) {
        picture::Lines one = lines;
        one.about = about;
        return picture::lines_svg(one);
    };
}

std::optional<Draw> seeds(const Lesson& lesson, const Picture& p, const std::string& scratch) {
    const std::size_t metric = *find_metric(p.metric);
    picture::Pairs pairs;
    pairs.seeds.resize(p.runs);
    std::vector<report::StudyFolder> runs;
    std::vector<double> sizes;
    for (const std::string& id : p.of) {
        auto run = run_case(lesson, p, id, scratch);
        if (!run) return std::nullopt;
        if (const auto& mean = run->arms.front().summary.estimates[metric].mean) sizes.push_back(*mean);
        runs.push_back(std::move(*run));
        pairs.arms.push_back(id);
    }
    const PrintUnit unit = print_unit(metrics()[metric].unit, sizes);
    pairs.value.label = report::axis_label(spoken(metrics()[metric]), unit);
    for (std::size_t seed = 0; seed < p.runs; ++seed)
        for (const report::StudyFolder& run : runs)
            pairs.seeds[seed].push_back(run.arms.front().summary.values[metric][seed].value_or(NAN) / unit.divisor);
    return [pairs](const About& about) {
        picture::Pairs one = pairs;
        one.about = about;
        return picture::pairs_svg(one);
    };
}

/// A value of `over` as figures are named by it.
std::string value_text(const document::Node& value) {
    return value.kind == document::Node::Kind::text ? value.text : one_line(value);
}

/// A figure of expected/golden.json over its values, as a line with its interval.
picture::Panel series_of(const Lesson& lesson, const Golden& golden) {
    const auto json =
        nlohmann::json::parse(read_text(lesson.path("expected/golden.json")).value_or(""), nullptr, false);
    const auto figures = json.is_object() ? json.value("figures", nlohmann::json::object()) : nlohmann::json::object();
    picture::Panel panel;
    panel.y.label = golden.id + (golden.unit.empty() ? "" : ", " + golden.unit);
    panel.y.from_zero = true;
    picture::Series series;
    for (const document::Node& at : golden.over->values) {
        const auto figure = figures.find(golden.id + "@" + value_text(at));
        if (figure == figures.end()) continue;
        const auto number = [&](const char* key) {
            const auto it = figure->find(key);
            const auto value = it != figure->end() && it->is_string() ? read_quantity(it->get<std::string>())
                                                                      : std::optional<double>{};
            return value.value_or(NAN);
        };
        series.points.push_back(
            {read_quantity(value_text(at)).value_or(NAN), number("mean"), number("low"), number("high")});
    }
    panel.series.push_back(std::move(series));
    return panel;
}

Draw figures(const Lesson& lesson, const Picture& p) {
    picture::Lines lines;
    for (const std::string& id : p.of)
        for (const Golden& golden : lesson.golden) {
            if (golden.id != id || !golden.over) continue;
            lines.panels.push_back(series_of(lesson, golden));
            lines.x.label = golden.over->pointer.substr(golden.over->pointer.rfind('/') + 1);
        }
    lines.height = 150;
    return [lines](const About& about) {
        picture::Lines one = lines;
        one.about = about;
        return picture::lines_svg(one);
    };
}

std::optional<Draw> drawing_of(const Lesson& lesson, const Picture& p, const std::string& scratch) {
    if (p.kind == Picture::Kind::figures) return figures(lesson, p);
    if (p.kind == Picture::Kind::seeds) return seeds(lesson, p, scratch);
    const auto run = run_case(lesson, p, p.of.front(), scratch);
    if (!run) return std::nullopt;
    return p.kind == Picture::Kind::stays ? stays(*run, p) : window(*run);
}

/// In a page a picture is HTML and needs no name of its language.
std::string in_html(std::string svg) {
    constexpr std::string_view kName = " xmlns=\"http://www.w3.org/2000/svg\"";
    if (const std::size_t at = svg.find(kName); at != std::string::npos) svg.erase(at, kName.size());
    return svg;
}

}  // namespace

std::optional<std::vector<BoardPicture>> draw_pictures(const Lesson& lesson, const Texts& texts, bool only_shown) {
    std::vector<BoardPicture> out;
    const ScratchFolder scratch;
    for (const Picture& p : lesson.pictures) {
        if (only_shown && !p.shown) continue;
        const auto draw = drawing_of(lesson, p, scratch.path() + "/" + p.id);
        if (!draw) return std::nullopt;
        BoardPicture one{p.id, texts.fill(p.text), p.shown, {}, {}};
        const std::string number = lesson.name.substr(0, lesson.name.find('-'));
        const auto at = [&](const char* suffix, picture::Layout layout) {
            return (*draw)({fmt::format("p{}-{}-{}", number, p.id, suffix), one.text, "", layout});
        };
        one.half = at("h", picture::Layout::half);
        one.narrow = at("n", picture::Layout::narrow);
        out.push_back(std::move(one));
    }
    return out;
}

std::string figure_html(const BoardPicture& picture) {
    return fmt::format(
        "<figure><div class=\"at-wide\">{}</div>\n<div class=\"at-narrow\">{}</div>\n<figcaption>{}</figcaption>"
        "</figure>\n",
        in_html(picture.half), in_html(picture.narrow), html_escaped(picture.text));
}

}  // namespace gatesim
