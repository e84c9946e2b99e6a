#include "load/csv.hpp"

#include <gtest/gtest.h>

#include "unit/load/temporary_file.hpp"

namespace gatesim {
namespace {

using namespace std::string_literals;

/// Every record as "a|b|c", then the error without the file's name, if there is one.
std::vector<std::string> read(std::string_view contents) {
    const TemporaryFile file(contents);
    LoadError error;
    const auto reader = CsvStream::open(file.path(), error);
    std::vector<std::string> seen;
    std::vector<CsvField> fields;
    while (reader->next(fields, error)) {
        std::string line;
        for (const CsvField& field : fields) line += (line.empty() && &field == &fields[0] ? "" : "|") + field.text;
        seen.push_back(line);
    }
    if (error.kind != LoadError::Kind::none) seen.push_back(error.text.substr(file.path().size()));
    EXPECT_FALSE(reader->next(fields, error)) << "reading goes on after its end";
    return seen;
}

using Lines = std::vector<std::string>;

TEST(Csv, splits_records_and_fields) {
    EXPECT_EQ(read("a,b,c\n1,2,3\n"), (Lines{"a|b|c", "1|2|3"}));
    EXPECT_EQ(read("a,b\r\n1,2\r\n"), (Lines{"a|b", "1|2"}));
    EXPECT_EQ(read("a,,\n,\n"), (Lines{"a||", "|"}));
}

TEST(Csv, takes_a_last_line_without_its_end) {
    EXPECT_EQ(read("a,b\n1,2"), (Lines{"a|b", "1|2"}));
    EXPECT_EQ(read("a,"), (Lines{"a|"}));
    EXPECT_EQ(read("a\r"), (Lines{"a"}));
    EXPECT_EQ(read(""), Lines{});
}

TEST(Csv, quotes_protect_commas_quotes_and_line_ends) {
    EXPECT_EQ(read("\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\"\n"), (Lines{"a,b|say \"hi\"|two\nlines"}));
    EXPECT_EQ(read("\"\",\"\"\"\"\n"), (Lines{"|\""}));
    EXPECT_EQ(read("\"a\"\r\n\"b\""), (Lines{"a", "b"}));
}

TEST(Csv, skips_byte_order_mark_comments_before_the_first_record_and_empty_lines) {
    EXPECT_EQ(read("\xEF\xBB\xBF# one, two\n# \"\na,b\n\n1,2\r\n\r\n\n"), (Lines{"a|b", "1|2"}));
    EXPECT_EQ(read("a\n#1\n"), (Lines{"a", "#1"})) << "later, a hash is a value";
    EXPECT_EQ(read("# only\n"), Lines{});
    EXPECT_EQ(read("\"\"\n"), (Lines{""})) << "an empty value in quotes is no empty line";
}

TEST(Csv, names_the_place_of_broken_quotes) {
    EXPECT_EQ(read("a,b\nx,y\"z\n").back(), ":2:4: a quote inside a field that does not start with one");
    EXPECT_EQ(read("\"a\"b\n").back(), ":1:4: text after the closing quote; a quote inside quotes is doubled");
    EXPECT_EQ(read("a\n\"b\n\nc").back(), ":4:2: the file ends inside quotes; was it cut off, or is a quote missing?");
}

TEST(Csv, refuses_a_lone_carriage_return) {
    EXPECT_EQ(read("a\rb\n").back(), ":1:3: a carriage return that no line feed follows");
}

TEST(Csv, refuses_nul_bytes_and_what_is_not_utf8) {
    EXPECT_EQ(read("a,b\0c\n"s).back(), ":1:4: a NUL byte; is this a text file?");
    EXPECT_EQ(read("é,€,😀\n"), (Lines{"é|€|😀"}));
    EXPECT_EQ(read("é,\xFF\n").back(), ":1:3: byte 0xFF is not UTF-8 here; save the file as UTF-8")
        << "columns are characters";
    for (const char* bad :
         {"\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xC3(", "\x80", "\xF8\x88\x80\x80\x80"}) {
        EXPECT_NE(read(bad + "\n"s).back().find("is not UTF-8"), std::string::npos) << bad;
    }
    EXPECT_NE(read("a\xE2\x82").back().find("ends inside a UTF-8 character"), std::string::npos);
    EXPECT_NE(read("\x1F\x8B\x08\n").back().find("looks compressed"), std::string::npos);
    EXPECT_NE(read("# \xFF\na\n").back().find("is not UTF-8"), std::string::npos) << "comments too";
}

TEST(Csv, refuses_records_of_more_than_a_mebibyte_and_only_those) {
    const std::string most(CsvStream::kLongestRecord - 1, 'x');
    EXPECT_EQ(read(most + "\n").size(), 1u);
    EXPECT_EQ(read(most + "\n").front().size(), most.size());
    EXPECT_NE(read(most + "xy\n").back().find("more than 1 MiB"), std::string::npos);
    EXPECT_NE(read("a\n\"" + std::string(2 << 20, '\n')).back().find("more than 1 MiB"), std::string::npos)
        << "an open quote";
    EXPECT_NE(read("#" + std::string(2 << 20, 'x')).back().find("more than 1 MiB"), std::string::npos);
}

TEST(Csv, fields_know_their_place) {
    const TemporaryFile file("# c\né,\"b\nb\",c\n");
    LoadError error;
    const auto reader = CsvStream::open(file.path(), error);
    std::vector<CsvField> fields;
    ASSERT_TRUE(reader->next(fields, error));
    EXPECT_EQ(fields[0].place.line, 2u);
    EXPECT_EQ(fields[1].place.column, 3u);
    EXPECT_EQ(fields[2].place.line, 3u);
    EXPECT_EQ(fields[2].place.column, 4u);
}

TEST(Csv, delivers_a_record_from_a_pipe_before_the_pipe_is_closed) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    LoadError error;
    const auto reader = CsvStream::open("/dev/fd/" + std::to_string(ends[0]), error);
    ASSERT_TRUE(reader) << error.text;
    std::vector<CsvField> fields;
    ASSERT_EQ(::write(ends[1], "a,b\n", 4), 4);
    ASSERT_TRUE(reader->next(fields, error));
    EXPECT_EQ(fields[1].text, "b");
    ASSERT_EQ(::write(ends[1], "1,", 2), 2);
    ASSERT_EQ(::write(ends[1], "2\n", 2), 2);
    ASSERT_TRUE(reader->next(fields, error));
    EXPECT_EQ(fields[1].text, "2");
    ::close(ends[1]);
    EXPECT_FALSE(reader->next(fields, error));
    EXPECT_EQ(error.kind, LoadError::Kind::none);
    ::close(ends[0]);
}

TEST(Csv, says_why_a_file_can_not_be_opened) {
    LoadError error;
    EXPECT_FALSE(CsvStream::open("/nowhere/at/all.csv", error));
    EXPECT_EQ(error.kind, LoadError::Kind::unreadable);
    EXPECT_NE(error.text.find("/nowhere/at/all.csv: cannot read: "), std::string::npos);
    EXPECT_FALSE(CsvStream::open("/tmp", error));
    EXPECT_NE(error.text.find("directory"), std::string::npos);
}

}  // namespace
}  // namespace gatesim
