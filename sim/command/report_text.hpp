// Pieces of text that reports of many arms are made of.
#pragma once

#include <string>

#include "command/terminal.hpp"
#include "measure/comparison.hpp"

namespace gatesim {

/// Characters, not bytes.
std::size_t characters(const std::string& text);

/// Filled up with blanks to `width` characters; at least one.
std::string filled_up(const std::string& text, std::size_t width);

/// Without blanks at its end.
std::string without_blanks(std::string text);

/// "+5.6 h ± 0.9": a difference with its sign.
std::string signed_text(const Difference& difference, const std::string& unit);

/// "from 4.7 h to 6.5 h", for sentences; empty without an interval.
std::string range_text(const Difference& difference, const std::string& unit);

/// What replications that are all alike leave open, as a sentence without its end.
std::string alike_text(std::size_t n, double unseen);

/// "✓ better": a mark and a word, so that colour is not needed.
std::string marked(Verdict verdict, bool colored);

/// "a, b and c".
std::string enumeration(const std::vector<std::string>& words);

}  // namespace gatesim
