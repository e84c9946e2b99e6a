// Bars from zero: lying ones with their names at the left, or standing ones; plain, or of several parts.
#pragma once

#include <string>
#include <vector>

#include "picture/panel.hpp"

namespace gatesim::picture {

struct Bar {
    std::string label;
    std::vector<double> parts;  ///< one a name of Bars::parts; below zero or not a number counts as 0
    std::string text;           ///< what stands at its end; empty = nothing
};

struct Bars {
    About about;
    Axis value = {};
    std::vector<std::string> parts = {};  ///< what the parts are called; one or none = plain bars
    std::vector<Bar> bars = {};
    std::vector<Reference> references = {};
    bool standing = false;
};

std::string bars_svg(const Bars& bars);

}  // namespace gatesim::picture
