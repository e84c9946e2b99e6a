#include "command/shards.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "command/command.hpp"
#include "command/terminal.hpp"
#include "model/shell_quoted.hpp"
#include "record/csv_writer.hpp"
#include "record/narrator.hpp"
#include "record/words.hpp"
#include "scenario/errors.hpp"
#include "scenario/files_read.hpp"
#include "study/own_files.hpp"
#include "study/shard_folders.hpp"

namespace gatesim {

namespace {

constexpr std::uint32_t kUsualShards = 8;

/// shard.json, before anything runs. Empty, or what went wrong.
std::string sign(const std::string& folder, const std::string& aside, const std::string& content) {
    WholeFile file(aside + "/" + kShardFile);
    file.write(content);
    const std::string trouble = file.commit();
    return trouble.empty() ? replace_files(aside, folder, {kShardFile}, {}) : trouble;
}

/// How many replications a shard has at the end, its pilots among them.
std::string done_text(std::size_t count) {
    return counted(static_cast<std::int64_t>(count), "replication", "replications");
}

int run_one(const GridCall& call, const Shard& shard) {
    if (!grid_fits(call, std::max(1u, call.plan.options.looks.front() / shard.count))) return kUsage;
    if (const std::string why = why_not_into(call.directory, files_read(), {}); !why.empty())
        return grid_problem(call, {why, kUnreadable, 0});
    const std::string path = (std::filesystem::path(call.directory) / shard_folder(shard)).string();
    std::size_t done = 0;
    const auto run = [&](Journal& journal, const std::string& aside, const GridOptions& options) {
        GridResult result;
        result.problem = journal.problem();
        if (!result.problem.text.empty()) return result;  // it may be somebody else's, who is at work
        const ShardStudy study = shard_study(call.command, call.arms, options);
        if (const std::string trouble = sign(path, aside, shard_json(shard, study)); !trouble.empty()) {
            result.problem = {trouble, kUnreadable, 0};
            return result;
        }
        const LookAround look = look_into(call.directory, shard, journal_terms(options), call.arms);
        result = run_shard(call.arms, options, shard, journal, look, call.enough);
        done = journal.records().size();
        return result;
    };
    int code = kFine;
    // It always goes on: whoever starts a task again that was killed types the same line.
    const auto result = run_in_folder(call, {path, {kShardFile}, true}, run, code);
    if (!result) return code;
    if (result->interrupted)
        return grid_problem(
            call,
            {fmt::format("interrupted; the same command goes on ({} in {}/)", done_text(done), path), kInterrupted, 0});
    if (call.arguments.has("quiet")) return kFine;
    std::string text = fmt::format("Shard {} of {} {}: {} in {}/.", shard_text(shard), call.command,
                                   call.arms.front().scenario.name, done_text(done), path);
    if (result->settled)
        text += fmt::format(" All shards together know enough after {} of each arm; the rest is not run.",
                            done_text(result->replications()));
    print_out(wrap(text, 80, 2) + fmt::format("\n\nWhen all {} have ended\n  {} --merge {}\n", shard.count,
                                              study_line(call, call.directory), shell_quoted(call.directory)));
    return kFine;
}

/// "2/4", "2/4 and 4/4".
std::string shards_text(const std::vector<std::uint32_t>& numbers, std::uint32_t count) {
    constexpr std::size_t kMostNamed = 20;
    std::vector<std::string> out;
    for (const std::uint32_t number : numbers) {
        if (out.size() == kMostNamed) {
            out.push_back(fmt::format("{} more", numbers.size() - kMostNamed));
            break;
        }
        out.push_back(shard_text({number, count}));
    }
    return list_text(out);
}

/// The line that runs a shard beside this one.
std::string line_beside(const GridCall& call, const ShardFolder& other, const Shard& shard) {
    const std::filesystem::path folder = std::filesystem::path(other.path).lexically_normal();
    const std::filesystem::path parent = (folder.has_filename() ? folder : folder.parent_path()).parent_path();
    return fmt::format("{} --shard {}", study_line(call, parent.empty() ? "." : parent.string()), shard_text(shard));
}

/// What is wrong with shards that all belong to this study; empty = nothing.
std::string fault_of_absence(const GridCall& call, const std::vector<ShardFolder>& shards) {
    const std::vector<std::uint32_t> absent = absent_shards(shards);
    if (absent.empty()) return "";
    const std::uint32_t count = shards.front().shard.count;
    return fmt::format("shard{} {} {} not there; to run {}:\n  {}", absent.size() > 1 ? "s" : "",
                       shards_text(absent, count), absent.size() > 1 ? "are" : "is",
                       absent.size() > 1 ? "the first" : "it",
                       line_beside(call, shards.front(), {absent.front(), count}));
}

/// Whose the missing replications are.
std::string fault_of_rest(const GridCall& call, const std::vector<ShardFolder>& shards,
                          const std::vector<GridTask>& missing) {
    const std::uint32_t count = shards.front().shard.count;
    const Shares shares(count, call.arms.size(), call.plan.options.looks.front());
    std::map<std::uint32_t, std::vector<GridTask>> by_shard;
    for (const GridTask& task : missing) by_shard[shares.owner(task)].push_back(task);
    const auto& [number, tasks] = *by_shard.begin();
    const GridTask& first = tasks.front();
    std::string out =
        fmt::format("shard {} ({}) is not finished: {} {} missing (the first is {} of {})", shard_text({number, count}),
                    shards[number - 1].path, done_text(tasks.size()), tasks.size() > 1 ? "are" : "is",
                    first.pilot ? "a replication that finds the warm-up" : fmt::format("number {}", first.replication),
                    call.arms[first.arm].label);
    std::vector<std::uint32_t> others;
    for (auto it = std::next(by_shard.begin()); it != by_shard.end(); ++it) others.push_back(it->first);
    if (!others.empty())
        out += fmt::format("; nor {} {}", others.size() > 1 ? "are" : "is", shards_text(others, count));
    return out + fmt::format("; to go on with it:\n  {}", line_beside(call, shards[number - 1], {number, count}));
}

}  // namespace

std::vector<Option> shard_options() {
    return {
        {.name = "shard",
         .kind = OptionKind::text,
         .value = "I/N",
         .help =
             "Run the I-th of N shards only, in a folder of its own in that of --out. Shards may run at any time, on "
             "machines that share nothing. One that was killed and is started again goes on where it was."},
        {.name = "merge",
         .kind = OptionKind::text,
         .value = "DIR…",
         .help =
             "Run nothing: put the shards in these folders together, and print what one machine would have printed.",
         .repeatable = true},
        {.name = "print-tasks",
         .kind = OptionKind::choice,
         .value = "ENGINE",
         .help =
             "Run nothing: print a script that runs all shards and merges them, by GNU parallel (parallel) or as an "
             "array of Slurm (slurm).",
         .choices = {"parallel", "slurm"}},
        {.name = "shards",
         .kind = OptionKind::count,
         .value = "N",
         .help = "How many of them --print-tasks has. Default: 8.",
         .low = 1,
         .high = kMostShards},
    };
}

std::vector<Positional> grid_positionals() {
    return {{"SCENARIO", "a scenario file, or a folder with scenario.json", true},
            {"DIR…", "more folders of --merge", false}};
}

std::string shards_help() {
    return "On several machines: --shard 1/4 to 4/4 run a part each, in OUT/shard-1-of-4 and so on, and --merge OUT "
           "puts "
           "them together; the results are those of one machine, byte for byte but for timing. Shards wait for nobody. "
           "Those that see each other's folders share the search for the warm-up and end when all together know "
           "enough; "
           "without that each finds the warm-up itself (--warmup spares it) and runs its share up to --at-most. All "
           "need the same program file. --print-tasks writes the lines for GNU parallel or Slurm.";
}

std::string fault_of_shards(const Arguments& arguments) {
    if (arguments.positionals.size() > 1 && !arguments.has("merge"))
        return fmt::format("{} is one argument too many", document::quote(arguments.positional(1)));
    std::vector<std::string> typed;
    for (const char* name : {"--shard", "--merge", "--print-tasks"})
        if (arguments.has(name + 2)) typed.emplace_back(name);
    if (typed.size() > 1) return fmt::format("{} cannot stand together", list_text(typed));
    if (arguments.has("shards") && !arguments.has("print-tasks"))
        return "--shards says how many --print-tasks has; it needs --print-tasks";
    if (!arguments.has("shard")) return "";
    if (!read_shard(arguments.text("shard")))
        return fmt::format("--shard takes I/N (\"2/4\": the second of four; at most {}), not {}", kMostShards,
                           document::quote(arguments.text("shard")));
    for (const char* name : {"report", "replay", "json"})
        if (arguments.has(name))
            return fmt::format("--{} shows results, and a shard has only some of them; give it to --merge", name);
    return "";
}

std::optional<int> run_as_shard(const GridCall& call) {
    if (call.arguments.has("print-tasks")) {
        const auto shards = static_cast<std::uint32_t>(call.arguments.count("shards", kUsualShards));
        const std::string text = tasks_text(call, call.arguments.text("print-tasks"), shards);
        if (text.empty())
            return usage_error(call.command,
                               "--print-tasks writes a line for each shard, and a value has a line break");
        print_out(text);
        return kFine;
    }
    const auto shard = read_shard(call.arguments.text("shard"));
    return shard ? std::optional(run_one(call, *shard)) : std::nullopt;
}

std::optional<GridResult> merge_shards(const GridCall& call, int& exit_code) {
    std::vector<std::string> folders = call.arguments.all("merge");
    for (std::size_t i = 1; i < call.arguments.positionals.size(); ++i) folders.push_back(call.arguments.positional(i));
    std::string problem;
    const auto shards = find_shards(folders, shard_study(call.command, call.arms, call.plan.options), problem);
    if (!problem.empty()) {
        exit_code = grid_problem(call, {problem, kUsage, 0});
        return std::nullopt;
    }
    if (problem = fault_of_absence(call, shards); !problem.empty()) {
        exit_code = grid_problem(call, {problem, kUnreadable, 0});
        return std::nullopt;
    }
    const auto run = [&](Journal& journal, const std::string&, GridOptions options) {
        options.run_nothing = true;
        GridResult result;
        const std::string different = lend_shards(shards, journal_terms(options), call.arms, journal);
        if (!different.empty()) {
            result.problem = {different, kUnreadable, 0};
            return result;
        }
        result = run_grid(call.arms, options, journal, call.enough);
        if (result.problem.text.empty() && !result.missing.empty())
            result.problem = {fault_of_rest(call, shards, result.missing), kUnreadable, 0};
        return result;
    };
    // What an earlier merge kept is the same.
    return run_in_folder(call, {call.directory, study_files(call), true}, run, exit_code);
}

}  // namespace gatesim
