// lesson projector, sheet, teacher, picture: pages and pictures for those who teach.

#include <fmt/format.h>

#include <filesystem>

#include "command/command.hpp"
#include "command/desk_files.hpp"
#include "command/grid_run.hpp"
#include "command/lesson.hpp"
#include "command/lesson_pictures.hpp"
#include "command/lesson_screen.hpp"
#include "command/terminal.hpp"
#include "learn/pages.hpp"
#include "picture/style.hpp"
#include "record/narrator.hpp"
#include "study/own_files.hpp"

namespace gatesim {

using namespace learn;

namespace {

/// The lessons that are meant: one, or all.
std::optional<std::vector<OpenLesson>> open_lessons(Desk& desk, const std::string& what, int& exit_code) {
    std::vector<std::string> names = {what};
    if (what.empty()) {
        names.clear();
        for (const TrackEntry& entry : desk.track().lessons) names.push_back(entry.lesson);
    }
    std::vector<OpenLesson> out;
    for (const std::string& name : names) {
        auto open = desk.open(name, exit_code);
        if (!open) return std::nullopt;
        out.push_back(std::move(*open));
    }
    return out;
}

/// Texts for everybody, unless they are for somebody with a name.
Texts room_texts(const OpenLesson& open, const std::string& learner) {
    TextContext context;
    context.gatesim = called_as();
    context.dir = open.folder;
    context.seed = learner.empty() ? 0 : practice_seed(open.lesson, learner);
    context.name = learner;
    context.open = "________";
    return Texts(open.lesson, context);
}

/// One lesson, or all of them, as one page.
int write_page(const Arguments& arguments, const char* usual,
               std::string (*page)(const std::vector<PageLesson>&, const std::string&)) {
    int code = kFine;
    auto desk = Desk::find(arguments, code);
    if (!desk) return code;
    const auto opened = open_lessons(*desk, arguments.positional(1), code);
    if (!opened) return code;
    const std::string learner = arguments.has("name") ? desk->state().learner : "";
    std::vector<PageLesson> lessons;
    for (const OpenLesson& open : *opened) {
        const Texts texts = room_texts(open, learner);
        PageLesson entry{open.lesson, texts.file("README.md").value_or(""), learner, {}};
        for (Question& question : entry.lesson.questions) {
            question.text = texts.fill(question.text);
            for (auto& [word, meaning] : question.choices) meaning = texts.fill(meaning);
        }
        for (std::string& objective : entry.lesson.objectives) objective = texts.fill(objective);
        const auto pictures = draw_pictures(open.lesson, texts, true);
        if (!pictures) return kUnreadable;
        for (const BoardPicture& picture : *pictures) entry.figures.push_back(figure_html(picture));
        lessons.push_back(std::move(entry));
    }
    const std::string path = arguments.text("out", usual);
    if (!write_whole(path, page(lessons, desk->track().title))) return kUnreadable;
    print_out(path + "\n");
    return kFine;
}

/// `missing`: tokens that stand for nothing.
TeacherLesson teacher_lesson(const OpenLesson& open, std::vector<std::string>& missing) {
    const Texts texts = room_texts(open, "");
    const auto filled = [&](const std::string& file) {
        return texts.fill(read_text(open.lesson.path(file)).value_or(""), &missing);
    };
    TeacherLesson out;
    out.lesson = open.lesson;
    out.notes = filled("instructor.md");
    out.why = filled("solution/why.md");
    for (const std::string& hint : open.lesson.hints) out.hints.push_back(texts.fill(hint, &missing));
    out.solution = read_text(open.lesson.path("solution/work.json")).value_or("");
    for (const std::string& program : open.lesson.programs)
        out.programs.emplace_back(program, read_text(open.lesson.path("solution/" + program)).value_or(""));
    return out;
}

}  // namespace

int lesson_picture(const Arguments& arguments) {
    int code = kFine;
    auto desk = Desk::find(arguments, code);
    if (!desk) return code;
    const auto opened = open_lessons(*desk, arguments.positional(1), code);
    if (!opened) return code;
    std::vector<std::pair<std::string, std::string>> files;
    std::vector<std::string> names;
    for (const OpenLesson& open : *opened) {
        const auto pictures = draw_pictures(open.lesson, room_texts(open, ""), false);
        if (!pictures) return kUnreadable;
        for (const BoardPicture& one : *pictures) {
            names.push_back(fmt::format("{}-{}.svg", open.lesson.name.substr(0, open.lesson.name.find('-')), one.id));
            files.emplace_back(names.back(), picture::with_style(one.half));
        }
    }
    const std::string folder = arguments.text("out", "lesson-pictures");
    if (files.empty()) {
        print_err(fmt::format("gatesim lesson: {} has no picture\n", opened->front().lesson.name));
        return kUsage;
    }
    std::error_code error;
    std::string trouble = why_not_into(folder, {}, names);
    if (trouble.empty() && !std::filesystem::create_directories(folder, error) && error)
        trouble = fmt::format("{}: {}", folder, error.message());
    if (trouble.empty()) trouble = write_files(folder, files);
    if (!trouble.empty()) {
        print_err(wrapped_lines(fmt::format("gatesim lesson: {}\n", trouble)));
        return kUnreadable;
    }
    for (const std::string& name : names) print_out(fmt::format("{}/{}\n", folder, name));
    return kFine;
}

int lesson_projector(const Arguments& arguments) {
    return write_page(arguments, "lesson-projector.html", projector_page);
}

int lesson_sheet(const Arguments& arguments) {
    return write_page(arguments, "lesson-sheet.html", sheet_page);
}

int lesson_teacher(const Arguments& arguments) {
    int code = kFine;
    auto desk = Desk::find(arguments, code);
    if (!desk) return code;
    const auto opened = open_lessons(*desk, arguments.positional(1), code);
    if (!opened) return code;
    std::vector<TeacherLesson> lessons;
    for (const OpenLesson& open : *opened) {
        std::vector<std::string> missing;
        lessons.push_back(teacher_lesson(open, missing));
        if (missing.empty()) continue;
        print_err(
            wrapped_lines(fmt::format("gatesim lesson: {}: {} figures of its texts are not measured yet; {} "
                                      "lesson verify --write {} does that\n",
                                      open.lesson.name, missing.size(), called_as(), open.lesson.name)));
        code = kMissed;
    }
    if (arguments.has("out")) {
        for (std::size_t i = 0; i < lessons.size(); ++i) {
            const OpenLesson& open = (*opened)[i];
            const auto pictures = draw_pictures(open.lesson, room_texts(open, ""), false);
            if (!pictures) return kUnreadable;
            for (const BoardPicture& picture : *pictures) lessons[i].figures.push_back(figure_html(picture));
        }
        const std::string path = arguments.text("out");
        if (!write_whole(path, teacher_page(lessons, desk->track().title))) return kUnreadable;
        print_out(path + "\n");
        return code;
    }
    for (TeacherLesson& l : lessons) {
        const std::string number = l.lesson.name.substr(0, l.lesson.name.find('-'));
        if (!l.lesson.pictures.empty())
            l.notes += fmt::format(
                "\n\n**Pictures.** {} for the board: `{} lesson picture {}`, or in the page that --out makes.\n",
                l.lesson.pictures.size(), called_as(), number);
        const std::string end = &l == &lessons.back() ? "" : "\n";
        print_out(styled(fmt::format("{} {}", number, l.lesson.title), Style::strong) + "\n\n" +
                  page_text(teacher_markdown(l)) + end);
    }
    return code;
}

}  // namespace gatesim
