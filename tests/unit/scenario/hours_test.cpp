// Hours of the week, in every form in which they may be written, and arrivals that have them.
#include <gtest/gtest.h>

#include "scenario/hours_text.hpp"
#include "unit/scenario/good.hpp"

namespace gatesim {
namespace {

using units::read_clock;
using units::read_days;
using units::read_hours;

/// "0:9-17 1:9-17": the spans, by day and hour.
std::string text_of(const WeeklyHours& hours) {
    std::string out;
    for (const WeeklyHours::Span& span : hours.spans) {
        const auto hour = [](Time time) {
            std::string text = std::to_string(time / kHour);
            return time % kHour == 0 ? text : text + "." + std::to_string(time % kHour / kMinute);
        };
        out += (out.empty() ? "" : " ") + hour(span.from) + "-" + hour(span.until);
    }
    return out + (hours.zone.empty() ? "" : " " + hours.zone);
}

std::string read(const std::string& text) {
    const auto hours = read_hours(text);
    return hours.value ? text_of(*hours.value) : "no: " + hours.problem;
}

TEST(Hours, AreReadFromAShortText) {
    EXPECT_EQ(read("Mo,Tu 9-17 Europe/Berlin"), "9-17 33-41 Europe/Berlin");
    EXPECT_EQ(read("mon-wed 9:30-12,13-17"), "9.30-12 13-17 33.30-36 37-41 57.30-60 61-65");
    EXPECT_EQ(read("Fr-Mo 0-24"), "0-24 96-168");
    EXPECT_EQ(read("Sa,Su"), "120-168");
    EXPECT_EQ(read("Su 22-6 UTC"), "0-6 166-168 UTC");
    EXPECT_EQ(read("Friday 17-24"), "113-120");
    EXPECT_EQ(read("Mo 9-12,11-13"), "9-13") << "what overlaps counts once";
    EXPECT_EQ(read("9-17"), "no: it does not begin with days, like Mo-Fr");
    EXPECT_EQ(read("Mo-Fr 9"), "no: \"9\" is not like 9-17 or 9:00-17:30");
    EXPECT_EQ(read("Mo-Fr 9-25"), "no: \"9-25\" is not like 9-17 or 9:00-17:30");
    for (const char* text :
         {"", "Mo,", "Mo 9-17,", "Mo 9-17 ", "Mo  9-17", "Mo 9-17 UTC x", "Mx 9-17", "Mo 9:5-17", "Mo 9-17 8"})
        EXPECT_FALSE(read_hours(text).value) << text;
    EXPECT_EQ(*read_days("Sa,Mo-Tu,Mo").value, (std::vector<int>{0, 1, 5}));
    EXPECT_EQ(read_clock("9h30m").value, 9 * kHour + 30 * kMinute);
    EXPECT_EQ(read_clock("24:00").value, kDay);
    EXPECT_FALSE(read_clock("24:01").value);
    EXPECT_FALSE(read_clock("25h").value);
}

std::string hours_of(const std::string& hours) {
    return R"({"period": {"length": "7d"}, "jobs": {"unit": {"duration": "9m"}},
               "load": {"arrivals": {"rate": "40/day", "hours": )" +
           hours + "}}}";
}

TEST(Hours, MeanTheSameInEveryForm) {
    for (const char* same :
         {R"("Mo-We 9-17 Europe/Berlin")", R"({"days": "Mo-We", "zone": "Europe/Berlin"})",
          R"({"from": "9h", "until": "17h", "days": ["mon", "tue", "wed"], "zone": "Europe/Berlin"})",
          R"({"from": "9:00", "until": "17:00", "days": ["Mo", "Tu-We"], "zone": "Europe/Berlin"})",
          R"(["Mo 9-17 Europe/Berlin", {"days": "Tu,We", "zone": "Europe/Berlin"}])"}) {
        const Scenario s = testing::load_good(hours_of(same));
        EXPECT_EQ(text_of(s.load.arrivals->hours), "9-17 33-41 57-65 Europe/Berlin") << same;
        EXPECT_TRUE(s.load.arrivals->says_hours);
    }
    EXPECT_TRUE(testing::load_good(hours_of(R"("always")")).load.arrivals->hours.always());
    EXPECT_TRUE(testing::load_good(hours_of(R"("always")")).load.arrivals->says_hours);
}

TEST(Hours, ARateKeepsWhatItIsStatedBy) {
    const Scenario s = testing::load_good(R"({"period": {"length": "7d"}, "jobs": {"unit": {"duration": "9m"}},
        "load": {"arrivals": {"rate": "40/day"}},
        "timeline": [{"at": "1d", "set": {"/load/arrivals/rate": "5/h"}}, {"at": "2d", "set": {"/load/arrivals/rate": "9/w"}}]})");
    const ArrivalLoad& load = *s.load.arrivals;
    EXPECT_FALSE(load.says_hours);
    EXPECT_EQ(load.per.at(0), RatePer::day);
    EXPECT_EQ(load.per.at(kDay), RatePer::hour);
    EXPECT_EQ(load.per.at(3 * kDay), RatePer::week);
    EXPECT_DOUBLE_EQ(load.per_second.at(kDay), 5.0 / 3600);
}

}  // namespace
}  // namespace gatesim
