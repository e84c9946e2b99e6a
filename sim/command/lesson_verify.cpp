// lesson verify: the author's test of lessons, and the figures of their texts.

#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "command/command.hpp"
#include "command/desk_files.hpp"
#include "command/lesson.hpp"
#include "command/lesson_org.hpp"
#include "command/terminal.hpp"
#include "kernel/sanitized.hpp"
#include "learn/author_test.hpp"
#include "learn/golden.hpp"
#include "study/interrupt.hpp"
#include "study/own_files.hpp"
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
#if defined(__OPTIMIZE__)
constexpr bool kTimed = !kSanitized;
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

/// Prints what came of each lesson, and counts those that are not in order.
class Teller {
public:
    Teller(bool json, bool quiet) : json_(json), quiet_(quiet) {}

    void tell(const std::string& name, const std::vector<Exhibit>& exhibits, double took, const OrgPlan* plan) {
        bool fine = true;
        for (const Exhibit& e : exhibits) fine = fine && e.fine;
        bad_ += !fine;
        documents_.push_back(document_of(name, exhibits));
        if (plan && plan->fits.count(name)) put_fit(documents_.back(), *plan, plan->fits.at(name));
        if (json_ || (quiet_ && fine)) return;
        // Of an organisation a line a lesson is enough, unless there is something to mend.
        const bool short_form = fine && plan;
        print_out((short_form ? "✓ " : "") + styled(name, Style::strong) +
                  (took > 0 ? fmt::format("  ({:.0f} s)", took) : "") + "\n");
        for (const Exhibit& e : exhibits)
            if (!short_form && (!quiet_ || !e.fine)) print_out(exhibit_text(e));
        flush_out();
    }
    std::size_t bad() const { return bad_; }
    const nlohmann::ordered_json& documents() const { return documents_; }

private:
    static void put_fit(nlohmann::ordered_json& into, const OrgPlan& plan, const OrgFit& fit) {
        auto& applied = into["applied"] = nlohmann::ordered_json::array();
        auto& kept = into["kept"] = nlohmann::ordered_json::array();
        for (const OrgKey& key : fit.applied) applied.push_back(key.pointer);
        for (const auto& [key, why] : fit.kept)
            kept.push_back({{"pointer", key.pointer}, {"place", plan.place(key)}, {"why", why}});
    }

    bool json_, quiet_;
    nlohmann::ordered_json documents_ = nlohmann::ordered_json::array();
    std::size_t bad_ = 0;
};

/// The lessons one after the other. False: `exit_code` says why it ended early.
bool test_lessons(const Track& track, const std::vector<std::string>& names, const AuthorOptions& how,
                  const OrgPlan* plan, IntoFolder* into, Teller& teller, int& exit_code) {
    for (const std::string& name : names) {
        AuthorOptions options = how;
        if (plan) options.overlay = plan->fits.at(name).sets();
        const double at = seconds_now();
        LessonReport report;
        report.lesson = name;
        if (plan && options.overlay.empty())
            report.exhibits.push_back({"none of your values applies: the lesson is taught as it is", true, ""});
        else
            report = test_lesson(track.folder_of(name), options);
        exit_code = kInterrupted;
        if (report.interrupted || InterruptGuard::count() > 0) return false;
        teller.tell(name, report.exhibits, seconds_now() - at, plan);
        exit_code = kUnreadable;
        if (into && !put_for_org(track, report, plan->fits.at(name), *into)) return false;
    }
    if (into && !copy_track_file(track, *into)) return false;
    exit_code = kFine;
    return true;
}

/// What a teacher changed in the folder since it was written.
void tell_of_kept(const IntoFolder& into) {
    for (const std::string& file : into.kept())
        print_err(fmt::format(
            "gatesim lesson: {}: is not as gatesim wrote it, so it stays as it is; move it away to get a new one\n",
            file));
}

/// What no lesson can bear; how many such values there are.
std::size_t tell_borne_by_none(const OrgPlan& plan, bool silent) {
    const auto keys = plan.borne_by_none();
    for (const OrgKey& key : keys)
        if (!silent)
            print_out(fmt::format("✗ {}: {} = {}: no lesson works with it\n", plan.place(key), key.pointer, key.value));
    return keys.size();
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
    std::optional<OrgPlan> org;
    if (arguments.has("org") && !(org = read_org(arguments.text("org")))) return kUsage;
    const std::string into = arguments.text("into");
    if (!into.empty() && !org) return usage_error("lesson", "--into needs --org FILE");
    if (const std::string why = into.empty() ? "" : why_not_into(into, {track->folder + "/track.json"}, {});
        !why.empty()) {
        print_err(fmt::format("gatesim lesson: {}\n", why));
        return kUnreadable;
    }

    const ScratchFolder scratch;
    AuthorOptions options;
    options.jobs = jobs;
    options.scratch = scratch.path();
    if (kTimed) options.clock = processor_seconds;
    const bool json = arguments.has("json"), quiet = arguments.has("quiet") || json;
    const double begin = seconds_now();
    if (org && !fit_lessons(*org, *track, *names, options, quiet)) return kInterrupted;
    if (org && !quiet) print_out("\n");
    Teller teller(json, quiet);
    if (arguments.positional(1).empty() && !org) teller.tell("track", test_track(*track), 0, nullptr);
    IntoFolder target(into);
    if (!into.empty() && !target.begin()) return kUnreadable;
    const bool whole =
        test_lessons(*track, *names, options, org ? &*org : nullptr, into.empty() ? nullptr : &target, teller, code);
    tell_of_kept(target);
    if (!whole) return code;
    if (json) print_out(teller.documents().dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
    const std::size_t unborne = org ? tell_borne_by_none(*org, quiet) : 0;
    if (!quiet)
        print_out(fmt::format(
            "\n{} {} of {} lessons {} in order{}, {:.0f} s\n", teller.bad() + unborne == 0 ? "✓" : "✗",
            names->size() - std::min(teller.bad(), names->size()), names->size(), names->size() == 1 ? "is" : "are",
            org ? " with those of your values that they can bear" : "", seconds_now() - begin));
    return teller.bad() + unborne == 0 ? kFine : kMissed;
}

}  // namespace gatesim
