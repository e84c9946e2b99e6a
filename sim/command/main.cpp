// gatesim: finds the command, parses its options, runs it.

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <exception>
#include <new>
#include <stdexcept>

#include "command/command.hpp"
#include "command/terminal.hpp"
#include "scenario/errors.hpp"
#include "scenario/meant.hpp"
#include "study/summary.hpp"

namespace gatesim {

namespace {

/// Whether the word after this option is its value. Asks every command's table: the command is not known yet.
bool takes_next(const std::string& word) {
    if (word.rfind("--", 0) != 0 || word.find('=') != std::string::npos) return false;
    const auto is_it = [&](const Option& o) { return o.kind != OptionKind::flag && "--" + o.name == word; };
    const auto& globals = global_options();
    if (std::any_of(globals.begin(), globals.end(), is_it)) return true;
    for (const Command& c : commands()) {
        if (std::any_of(c.options.begin(), c.options.end(), is_it)) return true;
    }
    return false;
}

/// Position of the command's name: the first word that is neither an option nor an option's value.
std::size_t find_command_word(const std::vector<std::string>& words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == "--") return words.size();
        if (words[i].size() < 2 || words[i][0] != '-') return i;
        if (takes_next(words[i])) ++i;
    }
    return words.size();
}

int without_command(const std::vector<std::string>& words) {
    for (const std::string& word : words) {
        if (word == "--version") {
            print_out(fmt::format("gatesim {}\n", version()));
            return kFine;
        }
        if (word == "--help" || word == "-h") {
            print_out(overview_text());
            return kFine;
        }
    }
    if (words.empty()) {
        print_err(overview_text());
        return kUsage;
    }
    std::string problem;
    if (!parse(words, global_options(), {}, problem)) return usage_error("", problem);
    return usage_error("", "no command was given");
}

int dispatch(std::vector<std::string> words) {
    const std::size_t at = find_command_word(words);
    if (at == words.size()) return without_command(words);
    const std::string name = words[at];
    const Command* command = find_command(name);
    if (!command) {
        std::vector<std::string> names;
        for (const Command& c : commands()) names.push_back(c.name);
        const std::string near = document::meant(name, names);
        return usage_error("", fmt::format("no command {}{}", document::quote(name), document::did_you_mean(near)));
    }
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(at));
    std::vector<Option> options = command->options;
    options.insert(options.end(), global_options().begin(), global_options().end());
    std::string problem;
    const auto arguments = parse(words, options, command->positionals, problem);
    if (!arguments) return usage_error(name, problem);
    set_color(arguments->text("color", "auto"));
    if (arguments->has("help")) {
        print_out(help_text(*command));
        return kFine;
    }
    return command->run(*arguments);
}

}  // namespace

}  // namespace gatesim

int main(int argc, char** argv) {
    using namespace gatesim;
    set_called_as(argc > 0 ? argv[0] : "gatesim");
    std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is an error of the write, which is told
    int code = kUnreadable;
    try {
        code = dispatch({argv + std::min(argc, 1), argv + argc});
    } catch (const std::bad_alloc&) {
        print_err("gatesim: out of memory\n");
    } catch (const std::length_error&) {  // more than a vector can have
        print_err("gatesim: out of memory\n");
    } catch (const std::exception& problem) {
        print_err(fmt::format("gatesim: internal error: {}\n", problem.what()));
    }
    if (!flush_out() && code == kFine) {
        print_err("gatesim: cannot write to standard output\n");
        return kUnreadable;
    }
    return code;
}
