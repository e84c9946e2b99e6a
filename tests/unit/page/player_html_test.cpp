#include "page/player_html.hpp"

#include <gtest/gtest.h>

#include "page/pack.hpp"

namespace gatesim::page {
namespace {

TEST(PlayerHtml, escapes_its_title) {
    EXPECT_NE(player_page("<b>'\"&", {}).find("<title>&lt;b&gt;&#39;&quot;&amp;</title>"), std::string::npos);
}

TEST(PlayerHtml, takes_at_most_60_kilobytes_without_data) {
    const Replay nothing;
    EXPECT_LT(player_page("A gate", {&nothing, 1}).size(), 60'000U);
}

TEST(PlayerHtml, keeps_markup_of_a_title_and_of_names_out_of_the_page) {
    Replay replay;
    replay.title = "</script><b>";
    replay.changes = {{"<img src=x>", "<img src=x>", "</section>"}};
    const std::string page = player_page("<i>a & b</i>", {&replay, 1});
    EXPECT_NE(page.find("<h1>&lt;i&gt;a &amp; b&lt;/i&gt;</h1>"), std::string::npos);
    EXPECT_EQ(page.find("<img"), std::string::npos);
    EXPECT_EQ(page.find("<b>"), std::string::npos);
}

TEST(PlayerHtml, asks_for_nothing_from_outside) {
    const Replay nothing;
    const std::string page = player_page("A gate", {&nothing, 1});
    for (const char* from_outside : {"src=", "href=", "@import", "http:", "https:"})
        EXPECT_EQ(page.find(from_outside), std::string::npos) << from_outside;
    EXPECT_NE(page.find(kPagePolicy), std::string::npos);
}

TEST(PlayerHtml, has_a_pack_for_each_gate) {
    const std::vector<Replay> two(2);
    const std::string section = player_html(two);
    std::size_t packs = 0;
    for (std::size_t at = section.find("gr-pack\""); at != section.npos; at = section.find("gr-pack\"", at + 1))
        ++packs;
    EXPECT_EQ(packs, 2U);
}

}  // namespace
}  // namespace gatesim::page
