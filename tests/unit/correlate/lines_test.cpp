// Logs as they come: whatever is odd about one is told once, and the rest is read.
#include "correlate/lines.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <vector>

#include "correlate/table.hpp"

namespace gatesim::correlate {
namespace {

namespace fs = std::filesystem;

struct Read {
    std::vector<std::string> lines;
    LogFaults faults;
};

class Lines : public testing::Test {
protected:
    // Tests run side by side, each with a file of its own.
    Lines()
        : path_(fs::path(testing::TempDir()) /
                ("correlate-lines-" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()))) {}
    ~Lines() override { fs::remove(path_); }

    Read read() {
        Read out;
        out.faults = read_lines(path_.string(), [&](std::string_view line) { out.lines.emplace_back(line); });
        return out;
    }
    void put(const std::string& bytes) { std::ofstream(path_, std::ios::binary) << bytes; }
    std::string packed(const std::string& text) {
        gzFile file = ::gzopen(path_.c_str(), "wb");
        ::gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
        ::gzclose(file);
        std::ifstream in(path_, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    }

    fs::path path_;
};

TEST_F(Lines, ComeWithoutTheirEnds) {
    put("one\r\ntwo\n\nlast");
    const Read got = read();
    EXPECT_EQ(got.lines, (std::vector<std::string>{"one", "two", "", "last"}));
    EXPECT_EQ(got.faults.text, "");
    EXPECT_EQ(got.faults.bytes, 14u);
}

TEST_F(Lines, AreTheSameFromGzip) {
    put(packed("one\ntwo\n"));
    EXPECT_EQ(read().lines, (std::vector<std::string>{"one", "two"}));
}

TEST_F(Lines, OfATruncatedGzipAreReadToWhereItEnds) {
    std::string text;
    unsigned noise = 1;
    for (int i = 0; i < 20000; ++i) text += std::to_string(noise = noise * 1664525 + 1013904223) + "\n";
    const std::string all = packed(text);
    put(all.substr(0, all.size() / 2));
    const Read got = read();
    EXPECT_GT(got.lines.size(), 1000u);
    EXPECT_NE(got.faults.text.find("end or break after"), std::string::npos) << got.faults.text;
    EXPECT_FALSE(got.faults.unreadable);
}

TEST_F(Lines, OfABinaryFileAreNone) {
    put(std::string("ab\0cd\n", 6));
    const Read got = read();
    EXPECT_TRUE(got.lines.empty());
    EXPECT_TRUE(got.faults.unreadable);
    EXPECT_NE(got.faults.text.find("is binary"), std::string::npos);
}

TEST_F(Lines, ThatAreHugeAreCutAndTold) {
    put("before\n" + std::string(3'000'000, 'x') + "\nafter\n");
    const Read got = read();
    ASSERT_EQ(got.lines.size(), 3u);
    EXPECT_EQ(got.lines[1].size(), kLongestLine);
    EXPECT_EQ(got.lines[2], "after");
    EXPECT_NE(got.faults.text.find("a line of 3000000 bytes"), std::string::npos) << got.faults.text;
}

TEST_F(Lines, ThatAreNoUtf8AreMended) {
    put("good \xC3\xA4\nbad \xC3 \xFF\n");
    const Read got = read();
    EXPECT_EQ(got.lines[0], "good \xC3\xA4");
    EXPECT_EQ(got.lines[1], "bad ? ?");
    EXPECT_NE(got.faults.text.find("2 bytes that are not UTF-8"), std::string::npos) << got.faults.text;
}

TEST_F(Lines, OfNoFileAreToldAbout) {
    EXPECT_TRUE(read_lines("/no/such/file", [](std::string_view) {}).unreadable);
}

TEST_F(Lines, OfATableMayBeQuoted) {
    put("build,result,note\na,FAILURE,\"x, \"\"y\"\"\nz\"\nb,SUCCESS,\n");
    Table table;
    EXPECT_EQ(read_table(path_.string(), table), "");
    ASSERT_EQ(table.rows.size(), 2u);
    EXPECT_EQ(table.rows[0][2], "x, \"y\"\nz");
    EXPECT_EQ(table.lines[1], 4u);
    put("build,result\na\n");
    Table other;
    EXPECT_NE(read_table(path_.string(), other).find(":2: 1 fields"), std::string::npos);
}

}  // namespace
}  // namespace gatesim::correlate
