// import: a team's own records, as its forge exports them, become two tables.

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "command/command.hpp"
#include "command/import_folder.hpp"
#include "command/terminal.hpp"
#include "import/driver.hpp"
#include "import/recognise.hpp"
#include "load/when.hpp"
#include "record/narrator.hpp"
#include "scenario/errors.hpp"
#include "scenario/meant.hpp"

namespace gatesim {

namespace {

using import::ImportOptions;
using import::ImportResult;

/// A point in time that an option names. False, and the problem, if it is none.
bool read_moment(const Arguments& arguments, const char* option, Time& out, std::string& problem) {
    if (!arguments.has(option)) return true;
    std::string why;
    const auto when = parse_when(arguments.text(option), why);
    if (when)
        out = *when;
    else
        problem = fmt::format("--{}: {}", option, why);
    return when.has_value();
}

/// Whole weeks, so that days of the week and hours stay what they are.
bool read_shift(const Arguments& arguments, Time& out, std::string& problem) {
    const std::string text = arguments.text("shift-days", "0");
    std::int64_t days = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), days);
    const bool number = read.ec == std::errc{} && read.ptr == text.data() + text.size();
    if (number && days % 7 == 0 && days >= -36500 && days <= 36500) {
        out = days * kDay;
        return true;
    }
    problem = fmt::format("--shift-days takes days of whole weeks from -36500 to 36500 (364, -7), not {}",
                          document::quote(text));
    return false;
}

/// What was asked for; false if something is wrong with it.
bool read_options(const Arguments& arguments, ImportOptions& options, std::string& problem) {
    options.forge = arguments.positional(0);
    std::vector<std::string> names{"auto"};
    for (const import::Forge* forge : import::forges()) names.push_back(forge->name);
    if (std::find(names.begin(), names.end(), options.forge) == names.end()) {
        problem =
            fmt::format("a forge is one of {}, not {}{}", document::listing(names), document::quote(options.forge),
                        document::did_you_mean(document::meant(options.forge, names)));
        return false;
    }
    options.files.assign(arguments.positionals.begin() + 1, arguments.positionals.end());
    options.branch = arguments.text("branch");
    options.project = arguments.text("project");
    return read_moment(arguments, "since", options.since, problem) &&
           read_moment(arguments, "until", options.until, problem) && read_shift(arguments, options.shift, problem);
}

int print_how(const std::string& name) {
    if (const import::Forge* forge = import::find_forge(name)) {
        print_out(fmt::format("{}: {}\n\n{}", forge->name, forge->summary, forge->how));
        return kFine;
    }
    for (const import::Forge* forge : import::forges())
        print_out(fmt::format("  {:<10}{}\n", forge->name, wrap(forge->summary, 80, 12, 12)));
    print_out(fmt::format("\n{} import FORGE --how says how to export from one.\n", called_as()));
    return kFine;
}

int fail(const std::string& what, int code) {
    print_err(fmt::format("gatesim import: {}\n", what));
    return code;
}

/// The key of the pseudonyms. A fresh one is written only when tables are.
struct KeyFile {
    std::string path;
    bool fresh = false;
};

/// Reads it, or draws a fresh one. False if that fails, which has been printed.
bool read_key(const Arguments& arguments, ImportOptions& options, KeyFile& file) {
    options.names.keep = arguments.text("names", "hide") == "keep";
    options.names.hide_jobs = arguments.has("hide-jobs");
    if (!options.names.hides() || !arguments.has("out")) return true;
    file.path = arguments.text("key", import::usual_key_file());
    std::string trouble = file.path.empty() ? "there is no home for a key: name a file with --key FILE, or --names keep"
                                            : key_in_folder(file.path, arguments.text("out"));
    if (trouble.empty()) trouble = import::read_or_draw_key(file.path, options.names.key, file.fresh);
    if (!trouble.empty()) fail(trouble, kUnreadable);
    return trouble.empty();
}

/// Writes the tables, and the key if it is fresh: both or none. Empty, or what went wrong.
std::string write_all(const Arguments& arguments, const ImportOptions& options, const KeyFile& key,
                      const ImportResult& result) {
    if (key.fresh)
        if (const std::string trouble = import::write_key(key.path, options.names.key); !trouble.empty())
            return trouble;
    const std::string trouble = write_import(arguments.text("out"), result);
    std::error_code ignored;
    if (key.fresh && !trouble.empty()) std::filesystem::remove(key.path, ignored);
    if (key.fresh && trouble.empty() && !arguments.has("quiet"))
        print_err(fmt::format("A new key for pseudonyms: {}\n  Keep it: with it the same names get the same ones.\n",
                              key.path));
    return trouble;
}

/// What was lost, reason by reason, for --strict.
std::string losses(const import::Intake& intake) {
    std::string out =
        fmt::format("--strict: {} of {} records are lost; nothing is written\n", intake.lost(), intake.read);
    for (const auto& [reason, records] : intake.dropped)
        if (!intake.no_loss.contains(reason)) out += fmt::format("  {:>9}  {}\n", records, reason);
    out.pop_back();
    return out;
}

