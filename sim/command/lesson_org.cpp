#include "command/lesson_org.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "command/desk_files.hpp"
#include "command/lesson_desk.hpp"
#include "command/lesson_screen.hpp"
#include "command/report_text.hpp"
#include "command/terminal.hpp"
#include "learn/texts.hpp"
#include "record/narrator.hpp"
#include "scenario/override.hpp"
#include "scenario/read_json.hpp"
#include "study/own_files.hpp"

namespace gatesim {

using namespace learn;
namespace fs = std::filesystem;

namespace {

std::string verdict_text(const OrgFit& fit) {
    std::string out = fit.applied.empty() ? "as it is, without them" : fit.kept.empty() ? "ok" : "ok without the rest";
    if (fit.too_hard) out = "too hard with the rest";
    if (fit.untrue) out = "untrue with the rest";
    if (fit.too_easy) out = "too easy with the rest";
    return out;
}

std::string row(const OrgPlan& plan, const std::string& lesson, const OrgFit& fit) {
    std::string yours, its;
    for (std::size_t i = 0; i < plan.keys.size(); ++i) {
        const bool applied = std::any_of(fit.applied.begin(), fit.applied.end(),
                                         [&](const OrgKey& key) { return key.pointer == plan.keys[i].pointer; });
        std::string& into = applied ? yours : its;
        into += fmt::format("{}{}", into.empty() ? "" : " ", i + 1);
    }
    return without_blanks(filled_up(lesson, 28) + filled_up(yours.empty() ? "-" : yours, 14) +
                          filled_up(its.empty() ? "-" : its, 14) + verdict_text(fit)) +
           "\n";
}

std::string keys_text(const OrgPlan& plan) {
    std::string out;
    for (std::size_t i = 0; i < plan.keys.size(); ++i)
        out += wrap(fmt::format("{:>2}  {} = {}  ({})", i + 1, plan.keys[i].pointer, plan.keys[i].value,
                                plan.place(plan.keys[i])),
                    screen_width(), 4) +
               "\n";
    return out;
}

/// One line a cause: the value with its place, why, and which lessons.
std::string causes_text(const OrgPlan& plan, const std::vector<std::string>& lessons) {
    std::vector<std::pair<std::string, std::string>> causes;  // with the lessons
    for (const OrgKey& key : plan.keys)
        for (const std::string& lesson : lessons)
            for (const auto& [kept, why] : plan.fits.at(lesson).kept) {
                if (kept.pointer != key.pointer) continue;
                const std::string cause = fmt::format("{}: {}: {}", plan.place(key), key.pointer, why);
                const std::string number = lesson.substr(0, lesson.find('-'));
                auto known =
                    std::find_if(causes.begin(), causes.end(), [&](const auto& c) { return c.first == cause; });
                if (known == causes.end())
                    causes.emplace_back(cause, number);
                else
                    known->second += ", " + number;
            }
    std::string out;
    for (const auto& [cause, where] : causes) out += fmt::format("{} [{}]\n", cause, where);
    return out;
}

}  // namespace

std::string OrgPlan::place(const OrgKey& key) const {
    return fmt::format("{}:{}:{}", path, key.at.line, key.at.column);
}

std::vector<OrgKey> OrgPlan::borne_by_none() const {
    std::vector<OrgKey> out;
    for (const OrgKey& key : keys) {
        bool applied = false, tried = false;
        for (const auto& [lesson, fit] : fits) {
            for (const OrgKey& k : fit.applied) applied = applied || k.pointer == key.pointer;
            for (const auto& [k, why] : fit.kept)
                tried = tried || (k.pointer == key.pointer && (why.starts_with("too ") || why.starts_with("untrue")));
        }
        if (tried && !applied) out.push_back(key);
    }
    return out;
}

std::optional<OrgPlan> read_org(const std::string& path) {
    Reader reader(path);
    const auto root = reader.root();
    if (!root || !reader.fine()) {
        print_err(text(reader.take()));
        return std::nullopt;
    }
    OrgPlan out{path, org_keys(*root->node), {}};
    if (!out.keys.empty()) return out;
    print_err(fmt::format("gatesim lesson: {}: there is no value in it\n", path));
    return std::nullopt;
}

bool fit_lessons(OrgPlan& plan, const Track& track, const std::vector<std::string>& lessons,
                 const AuthorOptions& options, bool silent) {
    if (!silent)
        print_out(keys_text(plan) + "\n" +
                  styled(filled_up("lesson", 28) + filled_up("yours", 14) + filled_up("its own", 14) + "with yours",
                         Style::strong) +
                  "\n");
    flush_out();
    for (const std::string& lesson : lessons) {
        const OrgFit& fit = plan.fits[lesson] = fit_org(track.folder_of(lesson), plan.keys, options);
        if (fit.interrupted) return false;
        if (!silent) print_out(row(plan, lesson, fit));
        flush_out();
    }
    const std::string causes = causes_text(plan, lessons);
    if (!silent && !causes.empty()) print_out("\nWhat lessons keep, and why:\n" + causes);
    return true;
}

IntoFolder::IntoFolder(std::string folder) : folder_(std::move(folder)), ours_(folder_) {}

bool IntoFolder::begin() {
    std::error_code error;
    fs::create_directories(folder_, error);
    // From now on the folder is ours, whatever happens.
    return ours_.listed() || told(folder_, error ? error.message() : ours_.write(folder_));
}

bool IntoFolder::put(const std::string& name, const std::string& content) {
    const std::string path = folder_ + "/" + name;
    std::error_code error;
    const bool there = fs::exists(fs::symlink_status(path, error));
    if (there && read_text(path) == content) return true;
    if (there && !(ours_.listed() && ours_.owns(folder_, name))) {
        kept_.push_back(path);
        return true;
    }
    fs::create_directories(fs::path(path).parent_path(), error);
    if (!write_whole(path, content)) return false;
    ours_.forget({name});
    ours_.note(folder_, name);
    return told(path, ours_.write(folder_));
}

bool IntoFolder::told(const std::string& path, const std::string& problem) {
    if (!problem.empty()) print_err(fmt::format("gatesim lesson: cannot write {}: {}\n", path, problem));
    return problem.empty();
}

bool put_for_org(const Track& track, const LessonReport& report, const OrgFit& fit, IntoFolder& into) {
    const fs::path from = track.folder_of(report.lesson);
    std::map<std::string, std::string> files;
    std::error_code error;
    for (const auto& entry : fs::recursive_directory_iterator(from, error)) {
        if (!entry.is_regular_file()) continue;
        const auto content = read_text(entry.path().string());
        if (!content) {
            print_err(fmt::format("gatesim lesson: cannot read {}\n", entry.path().string()));
            return false;
        }
        files[entry.path().lexically_relative(from).string()] = *content;
    }
    if (!fit.applied.empty()) {
        const document::Sources sources{{(from / "scenario.json").string(), from.string()},
                                        {document::kOverrideSource, from.string()}};
        document::Errors errors(sources);
        auto scenario = document::read_json(files["scenario.json"], 0, errors);
        if (!scenario || !document::apply_overrides(*scenario, fit.sets(), 1, errors)) return false;
        for (const auto& [file, text] : report.answers) files[file] = text;
        files["scenario.json"] = document::to_json(*scenario) + "\n";
        files["expected/golden.json"] = report.golden;
    }
    for (const auto& [file, content] : files) {
        if (!into.put(report.lesson + "/" + file, content)) return false;
        const auto mode = fs::status(from / file, error).permissions() & fs::perms::owner_exec;
        if (mode != fs::perms::none)
            fs::permissions(fs::path(into.folder()) / report.lesson / file, fs::perms::owner_exec,
                            fs::perm_options::add, error);
    }
    return true;
}

bool copy_track_file(const Track& track, IntoFolder& into) {
    const auto content = read_text(track.folder + "/track.json");
    return content && into.put("track.json", *content);
}

}  // namespace gatesim
