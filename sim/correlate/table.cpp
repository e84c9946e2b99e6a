#include "correlate/table.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace gatesim::correlate {

namespace {

/// The whole file; nothing and why if it cannot be read to its end.
std::string whole_file(const std::string& path, std::string& text) {
    const gzFile file = ::gzopen(path.c_str(), "rb");
    if (!file) return fmt::format("{}: cannot read: {}", path, std::strerror(errno));
    std::vector<char> buffer(1 << 16);
    int got = 0;
    while ((got = ::gzread(file, buffer.data(), static_cast<unsigned>(buffer.size()))) > 0)
        text.append(buffer.data(), static_cast<std::size_t>(got));
    int code = Z_OK;
    const std::string why = ::gzerror(file, &code);
    ::gzclose(file);
    if (code == Z_ERRNO) return fmt::format("{}: cannot read: {}", path, std::strerror(errno));
    return code < 0 ? fmt::format("{}: the gzip data end or break after {} bytes", path, text.size()) : "";
}

/// One record from `at` on.
std::vector<std::string> record(const std::string& text, std::size_t& at, std::uint64_t& line) {
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (quoted) {
            line += c == '\n';
            if (c != '"') {
                fields.back() += c;
            } else if (at + 1 < text.size() && text[at + 1] == '"') {
                fields.back() += text[++at];
            } else {
                quoted = false;
            }
        } else if (c == '"' && fields.back().empty()) {
            quoted = true;
        } else if (c == ',') {
            fields.emplace_back();
        } else if (c == '\n') {
            ++line, ++at;
            break;
        } else if (c != '\r') {
            fields.back() += c;
        }
    }
    return fields;
}

}  // namespace

std::string read_table(const std::string& path, Table& table) {
    std::string text;
    if (std::string trouble = whole_file(path, text); !trouble.empty()) return trouble;
    std::size_t at = text.compare(0, 3, "\xEF\xBB\xBF") == 0 ? 3 : 0;
    std::uint64_t line = 1;
    while (at < text.size()) {
        const std::uint64_t begins = line;
        const bool comment = table.columns.empty() && text[at] == '#';
        std::vector<std::string> fields = record(text, at, line);
        if (comment || (fields.size() == 1 && fields[0].empty())) continue;
        if (table.columns.empty()) {
            table.columns = std::move(fields);
            continue;
        }
        if (fields.size() != table.columns.size())
            return fmt::format("{}:{}: {} fields, and the header has {}", path, begins, fields.size(),
                               table.columns.size());
        table.rows.push_back(std::move(fields));
        table.lines.push_back(begins);
    }
    return table.columns.empty() ? path + ": is empty; the first line names the columns" : "";
}

std::string read_whole_lines(const std::string& path, const std::function<void(const std::string&)>& sink) {
    std::string text;
    if (std::string trouble = whole_file(path, text); !trouble.empty()) return trouble;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        sink(text.substr(at, end - at));
        at = end + 1;
    }
    return "";
}

}  // namespace gatesim::correlate
