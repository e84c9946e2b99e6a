// help, --help: pages made from the tables of commands and options.

#include <fmt/format.h>

#include <algorithm>

#include "command/command.hpp"
#include "command/terminal.hpp"
#include "record/narrator.hpp"
#include "scenario/errors.hpp"
#include "scenario/meant.hpp"

namespace gatesim {

namespace {

constexpr const char* kExitCodes =
    "Exit codes\n"
    "  0    fine\n"
    "  1    it ran, and an expectation of the scenario, or a lesson, failed, or\n"
    "       nothing keeps what is promised\n"
    "  2    the command line or the scenario is wrong\n"
    "  3    a strategy broke the contract of the gate, or gets nowhere\n"
    "  4    something cannot be read or written, a package is missing, memory\n"
    "       ran out, or a worker was killed\n"
    "  130  interrupted; what was finished is there, marked partial\n";

std::string option_lines(const std::vector<Option>& options) {
    std::string out;
    for (const Option& o : options) {
        std::string name = o.letter ? fmt::format("-{}, --{}", o.letter, o.name) : fmt::format("--{}", o.name);
        if (o.kind != OptionKind::flag) name += " " + o.value;
        const std::string head = fmt::format("  {:<26}", name);
        out += head + wrap(o.help, 80, 28, head.size() > 28 ? head.size() : 28) + "\n";
    }
    return out;
}

/// Each wrapped by itself, with an empty line behind it.
std::string paragraphs(const std::string& text) {
    const std::string between = "\n\n";
    std::string out;
    for (std::size_t from = 0, to; from < text.size(); from = to + between.size()) {
        to = std::min(text.find(between, from), text.size());
        out += wrap(text.substr(from, to - from), 80, 0) + "\n\n";
    }
    return out;
}

int run_help(const Arguments& arguments) {
    const std::string topic = arguments.positional(0);
    if (topic.empty()) {
        print_out(overview_text());
        return kFine;
    }
    if (const Command* command = find_command(topic)) {
        print_out(help_text(*command));
        return kFine;
    }
    std::vector<std::string> names;
    for (const Command& c : commands()) names.push_back(c.name);
    const std::string near = document::meant(topic, names);
    return usage_error("help", fmt::format("no command {}{}", document::quote(topic), document::did_you_mean(near)));
}

const bool kRegistered = register_command({.name = "help",
                                           .summary = "Explain a command",
                                           .help = "The same page as COMMAND --help.",
                                           .examples = {"help run"},
                                           .positionals = {{"COMMAND", "one of the commands", false}},
                                           .options = {},
                                           .run = run_help});

}  // namespace

std::string help_text(const Command& command) {
    std::string usage = called_as() + " " + command.name;
    for (const Positional& p : command.positionals) usage += p.required ? " " + p.name : " [" + p.name + "]";
    if (!command.options.empty()) usage += " [options]";
    std::string out = fmt::format("{}\n\n{}.\n\n", styled(usage, Style::strong), command.summary);
    if (!command.examples.empty()) {
        out += "Examples\n";
        for (const std::string& e : command.examples) out += fmt::format("  {} {}\n", called_as(), e);
        out += "\n";
    }
    out += paragraphs(command.help);
    if (!command.positionals.empty()) {
        out += "Arguments\n";
        for (const Positional& p : command.positionals)
            out += fmt::format("  {:<26}", p.name) + wrap(p.help, 80, 28, 28) + "\n";
        out += "\n";
    }
    if (!command.options.empty()) out += "Options\n" + option_lines(command.options) + "\n";
    return out + "Everywhere\n" + option_lines(global_options()) + "\n" + kExitCodes;
}

std::string overview_text() {
    std::string out =
        "gatesim simulates merge queues: the gates that test every change on top of those\n"
        "ahead of it before it may land.\n\nStart here\n";
    out += fmt::format("  {0} run scenarios/quickstart\n  {0} list scenarios\n\nCommands\n", called_as());
    for (const Command& c : commands()) out += fmt::format("  {:<12}{}\n", c.name, c.summary);
    return out + fmt::format("\n{0} help COMMAND explains one; {0} describe words explains the terms.\n", called_as());
}

int usage_error(const std::string& command, const std::string& problem) {
    const std::string page = command.empty() ? "help" : "help " + command;
    print_err(
        fmt::format("gatesim{}: {}\n  see: {} {}\n", command.empty() ? "" : " " + command, problem, called_as(), page));
    return kUsage;
}

}  // namespace gatesim
