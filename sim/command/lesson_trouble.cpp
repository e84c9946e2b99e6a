// What could not be read or run, so that it fits the screen.

#include <algorithm>

#include "command/lesson_screen.hpp"
#include "command/terminal.hpp"
#include "model/display_width.hpp"

namespace gatesim {

namespace {

/// Each line by itself, what does not fit is left away.
std::string cut_lines(const std::string& text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        std::string line = text.substr(at, end - at);
        if (display_width(line) > screen_width()) line = std::string(cut_to_width(line, screen_width() - 1)) + "…";
        out += line + "\n";
        at = end + 1;
    }
    return out;
}

}  // namespace

std::string wrapped_lines(const std::string& text) {
    return wrapped(text, screen_width(), 4) + (text.empty() || text.ends_with('\n') ? "" : "\n");
}

std::string trouble_text(const std::string& trouble) {
    constexpr std::size_t kEvents = 4;
    const std::size_t at = trouble.find("\nlast events:");
    std::string reason = trouble.substr(0, at), events = at == std::string::npos ? "" : trouble.substr(at + 1);
    while (static_cast<std::size_t>(std::count(events.begin(), events.end(), '\n')) > kEvents)
        events.erase(events.find('\n') + 1, events.find('\n', events.find('\n') + 1) - events.find('\n'));
    const std::size_t first = std::min(reason.find('\n'), reason.size());
    return wrapped_lines("! It could not be run: " + reason.substr(0, first)) +
           cut_lines(reason.substr(std::min(first + 1, reason.size()))) + cut_lines(events);
}

std::string said_text(const std::string& said) {
    return said.empty() ? "" : "\nYour program said:\n" + cut_lines(said);
}

}  // namespace gatesim
