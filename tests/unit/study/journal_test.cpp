// A journal under damage: whatever happens to its bytes, a result that comes out of it is one that went in.
#include "study/journal.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "measure/metric.hpp"
#include "study/journal_lines.hpp"
#include "study/worker.hpp"

namespace gatesim {
namespace {

namespace fs = std::filesystem;

class JournalTest : public ::testing::Test {
protected:
    JournalTest() {
        std::string name = (fs::temp_directory_path() / "gatesim-journal-XXXXXX").string();
        folder_ = ::mkdtemp(name.data());
        fs::create_directory(folder_ + "/aside");
        fs::create_directory(folder_ + "/study");
    }
    ~JournalTest() override { fs::remove_all(folder_); }

    JournalPlace place(bool resume, const std::string& terms = "seed 1") const {
        return {folder_ + "/study", folder_ + "/aside", terms, {"zuul", "serial"}, resume};
    }
    std::string path(const std::string& name = "journal.jsonl") const { return folder_ + "/study/" + name; }
    std::string text(const std::string& name = "journal.jsonl") const {
        std::ifstream in(path(name), std::ios::binary);
        return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    }
    void put(const std::string& bytes) const { std::ofstream(path(), std::ios::binary) << bytes; }

    static ReplicationRecord record(std::uint32_t number) {
        ReplicationRecord out;
        out.number = number;
        out.events = 100 + number;
        for (std::size_t m = 0; m < metrics().size(); ++m)
            out.values.push_back(m % 7 == 3 ? std::nullopt : std::optional<double>(1.0 / (number + m + 1)));
        out.series = {0.5, 1.5, number / 3.0};
        return out;
    }
    /// `count` records of each of two arms.
    void fill(std::uint32_t count, const std::string& terms = "seed 1") const {
        Journal journal(place(false, terms));
        for (std::uint32_t n = 1; n <= count; ++n)
            for (const char* arm : {"zuul", "serial"}) journal.add({arm, 0, n}, record(n));
        journal.finish();
        ASSERT_EQ(journal.problem().text, "");
    }
    /// How many results come out; each must be the one that went in.
    static std::size_t right_ones(const Journal& journal) {
        for (const auto& [key, found] : journal.records()) {
            EXPECT_TRUE(key.arm_sha256 == "zuul" || key.arm_sha256 == "serial") << key.arm_sha256;
            EXPECT_EQ(key.warmup, 0);
            EXPECT_EQ(key.replication, found.number);
            EXPECT_EQ(result_line(found), result_line(record(found.number)));
        }
        return journal.records().size();
    }

