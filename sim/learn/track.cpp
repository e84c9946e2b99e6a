#include "learn/track.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "learn/reader.hpp"

namespace gatesim::learn {

namespace {

bool is_lesson_name(const std::string& name) {
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    if (name.size() < 4 || !digit(name[0]) || !digit(name[1])) return false;
    const std::size_t hyphen = name.find('-');
    return (hyphen == 2 || (hyphen == 3 && name[2] >= 'a' && name[2] <= 'z')) && hyphen + 1 < name.size() &&
           std::all_of(name.begin(), name.end(),
                       [&](char c) { return digit(c) || c == '-' || (c >= 'a' && c <= 'z'); });
}

TrackEntry read_entry(Reader& reader, const View& view, const std::string& folder) {
    TrackEntry out;
    reader.keys(view, {"lesson", "day", "slot", "optional"}, {"lesson"});
    out.lesson = reader.text(view, "lesson");
    out.day = static_cast<int>(reader.count(view, "day", 1, 30).value_or(1));
    out.slot = reader.text(view, "slot");
    out.optional = reader.flag(view, "optional");
    std::error_code error;
    if (!is_lesson_name(out.lesson))
        reader.complain(view, fmt::format("\"{}\" is not a name for a lesson", out.lesson),
                        "two digits (and a letter), a hyphen, small letters, digits and hyphens: 05-bet-on-the-future");
    else if (!std::filesystem::is_directory(folder + "/" + out.lesson, error))
        reader.complain(view, fmt::format("there is no folder {}", out.lesson));
    return out;
}

/// "5" means "05".
std::string spelled(const std::string& what) {
    return what.size() == 1 && what[0] >= '0' && what[0] <= '9' ? "0" + what : what;
}

}  // namespace

std::string Track::day_name(int day) const {
    const auto at = static_cast<std::size_t>(day - 1);
    return at < days.size() ? days[at] : fmt::format("Day {}", day);
}

std::optional<std::size_t> Track::find(const std::string& what, std::string& problem) const {
    std::vector<std::size_t> found;
    const std::string wanted = spelled(what);
    for (std::size_t i = 0; i < lessons.size(); ++i) {
        if (lessons[i].lesson == wanted || lessons[i].lesson.substr(0, lessons[i].lesson.find('-')) == wanted) return i;
        if (!wanted.empty() && lessons[i].lesson.find(wanted) != std::string::npos) found.push_back(i);
    }
    if (found.size() == 1) return found.front();
    std::vector<std::string> names;
    if (found.empty()) {
        for (const TrackEntry& e : lessons) names.push_back(e.lesson);
        problem = fmt::format("there is no lesson \"{}\"; there are {}", what, document::listing(names));
    } else {
        for (const std::size_t i : found) names.push_back(lessons[i].lesson);
        problem = fmt::format("\"{}\" may be {}", what, document::listing(names));
    }
    return std::nullopt;
}

std::optional<Track> read_track(const std::string& folder, std::vector<Diagnostic>& problems) {
    Reader reader(folder + "/track.json");
    Track out;
    out.folder = folder;
    if (const auto root = reader.root()) {
        reader.keys(*root, {"format", "name", "title", "days", "welcome", "closing", "lessons"},
                    {"format", "name", "title", "welcome", "closing", "lessons"});
        reader.count(*root, "format", 1, 1);
        out.name = reader.text(*root, "name");
        out.title = reader.text(*root, "title");
        out.days = reader.texts(*root, "days");
        out.welcome = reader.text(*root, "welcome");
        out.closing = reader.text(*root, "closing");
        std::set<std::string> seen;
        if (const auto list = root->find("lessons"))
            for (std::size_t i = 0; i < list->node->members.size(); ++i) {
                out.lessons.push_back(read_entry(reader, list->child(i), folder));
                if (!seen.insert(out.lessons.back().lesson).second)
                    reader.complain(list->child(i), "this lesson stands here twice");
            }
    }
    if (reader.fine()) return out;
    for (Diagnostic& d : reader.take()) problems.push_back(std::move(d));
    return std::nullopt;
}

}  // namespace gatesim::learn
