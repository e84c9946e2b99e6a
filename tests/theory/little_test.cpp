// Little's law holds by construction when comings and goings pair up; a station notices when they do not.
#include "study/little.hpp"

#include <gtest/gtest.h>

namespace gatesim {
namespace {

TEST(Little, area_is_the_stays) {
    Station station("s");
    station.come(10, 0);
    station.come(20, 1);
    station.go(30, 0);
    station.close(50);
    EXPECT_EQ(station.area(), 10 + 2 * 10 + 20);
    EXPECT_EQ(station.stays(), 20 + 30);
    EXPECT_EQ(station.fault(), "");
    EXPECT_EQ(station.visits(), 2u);
}

TEST(Little, notices_who_comes_twice) {
    Station station("nodes");
    station.come(10, 3);
    station.come(20, 3);
    station.close(30);
    EXPECT_EQ(station.fault(), "nodes: 3 came twice");
}

TEST(Little, notices_who_goes_without_having_come) {
    Station station("nodes");
    station.come(10, 3);
    station.go(20, 4);
    station.close(30);
    EXPECT_EQ(station.fault(), "nodes: 4 went without having come");
}

TEST(Little, a_run_with_a_build_told_twice_is_noticed) {
    Stations stations;
    const auto tell = [&](EventKind kind, Time at, std::uint32_t build) {
        Event event;
        event.kind = kind;
        event.at = at;
        event.build = build;
        stations.on(event);
    };
    tell(EventKind::build_started, 1, 7);
    tell(EventKind::build_ended, 3, 7);
    EXPECT_EQ(stations.fault(), "");
    tell(EventKind::build_ended, 4, 7);
    tell(EventKind::ended, 5, kNone);
    EXPECT_EQ(stations.fault(), "builds: 7 went without having come");
}

}  // namespace
}  // namespace gatesim
