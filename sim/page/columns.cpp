#include "page/columns.hpp"

#include <zlib.h>

#include <algorithm>
#include <stdexcept>

namespace gatesim::page {

namespace {

constexpr unsigned kDifferences = 1, kPlanes = 2;

std::uint64_t zigzag(std::int64_t value) {
    return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}
std::int64_t unzigzag(std::uint64_t value) {
    return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

void put_varint(std::string& out, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) out += static_cast<char>(value | 0x80);
    out += static_cast<char>(value);
}

void put_planes(std::string& out, const std::vector<std::uint64_t>& values) {
    std::uint64_t all = 0;
    for (const std::uint64_t value : values) all |= value;
    unsigned planes = 0;
    while (planes < 8 && (all >> (8 * planes)) != 0) ++planes;
    out += static_cast<char>(planes);
    for (unsigned plane = 0; plane < planes; ++plane)
        for (const std::uint64_t value : values) out += static_cast<char>(value >> (8 * plane));
}

std::string written(const std::vector<std::int64_t>& values, unsigned how) {
    std::vector<std::uint64_t> numbers;
    numbers.reserve(values.size());
    std::int64_t before = 0;
    for (const std::int64_t value : values) {
        numbers.push_back(zigzag(how & kDifferences ? value - before : value));
        before = value;
    }
    std::string out(1, static_cast<char>(how));
    put_varint(out, values.size());
    if (how & kPlanes)
        put_planes(out, numbers);
    else
        for (const std::uint64_t number : numbers) put_varint(out, number);
    return out;
}

constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

void ColumnWriter::column(const std::vector<std::int64_t>& values) {
    std::string best;
    std::size_t smallest = 0;
    for (const unsigned how : {0U, kDifferences, kPlanes, kDifferences | kPlanes}) {
        std::string bytes = written(values, how);
        const std::size_t size = gzipped(bytes).size();
        if (best.empty() || size < smallest) best = std::move(bytes), smallest = size;
    }
    out_ += best;
}

void ColumnWriter::texts(const std::vector<std::string>& list) {
    put_varint(out_, list.size());
    for (const std::string& text : list) {
        put_varint(out_, text.size());
        out_ += text;
    }
}

std::string_view ColumnReader::take(std::size_t count) {
    if (count > left_.size()) throw std::runtime_error("a packed replay ends too early");
    const std::string_view taken = left_.substr(0, count);
    left_.remove_prefix(count);
    return taken;
}

std::uint8_t ColumnReader::byte() {
    return static_cast<std::uint8_t>(take(1)[0]);
}

std::uint64_t ColumnReader::varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        const std::uint8_t next = byte();
        value |= static_cast<std::uint64_t>(next & 0x7F) << shift;
        if (next < 0x80) return value;
    }
    throw std::runtime_error("a number of a packed replay has no end");
}

std::vector<std::int64_t> ColumnReader::column() {
    const unsigned how = byte();
    const std::uint64_t count = varint();
    std::vector<std::uint64_t> numbers;
    if (how & kPlanes) {
        const unsigned planes = byte();
        if (planes > 8) throw std::runtime_error("a packed replay is damaged");
        for (unsigned plane = 0; plane < planes; ++plane) {
            const std::string_view bytes = take(count);
            numbers.resize(count);
            for (std::size_t i = 0; i < count; ++i)
                numbers[i] |= static_cast<std::uint64_t>(static_cast<std::uint8_t>(bytes[i])) << (8 * plane);
        }
        if (planes == 0 && count <= (std::uint64_t{1} << 32)) numbers.resize(count);  // all of them 0
    } else {
        for (std::uint64_t i = 0; i < count; ++i) numbers.push_back(varint());
    }
    std::vector<std::int64_t> values;
    values.reserve(numbers.size());
    std::int64_t before = 0;
    for (const std::uint64_t number : numbers) {
        before = unzigzag(number) + (how & kDifferences ? before : 0);
        values.push_back(before);
    }
    return values;
}

std::vector<std::string> ColumnReader::texts() {
    std::vector<std::string> list;
    for (std::uint64_t count = varint(); count > 0; --count) list.emplace_back(take(varint()));
    return list;
}

std::string gzipped(std::string_view bytes) {
    z_stream stream{};
    if (deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::runtime_error("zlib cannot begin to compress");
    gz_header header{};
    header.os = 255;  // unknown
    deflateSetHeader(&stream, &header);
    std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int end = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (end != Z_STREAM_END) throw std::runtime_error("zlib cannot compress");
    return out;
}

std::string gunzipped(std::string_view bytes) {
    z_stream stream{};
    if (inflateInit2(&stream, 15 + 16) != Z_OK) throw std::runtime_error("zlib cannot begin to read");
    std::string out;
    std::vector<char> piece(1 << 16);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    int end = Z_OK;
    while (end == Z_OK) {
        stream.next_out = reinterpret_cast<Bytef*>(piece.data());
        stream.avail_out = static_cast<uInt>(piece.size());
        end = inflate(&stream, Z_NO_FLUSH);
        out.append(piece.data(), piece.size() - stream.avail_out);
    }
    inflateEnd(&stream);
    if (end != Z_STREAM_END) throw std::runtime_error("a packed replay is damaged: it cannot be decompressed");
    return out;
}

std::string base64(std::string_view bytes) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        std::uint32_t three = 0;
        const std::size_t n = std::min<std::size_t>(3, bytes.size() - at);
        for (std::size_t i = 0; i < 3; ++i) three = three << 8 | (i < n ? static_cast<std::uint8_t>(bytes[at + i]) : 0);
        for (std::size_t i = 0; i < 4; ++i) out += i <= n ? kDigits[three >> (18 - 6 * i) & 63] : '=';
    }
    return out;
}

std::string from_base64(std::string_view text) {
    std::string out;
    std::uint32_t bits = 0;
    unsigned have = 0;
    for (const char c : text) {
        const char* const digit = std::find(kDigits, kDigits + 64, c);
        if (digit == kDigits + 64) continue;  // "=" at the end, line ends
        bits = bits << 6 | static_cast<std::uint32_t>(digit - kDigits);
        have += 6;
        if (have >= 8) out += static_cast<char>(bits >> (have -= 8) & 0xFF);
    }
    return out;
}

}  // namespace gatesim::page
