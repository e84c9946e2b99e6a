// The commands that give a gate of a study the tables that a page with a replay needs.
#include "report/again.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace gatesim::report {

namespace {

/// A word as it stands in the line, with its quotes, and what it means without them.
struct Word {
    std::string raw, plain;
};

/// A line as a shell cuts it; only the single quotes that the program writes.
std::vector<Word> words_of(const std::string& line) {
    std::vector<Word> out;
    bool quoted = false, open = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (c == ' ' && !quoted) {
            open = false;
            continue;
        }
        if (!open) out.emplace_back();
        open = true;
        out.back().raw += c;
        if (c == '\'')
            quoted = !quoted;
        else if (c == '\\' && !quoted && i + 1 < line.size())
            out.back().raw += line[i + 1], out.back().plain += line[++i];
        else
            out.back().plain += c;
    }
    return out;
}

bool harmless(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("/._-+:,=%@").find(c) != std::string_view::npos;
}

std::string quoted(const std::string& text) {
    if (!text.empty() && std::all_of(text.begin(), text.end(), harmless)) return text;
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? "'\\''" : std::string(1, c);
    return out + "'";
}

std::vector<std::string> split(const std::string& text, char at) {
    std::vector<std::string> out(1);
    for (const char c : text)
        if (c == at)
            out.emplace_back();
        else
            out.back() += c;
    return out;
}

/// A label as the name of a folder.
std::string folder_name(std::string label) {
    for (char& c : label)
        if (!harmless(c) || c == '/') c = '-';
    return "out/" + label;
}

/// What made an arm: options of `run`, after its scenario.
struct Making {
    std::string scenario;  ///< as it stands in the line
    std::string options;
};

/// What the options of the line say of an arm of a comparison.
void add_arm(const std::vector<Word>& words, const std::string& label, Making& out) {
    for (std::size_t i = 3; i + 1 < words.size(); i += 2) {
        const std::string& value = words[i + 1].plain;
        if (words[i].plain == "--strategies") {
            const auto names = split(value, ',');
            if (std::find(names.begin(), names.end(), label) != names.end())
                out.options += " --strategy " + quoted(label);
        } else if (words[i].plain == "--variant" && value.starts_with(label + "=")) {
            out.scenario = quoted(value.substr(label.size() + 1));
        } else if (words[i].plain == "--variant" && value.starts_with(label + ":")) {
            for (const std::string& set : split(value.substr(label.size() + 1), ';'))
                out.options += " --set " + quoted(set);
        }
    }
}

}  // namespace

std::vector<std::string> runs_of(const StudyFolder& folder, const std::vector<std::size_t>& arms) {
    const std::vector<Word> words = words_of(folder.again.substr(0, folder.again.find('\n')));
    if (words.size() < 3 || words[0].plain != "gatesim") return {};
    std::string kept;
    for (std::size_t i = 3; i + 1 < words.size(); i += 2)
        for (const char* name : {"--seed", "--set", "--warmup", "--until"})
            if (words[i].plain == name) kept += fmt::format(" {} {}", name, words[i + 1].raw);
    std::vector<std::string> out;
    std::string folders;
    for (const std::size_t a : arms) {
        const ReportArm& arm = folder.arms[a];
        Making making{words[2].raw, ""};
        if (folder.kind == FolderKind::compare) add_arm(words, arm.label, making);
        for (std::size_t axis = 0; axis < std::min(arm.at.size(), folder.axes.size()); ++axis)
            making.options += fmt::format(" --set {}", quoted(folder.axes[axis].pointer + "=" + arm.at[axis]));
        const std::string name = quoted(folder_name(arm.label));
        out.push_back(
            fmt::format("gatesim run {}{}{} --replications 1 --out {}", making.scenario, kept, making.options, name));
        folders += " " + name;
    }
    out.push_back(fmt::format("gatesim report{}{}", folders, arms.size() > 1 ? " --out out/side-by-side.html" : ""));
    return out;
}

}  // namespace gatesim::report
