// Tables of reports on many arms: a block a metric, all of them with the same columns, one unit in a block.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "measure/interval.hpp"
#include "measure/metric.hpp"
#include "measure/unit_text.hpp"

namespace gatesim {

struct TableRow {
    std::string label, value, difference;
    std::string mark;  ///< the last column; may be coloured
};

struct TableBlock {
    std::string name;   ///< may be coloured
    std::string about;  ///< behind the name; empty = nothing
    PrintUnit unit;
    /// The rows with numbers in that unit; called with a nameless one if the name stands in the heading.
    std::function<std::vector<TableRow>(const PrintUnit&)> rows;
};

/// The blocks, each after an empty line, with columns at the same places in all of them and no line of a table wider
/// than `width`. What makes room, for all blocks at once: units move to the headings; then labels get lines of their
/// own.
std::string blocks_text(const std::vector<TableBlock>& blocks, std::size_t width);

/// "first enqueue to landing; lower is better", for TableBlock::about.
std::string about_text(const Metric& metric);

}  // namespace gatesim
