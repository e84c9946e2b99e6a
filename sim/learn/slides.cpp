#include "learn/slides.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace gatesim::learn {

namespace {

/// A slide is 40 em wide. That is so many characters of a wide font, and so many of a fixed one at .8 em.
constexpr double kTextColumns = 70, kItemColumns = 66, kCodeColumns = 76;
constexpr double kTextLine = 1.4, kCodeLine = 1.12;
/// Lines of one code block on a slide.
constexpr std::size_t kCodeLines = 18;

/// Without marks of emphasis and code.
std::size_t seen(const std::string& text) {
    return text.size() - static_cast<std::size_t>(
                             std::count_if(text.begin(), text.end(), [](char c) { return c == '*' || c == '`'; }));
}

double rows(std::size_t bytes, double columns) {
    return std::max(1.0, std::ceil(static_cast<double>(bytes) / columns));
}

double code_height(const std::string& text) {
    std::istringstream lines(text);
    std::string line;
    double out = 0;
    while (std::getline(lines, line)) {
        const std::size_t gap = line.find("   ", line.find_first_not_of(' '));
        const bool apart = gap != std::string::npos && static_cast<double>(line.size()) > kCodeColumns;
        out += kCodeLine * (apart ? rows(gap, kCodeColumns) + rows(line.size() - gap, kCodeColumns)
                                  : rows(line.size(), kCodeColumns));
    }
    return out + 1.8;
}

double table_height(const Block& block) {
    double out = 1;
    for (const auto& row : block.rows) {
        std::size_t bytes = 0;
        for (const std::string& cell : row) bytes += seen(cell) + 3;
        out += kTextLine * rows(bytes, kTextColumns) + .45;
    }
    return out;
}

bool leads_on(const Block& block) {
    return block.kind == Block::Kind::heading || (block.kind == Block::Kind::paragraph && block.text.ends_with(':'));
}

/// Blocks that are never parted.
using Group = std::vector<Block>;

bool begins_task(const Block& block) {
    return block.kind == Block::Kind::heading || (block.kind == Block::Kind::paragraph && block.text.starts_with("**"));
}

std::vector<Group> groups_of(const std::vector<Block>& blocks) {
    std::vector<Group> out;
    bool open = false;
    for (const Block& block : blocks) {
        if (!open) out.emplace_back();
        out.back().push_back(block);
        open = leads_on(block);
    }
    return out;
}

/// A task with all that belongs to it.
std::vector<Group> tasks_of(const std::vector<Block>& blocks) {
    std::vector<Group> out;
    for (const Block& block : blocks) {
        if (out.empty() || begins_task(block)) out.emplace_back();
        out.back().push_back(block);
    }
    return out;
}

double height_of(const Group& group) {
    double out = 0;
    for (const Block& block : group) out += slide_height(block);
    return out;
}

std::vector<std::vector<Block>> packed(const std::vector<Group>& groups, double room) {
    std::vector<std::vector<Block>> out;
    double used = 0;
    for (const Group& group : groups) {
        const double height = height_of(group);
        if (out.empty() || used + height > room) {
            out.emplace_back();
            used = 0;
        }
        out.back().insert(out.back().end(), group.begin(), group.end());
        used += height;
    }
    return out;
}

/// Code that is longer than a slide becomes several blocks.
std::vector<Block> with_short_code(const std::vector<Block>& blocks) {
    std::vector<Block> out;
    for (const Block& block : blocks) {
        out.push_back(block);
        if (block.kind != Block::Kind::code) continue;
        std::istringstream lines(block.text);
        std::string line;
        out.back().text.clear();
        for (std::size_t n = 0; std::getline(lines, line); ++n) {
            if (n > 0 && n % kCodeLines == 0) {
                out.push_back(block);
                out.back().text.clear();
            }
            out.back().text += line + "\n";
        }
    }
    return out;
}

}  // namespace

double slide_height(const Block& block) {
    switch (block.kind) {
        case Block::Kind::heading:
            return 2.6;
        case Block::Kind::item:
            return kTextLine * rows(seen(block.text), kItemColumns) + .3;
        case Block::Kind::code:
            return code_height(block.text);
        case Block::Kind::table:
            return table_height(block);
        case Block::Kind::paragraph:
            break;
    }
    return kTextLine * rows(seen(block.text), kTextColumns) + .7;
}

std::vector<std::vector<Block>> cut_into_slides(const std::vector<Block>& all, double room) {
    const std::vector<Block> blocks = with_short_code(all);
    std::vector<Group> groups = groups_of(blocks), tasks = tasks_of(blocks);
    auto best = packed(groups, room);
    const bool whole_tasks =
        std::all_of(tasks.begin(), tasks.end(), [&](const Group& g) { return height_of(g) <= room; });
    if (whole_tasks && packed(tasks, room).size() <= best.size()) {
        groups = std::move(tasks);
        best = packed(groups, room);
    }
    // The smallest room that needs no more slides fills them evenly.
    for (double less = room - .5; less > room / 2; less -= .5) {
        auto evenly = packed(groups, less);
        if (evenly.size() > best.size()) break;
        best = std::move(evenly);
    }
    return best;
}

}  // namespace gatesim::learn
