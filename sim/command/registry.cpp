#include <algorithm>

#include "command/command.hpp"

namespace gatesim {

namespace {

std::vector<Command>& table() {
    static std::vector<Command> commands;
    return commands;
}

/// In the order of a newcomer's questions; what is not named here comes after, by name.
int place(const std::string& name) {
    static const std::vector<std::string> order = {"run",    "compare",  "sweep",  "plan",    "calibrate", "import",
                                                   "infer",  "validate", "report", "explain", "list",      "describe",
                                                   "lesson", "verify",   "schema", "help"};
    return static_cast<int>(std::find(order.begin(), order.end(), name) - order.begin());
}

}  // namespace

bool register_command(Command command) {
    table().push_back(std::move(command));
    return true;
}

std::vector<Command> commands() {
    std::vector<Command> out = table();
    std::sort(out.begin(), out.end(), [](const Command& a, const Command& b) {
        return place(a.name) != place(b.name) ? place(a.name) < place(b.name) : a.name < b.name;
    });
    return out;
}

const Command* find_command(const std::string& name) {
    for (const Command& command : table()) {
        if (command.name == name) return &command;
    }
    return nullptr;
}

const std::vector<Option>& global_options() {
    static const std::vector<Option> options = {
        {.name = "quiet",
         .kind = OptionKind::flag,
         .help = "Print nothing but errors and what --json asks for.",
         .letter = 'q'},
        {.name = "color",
         .kind = OptionKind::choice,
         .value = "WHEN",
         .help = "auto, always or never. Default: auto.",
         .choices = {"auto", "always", "never"}},
        {.name = "no-progress", .kind = OptionKind::flag, .help = "No progress bar."},
        {.name = "help", .kind = OptionKind::flag, .help = "This page.", .letter = 'h'},
    };
    return options;
}

}  // namespace gatesim
