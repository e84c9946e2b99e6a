// Shards: who runs what, and what is said of those that do not belong together.
#include "study/shard.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>

#include "measure/comparison.hpp"
#include "measure/mser.hpp"
#include "study/shard_folders.hpp"

namespace gatesim {
namespace {

namespace fs = std::filesystem;

TEST(ShardTest, IsReadAndWritten) {
    const auto shard = read_shard("2/4");
    ASSERT_TRUE(shard.has_value());
    EXPECT_EQ(shard_text(*shard), "2/4");
    EXPECT_EQ(shard_folder(*shard), "shard-2-of-4");
    EXPECT_TRUE(is_shard_folder("shard-10-of-10"));
    for (const char* text : {"", "2", "0/4", "5/4", "2/", "/4", "2/4/4", "02/4", " 2/4", "-1/4", "1/10001", "a/b"})
        EXPECT_FALSE(read_shard(text).has_value()) << text;
    for (const char* name : {"shard-2", "shard-5-of-4", "shard-1-of-4.partial-7", "shards-1-of-4", "shard-1-of-04"})
        EXPECT_FALSE(is_shard_folder(name)) << name;
}

/// Most minus least.
template <typename Map>
std::uint32_t spread(const Map& counts, std::uint32_t shards) {
    std::uint32_t least = UINT32_MAX, most = 0;
    for (std::uint32_t number = 1; number <= shards; ++number) {
        const auto it = counts.find(number);
        least = std::min(least, it == counts.end() ? 0 : it->second);
        most = std::max(most, it == counts.end() ? 0 : it->second);
    }
    return most - least;
}

/// What each shard has to do of each arm, and of all, after `count` replications.
void expect_fair(std::uint32_t shards, std::size_t arms, std::uint32_t first_look, std::uint32_t count, bool pilot) {
    const Shares shares(shards, arms, first_look);
    std::map<std::uint32_t, std::uint32_t> all;
    for (std::size_t arm = 0; arm < arms; ++arm) {
        std::map<std::uint32_t, std::uint32_t> of_arm;
        for (std::uint32_t r = 0; r < count; ++r) {
            const std::uint32_t owner = shares.owner({arm, (pilot ? kFirstWarmupRun : 1) + r, pilot});
            ASSERT_GE(owner, 1u);
            ASSERT_LE(owner, shards);
            ++of_arm[owner];
            ++all[owner];
        }
        EXPECT_LE(spread(of_arm, shards), 1u) << "arm " << arm << ", " << count << " among " << shards;
    }
    if (count != first_look) return;
    EXPECT_LE(spread(all, shards), 1u) << arms << " x " << count << " among " << shards;
}

TEST(ShardTest, SharesAreFairInEachArmAndInAll) {
    for (std::uint32_t shards : {1, 2, 3, 4, 5, 7, 8, 16, 60, 1000}) {
        for (std::size_t arms : {1, 2, 3, 8, 30, 71}) {
            for (std::uint32_t count : looks(10, 160)) expect_fair(shards, arms, 10, count, false);
            for (std::uint32_t count : {2u, 3u, 13u, 100u}) expect_fair(shards, arms, count, count, false);
            expect_fair(shards, arms, 10, 10, true);
        }
    }
}

class ShardFoldersTest : public ::testing::Test {
protected:
    ShardFoldersTest() {
        std::string name = (fs::temp_directory_path() / "gatesim-shards-XXXXXX").string();
        folder_ = ::mkdtemp(name.data());
        study_.command = "compare";
        study_.version = "1.0";
        study_.build = "aa";
        study_.scenario = "shop";
        study_.seed = 1;
        study_.until = "never";
        study_.warmup = "auto";
        study_.looks = {10, 20};
        study_.arms = {{"zuul", "11"}, {"serial", "22"}};
    }
    ~ShardFoldersTest() override { fs::remove_all(folder_); }

