#include "load/csv.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace gatesim {

namespace {

LoadError unreadable(const std::string& path, int code) {
    return {LoadError::Kind::unreadable, fmt::format("{}: cannot read: {}", path, std::strerror(code))};
}

}  // namespace

CsvStream::CsvStream(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}

CsvStream::~CsvStream() {
    if (descriptor_ != STDIN_FILENO) ::close(descriptor_);
}

std::unique_ptr<CsvStream> CsvStream::open(const std::string& path, LoadError& error, const std::string& name) {
    const std::string shown = name.empty() ? path : name;
    const bool standard_input = path == "-";
    const int descriptor = standard_input ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        error = unreadable(shown, errno);
        return nullptr;
    }
    std::unique_ptr<CsvStream> reader(new CsvStream(standard_input ? "<stdin>" : shown, descriptor));
    struct stat about {};
    if (::fstat(descriptor, &about) == 0 && S_ISDIR(about.st_mode)) {
        error = unreadable(shown, EISDIR);
        return nullptr;
    }
    return reader;
}

LoadError CsvStream::complain(FilePlace place, const std::string& what) const {
    std::string text = fmt::format("{}:{}:{}: {}", path_, place.line, place.column, what);
    for (char& c : text) {  // values are shown as they stand, and nothing in them may move the cursor of a terminal
        if ((static_cast<unsigned char>(c) < ' ' && c != '\n') || c == 0x7f) c = '?';
    }
    return {LoadError::Kind::malformed, std::move(text)};
}

int CsvStream::peek(LoadError& error) {
    if (used_ == filled_) {
        // An interrupt ends the reading: a pipe may never deliver, and whoever asked the program to end shall not wait.
        const ssize_t got = ::read(descriptor_, buffer_.data(), buffer_.size());
        if (got < 0) {
            error = unreadable(path_, errno);
            return kBroken;
        }
        used_ = 0;
        filled_ = static_cast<std::size_t>(got);
        if (got == 0) return kEnd;
    }
    return static_cast<unsigned char>(buffer_[used_]);
}

void CsvStream::take(int byte) {
    ++used_;
    ++record_bytes_;
    if (byte == '\n') {
        ++place_.line;
        place_.column = 1;
    } else if ((byte & 0xC0) != 0x80) {
        ++place_.column;
    }
}

bool CsvStream::is_text(int byte, LoadError& error) {
    const auto b = static_cast<unsigned char>(byte);
    if (continuation_ > 0) {
        if (b >= low_ && b <= high_) {
            --continuation_;
            low_ = 0x80, high_ = 0xBF;
            return true;
        }
    } else if (b < 0x80) {
        if (b != 0) return true;
        error = complain(place_, "a NUL byte; is this a text file?");
        return false;
    } else if (b >= 0xC2 && b <= 0xF4) {
        // The second byte's range excludes overlong forms, surrogates and what lies beyond U+10FFFF.
        continuation_ = b < 0xE0 ? 1 : b < 0xF0 ? 2 : 3;
        low_ = b == 0xE0 ? 0xA0 : b == 0xF0 ? 0x90 : 0x80;
        high_ = b == 0xED ? 0x9F : b == 0xF4 ? 0x8F : 0xBF;
        return true;
    }
    const bool gzip = b == 0x8B && place_.line == 1 && place_.column == 2;
    error = complain(place_, gzip ? "this looks compressed; unpack it first (gzip -dc FILE | … /dev/stdin)"
                                  : fmt::format("byte 0x{:02X} is not UTF-8 here; save the file as UTF-8", b));
    return false;
}

bool CsvStream::skip_comments(LoadError& error) {
    static constexpr unsigned char kMark[] = {0xEF, 0xBB, 0xBF};
    for (const unsigned char expected : kMark) {
        const int byte = peek(error);
        if (byte == kBroken) return false;
        if (byte != expected) break;
        ++used_;
    }
    int byte;
    while ((byte = peek(error)) == '#') {
        record_bytes_ = 0;
        while (byte != '\n' && byte >= 0) {
            if (!is_text(byte, error)) return false;
            take(byte);
            byte = peek(error);
            if (record_bytes_ > kLongestRecord) {
                error = complain(place_, "a comment of more than 1 MiB; is this a load file?");
                return false;
            }
        }
        if (byte == '\n') take(byte);
    }
    return byte != kBroken;
}

bool CsvStream::next(std::vector<CsvField>& fields, LoadError& error) {
    if (over_) return false;
    if (!started_) {
        started_ = true;
        if (!skip_comments(error)) {
            over_ = true;
            return false;
        }
    }
    do {
        if (!read_record(fields, error)) {
            over_ = true;
            return false;
        }
    } while (fields.size() == 1 && fields[0].text.empty() && record_bytes_ <= 2);  // an empty line
    return true;
}

bool CsvStream::ends_inside(State state, LoadError& error) const {
    if (continuation_ > 0) {
        error = complain(place_, "the file ends inside a UTF-8 character; was it cut off?");
    } else if (state == State::quoted) {
        error = complain(place_, "the file ends inside quotes; was it cut off, or is a quote missing?");
    }
    return error.kind != LoadError::Kind::none;
}

bool CsvStream::read_record(std::vector<CsvField>& fields, LoadError& error) {
    std::size_t count = 0;
    record_bytes_ = 0;
    State state = State::field_start;
    const auto open_field = [&] {
        if (count == fields.size()) fields.emplace_back();
        fields[count].text.clear();
        fields[count++].place = place_;
        state = State::field_start;
    };
    const auto fail = [&](const char* what) {
        error = complain(place_, what);
        return false;
    };
    open_field();
    for (;;) {
        const int byte = peek(error);
        if (byte == kBroken) return false;
        if (byte == kEnd) {
            if (ends_inside(state, error) || record_bytes_ == 0) return false;
            break;
        }
        if (!is_text(byte, error)) return false;
        if (record_bytes_ >= kLongestRecord) return fail("a line of more than 1 MiB; is a quote missing above?");
        std::string& text = fields[count - 1].text;
        if (state == State::after_cr && byte != '\n') {
            return fail("a carriage return that no line feed follows");
        }
        if (state == State::quoted) {
            if (byte == '"')
                state = State::quote_in_quoted;
            else
                text.push_back(static_cast<char>(byte));
            take(byte);
            continue;
        }
        if (byte == '"') {
            if (state == State::plain) return fail("a quote inside a field that does not start with one");
            if (state == State::quote_in_quoted) text.push_back('"');
            state = State::quoted;
            take(byte);
            continue;
        }
        if (byte != ',' && byte != '\r' && byte != '\n') {
            if (state == State::quote_in_quoted)
                return fail("text after the closing quote; a quote inside quotes is doubled");
            text.push_back(static_cast<char>(byte));
            state = State::plain;
            take(byte);
            continue;
        }
        take(byte);
        if (byte == '\n') break;
        if (byte == ',')
            open_field();
        else
            state = State::after_cr;
    }
    fields.resize(count);
    return true;
}

}  // namespace gatesim
