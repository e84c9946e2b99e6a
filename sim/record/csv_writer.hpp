// Rows of comma-separated values (RFC 4180, lines end with LF), into a file that exists whole or not at all.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

#include "model/scenario.hpp"
#include "model/time.hpp"

namespace gatesim {

/// A file that is written aside and appears under its name only when it is complete. Failures are kept, not thrown: ask
/// commit().
class WholeFile {
public:
    explicit WholeFile(std::string path);
    ~WholeFile();  ///< without commit(): nothing is left behind
    WholeFile(const WholeFile&) = delete;
    WholeFile& operator=(const WholeFile&) = delete;

    void write(std::string_view bytes);

    /// Brings it to the disk and gives it its name. Empty if that worked, else what went wrong.
    std::string commit();

private:
    void flush();
    void fail(const char* what);

    std::string path_;
    std::string aside_;
    std::string problem_;
    int descriptor_ = -1;
    std::string buffer_;
};

/// The content of a file; empty if there is none, or if it is no regular one.
std::string content_of(const std::string& path);

/// Builds one row after another into a file.
class CsvWriter {
public:
    CsvWriter(std::string path, const Period& period) : file_(std::move(path)), period_(period) {}

    CsvWriter& text(std::string_view value);
    CsvWriter& number(std::int64_t value);
    CsvWriter& empty() { return text(""); }
    /// An id, or nothing for kNone.
    CsvWriter& id(std::uint32_t value);
    /// Seconds; nothing for kNever.
    CsvWriter& time(Time value);
    /// Seconds and the date; nothing for kNever.
    CsvWriter& time_and_date(Time value);
    void end_row();

    std::string commit() { return file_.commit(); }

private:
    CsvWriter& plain(std::string_view value);  ///< that needs no quotes

    WholeFile file_;
    const Period& period_;
    std::string row_;
    bool first_ = true;
};

}  // namespace gatesim
