#include "command/grid_run.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>

#include "command/command.hpp"
#include "command/progress.hpp"
#include "command/report_page.hpp"
#include "command/shards.hpp"
#include "command/size_check.hpp"
#include "command/terminal.hpp"
#include "record/csv_writer.hpp"
#include "scenario/files_read.hpp"
#include "study/aside.hpp"
#include "study/file_rows.hpp"
#include "study/interrupt.hpp"
#include "study/own_files.hpp"
#include "study/question.hpp"

namespace gatesim {

namespace {

/// Keeps a bar a part of the study: the search for the warm-up, then one look after another.
class Parts {
public:
    Parts(bool shown, std::string name) : shown_(shown), name_(std::move(name)) {}

    void update(const GridProgress& progress) {
        if (!bar_ || progress.look != look_ || progress.total != total_ || progress.part != part_) {
            look_ = progress.look;
            total_ = progress.total;
            part_ = progress.part;
            std::string what = part_.empty() ? name_ : fmt::format("{}, {}", name_, part_);
            if (part_.empty() && look_ == 0) what += ", warm-up";
            if (part_.empty() && look_ > 0 && progress.looks > 1)
                what += fmt::format(", look {} of up to {}", look_, progress.looks);
            bar_.reset();
            bar_ = std::make_unique<Progress>(shown_, what, progress.total);
        }
        bar_->update(progress.done, progress.running);
    }

private:
    bool shown_;
    std::string name_;
    std::size_t look_ = 0;
    std::uint32_t total_ = 0;
    std::string part_;
    std::unique_ptr<Progress> bar_;
};

/// What was left out of the arms' load files, once for all arms of which the same is true.
std::string rows_of_arms(const std::vector<Arm>& arms, const GridResult& result) {
    std::vector<std::string> told;
    for (std::size_t a = 0; a < arms.size(); ++a) {
        const auto file = load_file_rows(arms[a].scenario, result.records[a]);
        if (!file) continue;
        const std::string text = file_rows_text({*file}, true);
        if (!text.empty() && std::find(told.begin(), told.end(), text) == told.end()) told.push_back(text);
    }
    return fmt::format("{}", fmt::join(told, ""));
}

/// Says what became of journals. What only repeats that --resume was not given, `quiet` leaves out.
void tell_of(const Journal& journal, const std::string& command, bool quiet) {
    for (const std::string& note : journal.notes()) print_err(fmt::format("gatesim {}: {}\n", command, note));
    if (!journal.set_aside().empty() && !quiet)
        print_err(fmt::format("gatesim {}: {}\n", command, journal.set_aside()));
}

}  // namespace

int grid_problem(const GridCall& call, const StudyProblem& problem, const std::string& arm) {
    const std::string where = arm.empty() ? "" : fmt::format("{}, replication {}: ", arm, problem.replication);
    print_err(fmt::format("gatesim {}: {}{}\n", call.command, where, problem.text));
    return problem.exit_code;
}

std::vector<std::string> study_files(const GridCall& call) {
    std::vector<std::string> out = {call.command + ".csv", "replications.csv", call.command + ".txt",
                                    call.command + ".json"};
    if (call.arguments.has("report")) out.emplace_back(kReportFile);
    return out;
}

bool grid_fits(const GridCall& call, std::uint32_t replications) {
    const GridOptions& options = call.plan.options;
    SizeQuestion question{call.command, call.arguments.positional(0), {}, options.until, replications, options.jobs};
    for (const Arm& arm : call.arms) question.arms.push_back(&arm.scenario);
    return size_is_fine(question, call.arguments);
}

std::optional<GridResult> run_in_folder(const GridCall& call, const GridFolder& folder, const GridRunner& run,
                                        int& exit_code) {
    const auto fault = [&](const std::string& what) {
        exit_code = grid_problem(call, {what, kUnreadable, 0});
        return std::nullopt;
    };
    if (const std::string why = why_not_into(folder.path, files_read(), folder.files); !why.empty()) return fault(why);
    InterruptGuard guard;  // longer than what is aside: a second Ctrl-C must not come between it and its tidying up
    MadeFolders made;
    if (const std::string trouble = made.make(folder.path); !trouble.empty())
        return fault(folder.path + ": cannot create: " + trouble);
    const bool quiet = call.arguments.has("quiet");
    GridResult result;
    {
        const Aside aside(folder.path);
        if (!aside.problem().empty()) return fault(aside.problem());
        JournalPlace place{folder.path, aside.path(), journal_terms(call.plan.options), {}, folder.resume};
        for (const Arm& arm : call.arms) place.arms.insert(sha256_of_arm(arm.scenario));
        Journal journal(place);
        tell_of(journal, call.command, quiet);
        const auto before = std::count_if(journal.records().begin(), journal.records().end(),
                                          [&](const auto& r) { return place.arms.count(r.first.arm_sha256) != 0; });
        if (before > 0 && !quiet)
            print_err(fmt::format("{}: {} finished replications are there already\n", folder.path, before));
        Parts parts(!quiet && !call.arguments.has("no-progress"), call.arms.front().scenario.name);
        GridOptions options = call.plan.options;
        options.progress = [&](const GridProgress& progress) { parts.update(progress); };
        result = run(journal, aside.path(), options);
        journal.finish();
        if (result.problem.text.empty()) result.problem = journal.problem();
    }
    if (result.problem.text.empty()) return result;
    made.undo();
    exit_code = grid_problem(call, result.problem, result.problem_arm);
    return std::nullopt;
}

std::optional<GridResult> run_arms(const GridCall& call, int& exit_code) {
    const bool merging = call.arguments.has("merge");
    if (!merging && !grid_fits(call, call.plan.options.looks.front())) {
        exit_code = kUsage;
        return std::nullopt;
    }
    const GridFolder folder{call.directory, study_files(call), call.arguments.has("resume")};
    const auto run = [&](Journal& journal, const std::string&, const GridOptions& options) {
        GridResult result = run_grid(call.arms, options, journal, call.enough);
        if (result.problem.text.empty() && result.replications() == 0)
            result.problem = {"interrupted before anything was done", kInterrupted, 0};
        return result;
    };
    auto result = merging ? merge_shards(call, exit_code) : run_in_folder(call, folder, run, exit_code);
    if (result) print_err(rows_of_arms(call.arms, *result));
    return result;
}

std::string write_files(const std::string& directory,
                        const std::vector<std::pair<std::string, std::string>>& name_and_content) {
    const Aside aside(directory);
    if (!aside.problem().empty()) return aside.problem();
    std::vector<std::string> names;
    for (const auto& [name, content] : name_and_content) {
        WholeFile file(fmt::format("{}/{}", aside.path(), name));
        file.write(content);
        if (std::string trouble = file.commit(); !trouble.empty()) return trouble;
        names.push_back(name);
    }
    // A page of other numbers would lie. It is made again, if it is asked for, from the files that were just written.
    const bool page = std::find(names.begin(), names.end(), kReportFile) != names.end();
    return replace_files(aside.path(), directory, names,
                         page ? std::vector<std::string>{} : std::vector<std::string>{kReportFile});
}

}  // namespace gatesim
