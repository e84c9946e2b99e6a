#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "page/replay.hpp"
#include "page/sentence.hpp"

namespace gatesim::page {
namespace {

namespace fs = std::filesystem;

/// A copy of the fixture that a test may spoil.
class ReadReplay : public testing::Test {
protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "gatesim-replay-XXXXXX").string();
        folder_ = mkdtemp(name.data());
        fs::copy(GATESIM_SOURCE_DIR "/tests/page/quickstart", folder_, fs::copy_options::recursive);
    }
    void TearDown() override { fs::remove_all(folder_); }

    void write(const std::string& table, const std::string& text) { std::ofstream(folder_ / (table + ".csv")) << text; }
    std::string replaced(const std::string& table, const std::string& from, const std::string& to) {
        std::ifstream in(folder_ / (table + ".csv"));
        std::string text((std::istreambuf_iterator<char>(in)), {});
        const std::size_t at = text.find(from);
        EXPECT_NE(at, std::string::npos);
        write(table, text.replace(at, from.size(), to));
        return read_replay(folder_.string()).error;
    }
    fs::path folder_;
};

TEST_F(ReadReplay, knows_who_stood_where_and_on_top_of_whom) {
    const ReplayRead read = read_replay(folder_.string());
    ASSERT_EQ(read.error, "");
    const Replay& r = read.replay;
    EXPECT_EQ(r.end, 3300 * kSecond);
    EXPECT_EQ(r.start_at, kNever);
    ASSERT_EQ(r.stays.size(), 8U);
    ASSERT_EQ(r.attempts.size(), 11U);
    EXPECT_EQ(r.builds.size(), 33U);
    EXPECT_TRUE(r.holdings.empty()) << "all nodes are those of builds";
    const Replay::Stay& third = r.stays[2];
    EXPECT_EQ(r.changes[third.change].name, "api-103");
    EXPECT_EQ(r.changes[third.change].author, "cem");
    EXPECT_EQ(third.place, 3);
    EXPECT_EQ(r.jobs[r.builds[third.build].job], "unit");
    const Replay::Attempt& again = r.attempts[5];
    EXPECT_EQ(r.changes[again.change].name, "web-104");
    EXPECT_EQ(again.ahead, 1U) << "web-102";
    EXPECT_EQ(again.stays, std::vector<Index>{3});
    ASSERT_EQ(r.resets.size(), 2U);
    EXPECT_EQ(r.resets[0].changes.size(), 2U);
    EXPECT_EQ(r.resets[0].builds, 6);
    EXPECT_EQ(r.resets[0].node_time, 1560 * kSecond);
    ASSERT_FALSE(r.windows.empty());
    EXPECT_EQ(r.windows[0].size, 20);
}

TEST_F(ReadReplay, fills_the_gaps_of_a_reason_with_labels) {
    const Replay r = read_replay(folder_.string()).replay;
    EXPECT_EQ(sentence_of(r, r.waits[3]), "its tests run: lint");
    EXPECT_EQ(r.sentences[r.waits[3].sentence], "its tests run: \x03") << "one sentence for all jobs";
    EXPECT_EQ(with_gaps("c1 waits for c12, not for c1/a", {"c12", "c1", "", "", ""}),
              "\x02 waits for \x01, not for c1/a");
}

TEST_F(ReadReplay, takes_the_date_of_the_start_from_any_stay) {
    EXPECT_EQ(replaced("stays", "1,2,60,,", "1,2,60,2013-06-24T00:01:00Z,"), "");
    EXPECT_EQ(read_replay(folder_.string()).replay.start_at, 1372032000 * kSecond);
}

TEST_F(ReadReplay, says_how_to_get_tables_that_are_not_there) {
    fs::remove(folder_ / "waits.csv");
    const ReplayRead read = read_replay(folder_.string());
    EXPECT_TRUE(read.absent);
    EXPECT_NE(read.error.find("waits.csv is not there"), std::string::npos) << read.error;
    EXPECT_NE(read.error.find("--tables"), std::string::npos) << read.error;
}

TEST_F(ReadReplay, takes_a_table_without_a_column_for_one_of_another_version) {
    const std::string error = replaced("attempts", ",ahead,", ",other,");
    EXPECT_NE(error.find("there is no column ahead"), std::string::npos) << error;
}

TEST_F(ReadReplay, names_the_place_of_what_is_wrong) {
    EXPECT_NE(replaced("stays", "1,2,gate,product,api-103,api-103,1,3,120", "1,2,gate,product,api-103,api-103,1,3,soon")
                  .find("stays.csv:4:38: entered_s: \"soon\" is not a time in seconds"),
              std::string::npos);
}

TEST_F(ReadReplay, does_not_accept_a_pointer_to_nobody) {
    EXPECT_NE(replaced("waits", "1,7,gate", "1,99,gate").find("item: 99 is not in stays.csv"), std::string::npos);
}

TEST_F(ReadReplay, finds_nothing_of_another_replication) {
    const ReplayRead read = read_replay(folder_.string(), 2);
    EXPECT_EQ(read.error, "");
    EXPECT_TRUE(read.replay.stays.empty());
}

}  // namespace
}  // namespace gatesim::page
