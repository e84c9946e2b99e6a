#include "correlate/layer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "correlate/mask.hpp"

namespace gatesim::correlate {

namespace {

constexpr std::array<std::string_view, 10> kMemberNames{"layer",     "service", "source", "logger", "component",
                                                        "stream",    "unit",    "file",   "log",    "logfile"};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// INFO, [error], W: say how bad a line is, not where it comes from.
bool is_level(std::string_view word) {
    static const std::set<std::string, std::less<>> levels{
        "debug", "info", "warn",  "warning", "error", "err", "critical", "crit", "fatal", "trace", "notice", "audit",
        "alert", "emerg", "severe", "fine", "verbose", "dbg", "inf", "wrn", "ftl", "d", "i", "w", "e", "f", "n", "t", "c"};
    std::string low;
    for (const char c : word) low += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return levels.count(low) != 0;
}

bool is_month_or_day(std::string_view word) {
    static const std::set<std::string, std::less<>> names{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul",
                                                          "Aug", "Sep", "Oct", "Nov", "Dec", "Mon", "Tue",
                                                          "Wed", "Thu", "Fri", "Sat", "Sun", "UTC"};
    return names.count(word) != 0;
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
        if (first_words(line, words, place_ + 1) > place_) tag = words[place_].tag;
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

void LayerSample::count(Place& place, std::uint32_t build, std::string_view tag, std::string_view text) {
    if (tag.size() > 60 || place.tags.size() > kMostTags) return;
    Tag& one = place.tags[std::string(tag)];
    ++one.lines;
    ++place.lines;
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
    if (const std::string_view heading = heading_of(text); !heading.empty()) count(headings_, build, heading, text);
    if (text[0] == ' ' || text[0] == '\t') return;
    ++lines_;
    Word words[kPlaces];
    const std::size_t found = first_words(text, words, kPlaces);
    for (std::size_t i = 0; i < found; ++i) {
        if (is_level(words[i].tag)) continue;
        count(words_[i], build, words[i].tag, text);
        words_[i].dressed += words[i].dressed;
    }
    for (std::size_t i = 0; i < kMembers; ++i)
        if (const std::string_view value = member_of(text, kMemberNames[i]); !value.empty())
            count(members_[i], build, value, text);
}

bool LayerSample::fits(const Place& place, bool member) const {
    if (place.tags.size() < 2 || place.tags.size() > kMostTags || place.lines * 10 < lines_ * 7) return false;
    std::uint64_t common = 0, shapes = 0;
    for (const auto& [name, tag] : place.tags) {
        if (tag.builds.size() * 20 >= builds_.size() || tag.builds.size() >= 5) common += tag.lines;
        shapes += tag.shapes.size();
    }
    if (common * 10 < place.lines * 9) return false;
    const double each = static_cast<double>(shapes) / static_cast<double>(place.tags.size());
    if (member) return true;
    return place.dressed * 10 >= place.lines * 8 ? each >= 1.5 : place.tags.size() <= 12 && each >= 5;
}

LayerRule LayerSample::rule() const {
    LayerRule out;
    const auto take = [&](LayerRule::Kind kind, std::size_t place, const Place& from) {
        out.kind_ = kind;
        out.place_ = place;
        for (const auto& [name, tag] : from.tags) out.tags_.insert(name);
    };
    for (std::size_t i = 0; i < kMembers; ++i)
        if (fits(members_[i], true)) {
            take(LayerRule::Kind::member, i, members_[i]);
            return out;
        }
    for (std::size_t i = 0; i < kPlaces; ++i)
        if (fits(words_[i], false)) {
            take(LayerRule::Kind::word, i, words_[i]);
            return out;
        }
    const std::size_t names = headings_.tags.size();
    if (names >= 2 && names <= 40 && headings_.lines >= 2 * builds_.size()) take(LayerRule::Kind::heading, 0, headings_);
    return out;
}

}  // namespace gatesim::correlate
