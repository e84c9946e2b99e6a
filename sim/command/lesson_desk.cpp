#include "command/lesson_desk.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "command/command.hpp"
#include "command/terminal.hpp"
#include "record/csv_writer.hpp"
#include "scenario/read_json.hpp"

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

/// One line, no control characters, not too long.
std::string clean_name(const std::string& text) {
    std::string out;
    for (const char c : text.substr(0, 60))
        if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) out += c;
    while (!out.empty() && out.back() == ' ') out.pop_back();
    while (!out.empty() && out.front() == ' ') out.erase(0, 1);
    return out.empty() ? "learner" : out;
}

bool copy_file(const std::string& from, const std::string& to, bool read_only) {
    const auto content = read_text(from);
    if (!content) {
        print_err(fmt::format("gatesim lesson: can not read {}\n", from));
        return false;
    }
    std::error_code error;
    fs::permissions(to, fs::perms::owner_write, fs::perm_options::add, error);
    if (!write_whole(to, *content)) return false;
    const auto mode = fs::status(from, error).permissions() & fs::perms::owner_exec;
    if (mode != fs::perms::none) fs::permissions(to, fs::perms::owner_exec, fs::perm_options::add, error);
    constexpr auto kWrite = fs::perms::owner_write | fs::perms::group_write | fs::perms::others_write;
    if (read_only) fs::permissions(to, kWrite, fs::perm_options::remove, error);
    return true;
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

bool write_whole(const std::string& path, const std::string& content) {
    WholeFile file(path);
    file.write(content);
    const std::string problem = file.commit();
    if (!problem.empty()) print_err(fmt::format("gatesim lesson: {}\n", problem));
    return problem.empty();
}

void Desk::read_state(const Arguments& arguments) {
    const std::string path = folder_ + "/" + kStateFile;
    const auto text = read_text(path);
    new_ = !text;
    if (text) {
        if (auto state = parse_state(*text)) {
            state_ = std::move(*state);
        } else {
            const std::string kept = path + ".unreadable";
            std::error_code error;
            fs::rename(path, kept, error);
            print_err(
                fmt::format("gatesim lesson: the progress file can not be understood; it is kept as {}, and a new "
                            "one begins. Your work files are as they were.\n",
                            kept));
        }
    }
    const char* user = std::getenv("USER");
    if (arguments.has("name"))
        state_.learner = clean_name(arguments.text("name"));
    else if (state_.learner.empty())
        state_.learner = clean_name(user && document::first_bad_byte(user) == std::string::npos ? user : "");
}

void Desk::read_again() {
    const auto text = read_text(folder_ + "/" + kStateFile);
    auto state = text ? parse_state(*text) : std::nullopt;
    if (!state) return;
    state_.current = std::move(state->current);
    state_.lessons = std::move(state->lessons);
}

std::optional<Desk> Desk::find(const Arguments& arguments, int& exit_code) {
    Desk desk;
    desk.folder_ = find_folder(arguments, desk.inside_);
    desk.read_state(arguments);
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
        print_err(fmt::format("gatesim lesson: can not make {}: {}\n", open.folder, error.message()));
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

bool Desk::save() {
    std::error_code error;
    fs::create_directories(folder_, error);
    return write_whole(folder_ + "/" + kStateFile, state_text(state_));
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
