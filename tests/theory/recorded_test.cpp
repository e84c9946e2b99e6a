// R10: recorded builds that are replayed, where they are at hand; how their table is read; that the comparison can
// fail.
#include <gtest/gtest.h>
#include <zlib.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "study/verify/recorded_builds.hpp"
#include "study/verify/verify.hpp"

namespace gatesim {
namespace {

namespace fs = std::filesystem;

/// Makes GATESIM_DATA name a folder for a while.
class DataFolder {
public:
    explicit DataFolder(const std::string& folder) {
        if (const char* now = std::getenv("GATESIM_DATA")) before_ = now;
        ::setenv("GATESIM_DATA", folder.c_str(), 1);
    }
    ~DataFolder() {
        if (before_.empty())
            ::unsetenv("GATESIM_DATA");
        else
            ::setenv("GATESIM_DATA", before_.c_str(), 1);
    }

private:
    std::string before_;
};

/// A folder that is gone after the test.
class Recorded : public testing::Test {
protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "recorded-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder_ = name;
    }
    void TearDown() override { fs::remove_all(folder_); }

    std::string table(const std::string& text) const {
        const std::string path = (folder_ / "travis_builds.csv.gz").string();
        const gzFile file = gzopen(path.c_str(), "wb");
        gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
        gzclose(file);
        return path;
    }

    static std::string trouble_with(const std::string& path) {
        std::string trouble;
        EXPECT_TRUE(read_recorded_builds(path, trouble).empty());
        return trouble;
    }

    fs::path folder_;
};

/// The entries of R10 that speak of `where`, and what came of them.
struct Replay {
    explicit Replay(const std::string& where) : forms(closed_forms()) {
        std::erase_if(forms, [&](const ClosedForm& form) {
            return form.id != "R10" || form.where.find(where) == std::string::npos;
        });
        result = verify(forms, {});
    }
    std::vector<ClosedForm> forms;
    VerifyResult result;
};

TEST_F(Recorded, builds_stand_in_the_order_of_the_study) {
    std::string trouble;
    const RecordedBuilds builds =
        read_recorded_builds(table("project,started,status,package_row\na,1,passed,3\nb,2,failed,0\na,3,errored,1\n"
                                   "a,4,canceled,2\na,5,passed,0\r\n"),
                             trouble);
    EXPECT_EQ(trouble, "");
    EXPECT_EQ(builds, (RecordedBuilds{{"a", {1, 0, 0, 1}}, {"b", {0}}}));
}

TEST_F(Recorded, what_is_not_such_a_table_is_refused) {
    const std::string nothing = (folder_ / "none.csv.gz").string();
    EXPECT_EQ(trouble_with(nothing), "no " + nothing + "; set GATESIM_DATA to its folder");
    const auto says = [&](const char* text, const char* what) {
        EXPECT_NE(trouble_with(table(text)).find(what), std::string::npos) << trouble_with(table(text));
    };
    says("project,result\na,passed\n", "no columns project, status and package_row");
    says("project,status\na,passed\n", "no columns project, status and package_row");
    says("project,status,package_row\na,passed,0\na\n", ":3: 1 fields, not 3");
    says("project,status,package_row\na,passed,0\na,failed,0\n", ":3: package_row: a second build of a in place 0");
    says("project,status,package_row\na,passed,-1\n", ":2: package_row: \"-1\" is no place from 0");
    says("project,status,package_row\na,passed,0\na,failed,2\n", "no build of a in place 1");
}

TEST_F(Recorded, a_table_that_was_cut_off_is_refused) {
    std::string text = "project,status,package_row\n";
    for (int i = 0; i < 5000; ++i) text += "p" + std::to_string(i * 7919 % 5003) + ",passed,0\n";
    const std::string path = table(text);
    fs::resize_file(path, fs::file_size(path) / 2);
    EXPECT_NE(trouble_with(path).find("cut off or damaged"), std::string::npos);
}

TEST_F(Recorded, other_records_do_not_agree) {
    std::string text = "project,status,package_row\n";
    for (int i = 0; i < 40; ++i)
        text += std::string("gradle/gradle,") + (i % 7 == 0 ? "failed," : "passed,") + std::to_string(i) + "\n";
    table(text);
    const DataFolder here(folder_.string());
    EXPECT_EQ(missing_records(), "");
    const Replay replay("singles, b = 4");
    const VerifyResult& result = replay.result;
    ASSERT_EQ(result.findings.size(), 4u);
    for (const Finding& f : result.findings)  // the simulator counts right, and what is published is about others
        EXPECT_EQ(f.agreement == Agreement::agrees, f.quantity->what == "builds") << f.quantity->what;
    EXPECT_FALSE(result.passed());
}

TEST_F(Recorded, without_records_there_are_no_entries) {
    const DataFolder here(folder_.string());
    EXPECT_NE(missing_records(), "");
    EXPECT_TRUE(Replay("").forms.empty());
}

TEST(RecordedBuilds, of_five_projects_give_what_is_published) {
    const char* named = std::getenv("GATESIM_DATA");
    const DataFolder data(named ? named : GATESIM_SOURCE_DIR "/../shared/data");
    if (const std::string missing = missing_records(); !missing.empty()) GTEST_SKIP() << missing;
    const Replay replay("");
    const VerifyResult& result = replay.result;
    EXPECT_EQ(result.problem.text, "");
    EXPECT_EQ(result.findings.size(), 5u * 5 * 4);
    for (const Finding& f : result.findings)
        EXPECT_EQ(f.agreement, Agreement::agrees)
            << f.form->where << ", " << f.quantity->what << ": " << f.quantity->theory << ", " << f.measured.mean;
}

}  // namespace
}  // namespace gatesim
