#include "command/lesson_desk.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "command/command.hpp"
#include "command/desk_files.hpp"
#include "command/learner_name.hpp"
#include "command/terminal.hpp"
#include "study/folder_lock.hpp"

namespace gatesim {

namespace fs = std::filesystem;
using namespace learn;

namespace {

constexpr const char* kDesk = "gatesim-lessons";

bool there(const fs::path& path) {
    std::error_code error;
    return fs::exists(path, error);
}

/// The desk we stand at: here, above (then we are in a lesson's folder), or the usual one.
std::string find_folder(const Arguments& arguments, std::string& inside) {
    if (arguments.has("dir")) return arguments.text("dir");
    if (there(kStateFile)) return ".";
    if (there(fs::path("..") / kStateFile)) {
        std::error_code error;
        inside = fs::current_path(error).filename().string();
        return "..";
    }
    return kDesk;
}

}  // namespace

std::string lessons_folder() {
    std::error_code error;
    fs::path above = "lessons";
    for (int depth = 0; depth < 5; ++depth, above = ".." / above)
        if (there(above / "track.json")) return above.string();
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    for (fs::path at = program.parent_path(); !error && at.has_relative_path(); at = at.parent_path())
        if (there(at / "lessons/track.json")) return (at / "lessons").string();
    return "";
}

Instant wall_clock() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

/// What stands in the progress file. Lines that make no sense are kept aside, and with `tell` it is said.
State Desk::read_file(bool tell) {
    const std::string path = folder_ + "/" + kStateFile;
    const auto text = read_text(path);
    new_ = !text;
    if (!text) return {};
    std::vector<std::size_t> lost;
    State out = parse_state(*text, lost);
    if (lost.empty()) return out;
    const std::string kept = rescue(path, *text);
    if (tell)
        print_err(fmt::format("gatesim lesson: {} of {} cannot be understood and {} left out; all else counts. {}\n",
                              lost.size() == 1 ? fmt::format("line {}", lost.front())
                                               : fmt::format("{} lines (the first is {})", lost.size(), lost.front()),
                              path, lost.size() == 1 ? "is" : "are",
                              kept.empty() ? "It could not be copied, so it stays as it is."
                                           : "The file as it was is kept as " + kept + "."));
    unsafe_ = kept.empty();
    return out;
}

bool Desk::read_state(const Arguments& arguments) {
    state_ = read_file(true);
    named_ = arguments.has("name");
    if (!named_) return true;
    const std::string name = clean_name(arguments.text("name"));
    if (!name.empty()) state_.learner = name;
    if (!name.empty()) return true;
    print_err("gatesim lesson: --name must be a name in UTF-8 text, for example --name ana\n");
    return false;
}

bool Desk::need_name(int& exit_code) {
    exit_code = kFine;
    if (!state_.learner.empty()) return true;
    const char* variable = std::getenv("USER");
    const std::string user = variable ? clean_name(variable) : "";
    if (!is_nobodys(user)) state_.learner = user;
    while (state_.learner.empty() && ::isatty(STDIN_FILENO) && ::isatty(STDERR_FILENO)) {
        print_err("Your name (it decides your luck and stands on the class board): ");
        std::string line;
        if (!std::getline(std::cin, line)) break;
        state_.learner = clean_name(line);
    }
    if (!state_.learner.empty()) return true;
    print_err(fmt::format(
        "gatesim lesson: who are you? Say it once: {} lesson start --name ana. (The name decides your luck and "
        "stands on the class board; \"{}\" may be everybody's here.)\n",
        called_as(), user));
    exit_code = kUsage;
    return false;
}

void Desk::read_again() {
    const bool was_new = new_;
    State now = read_file(false);
    new_ = was_new;
    state_.current = std::move(now.current);
    state_.lessons = std::move(now.lessons);
}

std::optional<Desk> Desk::find(const Arguments& arguments, int& exit_code) {
    Desk desk;
    desk.folder_ = find_folder(arguments, desk.inside_);
    exit_code = kUsage;
    if (!desk.read_state(arguments)) return std::nullopt;
    std::error_code error;
    if (arguments.has("track")) desk.state_.from = fs::absolute(arguments.text("track"), error).string();
    std::string folder = arguments.has("track") ? arguments.text("track") : desk.state_.from;
    if (folder.empty() || (!arguments.has("track") && !there(fs::path(folder) / "track.json"))) {
        folder = lessons_folder();
        desk.state_.from.clear();
    }
    exit_code = kUnreadable;
    if (folder.empty()) {
        print_err("gatesim lesson: there is no folder lessons/ with a track.json here; --track DIR names one\n");
        return std::nullopt;
    }
    std::vector<Diagnostic> problems;
    auto track = read_track(folder, problems);
    if (!track) {
        print_err(text(problems));
        exit_code = problems.front().exit_code;
        return std::nullopt;
    }
    desk.track_ = std::move(*track);
    desk.state_.track = desk.track_.name;
    exit_code = kFine;
    return desk;
}

std::optional<std::size_t> Desk::next_after(std::size_t after) const {
    const std::size_t n = track_.lessons.size();
    for (std::size_t k = 1; k <= n; ++k) {
        const std::size_t i = (after + k) % n;
        const LessonState& s = state_.of(track_.lessons[i].lesson);
        if (s.phase != Phase::passed && s.phase != Phase::gave_up) return i;
    }
    return std::nullopt;
}

std::optional<OpenLesson> Desk::open(const std::string& what, int& exit_code) {
    std::string wanted = what.empty() ? inside_ : what, problem;
    if (wanted.empty()) wanted = state_.current;
    exit_code = kUsage;
    if (track_.lessons.empty()) {
        print_err(fmt::format("gatesim lesson: {}/track.json names no lesson\n", track_.folder));
        return std::nullopt;
    }
    // Where the current lesson has left the track, the next one is meant.
    std::optional<std::size_t> index;
    if (!wanted.empty()) index = track_.find(wanted, problem);
    if (!index && what.empty()) index = next_after(track_.lessons.size() - 1).value_or(0);
    if (!index) {
        print_err(fmt::format("gatesim lesson: {}\n", problem));
        return std::nullopt;
    }
    std::vector<Diagnostic> problems;
    const std::string& name = track_.lessons[*index].lesson;
    auto lesson = read_lesson(track_.folder_of(name), problems);
    if (!lesson) {
        print_err(text(problems));
        exit_code = problems.front().exit_code;
        return std::nullopt;
    }
    exit_code = kFine;
    return OpenLesson{*index, std::move(*lesson), folder_ == "." ? name : folder_ + "/" + name};
}

bool Desk::laid_out(const OpenLesson& open) const {
    return there(open.folder + "/work.json");
}

bool Desk::lay_out(const OpenLesson& open, bool anew) {
    std::error_code error;
    fs::create_directories(open.folder, error);
    if (error) {
        print_err(fmt::format("gatesim lesson: cannot make {}: {}\n", open.folder, error.message()));
        return false;
    }
    std::vector<std::string> mine = {"work.json"}, shown = {"scenario.json"};
    mine.insert(mine.end(), open.lesson.programs.begin(), open.lesson.programs.end());
    shown.insert(shown.end(), open.lesson.files.begin(), open.lesson.files.end());
    for (const std::string& file : mine) {
        const std::string to = open.folder + "/" + file;
        if (there(to) && !anew) continue;
        // What the learner had is never thrown away.
        if (there(to)) fs::rename(to, to + ".before", error);
        if (!copy_file(open.lesson.path(file), to, false)) return false;
    }
    for (const std::string& file : shown)
        if (!copy_file(open.lesson.path(file), open.folder + "/" + file, true)) return false;
    const auto page = texts(open).file("README.md");
    return write_whole(open.folder + "/README.md", page.value_or(""));
}

void Desk::put_mine(const OpenLesson& open, const std::string& content) const {
    const std::string path = open.folder + "/mine.json";
    if (read_text(path) != content) write_whole(path, content);
}

bool Desk::update(const std::function<void(State&)>& change) {
    std::error_code error;
    fs::create_directories(folder_, error);
    const FolderLock lock(folder_, FolderLock::Wait::until_interrupted);
    State now = read_file(false);
    if (unsafe_) {
        print_err(fmt::format(
            "gatesim lesson: {}/{} has lines that make no sense and cannot be copied; nothing was written\n", folder_,
            kStateFile));
        return false;
    }
    now.track = state_.track;
    now.from = state_.from;
    if (named_ || now.learner.empty()) now.learner = state_.learner;
    change(now);
    state_ = std::move(now);
    return write_whole(folder_ + "/" + kStateFile, state_text(state_));
}

void Desk::put_begun(const OpenLesson& open, State& state) {
    LessonState& lesson = state.lessons[open.lesson.name];
    if (lesson.started == 0) lesson.started = wall_clock();
    if (lesson.phase == Phase::fresh) lesson.phase = Phase::started;
    lesson.revision = open.lesson.revision;
    state.current = open.lesson.name;
}

bool Desk::begin(const OpenLesson& open) {
    return update([&](State& state) { put_begun(open, state); });
}

std::uint64_t Desk::practice_seed(const OpenLesson& open) const {
    return learn::practice_seed(open.lesson, state_.learner);
}

Texts Desk::texts(const OpenLesson& open) const {
    TextContext context;
    context.gatesim = called_as();
    context.dir = open.folder;
    context.seed = practice_seed(open);
    context.name = state_.learner;
    return Texts(open.lesson, context);
}

}  // namespace gatesim