    void put(const std::string& name, const Shard& shard, const ShardStudy& study) const {
        fs::create_directories(folder_ + "/" + name);
        std::ofstream(folder_ + "/" + name + "/shard.json") << shard_json(shard, study);
    }
    std::string problem(const std::vector<std::string>& folders) const {
        std::string out;
        find_shards(folders, study_, out);
        for (std::size_t at; (at = out.find(folder_)) != std::string::npos;) out.replace(at, folder_.size(), "D");
        return out;
    }
    std::string problem() const { return problem({folder_}); }

    std::string folder_;
    ShardStudy study_;
};

TEST_F(ShardFoldersTest, AreFoundWhereTheyStandAndByName) {
    put("b", {1, 3}, study_);
    put("a", {3, 3}, study_);
    std::string problem;
    const auto found = find_shards({folder_}, study_, problem);
    EXPECT_EQ(problem, "");
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0].path, folder_ + "/b");
    EXPECT_EQ(difference_of(found[1].study, study_), "");
    EXPECT_EQ(absent_shards(found), std::vector<std::uint32_t>{2});
    EXPECT_EQ(find_shards({folder_ + "/b", folder_ + "/a"}, study_, problem).size(), 2u);
}

TEST_F(ShardFoldersTest, AreRefusedWhereTheyDoNotBelongTogether) {
    EXPECT_EQ(problem({"/nowhere"}), "/nowhere: is not a folder");
    EXPECT_EQ(problem(),
              "D: holds no shard (a folder with shard.json); name the folders of the shards, or the one that their "
              "--out named");
    put("a", {1, 4}, study_);
    put("b", {1, 4}, study_);
    EXPECT_EQ(problem(), "shard 1/4 is given twice: D/a and D/b");
    put("b", {1, 7}, study_);
    EXPECT_EQ(problem(), "D/a is shard 1/4, and D/b is shard 1/7: name the shards of one division only");
    std::ofstream(folder_ + "/b/shard.json") << "{\"gatesim_shard\": 1, \"shard\": 9, \"of\": 4}";
    EXPECT_EQ(problem(),
              "D/b/shard.json: cannot be read as gatesim wrote it; start that shard again, which repeats nothing");
}

TEST_F(ShardFoldersTest, TellHowTheyDiffer) {
    const auto difference = [this](const std::function<void(ShardStudy&)>& change) {
        ShardStudy other = study_;
        change(other);
        put("a", {1, 4}, other);
        const std::string said = problem(), begin = "D/a: is shard 1/4 of another study: ";
        EXPECT_TRUE(said.starts_with(begin)) << said;
        return said.substr(std::min(said.size(), begin.size()));
    };
    EXPECT_EQ(difference([](ShardStudy& s) { s.command = "sweep"; }), "it is a shard of a sweep, not of a compare");
    EXPECT_EQ(difference([](ShardStudy& s) { s.build = "bb"; }),
              "it was made by another build of gatesim (1.0, bb; this is 1.0, aa)");
    EXPECT_EQ(difference([](ShardStudy& s) { s.scenario = "bar"; }), "its scenario is bar, not shop");
    EXPECT_EQ(difference([](ShardStudy& s) { s.seed = 2; }), "its seed is 2, not 1");
    EXPECT_EQ(difference([](ShardStudy& s) { s.looks = {30}; }), "it counts replications 30, not 10, 20");
    EXPECT_EQ(difference([](ShardStudy& s) { s.until = "5 us"; }), "it ends 5 us, not never (--until)");
    EXPECT_EQ(difference([](ShardStudy& s) { s.warmup = "0 us"; }), "its --warmup is 0 us, not auto");
    EXPECT_EQ(difference([](ShardStudy& s) { s.arms[1].first = "tide"; }),
              "it has tide, which is not asked for, and it lacks serial");
    EXPECT_EQ(difference([](ShardStudy& s) { s.arms.pop_back(); }), "it lacks serial");
    EXPECT_EQ(difference([](ShardStudy& s) { std::swap(s.arms[0], s.arms[1]); }),
              "it has the same arms in another order");
    EXPECT_EQ(difference([](ShardStudy& s) { s.arms[1].second = "33"; }),
              "its scenario, or what was set in it, is another one (seen at serial)");
}

}  // namespace
}  // namespace gatesim
