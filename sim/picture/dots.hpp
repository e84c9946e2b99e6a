// Dots: with their intervals, a row each; or paired, joined by the seed they share.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "picture/panel.hpp"

namespace gatesim::picture {

/// What is said of a row by colour, and by its shape: a full dot is good or bad, a ring says nothing sure.
enum class Mark { plain, good, bad, unsure };

struct DotRow {
    std::string label;
    double value = std::numeric_limits<double>::quiet_NaN();
    double low = std::numeric_limits<double>::quiet_NaN(), high = std::numeric_limits<double>::quiet_NaN();
    std::string text = {};  ///< at the right; empty = nothing
    Mark mark = Mark::plain;
    bool cut = false;   ///< the interval goes on below `low`: an arrow stands there instead of an end
    bool over = false;  ///< it goes on above Axis::high of the values: an arrow stands there instead of an end or a dot
};

/// A row a metric or an arm; references and zones stand upright (zero; "does not matter").
struct Dots {
    About about;
    Axis value = {};
    std::vector<DotRow> rows = {};
    std::vector<Reference> references = {};
    std::vector<Zone> zones = {};
};

std::string dots_svg(const Dots& dots);

/// A column an arm, a line a seed. Above 200 seeds every so manieth is drawn, and the picture says so.
struct Pairs {
    About about;
    Axis value = {};
    std::vector<std::string> arms = {};
    std::vector<std::vector<double>> seeds = {};  ///< of each seed a value an arm
};

std::string pairs_svg(const Pairs& pairs);

}  // namespace gatesim::picture
