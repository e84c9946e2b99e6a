// --print-tasks: the shards of a study as tasks of an engine that somebody has already.
#include <fmt/format.h>

#include <algorithm>

#include "command/shards.hpp"
#include "command/terminal.hpp"
#include "model/shell_quoted.hpp"

namespace gatesim {

namespace {

/// What a shard's line has behind --shard. A task is given as many processors as it is told to use: one, unless --jobs
/// says more.
std::string task_end(const GridCall& call) {
    return fmt::format(" --jobs {} --quiet", call.arguments.count("jobs", 1));
}

/// What only those who see results need.
std::string merge_end(const GridCall& call) {
    std::string out;
    for (const char* name : {"report", "json", "quiet"})
        if (call.arguments.has(name)) out += fmt::format(" --{}", name);
    for (const std::string& value : call.arguments.all("replay")) out += " --replay " + shell_quoted(value);
    return out;
}

/// Lines that GNU parallel is given to run are not looked through for its {}.
std::string parallel_text(const GridCall& call, std::uint32_t shards) {
    std::string out =
        "# GNU parallel runs one shard a processor; --jobs, --sshlogin and its other options can be added.\n";
    out += "PARALLEL_SHELL=/bin/sh parallel <<'SHARDS'\n";
    for (std::uint32_t number = 1; number <= shards; ++number)
        out += fmt::format("{} --shard {}{}\n", study_line(call, call.directory), shard_text({number, shards}),
                           task_end(call));
    return out + "SHARDS\n";
}

std::string slurm_text(const GridCall& call, std::uint32_t shards) {
    return fmt::format(
        "# A task takes Slurm about a second, so shards should take minutes. Where the nodes share no disk, each has "
        "its\n"
        "# own folder: gather them, and name them all behind --merge.\n"
        "sbatch --wait <<'SHARDS'\n"
        "#!/bin/sh\n"
        "#SBATCH --job-name=gatesim-{}\n"
        "#SBATCH --array=1-{}\n"
        "#SBATCH --cpus-per-task={}\n"
        "{} --shard \"$SLURM_ARRAY_TASK_ID/{}\"{}\n"
        "SHARDS\n",
        call.command, shards, call.arguments.count("jobs", 1), study_line(call, call.directory), shards,
        task_end(call));
}

}  // namespace

std::string study_line(const GridCall& call, const std::string& folder) {
    std::string out = called_as() + " " + grid_again(call.command, call.arguments);
    if (call.arguments.has("engine")) out += " --engine " + call.arguments.text("engine");
    if (call.arguments.has("force")) out += " --force";
    return out + " --out " + shell_quoted(folder);
}

std::string tasks_text(const GridCall& call, const std::string& engine, std::uint32_t shards) {
    const std::string line = study_line(call, call.directory), end = merge_end(call);
    if ((line + end).find('\n') != std::string::npos) return "";
    const std::string head =
        fmt::format("#!/bin/sh\n# {} {} in {} shards. Started again, it goes on with those that did not end.\n",
                    call.command, call.arms.front().scenario.name, shards);
    return head + (engine == "slurm" ? slurm_text(call, shards) : parallel_text(call, shards)) +
           fmt::format("{} --merge {}{}\n", line, shell_quoted(call.directory), end);
}

}  // namespace gatesim
