// A table of comma-separated values as a whole, plain or gzip. Rows of another width than the header are an error.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace gatesim::correlate {

struct Table {
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
    std::vector<std::uint64_t> lines;  ///< where each row begins, from 1
};

/// Returns what is wrong, or nothing. RFC 4180; empty lines and lines with # before the header are passed over.
std::string read_table(const std::string& path, Table& table);

/// Gives every line of a file (plain or gzip) as a whole, however long. Returns what is wrong, or nothing.
std::string read_whole_lines(const std::string& path, const std::function<void(const std::string&)>& sink);

}  // namespace gatesim::correlate
