#include "logs/build_log.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace gatesim::logs {

namespace {

/// For a text inside quotes of JSON.
std::string quoted(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c == '\t' ? ' ' : c;
    }
    return out;
}

class Writer {
public:
    Writer(const Style& style, const LogOf& log, Keyed& luck)
        : style_(style), log_(log), luck_(luck), layers_(style.layers.size()) {}

    void say(const Said& said, Time since) {
        const std::string text = filled(*said.text, style_, log_.facts, luck_);
        for (std::size_t at = 0; at <= text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            line(said, std::string_view(text).substr(at, end - at), since);
            at = end + 1;
        }
    }

    std::string text() && {
        if (style_.heading.empty()) return std::move(layers_[0]);
        std::string out;
        for (std::size_t i = 0; i < layers_.size(); ++i) {
            if (layers_[i].empty()) continue;
            std::string heading = style_.heading;
            if (const auto at = heading.find("{layer}"); at != std::string::npos)
                heading.replace(at, 7, style_.layers[i]);
            out += heading + "\n" + layers_[i];
        }
        return out;
    }

private:
    void line(const Said& said, std::string_view text, Time since) {
        std::string& to = layers_[style_.heading.empty() ? 0 : said.layer];
        const std::string& shape = said.layer == 0 && !style_.first_line.empty() ? style_.first_line : style_.line;
        for (std::size_t i = 0; i < shape.size(); ++i) {
            const std::size_t end = shape[i] == '{' ? shape.find('}', i) : std::string::npos;
            if (end == std::string::npos ||
                !gap(to, std::string_view(shape).substr(i + 1, end - i - 1), said, text, since))
                to += shape[i];
            else
                i = end;
        }
        to += '\n';
    }

    bool gap(std::string& to, std::string_view name, const Said& said, std::string_view text, Time since) {
        const auto back = std::back_inserter(to);
        if (name == "text")
            style_.quotes ? to += quoted(text) : to += text;
        else if (name == "time")
            add_time(to, style_.time, log_.start + since, since);
        else if (name == "level")
            to += style_.levels[static_cast<std::size_t>(said.level)];
        else if (name == "layer")
            to += style_.layers[said.layer];
        else if (name == "pid")
            fmt::format_to(back, "{}", 1000 + (luck_.bits() % 7) + 1000 * said.layer);
        else if (name == "n")
            fmt::format_to(back, "{}", luck_.between(0, 9999));
        else if (name == "hex")
            fmt::format_to(back, "{:08x}", luck_.bits() >> 32);
        else if (name == "node")
            to += log_.facts.node;
        else if (name == "job")
            to += log_.facts.job;
        else
            return false;
        return true;
    }

    const Style& style_;
    const LogOf& log_;
    Keyed& luck_;
    std::vector<std::string> layers_;
};

}  // namespace

std::string build_log(const Style& style, const Noise& noise, const LogOf& log, Keyed luck) {
    std::vector<Said> said;
    noise.draw(luck, log.failed, log.job, log.share, said);
    // What is behind a failure shows in the second half of a run, in its order.
    std::size_t at = said.size() / 2;
    for (const Said& one : log.planted) {
        at = luck.between(at, said.size());
        said.insert(said.begin() + static_cast<std::ptrdiff_t>(at), one);
        ++at;
    }
    if (log.failed && !log.cut) said.insert(said.end(), noise.ends().begin(), noise.ends().end());
    Writer writer(style, log, luck);
    const Time length = std::max<Time>(log.end - log.start, 0);
    std::vector<Time> times;
    for (std::size_t i = 0; i < said.size(); ++i)
        times.push_back(static_cast<Time>(luck.uniform() * static_cast<double>(length)));
    std::sort(times.begin(), times.end());
    for (std::size_t i = 0; i < said.size(); ++i) writer.say(said[i], times[i]);
    return std::move(writer).text();
}

}  // namespace gatesim::logs
