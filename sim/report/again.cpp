// The commands that give a gate of a study the tables that a page with a replay needs.
#include "report/again.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "model/shell_quoted.hpp"

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

/// A label as the name of a folder.
std::string folder_name(std::string label) {
    for (char& c : label)
        if (!std::isalnum(static_cast<unsigned char>(c)) && c != '.' && c != '=') c = '-';
    return "out/" + label;
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
        std::string values;
        for (std::size_t axis = 0; axis < std::min(arm.at.size(), folder.axes.size()); ++axis)
            values += fmt::format(" --set {}", shell_quoted(folder.axes[axis].pointer + "=" + arm.at[axis]));
        const std::string name = shell_quoted(folder_name(arm.label));
        out.push_back(fmt::format("gatesim run {}{}{} --replications 1 --out {}", words[2].raw, kept, values, name));
        folders += " " + name;
    }
    out.push_back(fmt::format("gatesim report{}{}", folders, arms.size() > 1 ? " --out out/side-by-side.html" : ""));
    return out;
}

std::vector<std::string> replay_of(const StudyFolder& folder, const std::vector<std::size_t>& arms) {
    std::string labels;
    bool kept = true;
    for (const std::size_t a : arms) {
        labels += (labels.empty() ? "" : ",") + folder.arms[a].label;
        kept &= folder.arms[a].tables.queue.has_value();
    }
    const std::string again = folder.again.substr(0, folder.again.find('\n'));
    if (kept) return {fmt::format("gatesim report {} --replay {}", shell_quoted(folder.path), shell_quoted(labels))};
    if (again.empty()) return {};
    return {fmt::format("{} --report --replay {}", again, shell_quoted(labels))};
}

}  // namespace gatesim::report