/// What came of it, on stdout.
void print_result(const Arguments& arguments, const ImportResult& result, bool written, bool usable) {
    if (arguments.has("json")) return print_out(import::import_json(result));
    if (arguments.has("quiet")) return;
    print_out(wrapped(import::import_text(result), 80));
    if (written)
        print_out("Written to " + arguments.text("out") + "\n");
    else if (usable && !arguments.has("out"))
        print_out("Nothing is written without --out.\n");
}

int run_import(const Arguments& arguments) {
    ImportOptions options;
    std::string problem;
    if (!read_options(arguments, options, problem)) return usage_error("import", problem);
    if (arguments.has("how")) return print_how(options.forge);
    if (options.files.empty())
        return usage_error(
            "import", fmt::format("FILE is missing; how to get one: {} import {} --how", called_as(), options.forge));
    if (arguments.has("out"))
        if (const std::string why = why_not_import_into(arguments.text("out"), options.files); !why.empty())
            return fail(why, kUnreadable);
    KeyFile key;
    if (!read_key(arguments, options, key)) return kUnreadable;

    ImportResult result;
    LoadError error;
    if (!import::import_files(options, result, error))
        return fail(error.text, error.kind == LoadError::Kind::unreadable ? kUnreadable : kUsage);
    const bool usable = !result.records.entries.empty() || !result.records.runs.empty();
    const bool strict = arguments.has("strict") && result.intake.lost() > 0;
    const bool written = usable && !strict && arguments.has("out");
    if (written)
        if (const std::string trouble = write_all(arguments, options, key, result); !trouble.empty())
            return fail(trouble, kUnreadable);
    print_result(arguments, result, written, usable && !strict);
    if (strict) return fail(losses(result.intake), kUsage);
    return usable ? kFine : fail("nothing usable in these files: no stay in a queue, and no run of a job", kUsage);
}

const bool kRegistered = register_command(
    {.name = "import",
     .summary = "Make two tables of a team's own records",
     .help =
         "Reads what a forge exports (saved files; it asks no network and needs no token) and writes entries.csv: who "
         "waited in a queue, runs.csv: what ran for them, and import.json: what was read, used and dropped. Files may "
         "be JSON, lines of JSON, pages one after another, and gzipped; in any order, overlapping, some of them "
         "twice. People, repositories, branches and machines get pseudonyms; titles, messages, addresses and hashes "
         "are never carried over. `import auto --how` lists the forges, `describe entries.csv` and `describe runs.csv` "
         "the columns. The exit code is 2 if nothing usable was read, or with --strict something was lost.",
     .examples = {"import github --how", "import github runs.json jobs.json --out week",
                  "import auto exports/*.json.gz --out week --json", "import csv my-tables --out week"},
     .positionals = {{"FORGE", "where the files come from (github, gitlab, …), or auto: by what stands in them", true},
                     {"FILE…", "what it exported, or a folder of tables for csv; - is standard input", false}},
     .options =
         {{.name = "how", .kind = OptionKind::flag, .help = "Print the commands that export the files, and read none."},
          {.name = "out",
           .kind = OptionKind::text,
           .value = "DIR",
           .help = "Where the tables go: a new or empty folder, or one of gatesim's. Default: nothing is written."},
          {.name = "since",
           .kind = OptionKind::text,
           .value = "WHEN",
           .help = "Leave out stays that came before: 2030-01-07, or with a time and zone (UTC if there is none)."},
          {.name = "until",
           .kind = OptionKind::text,
           .value = "WHEN",
           .help = "Leave out stays that came then or later."},
          {.name = "branch", .kind = OptionKind::text, .value = "NAME", .help = "Only stays for this target branch."},
          {.name = "project", .kind = OptionKind::text, .value = "NAME", .help = "Only stays of this repository."},
          {.name = "names",
           .kind = OptionKind::choice,
           .value = "WHAT",
           .help = "hide: people, repositories, branches and machines get pseudonyms; keep: they stay. Default: hide.",
           .choices = {"hide", "keep"}},
          {.name = "hide-jobs",
           .kind = OptionKind::flag,
           .help = "Jobs get pseudonyms as well. Then no name of the export is in the tables, but kinds of machines."},
          {.name = "key",
           .kind = OptionKind::text,
           .value = "FILE",
           .help = "The key of the pseudonyms, outside of DIR; made if it is not there. Default: "
                   "gatesim/import.key in $XDG_DATA_HOME or ~/.local/share."},
          {.name = "shift-days",
           .kind = OptionKind::text,
           .value = "N",
           .help = "Move all times by N days, a multiple of 7. Default: 0."},
          {.name = "strict",
           .kind = OptionKind::flag,
           .help =
               "A record that is dropped is an error: exit code 2, nothing is written, and each reason is said. What "
               "is there several times is no loss, nor is what --since, --until, --branch and --project leave out."},
          {.name = "json", .kind = OptionKind::flag, .help = "Print import.json instead of the table."}},
     .run = run_import});

}  // namespace

}  // namespace gatesim
