#include "correlate/layer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "correlate/mask.hpp"

namespace gatesim::correlate {

namespace {

constexpr std::array<std::string_view, 10> kMemberNames{"layer",  "service", "source", "logger", "component",
                                                        "stream", "unit",    "file",   "log",    "logfile"};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// INFO, [error], W: say how bad a line is, not where it comes from.
bool is_level(std::string_view word) {
    static const std::set<std::string, std::less<>> levels{
        "debug",  "info",  "warn",  "warning", "error",  "err",  "critical", "crit", "fatal", "trace",
        "notice", "audit", "alert", "emerg",   "severe", "fine", "verbose",  "dbg",  "inf",   "wrn",
        "ftl",    "d",     "i",     "w",       "e",      "f",    "n",        "t",    "c"};
    std::string low;
    for (const char c : word) low += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return levels.count(low) != 0;
}

/// Jan, Mon, UTC; and 08-Jan-2014.
bool is_month_or_day(std::string_view word) {
    while (!word.empty() && !is_letter(word.front())) word.remove_prefix(1);
    while (!word.empty() && !is_letter(word.back())) word.remove_suffix(1);
    return is_month_or_day_name(word);
}

/// A time, a number, or no letter at all.
bool is_time(std::string_view word) {
    bool digits = false, letters = false;
    for (const char c : word) {
        digits = digits || is_digit(c);
        letters = letters || (is_letter(c) && c != 'T' && c != 'Z' && c != 's' && c != 'm');
    }
    return !letters && (digits || std::none_of(word.begin(), word.end(), is_letter));
}

struct Word {
    std::string_view tag;
    bool dressed = false;
};

/// The words at the beginning of a line that are no times, undressed: "[n-api]" and "n-api:" are n-api.
std::size_t first_words(std::string_view line, Word* out, std::size_t most) {
    std::size_t at = 0, found = 0;
    for (std::size_t seen = 0; seen < most + 4 && found < most && at < line.size(); ++seen) {
        while (at < line.size() && line[at] == ' ') ++at;
        std::size_t end = at;
        while (end < line.size() && line[end] != ' ' && line[end] != '\t' && line[end] != '|') ++end;
        std::string_view word = line.substr(at, end - at);
        bool dressed = false;
        std::size_t next = end;
        while (next < line.size() && line[next] == ' ') ++next;
        if (next < line.size() && line[next] == '|') {
            dressed = true;
            end = next + 1;
        }
        at = std::max(end, at + 1);
        const std::size_t size = word.size();
        while (!word.empty() && std::strchr("[(<{\"'", word.front())) word.remove_prefix(1);
        while (!word.empty() && std::strchr("])>}\"':|,;", word.back())) word.remove_suffix(1);
        if (const std::size_t bracket = word.find('['); bracket != std::string_view::npos && bracket > 0)
            word = word.substr(0, bracket);  // a process number
        if (word.empty() || is_time(word) || is_month_or_day(word)) continue;
        out[found++] = {word, dressed || word.size() < size};
    }
    return found;
}

/// The value of layer=x or "layer": "x".
std::string_view member_of(std::string_view line, std::string_view name) {
    for (std::size_t at = line.find(name); at != std::string_view::npos; at = line.find(name, at + 1)) {
        if (at > 0 && (is_letter(line[at - 1]) || line[at - 1] == '_')) continue;
        std::size_t from = at + name.size();
        const bool quoted = from < line.size() && line[from] == '"';
        from += quoted;
        if (from >= line.size() || (line[from] != '=' && !(quoted && line[from] == ':'))) continue;
        ++from;
        while (from < line.size() && (line[from] == ' ' || line[from] == '"')) ++from;
        std::size_t end = from;
        while (end < line.size() && !std::strchr("\" ,;}|]", line[end])) ++end;
        if (end > from) return line.substr(from, end - from);
    }
    return {};
}

/// "==> n-api.txt <==", "=== console ===", "--- console ---", "### console ###".
std::string_view heading_of(std::string_view line) {
    if (line.size() < 7 || line.size() > 120 || !std::strchr("=-#", line[0]) || line[1] != line[0]) return {};
    while (!line.empty() && std::strchr("=-#>< ", line.front())) line.remove_prefix(1);
    const std::size_t size = line.size();
    while (!line.empty() && std::strchr("=-#>< ", line.back())) line.remove_suffix(1);
    return size == line.size() || line.find(' ') != std::string_view::npos ? std::string_view{} : line;
}

}  // namespace

std::string_view LayerRule::tag(std::string_view line) const {
    std::string_view tag;
    if (kind_ == Kind::word) {
        Word words[8];
        if (line.empty() || line[0] == ' ' || line[0] == '\t') return {};
        if (first_words(line, words, place_ + 1) > place_ && (!dressed_ || words[place_].dressed))
            tag = words[place_].tag;
    } else if (kind_ == Kind::member) {
        tag = member_of(line, kMemberNames[place_]);
    } else if (kind_ == Kind::heading) {
        tag = heading_of(line);
    }
    return !tag.empty() && tags_.find(tag) != tags_.end() ? tag : std::string_view{};
}

std::string LayerRule::text() const {
    static constexpr const char* kWhich[] = {"first", "second", "third", "fourth"};
    if (kind_ == Kind::word) return fmt::format("the {} word of a line (times do not count)", kWhich[place_]);
    if (kind_ == Kind::member) return fmt::format("what a line says after \"{}\"", kMemberNames[place_]);
    return kind_ == Kind::heading ? "headings above the lines" : "";
}

void LayerSample::count(Place& place, std::uint32_t build, std::string_view tag, bool dressed, std::string_view text) {
    ++place.lines;
    if (tag.size() > 60 || (place.tags.size() > 8 * kMostTags && place.tags.count(std::string(tag)) == 0)) return;
    Tag& one = place.tags[std::string(tag)];
    ++one.lines;
    one.dressed += dressed;
    one.builds.insert(build);
    if (one.shapes.size() < 50) {
        std::string shape;
        const std::size_t after = static_cast<std::size_t>(tag.data() - text.data()) + tag.size();
        mask(text.substr(std::min(after, text.size())), shape);
        one.shapes.insert(digest(shape.substr(0, 12)));
    }
}

void LayerSample::line(std::uint32_t build, std::string_view text) {
    if (text.empty()) return;
    builds_.insert(build);
    if (const std::string_view heading = heading_of(text); !heading.empty())
        count(headings_, build, heading, true, text);
    if (text[0] == ' ' || text[0] == '\t') return;
    ++lines_;
    Word words[kPlaces];
    const std::size_t found = first_words(text, words, kPlaces);
    for (std::size_t i = 0; i < found; ++i) {
        if (is_level(words[i].tag)) continue;
        count(words_[i], build, words[i].tag, words[i].dressed, text);
    }
    for (std::size_t i = 0; i < kMembers; ++i)
        if (const std::string_view value = member_of(text, kMemberNames[i]); !value.empty())
            count(members_[i], build, value, true, text);
}

std::set<std::string, std::less<>> LayerSample::tags_of(const Place& place, bool member, bool dressed,
                                                        bool& sticky) const {
    std::set<std::string, std::less<>> out;
    std::uint64_t lines = 0, shapes = 0, names = 0;
    for (const auto& [name, tag] : place.tags) {
        const bool common = tag.builds.size() * 20 >= builds_.size() || tag.builds.size() >= 5;
        if (!common || (dressed && tag.dressed * 10 < tag.lines * 9)) continue;
        out.insert(name);
        lines += dressed ? tag.dressed : tag.lines;
        shapes += tag.shapes.size();
        ++names;
    }
    sticky = lines * 10 >= lines_ * 9;
    const bool covers = lines * 10 >= lines_ * (member ? 7 : dressed ? 5 : 9);
    const double each = names == 0 ? 0 : static_cast<double>(shapes) / static_cast<double>(names);
    const bool varied = member || (dressed ? each >= 1.5 && names <= kMostTags : names <= 12 && each >= 5);
    if (names < 2 || !covers || !varied) out.clear();
    return out;
}

LayerRule LayerSample::rule() const {
    LayerRule out;
    const auto take = [&](LayerRule::Kind kind, std::size_t place, const Place& from, bool member, bool dressed) {
        out.tags_ = tags_of(from, member, dressed, out.sticky_);
        out.kind_ = kind;
        out.place_ = place;
        out.dressed_ = dressed;
        return !out.tags_.empty();
    };
    for (std::size_t i = 0; i < kMembers; ++i)
        if (take(LayerRule::Kind::member, i, members_[i], true, false)) return out;
    for (const bool dressed : {true, false})
        for (std::size_t i = 0; i < kPlaces; ++i)
            if (take(LayerRule::Kind::word, i, words_[i], false, dressed)) return out;
    out = {};
    const std::size_t names = headings_.tags.size();
    if (names >= 2 && names <= 40 && headings_.lines >= 2 * builds_.size()) {
        out.kind_ = LayerRule::Kind::heading;
        for (const auto& [name, tag] : headings_.tags) out.tags_.insert(name);
    }
    return out;
}

}  // namespace gatesim::correlate
