#include "scenario/csv.hpp"

namespace gatesim::document {

namespace {
constexpr std::size_t kLongestRow = std::size_t{1} << 20;
}

CsvReader::CsvReader(const std::string& path)
    : file_(std::fopen(path.c_str(), "rb"), [](std::FILE* f) { return f ? std::fclose(f) : 0; }) {}

int CsvReader::get() {
    const int c = std::fgetc(file_.get());
    if (c == '\n') ++line_;
    return c;
}

bool CsvReader::next(std::vector<std::string>& row) {
    row.clear();
    row_line_ = line_;
    std::string field;
    std::size_t length = 0;
    bool quoted = false, was_quoted = false;
    for (;;) {
        const int c = get();
        if (++length > kLongestRow) {
            problem_ = "the row is longer than a mebibyte";
            return false;
        }
        if (quoted) {
            if (c == EOF) {
                problem_ = "a quote is not closed";
                return false;
            }
            if (c != '"') {
                field += static_cast<char>(c);
                continue;
            }
            const int after = std::fgetc(file_.get());
            if (after == '"') {
                field += '"';
            } else {
                quoted = false;
                if (after != EOF) std::ungetc(after, file_.get());
            }
            continue;
        }
        if (c == '"' && field.empty()) {
            quoted = was_quoted = true;
        } else if (c == ',') {
            row.push_back(std::move(field));
            field.clear();
            was_quoted = false;
        } else if (c == '\n' || c == EOF) {
            if (!was_quoted && !field.empty() && field.back() == '\r') field.pop_back();
            const bool empty = row.empty() && field.empty() && !was_quoted;
            if (empty && c == EOF) return false;
            if (empty) {
                row_line_ = line_;
                length = 0;
                continue;
            }
            row.push_back(std::move(field));
            return true;
        } else if (!(was_quoted && c == '\r')) {
            field += static_cast<char>(c);
        }
    }
}

}  // namespace gatesim::document
