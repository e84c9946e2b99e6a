// A program's command line: its words, and where the program is on this machine.
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "strategy/exec/program.hpp"

namespace gatesim::exec {

std::vector<std::string> words_of(const std::string& command) {
    std::vector<std::string> words;
    bool inside = false;  // of a word
    char quote = 0;
    for (std::size_t i = 0; i < command.size(); ++i) {
        const char c = command[i];
        if (quote == 0 && std::isspace(static_cast<unsigned char>(c))) {
            inside = false;
            continue;
        }
        if (!inside) words.emplace_back();
        inside = true;
        if (c == quote)
            quote = 0;
        else if (quote == 0 && (c == '\'' || c == '"'))
            quote = c;
        else if (c == '\\' && quote != '\'' && i + 1 < command.size())
            words.back() += command[++i];
        else
            words.back() += c;
    }
    if (quote != 0) words.clear();
    return words;
}

std::string command_of(const std::vector<std::string>& words) {
    std::string command;
    for (const std::string& word : words) {
        std::string written;
        for (const char c : word) written += c == '\'' ? std::string("'\\''") : std::string(1, c);
        const bool plain = !word.empty() && word.find_first_of(" \t\r\n\v\f'\"\\") == std::string::npos;
        command += (command.empty() ? "" : " ") + (plain ? word : "'" + written + "'");
    }
    return command;
}

namespace {

namespace fs = std::filesystem;

bool is_file(const fs::path& path) {
    std::error_code ignored;
    return fs::is_regular_file(path, ignored);
}

std::string in_path(const std::string& name) {
    const char* path = std::getenv("PATH");
    std::istringstream folders(path ? path : "/usr/local/bin:/usr/bin:/bin");
    for (std::string folder; std::getline(folders, folder, ':');) {
        const fs::path file = fs::path(folder.empty() ? "." : folder) / name;
        if (is_file(file) && ::access(file.c_str(), X_OK) == 0) return file.string();
    }
    return "";
}

/// What the first line of a script names and this machine does not have; empty if all is well, or if it is no script.
std::string missing_interpreter(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    char head[256] = {};
    in.read(head, sizeof head - 1);
    std::string line(head, static_cast<std::size_t>(std::max<std::streamsize>(0, in.gcount())));
    if (!line.starts_with("#!")) return "";
    line = line.substr(2, line.find('\n') - 2);
    if (line.ends_with('\r'))  // the system looks for an interpreter with that in its name
        return file +
               " has line ends of Windows (\\r\\n), so its interpreter is not found; sed -i 's/\\r$//' mends that";
    const std::vector<std::string> words = words_of(line);
    if (words.empty()) return "";
    std::string wanted = words.front();
    if (!is_file(wanted)) return file + " wants the interpreter " + wanted + ", and there is none";
    if (fs::path(wanted).filename() != "env") return "";
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (words[i].starts_with("-") || words[i].find('=') != std::string::npos) continue;
        const bool there = words[i].find('/') == std::string::npos ? !in_path(words[i]).empty() : is_file(words[i]);
        return there ? "" : file + " wants the interpreter " + words[i] + ", and there is none in PATH";
    }
    return "";
}

/// Where the file is, seen from here or from the folder; empty if there is none.
std::string found_file(const std::string& name, const std::string& folder) {
    if (is_file(name)) return name.find('/') == std::string::npos ? "./" + name : name;
    const fs::path beside = fs::path(folder.empty() ? "." : folder) / name;
    return is_file(beside) ? beside.string() : "";
}

}  // namespace

std::string located(const std::string& command, const std::string& folder, std::string& problem) {
    std::vector<std::string> words = words_of(command);
    if (!found_file(command, folder).empty()) words = {command};
    if (words.empty()) {
        const bool named = command.find_first_not_of(" \t\r\n\v\f") != std::string::npos;
        problem = named ? "a quote has no end: " + command : "no program is named";
        return command;
    }
    const std::string name = words.front();
    std::string found = found_file(name, folder);
    if (found.empty() && name.find('/') == std::string::npos && !in_path(name).empty()) found = name;
    if (found.empty())
        problem = "there is no program " + name + ", neither here nor beside the scenario" +
                  (name.find('/') == std::string::npos ? " nor in PATH" : "");
    else if (found.find('/') != std::string::npos && ::access(found.c_str(), X_OK) != 0)
        problem = found + " may not be executed; chmod +x " + command_of({found}) + " allows it";
    else
        problem = missing_interpreter(found.find('/') == std::string::npos ? in_path(found) : found);
    words.front() = found;
    return problem.empty() ? command_of(words) : command;
}

std::vector<std::string> files_of(const std::string& command) {
    std::vector<std::string> words = words_of(command);
    if (!words.empty() && words.front().find('/') == std::string::npos) words.front() = in_path(words.front());
    std::erase_if(words, [](const std::string& word) { return !is_file(word); });
    return words;
}

}  // namespace gatesim::exec
