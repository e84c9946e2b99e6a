// The sections of the page. Each adds what it can show of a folder, and nothing where there is nothing.
#pragma once

#include "report/folder.hpp"
#include "report/page.hpp"

namespace gatesim::report {

/// One unit for a metric of all arms.
PrintUnit unit_of(const StudyFolder& folder, std::size_t metric);
/// As the report in text prints it: "2.5 h (2.1 to 3.7)".
std::string number_of(const ReportArm& arm, std::size_t metric, const PrintUnit& unit);
/// As text(), but one of a thing is in the singular: "1 change", "1 build".
std::string number_text(const Estimate& estimate, const PrintUnit& unit);
/// "landing time, h".
std::string axis_label(const std::string& what, const PrintUnit& unit);
/// Of a sweep: whether any cell is known to be worse than another. Otherwise the best mean may be luck, and no cell is
/// called the best.
bool told_apart(const StudyFolder& folder);
/// "a, b and c".
std::string listed(const std::vector<std::string>& words);

/// The question in a sentence, and the answer with its intervals.
std::string question_of(const StudyFolder& folder);
std::string answer_of(const StudyFolder& folder);

void add_numbers(Page& page, const StudyFolder& folder);      ///< the headline metrics of every arm
void add_lead_time(Page& page, const StudyFolder& folder);    ///< into review, check, waiting, testing …
void add_landings(Page& page, const StudyFolder& folder);     ///< against what arrives and what nodes allow
void add_pool_lives(Page& page, const StudyFolder& folder);   ///< part of it: pools that live
void add_over_time(Page& page, const StudyFolder& folder);    ///< queue, window, nodes
void add_node_hours(Page& page, const StudyFolder& folder);   ///< by what they were good for
void add_ejections(Page& page, const StudyFolder& folder);    ///< by cause
void add_gate_time(Page& page, const StudyFolder& folder);    ///< its distribution
void add_differences(Page& page, const StudyFolder& folder);  ///< of a comparison, against the baseline
void add_trade_off(Page& page, const StudyFolder& folder);    ///< time against cost
void add_tuning(Page& page, const StudyFolder& folder);       ///< of a comparison, how settings were chosen
void add_pairs(Page& page, const StudyFolder& folder);        ///< of a comparison, by seed
void add_sweep(Page& page, const StudyFolder& folder);        ///< the curve, or the heat map
void add_facts(Page& page, const StudyFolder& folder);        ///< of a calibration
/// Changes and time: the still picture, and before it `player`, the part that moves, if there is one.
void add_replay(Page& page, const StudyFolder& folder, const std::string& player);
void add_ends(Page& page, const StudyFolder& folder);  ///< what to know, assumptions, how to repeat it

}  // namespace gatesim::report
