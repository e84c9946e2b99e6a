// How build logs are written: layers, times, words, noise, and how what is planted is worded. One style is built in; a
// file may bring another one, or change some keys of it (`run --log-style FILE`, `describe log-style`).
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scenario/diagnostic.hpp"

namespace gatesim::logs {

enum class Level { debug, info, warning, error };

/// Lines that tell a cause, and the layer in which they stand. A line may hold line ends: then it is a trace.
struct PlantedText {
    std::string layer;
    std::vector<std::string> lines;
};

struct Style {
    std::string name;
    std::vector<std::string> layers;  ///< the first is where the job itself speaks
    std::string line;                 ///< with gaps: {time} {level} {layer} {pid} {text} …
    std::string first_line;           ///< of the first layer; empty = as `line`
    std::string heading;              ///< not empty: layers stand one after another, each under such a line
    std::string time;                 ///< what {time} is, by %Y %m %d %H %M %S %f %b %e %s %t
    std::array<std::string, 4> levels;
    std::vector<std::string> nouns, verbs, troubles, joints;  ///< what made-up sentences are made of
    std::vector<std::string> noise;                           ///< sentences beside those made up
    int kinds = 70, rare_kinds = 140;                         ///< of made-up noise: in many runs, in few
    int repeat = 1;                                           ///< how often a line of noise comes, as a factor
    double errors = 0.35;                                     ///< share of all runs, good ones too, with one ERROR line
    int traces = 6;                                           ///< kinds of traces in good runs
    std::vector<std::string> trace;  ///< head, lines of frames (two to five times), end; empty = there are none
    std::vector<std::vector<std::string>> author;  ///< what shows that a change is wrong: one of these, with {own}
    std::vector<std::string> failed;               ///< what every failed run says at its end
    std::map<std::string, PlantedText> planted;    ///< by cause: instead of what the scenario says, or of made-up lines
    bool quotes = false;                           ///< {text} stands in quotes of JSON
};

/// Gaps that a text may have, and those that `line` may have besides.
const std::vector<std::string>& text_gaps();
const std::vector<std::string>& line_gaps();

/// A key of a style file, for `describe` and for the schema.
struct StyleKey {
    enum class Form { text, texts, whole, share, lists, levels, words, noise, planted };
    const char* name;
    Form form;
    const char* help;
};
const std::vector<StyleKey>& style_keys();
const std::vector<StyleKey>& word_keys();
const std::vector<StyleKey>& noise_keys();

/// The style that is built in, and its text.
const Style& usual_style();
const char* usual_style_text();

/// Reads a style; keys that it does not state are as in the usual one. Nothing if there are diagnostics.
std::optional<Style> read_style(const std::string& path, std::vector<Diagnostic>& diagnostics);

}  // namespace gatesim::logs
