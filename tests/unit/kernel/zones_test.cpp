// Time zones from files say the same as the library, which a bundle does without.
#include <date/tz.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>

#include "kernel/zone_files.hpp"

namespace gatesim::zones {
namespace {

constexpr const char* kFolder = "/usr/share/zoneinfo";
constexpr std::int64_t kYear = 366 * 86400;

std::string bytes_of(const std::string& name) {
    std::ifstream file(std::string(kFolder) + "/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Whether both clocks of a zone shift at the same instants by the same amounts, in the years that scenarios may have.
void expect_same(const Zone& a, const Zone& b, const std::string& name) {
    std::int64_t now = -70 * kYear;
    for (int shifts = 0; now < 120 * kYear && shifts < 1000; ++shifts) {
        Spell one = a.at(now), other = b.at(now);
        // Shifts that move no clock may be told by one and not by the other.
        while (one.end < 120 * kYear && a.at(one.end).offset == one.offset) one.end = a.at(one.end).end;
        while (other.end < 120 * kYear && b.at(other.end).offset == other.offset) other.end = b.at(other.end).end;
        ASSERT_EQ(one.offset, other.offset) << name << " at " << now;
        if (one.end < 120 * kYear || other.end < 120 * kYear) {
            ASSERT_EQ(one.end, other.end) << name << " at " << now;
        }
        now = one.end;
    }
}

TEST(ZoneFiles, SayWhatTheLibrarySaysOfEveryZone) {
    const auto all = names();
    ASSERT_GT(all.size(), 300u);
    for (const std::string& name : all) {
        const auto zone = read_zone(kFolder, name);
        ASSERT_TRUE(zone) << name;
        expect_same(*zone, *find(name), name);
    }
}

TEST(ZoneFiles, HaveTheNamesThatTheLibraryHas) {
    const auto files = zone_files(kFolder);
    const std::set<std::string> there(files.begin(), files.end());
    for (const std::string& name : names()) EXPECT_TRUE(there.count(name)) << name;
}

TEST(Zones, TheFirstInstantAtWhichClocksShowATime) {
    const Zone* berlin = find("Europe/Berlin");
    ASSERT_TRUE(berlin);
    const date::time_zone* place = date::locate_zone("Europe/Berlin");
    // Every quarter of an hour around the shifts of 2013, with a jump forward and a night that is longer.
    for (const date::local_days day :
         {date::local_days{date::year{2013} / 3 / 30}, date::local_days{date::year{2013} / 10 / 26}})
        for (int quarter = 0; quarter < 3 * 96; ++quarter) {
            const auto local = day + std::chrono::minutes(15 * quarter) + std::chrono::microseconds(7);
            EXPECT_EQ(earliest(*berlin, local.time_since_epoch().count()),
                      place->to_sys(local, date::choose::earliest).time_since_epoch().count())
                << quarter;
        }
}

TEST(Zones, WhatIsNoZoneIsNone) {
    EXPECT_FALSE(find("Europe/Atlantis"));
    for (const char* name : {"", ".", "..", "../zoneinfo/UTC", "/usr/share/zoneinfo/UTC", "Europe", "Europe/",
                             "tzdata.zi", "Europe/../UTC", "./UTC"})
        EXPECT_FALSE(read_zone(kFolder, name)) << name;
}

TEST(ZoneFiles, DamagedBytesAreRefusedAndNeverReadBeyond) {
    const std::string whole = bytes_of("Europe/Berlin");
    ASSERT_TRUE(FileZone::parse(whole));
    for (std::size_t size = 0; size < whole.size() - 64; ++size)
        EXPECT_FALSE(FileZone::parse(whole.substr(0, size)) && size < whole.size() / 2) << size;
    for (std::size_t i = 0; i < whole.size(); ++i)
        for (const char byte : {'\0', '\x7f', '\xff'}) {
            std::string changed = whole;
            changed[i] = byte;
            if (const auto zone = FileZone::parse(changed)) zone->at(0);
        }
    EXPECT_FALSE(FileZone::parse(std::string(100'000, '\xff')));
}

}  // namespace
}  // namespace gatesim::zones
