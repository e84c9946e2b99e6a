#include "logs/sentences.hpp"

#include <fmt/format.h>

#include <chrono>

namespace gatesim::logs {

namespace {

/// Calls with every piece of plain text and every gap: at(text, is_gap).
template <class At>
void split(const std::string& text, const At& at) {
    std::size_t from = 0;
    for (std::size_t i = text.find('{'); i != std::string::npos; i = text.find('{', i + 1)) {
        std::size_t end = i + 1;
        while (end < text.size() && text[end] >= 'a' && text[end] <= 'z') ++end;
        if (end == i + 1 || end >= text.size() || text[end] != '}') continue;
        at(std::string_view(text).substr(from, i - from), false);
        at(std::string_view(text).substr(i + 1, end - i - 1), true);
        from = end + 1;
        i = end;
    }
    at(std::string_view(text).substr(from), false);
}

/// A thing as it stands in a name: no blanks, no marks.
std::string in_a_name(std::string word) {
    for (char& c : word)
        if (c == ' ' || c == '-' || c == '\'') c = '_';
    return word;
}

std::string gap(std::string_view name, const Style& style, const Facts& facts, Keyed& luck) {
    if (name == "n") {
        std::uint64_t most = 9;
        for (std::uint64_t digits = luck.between(1, 5); digits > 0; --digits) most *= 10;
        return std::to_string(luck.between(0, most));
    }
    if (name == "hex") return fmt::format("{:010x}", luck.bits() >> 24);
    if (name == "uuid")
        return fmt::format("{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}", luck.bits() >> 32, luck.bits() >> 48,
                           luck.bits() >> 52, luck.bits() >> 48, luck.bits() >> 16);
    if (name == "ip")
        return fmt::format("10.{}.{}.{}:{}", luck.between(0, 255), luck.between(0, 255), luck.between(1, 254),
                           luck.between(1024, 65000));
    if (name == "path")
        return fmt::format("/{}/{:06x}/{}", in_a_name(luck.pick(style.nouns)), luck.bits() >> 40,
                           in_a_name(luck.pick(style.nouns)));
    if (name == "seconds") return fmt::format("{}.{:03}", luck.between(0, 99), luck.between(0, 999));
    if (name == "word") return in_a_name(luck.pick(style.nouns));
    if (name == "node") return facts.node;
    if (name == "region") return facts.region;
    if (name == "job") return facts.job;
    if (name == "change") return facts.change;
    return fmt::format("{{{}}}", name);
}

/// A name that a change brings: it is the change's, and no other's.
std::string own_name(const Style& style, const Facts& facts, std::size_t which) {
    Keyed luck(join_key(facts.own, which));
    return fmt::format("{}_{}_{}", in_a_name(luck.pick(style.nouns)), in_a_name(luck.pick(style.nouns)),
                       in_a_name(luck.pick(style.nouns)));
}

const char* const kGaps[] = {"{n}", "{hex}", "{uuid}", "{ip}", "{path}", "{seconds}s", "{word}", "{n}"};

}  // namespace

std::string made_up(const Style& style, Keyed& luck, bool trouble) {
    std::string out = luck.pick(style.nouns) + " " + luck.pick(style.nouns) + " " +
                      (trouble ? luck.pick(style.troubles) : luck.pick(style.verbs));
    for (std::uint64_t i = luck.between(trouble ? 0 : 1, 3); i > 0; --i)
        out += " " + luck.pick(style.joints) + " " + luck.pick(style.nouns) + " " + kGaps[luck.between(0, 7)];
    if (luck.chance(0.5)) out += " " + luck.pick(style.joints) + " " + luck.pick(style.nouns);
    return out;
}

std::string made_up_trace(const Style& style, Keyed& luck, const std::string& message) {
    if (style.trace.size() < 3) return message;
    // Names in it are its own; numbers differ from run to run.
    const auto named = [&](const std::string& line) {
        std::string out;
        split(line, [&](std::string_view text, bool is_gap) {
            if (!is_gap)
                out += text;
            else if (text == "text")
                out += message;
            else if (text == "word")
                out += in_a_name(luck.pick(style.nouns));
            else
                out += fmt::format("{{{}}}", text);
        });
        return out;
    };
    std::string out = named(style.trace.front());
    for (std::uint64_t frame = luck.between(2, 5); frame > 0; --frame)
        for (std::size_t i = 1; i + 1 < style.trace.size(); ++i) out += "\n" + named(style.trace[i]);
    return out + "\n" + named(style.trace.back());
}

std::string filled(const std::string& text, const Style& style, const Facts& facts, Keyed& luck) {
    std::string out;
    std::size_t own = 0;
    split(text, [&](std::string_view piece, bool is_gap) {
        if (!is_gap)
            out += piece;
        else if (piece == "own")
            out += own_name(style, facts, own++);
        else
            out += gap(piece, style, facts, luck);
    });
    return out;
}

void add_time(std::string& to, const std::string& pattern, Time when, Time since) {
    static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    using namespace std::chrono;
    const auto day = floor<days>(sys_time<microseconds>(microseconds(when)));
    const year_month_day date(day);
    const std::int64_t in_day = when - duration_cast<microseconds>(day.time_since_epoch()).count();
    const auto back = std::back_inserter(to);
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] != '%' || i + 1 == pattern.size()) {
            to += pattern[i];
            continue;
        }
        switch (const char what = pattern[++i]) {
            case 'Y':
                fmt::format_to(back, "{:04}", static_cast<int>(date.year()));
                break;
            case 'm':
                fmt::format_to(back, "{:02}", static_cast<unsigned>(date.month()));
                break;
            case 'd':
                fmt::format_to(back, "{:02}", static_cast<unsigned>(date.day()));
                break;
            case 'e':
                fmt::format_to(back, "{:2}", static_cast<unsigned>(date.day()));
                break;
            case 'b':
                to += kMonths[static_cast<unsigned>(date.month()) - 1];
                break;
            case 'H':
                fmt::format_to(back, "{:02}", in_day / (3600 * kSecond));
                break;
            case 'M':
                fmt::format_to(back, "{:02}", in_day / (60 * kSecond) % 60);
                break;
            case 'S':
                fmt::format_to(back, "{:02}", in_day / kSecond % 60);
                break;
            case 'f':
                fmt::format_to(back, "{:03}", in_day / 1000 % 1000);
                break;
            case 's':
                fmt::format_to(back, "{}.{:03}", when / kSecond, when / 1000 % 1000);
                break;
            case 't':
                fmt::format_to(back, "{:5}.{:06}", since / kSecond, since % kSecond);
                break;
            case '%':
                to += '%';
                break;
            default:
                (to += '%') += what;
        }
    }
}

}  // namespace gatesim::logs
