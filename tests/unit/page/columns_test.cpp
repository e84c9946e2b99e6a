#include "page/columns.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <stdexcept>

namespace gatesim::page {
namespace {

RC_GTEST_PROP(Columns, any_numbers_come_back, (const std::vector<std::int64_t>& some, std::uint8_t shift)) {
    std::vector<std::int64_t> values = some;
    for (std::int64_t& value : values) value >>= shift % 60;  // also those of few bytes
    ColumnWriter out;
    out.column(values);
    out.texts({"one", "", "drei\nvier"});
    out.column({});
    ColumnReader in(out.bytes());
    RC_ASSERT(in.column() == values);
    RC_ASSERT(in.texts() == (std::vector<std::string>{"one", "", "drei\nvier"}));
    RC_ASSERT(in.column().empty());
    RC_ASSERT(in.over());
}

TEST(Columns, what_is_predicted_well_takes_next_to_nothing) {
    std::vector<std::int64_t> same(10000, 7), steps(10000);
    for (std::size_t i = 0; i < steps.size(); ++i) steps[i] = static_cast<std::int64_t>(i * 1000);
    ColumnWriter out;
    out.column(same);
    out.column(steps);
    EXPECT_LT(gzipped(out.bytes()).size(), 150U);
}

TEST(Columns, a_piece_that_is_missing_is_noticed) {
    ColumnWriter out;
    out.column({1, 2, 3, 1000000});
    for (std::size_t size = 0; size < out.bytes().size(); ++size)
        EXPECT_THROW(ColumnReader(std::string_view(out.bytes()).substr(0, size)).column(), std::runtime_error) << size;
}

RC_GTEST_PROP(Base64, any_bytes_come_back, (const std::string& bytes)) {
    const std::string text = base64(bytes);
    RC_ASSERT(from_base64(text) == bytes);
    RC_ASSERT(text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") == text.npos);
    RC_ASSERT(text.size() % 4 == 0);
}

TEST(Base64, is_the_one_that_browsers_know) {
    EXPECT_EQ(base64(""), "");
    EXPECT_EQ(base64("f"), "Zg==");
    EXPECT_EQ(base64("fo"), "Zm8=");
    EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
}

RC_GTEST_PROP(Gzip, any_bytes_come_back, (const std::string& bytes)) {
    RC_ASSERT(gunzipped(gzipped(bytes)) == bytes);
}

TEST(Gzip, names_neither_a_time_nor_a_system) {
    const std::string bytes = gzipped("gate");
    EXPECT_EQ(bytes.substr(4, 4), std::string(4, '\0'));
    EXPECT_EQ(bytes[9], '\xFF');
    EXPECT_THROW(gunzipped(std::string_view(bytes).substr(0, bytes.size() - 9)), std::runtime_error);
    EXPECT_THROW(gunzipped("no gzip"), std::runtime_error);
}

}  // namespace
}  // namespace gatesim::page
