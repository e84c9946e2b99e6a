#include "study/journal_lines.hpp"

#include <fmt/format.h>
#include <unistd.h>
#include <zlib.h>

#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>
#include <vector>

#include "study/question.hpp"
#include "study/summary.hpp"
#include "study/worker.hpp"

namespace gatesim {

using Json = nlohmann::ordered_json;

namespace {

/// Version 1 had no sums.
constexpr int kJournalFormat = 2;
/// A longer line is none of ours.
constexpr std::size_t kLongestLine = std::size_t{4} << 20;

std::uint32_t sum_of(std::string_view bytes, std::uint32_t from) {
    return static_cast<std::uint32_t>(
        ::crc32(from, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

std::string with_sum(const std::string& line, std::uint32_t from) {
    return fmt::format("{}\t{:08x}", line, sum_of(line, from));
}

/// The line without its sum; empty if the sum is another one.
std::string_view checked(std::string_view line, std::uint32_t from) {
    const std::size_t tab = line.rfind('\t');
    if (tab == std::string_view::npos) return {};
    const std::string_view content = line.substr(0, tab);
    return line.substr(tab + 1) == fmt::format("{:08x}", sum_of(content, from)) ? content : std::string_view{};
}

bool read_record(std::string_view line, JournalText& out) {
    const std::string content(checked(line, sum_of(out.header, 0)));
    const std::size_t tab = content.find('\t');
    if (tab == std::string::npos) return false;
    try {
        const Json head = Json::parse(content.substr(0, tab));
        auto record = read_line("r " + content.substr(tab + 1)).record;
        if (!record || record->values.size() != metrics().size()) return false;
        const JournalKey key{head.at("arm_sha256"), head.at("warmup_us"), record->number};
        out.records.insert_or_assign(key, std::move(*record));
        return true;
    } catch (const nlohmann::json::exception&) {
        return false;
    }
}

/// Gives the lines of a file one by one. A line that is too long is given cut, and has no right sum.
class Lines {
public:
    explicit Lines(int descriptor) : descriptor_(descriptor), buffer_(1 << 18) { ::lseek(descriptor, 0, SEEK_SET); }

    /// False at the end. `whole`: it ended with a line end.
    bool next(std::string& line, bool& whole) {
        line.clear();
        whole = false;
        for (;;) {
            if (at_ == end_ && !fill()) return !line.empty();
            const char* const from = buffer_.data() + at_;
            const auto* const stop = static_cast<const char*>(std::memchr(from, '\n', end_ - at_));
            const std::size_t n = stop ? static_cast<std::size_t>(stop - from) : end_ - at_;
            if (line.size() <= kLongestLine) line.append(from, n);
            at_ += n + (stop ? 1 : 0);
            if (!stop) continue;
            whole = true;
            return true;
        }
    }

private:
    bool fill() {
        ssize_t n = 0;
        while ((n = ::read(descriptor_, buffer_.data(), buffer_.size())) < 0 && errno == EINTR) {
        }
        at_ = 0;
        end_ = n > 0 ? static_cast<std::size_t>(n) : 0;
        return n > 0;
    }

    int descriptor_;
    std::vector<char> buffer_;
    std::size_t at_ = 0, end_ = 0;
};

}  // namespace

std::string journal_header(const std::string& terms) {
    const Json line = {{"journal", kJournalFormat}, {"version", version()}, {"build", build_id()}, {"terms", terms}};
    return with_sum(line.dump(-1, ' ', false, Json::error_handler_t::replace), 0);
}

std::string journal_line(const std::string& header, const JournalKey& key, const ReplicationRecord& record) {
    const std::string line =
        Json{{"arm_sha256", key.arm_sha256}, {"warmup_us", key.warmup}}.dump() + "\t" + result_line(record).substr(2);
    return with_sum(line, sum_of(header, 0)) + "\n";
}

JournalText read_journal(int descriptor) {
    JournalText out;
    Lines lines(descriptor);
    std::string line;
    bool whole = false;
    if (!lines.next(line, whole)) return out;
    out.torn = !whole;
    if (whole && !checked(line, 0).empty()) out.header = line;
    while (lines.next(line, whole)) {
        out.torn = !whole;
        ++out.lines;
        if (out.header.empty() || !read_record(line, out)) ++out.damaged;
    }
    return out;
}

}  // namespace gatesim
