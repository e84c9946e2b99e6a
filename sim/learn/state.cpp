#include "learn/state.hpp"

#include <fmt/format.h>

#include <charconv>
#include <sstream>

#include "scenario/read_json.hpp"

namespace gatesim::learn {

namespace {

constexpr const char* kFirstLine = "gatesim lessons, format 1";
constexpr std::pair<Phase, const char*> kPhases[] = {
    {Phase::fresh, "fresh"}, {Phase::started, "started"}, {Phase::passed, "passed"}, {Phase::gave_up, "gave-up"}};

/// Room to count on: no file, however odd, makes a sum overflow.
constexpr std::int64_t kMostAttempts = 1'000'000, kLastSecond = 1'000'000'000'000;

template <class T>
bool read_number(const std::string& text, T& out, std::int64_t most) {
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, out);
    return !text.empty() && read.ec == std::errc{} && read.ptr == end && out >= 0 && out <= most;
}

bool read_part(const std::string& key, const std::string& value, LessonState& out) {
    if (key == "attempts") return read_number(value, out.attempts, kMostAttempts);
    if (key == "hints") return read_number(value, out.rung, 4);
    if (key == "revision") return read_number(value, out.revision, kMostAttempts);
    if (key == "begun") return read_number(value, out.started, kLastSecond);
    if (key == "done") return read_number(value, out.passed, kLastSecond);
    if (key != "is") return false;
    for (const auto& [phase, name] : kPhases) {
        if (value != name) continue;
        out.phase = phase;
        return true;
    }
    return false;
}

/// "lesson 05-bet-on-the-future is=passed attempts=3 …". A part that makes no sense leaves the others as they are.
bool read_lesson_line(std::istringstream& words, State& state) {
    std::string name, word;
    if (!(words >> name)) return false;
    LessonState lesson = state.of(name);
    bool any = false, all = true;
    while (words >> word) {
        const auto equals = word.find('=');
        const bool fine =
            equals != std::string::npos && read_part(word.substr(0, equals), word.substr(equals + 1), lesson);
        any = any || fine;
        all = all && fine;
    }
    if (any) state.lessons[name] = lesson;
    return any && all;
}

std::string rest_of(std::istringstream& words) {
    std::string out;
    std::getline(words >> std::ws, out);
    return out;
}

bool read_line(const std::string& line, State& state) {
    std::istringstream words(line);
    std::string kind;
    words >> kind;
    if (kind.empty() || kind == "#") return true;
    if (kind != "from" && !document::is_utf8(line)) return false;  // a folder's name may be any bytes
    if (kind == "track") return !(state.track = rest_of(words)).empty();
    if (kind == "learner") return !(state.learner = rest_of(words)).empty();
    if (kind == "current") return !(state.current = rest_of(words)).empty();
    if (kind == "from") return !(state.from = rest_of(words)).empty();
    if (kind == "lesson") return read_lesson_line(words, state);
    if (kind != "predicted") return false;
    std::string lesson, question;
    if (!(words >> lesson >> question)) return false;
    state.lessons[lesson].predictions[question] = rest_of(words);
    return true;
}

}  // namespace

const LessonState& State::of(const std::string& lesson) const {
    static const LessonState kFresh;
    const auto it = lessons.find(lesson);
    return it == lessons.end() ? kFresh : it->second;
}

std::string state_text(const State& state) {
    std::string out =
        fmt::format("{}\n# Your progress. Copy it, keep it, hand it in; delete it to begin anew.\n", kFirstLine);
    if (!state.track.empty()) out += fmt::format("track {}\n", state.track);
    if (!state.learner.empty()) out += fmt::format("learner {}\n", state.learner);
    if (!state.current.empty()) out += fmt::format("current {}\n", state.current);
    if (!state.from.empty()) out += fmt::format("from {}\n", state.from);
    for (const auto& [name, lesson] : state.lessons) {
        const char* word_of = "fresh";
        for (const auto& [value, word] : kPhases)
            if (value == lesson.phase) word_of = word;
        out += fmt::format("lesson {} is={} attempts={} hints={} revision={} begun={} done={}\n", name, word_of,
                           lesson.attempts, lesson.rung, lesson.revision, lesson.started, lesson.passed);
        for (const auto& [question, answer] : lesson.predictions)
            out += fmt::format("predicted {} {} {}\n", name, question, answer);
    }
    return out;
}

State parse_state(const std::string& text, std::vector<std::size_t>& lost) {
    std::istringstream lines(text);
    std::string line;
    State out;
    std::size_t number = 0;
    while (std::getline(lines, line)) {
        ++number;
        if (line.ends_with('\r')) line.pop_back();  // an editor of another system
        if (number == 1 ? line != kFirstLine : !read_line(line, out)) lost.push_back(number);
        if (number == 1 && line != kFirstLine) read_line(line, out);
    }
    if (number == 0) lost.push_back(1);
    return out;
}

}  // namespace gatesim::learn
