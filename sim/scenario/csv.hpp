// Comma-separated values (RFC 4180), row by row from an open stream.
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace gatesim::document {

/// Reads rows: fields in double quotes may hold commas, line ends and doubled quotes; lines end with LF or CRLF.
class CsvReader {
public:
    /// `path` is opened at once; `ok()` says whether that worked.
    explicit CsvReader(const std::string& path);

    bool ok() const { return file_ != nullptr; }

    /// The next row; false at the end, or when a row is longer than a mebibyte or a quote is never closed
    /// (`problem()`). Empty lines are passed over.
    bool next(std::vector<std::string>& row);

    /// Line on which the last row began, from 1.
    unsigned long line() const { return row_line_; }

    const std::string& problem() const { return problem_; }

private:
    int get();

    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
    unsigned long line_ = 1;
    unsigned long row_line_ = 1;
    std::string problem_;
};

}  // namespace gatesim::document
