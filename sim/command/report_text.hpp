// Pieces of text that reports of many arms are made of.
#pragma once

#include <string>

#include "command/terminal.hpp"
#include "measure/comparison.hpp"
#include "measure/unit_text.hpp"
#include "study/causes.hpp"
#include "study/summary.hpp"

namespace gatesim {

struct GridResult;

/// Filled up with blanks to `width` columns; at least one.
std::string filled_up(const std::string& text, std::size_t width);

/// Without blanks at its end.
std::string without_blanks(std::string text);

/// "+5.6 h ± 0.9": a difference with its sign.
std::string signed_text(const Difference& difference, const PrintUnit& unit);

/// "5.6 h": a mean without its interval, with the digits that it supports.
std::string mean_text(const Estimate& estimate, const PrintUnit& unit);

/// "5.6 h": the size of a difference, without sign and interval, with the digits that the interval supports.
std::string size_text(const Difference& difference, const PrintUnit& unit);

/// "from 4.7 to 6.5 h", for sentences; empty without an interval.
std::string range_text(const Difference& difference, const PrintUnit& unit);

/// "5 %".
std::string percent_text(double share);

/// The unit for one metric of many summaries, side by side.
PrintUnit common_unit(const std::vector<Summary>& summaries, std::size_t metric);

/// What replications that are all alike leave open, as a sentence without its end.
std::string alike_text(std::size_t n, double unseen);

/// "✓ better": a mark and a word, so that colour is not needed.
std::string marked(Verdict verdict, bool colored);

/// Like warnings of many arms, said once: "zuul and serial: …" for each text, its arms in order; "All arms: …" if it
/// is true of all. `many` = what all of them are called.
std::vector<std::string> said_once(const std::vector<std::pair<std::string, std::string>>& label_and_text,
                                   std::size_t arms, const std::string& many);

/// "3.1 %", "12 %".
std::string share_text(double share);

/// "thrown away by resets 3.1 %, lost to outages 1 %"; empty without any.
std::string causes_text(const std::vector<CauseShare>& causes);

/// "own defect 10.2 (4.5 %), flake 8.1 (3.6 %)": a mean number, and its share.
std::string numbers_text(const std::vector<CauseShare>& causes);

/// "a, b and c".
std::string enumeration(const std::vector<std::string>& words);

/// The end of a study's report: the answer behind its head, and how to have it again; on a terminal also where its
/// files are and what it took.
struct StudyEnd {
    std::string head, answer, again, directory;
    const GridResult& grid;
};
std::string end_text(const StudyEnd& end, bool terminal);

}  // namespace gatesim
