#include "learn/author_texts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "learn/claims.hpp"

namespace gatesim::learn {

namespace fs = std::filesystem;

namespace {

/// All files below the lesson's folder, by their path in it.
std::vector<std::string> all_files(const Lesson& lesson) {
    std::vector<std::string> out;
    std::error_code error;
    for (fs::recursive_directory_iterator it(lesson.folder, error), end; !error && it != end; it.increment(error))
        if (!it->is_directory(error)) out.push_back(it->path().lexically_relative(lesson.folder).generic_string());
    std::sort(out.begin(), out.end());
    return out;
}

std::vector<std::string> needed_files(const Lesson& lesson) {
    std::vector<std::string> out = {"lesson.json",        "README.md",       "scenario.json", "work.json",
                                    "solution/work.json", "solution/why.md", "instructor.md"};
    for (const std::string& file : lesson.files) out.push_back(file);
    for (const std::string& program : lesson.programs) {
        out.push_back(program);
        out.push_back("solution/" + program);
    }
    return out;
}

/// Everything a learner is given as an input: its numbers may be quoted.
std::string given_text(const Lesson& lesson) {
    std::string out;
    std::vector<std::string> files = {"lesson.json", "scenario.json", "work.json", "solution/work.json"};
    for (const std::string& file : wrong_files(lesson)) files.push_back(file);
    for (const std::string& file : files) out += read_text(lesson.path(file)).value_or("") + "\n";
    return out;
}

/// A manifest without its own prose, so that a number in a hint does not excuse itself.
std::string without_prose(const Lesson& lesson, std::string text) {
    std::vector<std::string> prose = lesson.hints;
    for (const Check& c : lesson.checks)
        for (const Message& m : c.messages) prose.push_back(m.say);
    for (const Question& q : lesson.questions)
        for (const Message& m : q.messages) prose.push_back(m.say);
    for (const std::string& p : prose) {
        const std::string quoted = document::json_string(p);
        const std::size_t at = text.find(quoted);
        if (at != std::string::npos) text.erase(at, quoted.size());
    }
    return text;
}

}  // namespace

std::vector<std::string> wrong_files(const Lesson& lesson) {
    std::vector<std::string> out;
    for (const std::string& file : all_files(lesson))
        if (file.starts_with("wrong/") && file.ends_with(".json")) out.push_back(file);
    return out;
}

std::vector<std::string> stray_files(const Lesson& lesson) {
    const auto there = all_files(lesson);
    const auto needed = needed_files(lesson);
    std::vector<std::string> out;
    std::error_code error;
    for (const std::string& file : needed) {
        if (std::find(there.begin(), there.end(), file) == there.end())
            out.push_back(file + " is missing");
        else if (fs::file_size(lesson.path(file), error) == 0)
            out.push_back(file + " is empty");
    }
    std::set<std::string> known(needed.begin(), needed.end());
    known.insert("expected/golden.json");
    for (const std::string& file : there) {
        const bool wrong = file.starts_with("wrong/") && file.find('/', 6) == std::string::npos;
        if (!known.count(file) && !wrong) out.push_back(file + " is not named in lesson.json");
    }
    return out;
}

std::vector<std::string> text_troubles(const Lesson& lesson, const Figures& figures) {
    const Texts texts(lesson, {}, figures);
    const std::string given = without_prose(lesson, given_text(lesson));
    std::vector<std::string> out;
    std::string said;
    const auto look = [&](const std::string& where, const std::string& text) {
        said += in_one_line(text) + "\n";
        std::vector<std::string> unknown;
        texts.fill(text, &unknown);
        for (const std::string& token : unknown)
            out.push_back(fmt::format("{}: {{{{{}}}}} means nothing", where, token));
        for (const std::string& number : typed_numbers(text, given))
            out.push_back(
                fmt::format("{}: {} is typed by hand; make it a token, or say {{{{={}}}}} if it is true by "
                            "itself",
                            where, number, number));
    };
    for (const char* file : {"README.md", "solution/why.md", "instructor.md"})
        look(file, read_text(lesson.path(file)).value_or(""));
    for (std::size_t i = 0; i < lesson.hints.size(); ++i) {
        if (lesson.hints[i].empty()) out.push_back(fmt::format("hint {} is empty", i + 1));
        look(fmt::format("hint {}", i + 1), lesson.hints[i]);
    }
    const auto messages = [&](const std::string& id, const std::vector<Message>& list) {
        for (const Message& m : list) {
            if (m.say.empty()) out.push_back(fmt::format("message {}.{} is empty", id, m.id));
            look(fmt::format("message {}.{}", id, m.id), m.say);
        }
    };
    for (const Question& q : lesson.questions) {
        look("question " + q.id, q.text);
        messages(q.id, q.messages);
    }
    for (const Check& c : lesson.checks) {
        look("check " + c.id, c.text);
        messages(c.id, c.messages);
    }
    for (const Picture& p : lesson.pictures) {
        if (p.text.empty()) out.push_back(fmt::format("picture {} has no text for those who cannot see it", p.id));
        look("picture " + p.id, p.text);
    }
    for (const Claim& c : lesson.claims)
        if (c.says.empty() || said.find(in_one_line(c.says)) == std::string::npos)
            out.push_back(fmt::format("claim {}: no text says \"{}\"", c.id, c.says));
    return out;
}

}  // namespace gatesim::learn
