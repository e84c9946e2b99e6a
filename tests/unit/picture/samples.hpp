// Charts that several tests draw.
#pragma once

#include <fmt/format.h>

#include <string>
#include <utility>

#include "picture/change_time.hpp"

namespace gatesim::picture {

/// What scenarios/quickstart looks like under zuul: 8 stays, two failures, three attempts thrown away.
inline ChangeTime quickstart_chart(About about) {
    ChangeTime out{std::move(about), {"", Kind::duration}};
    const auto row = [&](const char* label, double from, double until, const char* end) {
        out.rows.push_back({label, from * 60, until * 60, end});
    };
    const auto bar = [&](std::size_t r, double from, double until, Fate fate) {
        out.bars.push_back({r, from * 60, until * 60, fate, fmt::format("attempt {}", out.bars.size() + 1)});
    };
    row("api-101", 0, 20, "✓"), row("web-102", 1, 21, "✓"), row("api-103", 2, 22, "out"), row("web-104", 4, 30, "✓");
    row("api-105", 5, 30, "out"), row("web-106", 12, 38, "✓"), row("api-107", 25, 45, "✓"), row("api-105", 35, 55, "✓");
    bar(0, 0, 20, Fate::landed), bar(1, 1, 21, Fate::landed), bar(2, 2, 22, Fate::ejected);
    bar(3, 4, 10, Fate::thrown_away), bar(3, 10, 30, Fate::landed);
    bar(4, 5, 10, Fate::thrown_away), bar(4, 10, 30, Fate::ejected);
    bar(5, 12, 18, Fate::thrown_away), bar(5, 18, 38, Fate::landed);
    bar(6, 25, 45, Fate::landed), bar(7, 35, 55, Fate::landed);
    out.crosses = {{2, 600, "unit fails"}, {4, 1080, "system fails"}};
    out.arrows = {{2, 600, 3}, {2, 600, 4}, {4, 1080, 5}};
    Series queue{"queue", {}, true};
    for (const auto& [at, n] : {std::pair{0, 1},
                                {60, 2},
                                {120, 3},
                                {240, 4},
                                {300, 5},
                                {720, 6},
                                {1200, 5},
                                {1260, 4},
                                {1320, 3},
                                {1500, 4},
                                {1800, 2},
                                {2100, 3},
                                {2280, 2},
                                {2700, 1},
                                {3300, 0}})
        queue.points.push_back({static_cast<double>(at), static_cast<double>(n)});
    out.panel = Panel{{"changes in the queue", Kind::number, false, 0, true}, {queue}};
    return out;
}

/// A queue of so many stays, of which every seventh is ejected and throws the next two away.
inline ChangeTime long_queue(About about, std::size_t stays) {
    ChangeTime out{std::move(about), {"", Kind::date, false, 1372032000}};
    for (std::size_t i = 0; i < stays; ++i) {
        const double at = static_cast<double>(i) * 2500;
        const bool red = i % 7 == 3;
        out.rows.push_back({fmt::format("change-{}", i), at, at + 9000, red ? "out" : "✓"});
        const bool lost = i % 7 == 4 || i % 7 == 5;
        if (lost) out.bars.push_back({i, at + 100, at + 2600, Fate::thrown_away});
        out.bars.push_back({i, at + (lost ? 2600 : 100), at + 9000, red ? Fate::ejected : Fate::landed});
        if (red) {
            out.crosses.push_back({i, at + 5100});
            for (std::size_t victim = i + 1; victim <= i + 2 && victim < stays; ++victim)
                out.arrows.push_back({i, at + 5100, victim});
        }
    }
    return out;
}

}  // namespace gatesim::picture
