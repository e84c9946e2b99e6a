// What validate takes from the two tables.
#include "validate/record.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace gatesim::validate {
namespace {

class Folder {
public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "gatesim-test-XXXXXX").string();
        if (!::mkdtemp(name.data())) std::abort();
        path = name;
    }
    ~Folder() { std::filesystem::remove_all(path); }
    void write(const char* name, const char* text) const { std::ofstream(path + "/" + name) << text; }
    std::string path;
};

TEST(Record, UploadsStandForEnqueuesThatNobodyRecorded) {
    const Folder folder;
    folder.write(
        "entries.csv",
        "entry,change,project,branch,enqueued,left,left_lo,left_hi,outcome,uploaded\n"
        "1,a,p,main,,9000,,,landed,2000\n2,b,p,main,,,5000,6000,landed,1000\n3,c,p,main,,1400,,,landed,1500\n");
    Record record;
    LoadError error;
    ASSERT_TRUE(read_record(folder.path, kNever, record, error)) << error.text;
    EXPECT_TRUE(record.landings_only());
    ASSERT_EQ(record.stays.size(), 3u);
    EXPECT_EQ(record.stays[0].name, "p/b~2/main");
    EXPECT_EQ(record.stays[0].enqueued, kNever);
    EXPECT_EQ(record.stays[0].uploaded, 0);
    EXPECT_FALSE(record.stays[0].exact());
    EXPECT_TRUE(record.stays[2].exact());
    EXPECT_EQ(record.length, 8000 * kSecond);
    folder.write("entries.csv", "entry,change,enqueued,left,outcome\n1,a,,9000,landed\n");
    EXPECT_FALSE(read_record(folder.path, kNever, record, error));
    EXPECT_NE(error.text.find("one of the two must be known"), std::string::npos) << error.text;
}

TEST(Record, KnowsStaysAndTheInstantsAtWhichTheQueueIsKnown) {
    const Folder folder;
    folder.write("entries.csv",
                 "entry,change,project,branch,enqueued,left,left_lo,left_hi,outcome\n"
                 "7,b,p,main,1600,,3000,4800,landed\n3,a,p,main,1000,2000,,,ejected\n9,c,p,main,5000,,,,open\n"
                 "1,old,p,main,100,900,,,landed\n");
    folder.write("runs.csv", "entry,group,job,started,ended,result\n7,1,t,1600,5200,success\n3,2,t,1000,,skipped\n");
    Record record;
    LoadError error;
    ASSERT_TRUE(read_record(folder.path, 1000 * kSecond, record, error)) << error.text;
    ASSERT_EQ(record.stays.size(), 3u);
    EXPECT_EQ(record.stays[0].name, "p/a~3/main");
    EXPECT_EQ(record.stays[0].left(), 1000 * kSecond);
    EXPECT_TRUE(record.stays[0].ejected);
    EXPECT_EQ(record.stays[1].left(), 2900 * kSecond);
    EXPECT_FALSE(record.stays[2].gone());
    EXPECT_EQ(record.length, 4000 * kSecond);
    EXPECT_EQ(record.instants, (std::vector<Time>{0, 2000 * kSecond, 3800 * kSecond, 4000 * kSecond}));
    EXPECT_EQ(record.node_hours, 1);
    EXPECT_NEAR(record.tests_per_stay, 2.0 / 3, 1e-12);
}

TEST(Record, WithoutAStayThereIsNothingToCompare) {
    const Folder folder;
    folder.write("entries.csv", "entry,change,enqueued,left\n1,a,100,200\n");
    Record record;
    LoadError error;
    EXPECT_FALSE(read_record(folder.path, 1000 * kSecond, record, error));
    EXPECT_NE(error.text.find("no stay of the period"), std::string::npos);
    EXPECT_TRUE(read_record(folder.path, kNever, record, error));
}

}  // namespace
}  // namespace gatesim::validate
