// The bytes of an export: a file or standard input, plain or gzipped, in constant memory.
#pragma once

#include <zlib.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "load/csv.hpp"

namespace gatesim::import {

class ByteSource {
public:
    /// "-" is standard input. Nothing, and why, if it cannot be opened.
    static std::unique_ptr<ByteSource> open(const std::string& path, LoadError& error);

    ~ByteSource();
    ByteSource(const ByteSource&) = delete;
    ByteSource& operator=(const ByteSource&) = delete;

    static constexpr int kEnd = -1;

    /// The next byte, or kEnd.
    int peek() { return at_ < size_ || fill() ? static_cast<unsigned char>(buffer_[at_]) : kEnd; }
    /// Goes over it. Not at the end.
    void skip() {
        if (buffer_[at_] == '\n') {
            ++line_;
            line_begins_ = passed_ + at_ + 1;
        }
        ++at_;
    }
    /// Goes back over the byte that was just passed, which was no line end.
    void unread() { --at_; }
    /// Whether that can be done.
    bool can_unread() const { return at_ > 0; }
    /// The byte that was just passed. Only where one was.
    char before() const { return buffer_[at_ - 1]; }

    /// The first bytes, as many as the buffer holds; nothing is passed by. Only before anything was.
    std::string_view head();

    /// Of the next byte, both from 1; columns in bytes.
    FilePlace place() const { return {line_, passed_ + at_ - line_begins_ + 1}; }
    const std::string& name() const { return name_; }
    /// What went wrong while it was read; no text = nothing. What is malformed has a readable part.
    const LoadError& error() const { return error_; }

private:
    ByteSource(std::string name, gzFile file, std::size_t buffer);
    bool fill();

    std::string name_;
    gzFile file_;
    std::vector<char> buffer_;
    std::size_t at_ = 0, size_ = 0;
    std::uint64_t passed_ = 0, line_ = 1, line_begins_ = 0;
    bool ended_ = false;
    LoadError error_;
};

}  // namespace gatesim::import
