// Reads comma-separated values, one record at a time, from a file, a pipe or a device, in constant memory.
//
// RFC 4180: fields are separated by commas, records end with LF or CRLF (the last may lack it); a field in double
// quotes may hold commas, line ends and doubled quotes. Stricter than most readers, because a silent repair is a wrong
// simulation: text must be UTF-8 without NUL, a quote inside an unquoted field is an error, and so is a record longer
// than kLongestRecord. A byte order mark at the start is skipped. Empty lines are skipped. Lines that start with '#'
// before the first record are comments.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace gatesim {

/// What is wrong with a file, and where. `text` is empty while nothing is wrong.
struct LoadError {
    enum class Kind {
        none,
        unreadable,  ///< the file cannot be opened or read (exit code 4)
        malformed,   ///< its contents are wrong (exit code 2)
    };
    Kind kind = Kind::none;
    std::string text;  ///< "FILE:LINE:COLUMN: what is wrong", maybe with a second line that helps
};

/// A place in a file; lines and columns count from 1, columns in characters.
struct FilePlace {
    std::uint64_t line = 1;
    std::uint64_t column = 1;
};

struct CsvField {
    std::string text;
    FilePlace place;  ///< of its first character (the quote, if it has one)
};

class CsvStream {
public:
    static constexpr std::size_t kLongestRecord = 1 << 20;  ///< bytes; a record in quotes may span lines

    /// Opens `path` ("-" is standard input); messages call it `name`, if there is one. Returns nothing and fills
    /// `error` if that fails.
    static std::unique_ptr<CsvStream> open(const std::string& path, LoadError& error, const std::string& name = {});

    ~CsvStream();
    CsvStream(const CsvStream&) = delete;
    CsvStream& operator=(const CsvStream&) = delete;

    /// The next record, into `fields` (reused from call to call). False at the end of the file, and on an error, which
    /// then is in `error` and ends the reading. A record is delivered as soon as its line end has arrived.
    bool next(std::vector<CsvField>& fields, LoadError& error);

    /// An error at a place of this file.
    LoadError complain(FilePlace place, const std::string& what) const;

    const std::string& path() const { return path_; }

private:
    CsvStream(std::string path, int descriptor);

    enum class State { field_start, plain, quoted, quote_in_quoted, after_cr };

    bool read_record(std::vector<CsvField>& fields, LoadError& error);
    bool skip_comments(LoadError& error);
    int peek(LoadError& error);                ///< next byte, or kEnd, or kBroken
    void take(int byte);                       ///< past the byte that peek gave
    bool is_text(int byte, LoadError& error);  ///< UTF-8, byte by byte; no NUL
    bool ends_inside(State state, LoadError& error) const;

    static constexpr int kEnd = -1;
    static constexpr int kBroken = -2;

    std::string path_;
    int descriptor_;
    std::array<char, 1 << 16> buffer_;
    std::size_t used_ = 0;    ///< bytes of the buffer that were taken
    std::size_t filled_ = 0;  ///< bytes in the buffer
    FilePlace place_;         ///< of the next byte
    std::size_t record_bytes_ = 0;
    int continuation_ = 0;                    ///< bytes still missing of a UTF-8 character
    unsigned char low_ = 0x80, high_ = 0xBF;  ///< what the next of them may be
    bool started_ = false;
    bool over_ = false;
};

}  // namespace gatesim
