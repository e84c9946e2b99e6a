#include "load/load_file.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <map>
#include <set>

#include "load/when.hpp"
#include "unit/load/temporary_file.hpp"

namespace gatesim {
namespace {

struct Read {
    std::vector<LoadRow> rows;
    std::string error;  ///< without the file's name; its first line
    std::string more;   ///< the rest of it
    LoadError::Kind kind = LoadError::Kind::none;
};

Read read(std::string_view contents) {
    const TemporaryFile file(contents);
    LoadError error;
    Read result;
    if (const auto reader = LoadFileReader::open(file.path(), error)) {
        LoadRow row;
        while (reader->next(row, error)) result.rows.push_back(row);
    }
    result.kind = error.kind;
    if (error.kind != LoadError::Kind::none) {
        const std::string text = error.text.substr(file.path().size());
        result.error = text.substr(0, text.find('\n'));
        result.more = text.substr(result.error.size());
    }
    return result;
}

TEST(LoadFile, reads_every_column) {
    const Read all = read(
        "project,branch,change,patchset,author,uploaded,enqueued,landed,depends_on,series,kind,files,lines,paths\n"
        "nova,stable/grizzly,I1,3,ann,2013-06-24T01:00Z,1372049833,2013-06-24T05:00:00Z,I8 I9,top,doc,2,17,doc/a "
        "b.rst;x.py\n");
    ASSERT_EQ(all.rows.size(), 1u) << all.error;
    const LoadRow& row = all.rows[0];
    EXPECT_EQ(row.project, "nova");
    EXPECT_EQ(row.branch, "stable/grizzly");
    EXPECT_EQ(row.change, "I1");
    EXPECT_EQ(row.id(), "nova/I1/stable/grizzly");
    EXPECT_EQ(row.patchset, 3);
    EXPECT_EQ(row.author, "ann");
    EXPECT_EQ(row.uploaded, 1372035600 * kSecond);
    EXPECT_EQ(row.enqueued, 1372049833 * kSecond);
    EXPECT_EQ(row.landed, 1372050000 * kSecond);
    EXPECT_EQ(row.depends_on, (std::vector<std::string>{"I8", "I9"}));
    EXPECT_EQ(row.series, "top");
    EXPECT_EQ(row.kind, "doc");
    EXPECT_EQ(row.files, 2);
    EXPECT_EQ(row.lines, 17);
    EXPECT_EQ(row.paths, (std::vector<std::string>{"doc/a b.rst", "x.py"}));
    EXPECT_EQ(row.place.line, 2u);
}

TEST(LoadFile, empty_and_absent_fields_mean_the_documented_default) {
    const Read absent = read("change,project,enqueued\nI1,nova,60\n");
    const Read empty = read(
        "project,branch,change,patchset,author,uploaded,enqueued,landed,depends_on,series,kind,files,lines,paths\n"
        "nova,,I1,,,,60,,,,,,,\n");
    for (const Read& one : {absent, empty}) {
        ASSERT_EQ(one.rows.size(), 1u) << one.error;
        const LoadRow& row = one.rows[0];
        EXPECT_EQ(row.branch, "master");
        EXPECT_EQ(row.patchset, 1);
        EXPECT_EQ(row.kind, "code");
        EXPECT_EQ(row.uploaded, kNever);
        EXPECT_EQ(row.enqueued, 60 * kSecond);
        EXPECT_EQ(row.landed, kNever);
        EXPECT_TRUE(row.author.empty() && row.series.empty() && row.depends_on.empty() && row.paths.empty());
        EXPECT_FALSE(row.files || row.lines);
    }
}

TEST(LoadFile, a_row_leaves_nothing_behind_for_the_next) {
    const Read two =
        read("project,change,enqueued,depends_on,series,files,paths,kind\nnova,a,1,x y,s,3,p;q,doc\nnova,b,2,,,,,\n");
    ASSERT_EQ(two.rows.size(), 2u) << two.error;
    const LoadRow& row = two.rows[1];
    EXPECT_TRUE(row.depends_on.empty() && row.series.empty() && row.paths.empty() && !row.files && row.kind == "code");
}

TEST(LoadFile, a_header_alone_is_a_load_without_changes) {
    const Read none = read("project,change,landed\n");
    EXPECT_TRUE(none.rows.empty());
    EXPECT_EQ(none.kind, LoadError::Kind::none) << none.error;
}

TEST(LoadFile, unknown_columns_get_the_nearest_name) {
    const Read near = read("project,change,landd\n");
    EXPECT_EQ(near.error, ":1:16: unknown column \"landd\"; did you mean \"landed\"?");
    EXPECT_NE(near.more.find("columns: project* branch change*"), std::string::npos);
    EXPECT_EQ(near.kind, LoadError::Kind::malformed);
    EXPECT_EQ(read("Project,change,landed\n").error, ":1:1: unknown column \"Project\"; did you mean \"project\"?");
    EXPECT_EQ(read("project,change,landed,weather_report\n").error, ":1:23: unknown column \"weather_report\"");
    EXPECT_EQ(read("project;change;landed\nnova;a;1\n").error, ":1:1: unknown column \"project;change;landed\"");
}

TEST(LoadFile, columns_may_not_be_missing_or_twice) {
    EXPECT_EQ(read("project,change,landed,change\n").error,
              ":1:23: column \"change\" a second time; it is also field 2");
    EXPECT_EQ(read("project,landed\n").error, ":1:1: no column \"change\"");
    EXPECT_NE(read("project,change\n").error.find("no column with a time"), std::string::npos);
    EXPECT_NE(read("").error.find(":1:1: the file is empty"), std::string::npos);
    EXPECT_NE(read("# comment\n").error.find("the file is empty"), std::string::npos);
}

TEST(LoadFile, rows_must_fit_the_header) {
    EXPECT_EQ(read("project,change,landed\nnova,a\n").error,
              ":2:1: 2 fields, but the header has 3; a field with a comma needs quotes");
    EXPECT_NE(read("project,change,landed\nnova,a,1,2\n").error.find(":2:1: 4 fields"), std::string::npos);
    EXPECT_EQ(read("project,change,landed\nnova,,1\n").error, ":2:6: \"change\" is empty; every row needs it");
}

TEST(LoadFile, numbers_and_times_are_checked_at_their_place) {
    const std::string header = "project,change,landed,patchset,files\n";
    EXPECT_EQ(read(header + "n,a,1,0,\n").error, ":2:7: patchset: \"0\" is not a whole number from 1 to 2147483647");
    EXPECT_NE(read(header + "n,a,1,,-3\n").error.find(":2:8: files: \"-3\" is not"), std::string::npos);
    EXPECT_NE(read(header + "n,a,1,,99999999999999999999\n").error.find("not a whole number"), std::string::npos);
    EXPECT_NE(read(header + "n,a,1,2.5,\n").error.find("not a whole number"), std::string::npos);
    EXPECT_NE(read(header + "n,a,b,,\n").error.find(":2:5: landed: \"b\" is not a time"), std::string::npos);
    EXPECT_NE(read(header + "n,a,-1,,\n").error.find(":2:5: landed: \"-1\" is before 1970"), std::string::npos);
    EXPECT_NE(read(header + "n,a,1372049833000,,\n").error.find("milliseconds?"), std::string::npos);
}

TEST(LoadFile, rows_before_an_error_are_delivered) {
    const Read some = read("project,change,landed\nn,a,1\nn,b,2\nn,c,x\nn,d,4\n");
    EXPECT_EQ(some.rows.size(), 2u);
    EXPECT_EQ(some.error.substr(0, 5), ":4:5:");
}

TEST(LoadFile, the_columns_are_documented) {
    std::set<std::string_view> names;
    for (const LoadColumn& column : load_columns()) {
        EXPECT_TRUE(names.insert(column.name).second) << column.name;
        EXPECT_GT(column.help.size(), 15u) << column.name;
    }
    EXPECT_EQ(names.size(), 14u);
}

TEST(LoadFile, damaged_files_end_in_rows_or_in_one_placed_error) {
    const std::string sound =
        "# a "
        "comment\nproject,branch,change,patchset,enqueued,landed,series,paths\nnova,master,I1,1,2013-06-24T01:00Z,,s,a;"
        "b\n"
        "\"no\"\"va\",,I2,2,60,1372049833.5,,\"c,\nd\"\r\nnéutron,x,I3,,3,4,,\n";
    ASSERT_EQ(read(sound).rows.size(), 3u) << read(sound).error;
    std::uint32_t state = 7;
    const auto draw = [&state](std::size_t below) {
        state = state * 1664525u + 1013904223u;
        return (state >> 8) % below;
    };
    const std::string tricky("\"\n\r,#;\0\xFF\x80\xC3-:Z9", 15);
    for (int i = 0; i < 3000; ++i) {
        std::string damaged = sound;
        for (std::size_t edits = 1 + draw(4); edits > 0; --edits) {
            const std::size_t at = draw(damaged.size());
            const char byte = tricky[draw(tricky.size())];
            if (draw(3) == 0)
                damaged.erase(at, 1 + draw(9));
            else if (draw(2) == 0)
                damaged.insert(at, 1, byte);
            else
                damaged[at] = byte;
        }
        const Read result = read(damaged);
        EXPECT_LE(result.rows.size(), 8u);
        if (result.kind == LoadError::Kind::none) continue;
        EXPECT_EQ(result.kind, LoadError::Kind::malformed);
        unsigned long line = 0, column = 0;
        EXPECT_EQ(std::sscanf(result.error.c_str(), ":%lu:%lu: ", &line, &column), 2) << result.error;
        EXPECT_TRUE(line >= 1 && line <= 12 && column >= 1) << result.error;
        for (const LoadRow& row : result.rows) EXPECT_FALSE(row.project.empty() || row.change.empty());
    }
}

// ---- the week of the bootcamp, as it is checked in

TEST(Bootcamp2013, is_the_week_as_recorded) {
    LoadError error;
    const auto reader = LoadFileReader::open(GATESIM_SOURCE_DIR "/scenarios/bootcamp-2013/load.csv", error);
    ASSERT_TRUE(reader) << error.text;
    std::set<std::string> ids, people, changes;
    std::map<std::string, int> landed_on_day, stack;
    int stable = 0, rows = 0;
    Time before = 0;
    for (LoadRow row; reader->next(row, error); ++rows) {
        ids.insert(row.id());
        changes.insert(row.change);
        if (row.author != "0") people.insert(row.author);
        stable += row.branch != "master";
        ++landed_on_day[format_when(row.landed).substr(0, 10)];
        if (!row.series.empty()) ++stack[row.series];
        EXPECT_LE(before, row.landed) << row.id() << ": rows come in order of landing";
        EXPECT_LE(row.uploaded, row.landed) << row.id();
        EXPECT_EQ(row.enqueued, kNever);
        before = row.landed;
    }
    EXPECT_EQ(error.text, "");
    EXPECT_EQ(rows, 228);
    EXPECT_EQ(ids.size(), 228u) << "project/change/branch tells them apart";
    EXPECT_EQ(changes.size(), 226u) << "two Change-Ids landed on two branches";
    EXPECT_EQ(people.size(), 110u);
    EXPECT_EQ(stable, 7);
    EXPECT_EQ(landed_on_day, (std::map<std::string, int>{{"2013-06-24", 30},
                                                         {"2013-06-25", 36},
                                                         {"2013-06-26", 58},
                                                         {"2013-06-27", 40},
                                                         {"2013-06-28", 38},
                                                         {"2013-06-29", 22},
                                                         {"2013-06-30", 4}}));
    int linked = 0;
    for (const auto& [series, size] : stack) linked += size - 1;
    EXPECT_EQ(linked, 22) << "changes that stand on another one";
}

}  // namespace
}  // namespace gatesim
