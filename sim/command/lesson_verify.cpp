// lesson verify: the author's test of lessons, and the figures of their texts.

#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "command/command.hpp"
#include "command/lesson.hpp"
#include "command/terminal.hpp"
#include "learn/author_test.hpp"
#include "learn/golden.hpp"
#include "learn/reader.hpp"
#include "scenario/merge.hpp"
#include "scenario/read_json.hpp"
#include "study/interrupt.hpp"
#include "study/process_pool.hpp"

namespace gatesim {

using namespace learn;
namespace fs = std::filesystem;

namespace {

double seconds_now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Processor seconds of this process and of those it waited for.
double processor_seconds() {
    double out = 0;
    for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
        struct rusage usage {};
        if (::getrusage(who, &usage) != 0) continue;
        for (const timeval& t : {usage.ru_utime, usage.ru_stime})
            out += static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
    }
    return out;
}

/// The budget of a check holds for the program that people run, not for one that watches itself.
#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__)
constexpr bool kTimed = true;
#else
constexpr bool kTimed = false;
#endif

std::optional<Track> find_track(const Arguments& arguments, int& exit_code) {
    const std::string folder = arguments.has("track") ? arguments.text("track") : lessons_folder();
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
    }
    return track;
}

/// The lessons that are meant: one, or all.
std::optional<std::vector<std::string>> chosen(const Track& track, const std::string& what) {
    std::vector<std::string> out;
    if (what.empty()) {
        for (const TrackEntry& e : track.lessons) out.push_back(e.lesson);
        return out;
    }
    std::string problem;
    const auto index = track.find(what, problem);
    if (!index) {
        print_err(fmt::format("gatesim lesson: {}\n", problem));
        return std::nullopt;
    }
    return std::vector<std::string>{track.lessons[*index].lesson};
}

std::optional<document::Node> read_org(const std::string& path) {
    Reader reader(path);
    const auto root = reader.root();
    if (root && reader.fine()) return *root->node;
    print_err(text(reader.take()));
    return std::nullopt;
}

std::string exhibit_text(const Exhibit& exhibit) {
    std::string out = fmt::format(
        "  {} {}\n", styled(exhibit.fine ? "✓" : "✗", exhibit.fine ? Style::good : Style::bad), exhibit.what);
    std::string line;
    for (const char c : exhibit.trouble + "\n") {
        if (c != '\n') {
            line += c;
            continue;
        }
        if (!line.empty()) out += "      " + line + "\n";
        line.clear();
    }
    return out;
}

/// Copies a lesson with the organisation in its scenario and its figures.
bool put_for_org(const Track& track, const LessonReport& report, const document::Node& org, const std::string& into) {
    const fs::path from = track.folder_of(report.lesson), to = fs::path(into) / report.lesson;
    std::error_code error;
    fs::create_directories(to, error);
    fs::copy(from, to, fs::copy_options::recursive | fs::copy_options::overwrite_existing, error);
    if (error) {
        print_err(fmt::format("gatesim lesson: can not write {}: {}\n", to.string(), error.message()));
        return false;
    }
    const document::Sources sources{{(from / "scenario.json").string(), from.string()}};
    document::Errors errors(sources);
    const auto content = read_text((from / "scenario.json").string());
    auto scenario = document::read_json(content.value_or(""), 0, errors);
    if (!scenario) return false;
    document::merge(*scenario, org);
    fs::create_directories(to / "expected", error);
    for (const auto& [file, text] : report.answers)
        if (!write_whole((to / file).string(), text)) return false;
    return write_whole((to / "scenario.json").string(), document::to_json(*scenario) + "\n") &&
           write_whole((to / "expected/golden.json").string(), report.golden);
}

bool copy_track_file(const Track& track, const std::string& into) {
    const auto content = read_text(track.folder + "/track.json");
    return content && write_whole(into + "/track.json", *content);
}