    std::string folder_;
};

TEST_F(JournalTest, GivesBackWhatWasKept) {
    fill(5);
    EXPECT_EQ(right_ones(Journal(place(true))), 10u);
}

TEST_F(JournalTest, WritesOfWhatIsLentOnlyWhatItKeeps) {
    fill(2);
    {
        Journal journal(place(true));
        for (std::uint32_t n = 1; n <= 4; ++n) journal.lend({"zuul", 0, n}, record(n));
        EXPECT_EQ(journal.records().size(), 4u);
        ASSERT_NE(journal.find({"zuul", 0, 3}), nullptr);
        EXPECT_EQ(journal.find({"serial", 0, 3}), nullptr);
        for (std::uint32_t n : {1u, 3u, 9u}) journal.keep({"zuul", 0, n});
        journal.finish();
    }
    const Journal after(place(true));
    EXPECT_EQ(right_ones(after), 5u);
    EXPECT_NE(after.find({"zuul", 0, 3}), nullptr);
    EXPECT_EQ(after.find({"zuul", 0, 4}), nullptr);
}

TEST_F(JournalTest, IsNotTouchedByReading) {
    fill(5);
    const std::string before = text();
    { const Journal journal(place(true)); }
    EXPECT_EQ(text(), before);
}

TEST_F(JournalTest, WithoutResumeIsKeptAside) {
    fill(2);
    const std::string first = text();
    fill(3);
    EXPECT_EQ(text("journal-1.jsonl"), first);
    const std::string second = text();
    {
        const Journal journal(place(false));
        EXPECT_TRUE(journal.records().empty());
        EXPECT_NE(journal.set_aside().find("journal-2.jsonl"), std::string::npos);
    }
    EXPECT_EQ(text("journal-2.jsonl"), second);
}

TEST_F(JournalTest, OfAnotherQuestionIsKeptAsideAndNamed) {
    fill(2, "seed 2");
    const std::string other = text();
    Journal journal(place(true));
    EXPECT_TRUE(journal.records().empty());
    EXPECT_EQ(journal.problem().text, "");
    ASSERT_EQ(journal.notes().size(), 1u);
    EXPECT_NE(journal.notes().front().find("kept as journal-1.jsonl"), std::string::npos);
    EXPECT_EQ(text("journal-1.jsonl"), other);
}

TEST_F(JournalTest, OfOtherArmsIsAnotherQuestion) {
    fill(2);
    JournalPlace others = place(true);
    others.arms = {"tide"};
    EXPECT_EQ(Journal(others).notes().size(), 1u);
    EXPECT_TRUE(fs::exists(path("journal-1.jsonl")));
    others.arms = {"tide", "zuul"};  // one in common, in the journal that was kept aside
    const Journal journal(others);
    EXPECT_EQ(right_ones(journal), 2u);
}

TEST_F(JournalTest, OfVersion010IsKeptAside) {
    put("{\"journal\":1,\"version\":\"0.1.0\",\"terms\":\"seed 1\"}\n{\"scenario_sha256\":\"zuul\",\"warmup_us\":0}\t" +
        result_line(record(1)).substr(2) + "\n");
    const std::string old = text();
    Journal journal(place(true));
    EXPECT_TRUE(journal.records().empty());
    EXPECT_EQ(text("journal-1.jsonl"), old);
}

TEST_F(JournalTest, GoesOnBehindATornLine) {
    fill(3);
    std::string whole = text();
    put(whole.substr(0, whole.size() - 40));
    {
        Journal journal(place(true));
        EXPECT_EQ(right_ones(journal), 5u);
        ASSERT_EQ(journal.notes().size(), 1u);
        EXPECT_NE(journal.notes().front().find("1 line is damaged"), std::string::npos);
        journal.add({"zuul", 0, 3}, record(3));  // and killed
    }
    EXPECT_EQ(right_ones(Journal(place(true))), 6u);
}

TEST_F(JournalTest, ALineOfAnotherJournalIsNoResult) {
    fill(1, "seed 2");
    const std::string other = text();
    fs::remove(path());
    fill(1);
    put(text() + other.substr(other.find('\n') + 1));
    const Journal journal(place(true));
    EXPECT_EQ(right_ones(journal), 2u);
    EXPECT_EQ(journal.notes().size(), 1u);
}

TEST_F(JournalTest, IsAFileOrNothing) {
    fs::create_directory(path());
    EXPECT_NE(Journal(place(true)).problem().text.find("is not a plain file"), std::string::npos);
    fs::remove(path());
    fs::create_symlink("/dev/zero", path());
    EXPECT_NE(Journal(place(false)).problem().text.find("is not a plain file"), std::string::npos);
}

TEST_F(JournalTest, WithoutAResultLeavesNothing) {
    Journal journal(place(false));
    EXPECT_TRUE(fs::exists(path()));
    journal.finish();
    EXPECT_FALSE(fs::exists(path()));
}

/// One damage of a kind that disks, editors and people do.
std::string damaged(std::string text, std::mt19937& luck) {
    const auto below = [&](std::size_t n) { return n == 0 ? 0 : luck() % n; };
    const std::size_t at = below(text.size());
    std::vector<std::string> lines;
    for (std::size_t from = 0, to; (to = text.find('\n', from)) != std::string::npos; from = to + 1)
        lines.push_back(text.substr(from, to - from + 1));
    if (lines.empty()) return text;
    switch (below(8)) {
        case 0:
            text[at] = static_cast<char>(luck());
            return text;
        case 1:
            return text.substr(0, at);
        case 2:
            return text.erase(at, 1 + below(50));
        case 3:
            return text.insert(at, std::string(1 + below(3), static_cast<char>(luck())));
        case 4:  // a digit is another one
            for (std::size_t i = at; i < text.size(); ++i)
                if (text[i] >= '0' && text[i] <= '9') {
                    text[i] = static_cast<char>('0' + (text[i] - '0' + 1 + below(9)) % 10);
                    break;
                }
            return text;
        case 5:
            std::swap(lines[below(lines.size())], lines[below(lines.size())]);
            break;
        case 6:
            lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(below(lines.size())), lines[below(lines.size())]);
            break;
        default:
            std::fill_n(text.begin() + static_cast<std::ptrdiff_t>(at),
                        std::min<std::size_t>(below(600), text.size() - at), '\0');
            return text;
    }
    text.clear();
    for (const std::string& line : lines) text += line;
    return text;
}

TEST_F(JournalTest, WhateverIsDamagedNoWrongResultComesOut) {
    std::mt19937 luck(20131);
    fill(10);
    const std::string whole = text();
    std::size_t found = 0;
    for (int trial = 0; trial < 600; ++trial) {
        fs::remove_all(folder_ + "/study");
        fs::create_directory(folder_ + "/study");
        std::string bytes = whole;
        for (std::size_t n = luck() % 4 + 1; n > 0; --n) bytes = damaged(bytes, luck);
        put(bytes);
        {
            Journal journal(place(true));
            ASSERT_EQ(journal.problem().text, "");
            const std::size_t before = right_ones(journal);
            found += before;
            for (std::uint32_t n = 1; n <= 10; ++n)
                for (const char* arm : {"zuul", "serial"})
                    if (!journal.find({arm, 0, n})) journal.add({arm, 0, n}, record(n));
            journal.finish();
        }
        ASSERT_EQ(text(), whole) << "trial " << trial;
    }
    EXPECT_GT(found, 600u * 5) << "what is not damaged is used again";
}

}  // namespace
}  // namespace gatesim
