// Lines that say the same have one shape, and a pattern made of it finds them all.
#include "correlate/mask.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <re2/re2.h>

#include "correlate/drain.hpp"

namespace gatesim::correlate {
namespace {

std::string shape(const std::string& line) {
    std::string out;
    mask(line, out);
    return out;
}
std::string shown(const std::string& line) {
    return shown_shape(shape(line));
}

TEST(Mask, TakesOutWhatChangesFromRunToRun) {
    EXPECT_EQ(shown("2014-01-20 10:00:01.123 boot of vm-17 took 3.5s"), "boot of vm-# took #.#s");
    EXPECT_EQ(shown("id 3f2a77b1c0 at 10.0.0.7:8774"), "id # at #");
    EXPECT_EQ(shown("req-1b9d6bcd-bbfd-abcd-9b5d-ab8dfbbd4bed done"), "req-# done");
    EXPECT_EQ(shown("0x7ffe12 freed"), "freed");
    EXPECT_EQ(shown("cannot open /var/lib/x/volume: busy"), "cannot open …/volume: busy");
    EXPECT_EQ(shown("  42  "), "");
    EXPECT_EQ(shown("feed the dead beef"), "feed the dead beef");  // words may be made of hexadecimal letters
}

TEST(Mask, MakesPatternsThatFindTheirLines) {
    const std::string line = "volume 12 (pool a+b) timed out\tafter 3.5s [code: 7]";
    const std::string pattern = pattern_of(shape(line));
    EXPECT_TRUE(re2::RE2::PartialMatch(line, pattern)) << pattern;
    EXPECT_TRUE(re2::RE2::PartialMatch("volume 7 (pool a+b) timed out  after 0.1s [code: 9]", pattern)) << pattern;
    EXPECT_FALSE(re2::RE2::PartialMatch("volume 7 (pool a-b) timed out after 0.1s [code: 9]", pattern)) << pattern;
}

RC_GTEST_PROP(Mask, PatternMatchesAnyLineItWasMadeOf, ()) {
    const auto characters =
        *rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab zT:0123456789/.-_=()[]+*?|\\\t\"xyz")));
    const std::string pattern = pattern_of(shape(characters));
    RC_ASSERT(re2::RE2::PartialMatch(characters, pattern));
}

TEST(Drain, JoinsShapesThatDifferInOneWord) {
    Drain drain;
    const auto a = drain.add(0, shape("alice was locked out for long"));
    EXPECT_EQ(drain.add(0, shape("bob was locked out for long")), a);
    // What stands in front of the message does not make messages alike.
    const auto c = drain.add(0, shape("[n-api] ERROR lock lost"), "n-api");
    EXPECT_NE(drain.add(0, shape("[n-api] ERROR lock found"), "n-api"), c);
    const auto b = drain.add(0, shape("login failed for alice on the api"));
    EXPECT_EQ(drain.add(0, shape("login failed for bob on the api")), b);
    EXPECT_NE(drain.add(1, shape("login failed for bob on the api")), b);  // another layer
    EXPECT_NE(drain.add(0, shape("login failed without any reason given here")), b);
    EXPECT_EQ(shown_shape(drain.shape(b)), "login failed for … on the api");
}

}  // namespace
}  // namespace gatesim::correlate
