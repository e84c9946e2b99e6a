// Columns of whole numbers as bytes that compress well, and back.
//
// A column is: a byte that says how it is written, the count of its numbers, the numbers. Numbers are zigzag (0, -1, 1,
// -2 … become 0, 1, 2, 3 …), and either as they are or as the difference to the one before; and either as varints
// (seven bits a byte, low ones first, the high bit says that more follow) or in planes (all low bytes, then all second
// bytes, …; a byte before them says how many planes). What comes out smallest after deflate is taken.
//
//   how  bit 0: differences; bit 1: planes
//
// A text list is: a varint count, then for each text a varint of its bytes and the bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gatesim::page {

class ColumnWriter {
public:
    void column(const std::vector<std::int64_t>& values);
    void texts(const std::vector<std::string>& list);
    const std::string& bytes() const { return out_; }

private:
    std::string out_;
};

/// Throws std::runtime_error where the bytes are not what ColumnWriter writes.
class ColumnReader {
public:
    explicit ColumnReader(std::string_view bytes) : left_(bytes) {}
    std::vector<std::int64_t> column();
    std::vector<std::string> texts();
    bool over() const { return left_.empty(); }

private:
    std::uint64_t varint();
    std::uint8_t byte();
    std::string_view take(std::size_t count);

    std::string_view left_;
};

/// gzip at level 9, without a time and without the name of a system, so that it is the same everywhere.
std::string gzipped(std::string_view bytes);
std::string gunzipped(std::string_view bytes);

std::string base64(std::string_view bytes);
std::string from_base64(std::string_view text);

}  // namespace gatesim::page
