#include "command/lesson_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "command/command.hpp"
#include "command/desk_files.hpp"
#include "command/lesson.hpp"
#include "command/lesson_goals.hpp"
#include "command/lesson_screen.hpp"
#include "command/page_file.hpp"
#include "command/report_page.hpp"
#include "command/terminal.hpp"
#include "learn/stage.hpp"
#include "report/report.hpp"
#include "study/interrupt.hpp"

namespace gatesim {

using namespace learn;
namespace fs = std::filesystem;

namespace {

constexpr const char* kSolution = "the solution";  // no case of a manifest has that name

/// A lesson that has its solution as a case, too.
Lesson with_solution(const Lesson& lesson) {
    Lesson out = lesson;
    out.cases.push_back({kSolution, Whose::solution, {}});
    return out;
}

/// What may stand beside the learner's run, the best of it first. `other_values`: that run had some beside the work's.
std::vector<BesideCase> candidates(const Lesson& lesson, Phase phase, bool other_values) {
    std::vector<BesideCase> out;
    if (other_values) out.push_back({"learner", "the gate of work.json"});
    if (phase == Phase::passed || phase == Phase::gave_up) out.push_back({kSolution, kSolution});
    if (lesson.beside) out.push_back(*lesson.beside);
    out.push_back({"starter", "the gate as handed out"});
    return out;
}

/// The first of them that is another gate than the learner's.
std::optional<BesideCase> beside(const Lesson& lesson, const Work& work, Phase phase, bool other_values) {
    Stage stage(lesson, work);
    const Staged* mine = stage.get("learner");
    if (!mine) return std::nullopt;
    for (const BesideCase& one : candidates(lesson, phase, other_values)) {
        const Staged* other = stage.get(one.id);
        const bool same = other && other->scenario.sha256 == mine->scenario.sha256;
        if (other && (other_values || !same)) return one;
    }
    return std::nullopt;
}

/// What the run left out at its beginning, as it was found.
std::vector<std::string> warmup_words(const std::string& run) {
    const auto json = nlohmann::json::parse(read_text(run + "/summary.json").value_or(""), nullptr, false);
    if (!json.is_object() || !json.contains("warmup_s") || !json["warmup_s"].is_number()) return {};
    return {"--warmup", fmt::format("{}s", json["warmup_s"].get<double>())};
}

/// The run to hold it against, read back; nothing if it did not come about.
std::optional<report::StudyFolder> other_run(const Lesson& lesson, const Work& work, const BesideCase& other,
                                             const report::StudyFolder& mine, const std::string& scratch) {
    const std::string file = put_case(lesson, work, other.id, scratch + "/case"), out = scratch + "/out";
    if (file.empty()) return std::nullopt;
    std::vector<std::string> words = {file, "--out", out, "--seed", std::to_string(mine.seed), "--quiet"};
    for (std::string& word : warmup_words(mine.path)) words.push_back(std::move(word));
    if (const int code = call_run(words); code != kFine && code != kMissed) return std::nullopt;
    report::FolderProblem ignored;
    auto folder = report::read_folder(out, 1, ignored);
    if (!folder) return std::nullopt;
    folder->scenario = mine.scenario;
    folder->again.clear();  // its folder is gone when somebody reads the page
    folder->arms.front().label = other.label;
    return folder;
}

/// The page of the run in the folder `out`.
int put_page(const Desk& desk, const OpenLesson& open, const Work& work, bool other_values, bool quiet) {
    report::FolderProblem problem;
    auto folder = report::read_folder(open.folder + "/out", 1, problem);
    if (!folder) {
        print_err(fmt::format("gatesim lesson: {}\n", problem.text));
        return problem.exit_code;
    }
    folder->title = fmt::format("{} {}", open.lesson.name.substr(0, open.lesson.name.find('-')), open.lesson.title);
    folder->asked = "How does your gate do?";
    folder->arms.front().label = "your gate";
    const Lesson lesson = with_solution(open.lesson);
    const ScratchFolder scratch;
    if (const auto other = beside(lesson, work, desk.state().of(lesson.name).phase, other_values)) {
        auto run = other_run(lesson, work, *other, *folder, scratch.path());
        std::string ignored;
        if (auto both = run ? report::side_by_side({*folder, *run}, ignored) : std::nullopt) {
            folder = std::move(both);
            folder->asked = fmt::format("How does your gate do beside {}, on the same luck?", other->label);
        }
    }
    const InterruptGuard guard;  // the page takes a moment, and nothing may be left in the scratch folder
    const std::string path = open.folder + "/" + kReportFile;
    const std::string page = with_goals(report::report_page(*folder, player_of(*folder)),
                                        read_text(open.folder + "/results.json").value_or(""));
    const std::string trouble = write_page_file(path, page);
    if (!trouble.empty()) {
        print_err(wrapped_lines(fmt::format("gatesim lesson: {}\n", trouble)));
        return kUnreadable;
    }
    if (!quiet) print_err(fmt::format("Page     {}\n", path));
    return kFine;
}

}  // namespace

int call_run(const std::vector<std::string>& words) {
    const Command* run = find_command("run");
    std::vector<Option> options = run->options;
    options.insert(options.end(), global_options().begin(), global_options().end());
    std::string problem;
    const auto parsed = parse(words, options, run->positionals, problem);
    return parsed ? run->run(*parsed) : usage_error("lesson", problem);
}

std::string put_case(const Lesson& lesson, const Work& learner, const std::string& id, const std::string& folder) {
    Stage stage(lesson, learner);
    const auto text = stage.get(id) ? stage.file(id) : std::nullopt;
    std::error_code error;
    fs::create_directories(folder, error);
    std::string file = folder + "/mine.json";
    if (!text || error || !write_whole(file, *text)) return "";
    const Case* wanted = lesson.find_case(id);
    std::string programs = lesson.folder;
    if (wanted->work == Whose::learner && !learner.folder.empty()) programs = learner.folder;
    if (wanted->work == Whose::solution) programs = lesson.path("solution");
    const auto copy = [&](const std::string& from, const std::string& name) {
        const fs::path to = fs::path(folder) / name;
        fs::create_directories(to.parent_path(), error);
        return copy_file(from + "/" + name, to.string(), false);
    };
    for (const std::string& name : lesson.files)
        if (!copy(lesson.folder, name)) return "";
    for (const std::string& name : lesson.programs)
        if (!copy(programs, name)) return "";
    return file;
}

int run_work(const Desk& desk, const OpenLesson& open, const Work& work, const Arguments& arguments,
             const std::vector<std::string>& words, const std::function<bool()>& before_run) {
    Stage stage(open.lesson, work);
    const auto mine = stage.get("learner") ? stage.file() : std::nullopt;
    if (!mine) {
        print_err(text(stage.problems()));
        return stage.problems().empty() ? kUsage : stage.problems().front().exit_code;
    }
    desk.put_mine(open, *mine);
    if (!before_run()) return kUnreadable;
    std::vector<std::string> all = {open.folder + "/mine.json", "--out", open.folder + "/out", "--seed",
                                    std::to_string(arguments.count("seed", desk.practice_seed(open)))};
    all.insert(all.end(), words.begin(), words.end());
    const int code = call_run(all);
    if (code != kFine && code != kMissed) return code;
    const bool other_values = std::find(words.begin(), words.end(), "--set") != words.end();
    const int code_of_page = put_page(desk, open, work, other_values, arguments.has("quiet"));
    return code_of_page == kFine ? code : code_of_page;
}

}  // namespace gatesim
