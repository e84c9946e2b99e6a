// Stories as text: the lines with their margin, and the sentences at the end.

#include <fmt/format.h>

#include <algorithm>

#include "model/display_width.hpp"
#include "record/narrator.hpp"
#include "record/words.hpp"

namespace gatesim {

namespace {

std::string times(int count) {
    return count == 1 ? "once" : count == 2 ? "twice" : fmt::format("{} times", count);
}

}  // namespace

std::string Narrator::time_split_text() const {
    using Part = TimeSplit::Part;
    const Time tested = split_.get(Part::tested), nodes = split_.get(Part::node_wait);
    const Time queued = split_.get(Part::queue_wait), away = split_.get(Part::away);
    const Time total = tested + nodes + queued + away;
    if (total == 0) return "";
    std::string out = fmt::format("{} in all: {} under test, {} waiting for nodes, {} waiting for others in the queue",
                                  length_text(total), length_text(tested), length_text(nodes), length_text(queued));
    if (away > 0) out += fmt::format(", {} away after an ejection", length_text(away));
    return out + ".";
}

std::string Narrator::verdict(const Standings& standings) const {
    if (subject_ == kNone) return "It was never heard of.";
    const auto& entries = standings.entries();
    const Standing standing = subject_ < entries.size() ? entries[subject_].standing : Standing::absent;
    std::string out;
    switch (standing) {
        case Standing::landed:
            out = "In the end it landed.";
            break;
        case Standing::ejected:
            out = "In the end it was out, not landed.";
            break;
        case Standing::withdrawn:
            out = "In the end it was withdrawn.";
            break;
        case Standing::in_flight:
            out = "In the end it was still in flight" + (unserved_.empty() ? "." : ": " + unserved_ + ".");
            break;
        case Standing::absent:
            out = "It never asked to land.";
            break;
    }
    if (ejections_ > 0) {
        out += fmt::format(" It was ejected {}", times(ejections_));
        if (innocent_ejections_ == ejections_)
            out += ", though innocent";
        else if (innocent_ejections_ > 0)
            out += fmt::format(", {} though innocent", times(innocent_ejections_));
        out += ".";
    }
    const Time held = held_ + (held_by_ != Why::none ? now_ - held_since_ : 0);
    if (held > 0) out += fmt::format(" Freezes or pauses held it for {}.", length_text(held));
    if (resets_ > 0) out += fmt::format(" It was reset {}.", times(resets_));
    const std::string split = time_split_text();
    if (const std::string life = life_text(); !life.empty()) out += " " + life;
    if (split.empty()) return out;
    return out + (lives_.of(subject_) ? " In the gate: " : " ") + split;
}

std::string wrap(const std::string& text, std::size_t width, std::size_t indent, std::size_t first_used) {
    std::string out;
    std::size_t used = first_used;
    std::size_t at = 0;
    bool begin = true;
    while (at < text.size()) {
        std::size_t end = text.find(' ', at);
        if (end == std::string::npos) end = text.size();
        const std::string word = text.substr(at, end - at);
        const std::size_t columns = display_width(word);
        if (!begin && used + 1 + columns > width) {
            out += "\n";
            out.append(indent, ' ');
            used = indent;
        } else if (!begin) {
            out += ' ';
            ++used;
        }
        out += word;
        used += columns;
        begin = false;
        at = end + 1;
    }
    return out;
}

std::string story_text(const std::vector<StoryLine>& lines, const Period& period, std::size_t width) {
    std::size_t margin = 0;
    for (const StoryLine& l : lines) margin = std::max(margin, clock_text(l.at, period).size());
    std::string out;
    std::string before;
    for (const StoryLine& l : lines) {
        const std::string clock = clock_text(l.at, period);
        out += fmt::format("{:>{}}  ", clock == before ? "" : clock, margin);
        out += wrap(l.text, width, margin + 4, margin + 2) + "\n";
        before = clock;
    }
    return out;
}

}  // namespace gatesim
