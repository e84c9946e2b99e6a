// A text cut into slides that fit a screen.
#pragma once

#include <vector>

#include "learn/markdown.hpp"

namespace gatesim::learn {

/// How tall a block is on a slide, in the slide's font size, and never less than it really is: a page is cut before
/// anybody knows the fonts of the room.
double slide_height(const Block& block);

/// As few slides as hold the blocks, none much fuller than the others, and tasks (what begins in bold) whole if that
/// costs no slide. A block that leads to the next one (a heading, a paragraph that ends in a colon) stands on its
/// slide. Long code is cut between its lines.
std::vector<std::vector<Block>> cut_into_slides(const std::vector<Block>& blocks, double room);

}  // namespace gatesim::learn
