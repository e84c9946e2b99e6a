#include <algorithm>
#include <cmath>
#include <tuple>

#include "picture/change_time_many.hpp"

namespace gatesim::picture {

void fold(ChangeTime& chart, std::size_t rows_a_line, double pixel) {
    const auto line = [&](std::size_t row) { return row / rows_a_line; };
    std::vector<StayRow> rows;
    for (std::size_t i = 0; i < chart.rows.size(); ++i) {
        StayRow& row = chart.rows[i];
        if (i % rows_a_line == 0) {
            rows.push_back(std::move(row));
            continue;
        }
        rows.back().from = std::min(rows.back().from, row.from);
        rows.back().until = std::max(rows.back().until, row.until);
    }
    chart.rows = std::move(rows);
    for (AttemptBar& bar : chart.bars) bar.row = line(bar.row);
    std::stable_sort(chart.bars.begin(), chart.bars.end(), [](const AttemptBar& a, const AttemptBar& b) {
        return std::tie(a.row, a.fate, a.from) < std::tie(b.row, b.fate, b.from);
    });
    std::vector<AttemptBar> bars;
    for (AttemptBar& bar : chart.bars) {
        if (!bars.empty() && bars.back().row == bar.row && bars.back().fate == bar.fate &&
            bar.from <= bars.back().until + pixel)
            bars.back().until = std::max(bars.back().until, bar.until);
        else
            bars.push_back(std::move(bar));
    }
    chart.bars = std::move(bars);
    const auto place = [&](double at) { return std::floor(at / pixel); };
    for (FailureCross& cross : chart.crosses) cross.row = line(cross.row);
    for (ResetArrow& arrow : chart.arrows) arrow.from_row = line(arrow.from_row), arrow.to_row = line(arrow.to_row);
    std::erase_if(chart.arrows, [](const ResetArrow& a) { return a.from_row == a.to_row; });
    const auto cross_key = [&](const FailureCross& c) { return std::make_tuple(c.row, place(c.at)); };
    const auto arrow_key = [&](const ResetArrow& a) { return std::make_tuple(a.from_row, place(a.at), a.to_row); };
    const auto only_once = [](auto& marks, const auto& key) {
        std::stable_sort(marks.begin(), marks.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
        marks.erase(
            std::unique(marks.begin(), marks.end(), [&](const auto& a, const auto& b) { return key(a) == key(b); }),
            marks.end());
    };
    only_once(chart.crosses, cross_key);
    only_once(chart.arrows, arrow_key);
}

}  // namespace gatesim::picture