/// Measures the figures and writes them where the texts find them.
int write_figures(const Track& track, const std::vector<std::string>& names, unsigned jobs) {
    const ScratchFolder scratch;
    for (const std::string& name : names) {
        std::vector<Diagnostic> problems;
        const auto lesson = read_lesson(track.folder_of(name), problems);
        const GoldenResult golden = lesson ? measure_golden(*lesson, {{}, jobs, scratch.path()}) : GoldenResult{};
        problems.insert(problems.end(), golden.problems.begin(), golden.problems.end());
        if (!problems.empty() || !golden.trouble.text.empty()) {
            print_err(text(problems) + (golden.trouble.text.empty() ? "" : name + ": " + golden.trouble.text + "\n"));
            return problems.empty() ? golden.trouble.exit_code : problems.front().exit_code;
        }
        if (InterruptGuard::count() > 0) return kInterrupted;
        std::error_code error;
        fs::create_directories(lesson->path("expected"), error);
        if (!write_whole(lesson->path("expected/golden.json"), golden.document)) return kUnreadable;
        print_out(fmt::format("{}: {} figures\n", lesson->path("expected/golden.json"), golden.figures.size()));
    }
    return kFine;
}

nlohmann::ordered_json document_of(const std::string& lesson, const std::vector<Exhibit>& exhibits) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const Exhibit& e : exhibits) list.push_back({{"what", e.what}, {"fine", e.fine}, {"trouble", e.trouble}});
    return {{"lesson", lesson}, {"exhibits", list}};
}

}  // namespace

int lesson_verify(const Arguments& arguments) {
    int code = kFine;
    const auto track = find_track(arguments, code);
    if (!track) return code;
    const auto names = chosen(*track, arguments.positional(1));
    if (!names) return kUsage;
    InterruptGuard guard;
    const auto jobs = static_cast<unsigned>(arguments.count("jobs", available_processors()));
    if (arguments.has("write")) return write_figures(*track, *names, jobs);
    std::optional<document::Node> org;
    if (arguments.has("org") && !(org = read_org(arguments.text("org")))) return kUsage;
    const std::string into = arguments.text("into");
    if (!into.empty() && !org) return usage_error("lesson", "--into needs --org FILE");

    const ScratchFolder scratch;
    AuthorOptions options;
    options.jobs = jobs;
    options.scratch = scratch.path();
    if (kTimed) options.clock = processor_seconds;
    if (org) options.overlay = patch_sets(*org);
    const bool json = arguments.has("json"), quiet = arguments.has("quiet") || json;
    nlohmann::ordered_json documents = nlohmann::ordered_json::array();
    std::size_t bad = 0;
    const double begin = seconds_now();
    const auto tell = [&](const std::string& name, const std::vector<Exhibit>& exhibits, double took) {
        bool fine = true;
        for (const Exhibit& e : exhibits) fine = fine && e.fine;
        bad += !fine;
        documents.push_back(document_of(name, exhibits));
        if (quiet && fine) return;
        const std::string time = took > 0 ? fmt::format("  ({:.0f} s)", took) : "";
        print_out(json ? "" : styled(name, Style::strong) + time + "\n");
        for (const Exhibit& e : exhibits)
            if (!json && (!quiet || !e.fine)) print_out(exhibit_text(e));
        flush_out();
    };
    if (arguments.positional(1).empty() && !org) tell("track", test_track(*track), 0);
    for (const std::string& name : *names) {
        const double at = seconds_now();
        const LessonReport report = test_lesson(track->folder_of(name), options);
        if (report.interrupted || InterruptGuard::count() > 0) return kInterrupted;
        tell(name, report.exhibits, seconds_now() - at);
        if (!into.empty() && !put_for_org(*track, report, *org, into)) return kUnreadable;
    }
    if (!into.empty() && !copy_track_file(*track, into)) return kUnreadable;
    if (json) print_out(documents.dump(1) + "\n");
    if (!quiet)
        print_out(fmt::format("\n{} {} of {} lessons {} in order, {:.0f} s\n", bad == 0 ? "✓" : "✗",
                              names->size() - std::min(bad, names->size()), names->size(),
                              names->size() == 1 ? "is" : "are", seconds_now() - begin));
    return bad == 0 ? kFine : kMissed;
}

}  // namespace gatesim
