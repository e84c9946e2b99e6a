// Lists that begin alike keep what they have in common once, and nobody sees it.
#include "model/shared_list.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <numeric>
#include <random>

namespace gatesim {
namespace {

using List = SharedList<std::uint32_t>;
using Plain = std::vector<std::uint32_t>;

Plain plain(const List& list) {
    return {list.begin(), list.end()};
}

List after(const List& before, const Plain& list) {
    return List::after(before, list);
}

bool share(const List& a, const List& b) {
    return a.span().data() == b.span().data();
}

TEST(SharedList, OneMoreSharesAllOfIt) {
    const List one(Plain{1});
    const List two = after(one, {1, 2});
    const List three = after(two, {1, 2, 3});
    EXPECT_EQ(plain(one), (Plain{1}));
    EXPECT_EQ(plain(two), (Plain{1, 2}));
    EXPECT_EQ(plain(three), (Plain{1, 2, 3}));
    EXPECT_TRUE(share(one, three));
    EXPECT_EQ(plain(three.without_last()), (Plain{1, 2}));
    EXPECT_TRUE(share(three.without_last(), three));
    EXPECT_EQ(three.back(), 3u);
    EXPECT_EQ(three[1], 2u);
}

TEST(SharedList, WhatHasGoneFromTheFrontIsNoHindrance) {
    const List before(Plain{1, 2, 3});
    const List later = after(before, {3, 4});
    EXPECT_EQ(plain(later), (Plain{3, 4}));
    EXPECT_EQ(later.span().data(), before.span().data() + 2);
}

TEST(SharedList, TwoWaysOnFromOnePlaceAreTwoLists) {
    const List before(Plain{1, 2});
    const List left = after(before, {1, 2, 3});
    const List right = after(before, {1, 2, 4});
    const List same = after(before, {1, 2, 3});
    EXPECT_EQ(plain(left), (Plain{1, 2, 3}));
    EXPECT_EQ(plain(right), (Plain{1, 2, 4}));
    EXPECT_FALSE(share(left, right));
    EXPECT_TRUE(share(left, same));
}

TEST(SharedList, WhatIsNoContinuationStandsAlone) {
    const List before(Plain{1, 2, 3});
    for (const Plain& list : {Plain{}, Plain{9}, Plain{2, 4}, Plain{0, 1, 2, 3, 4}, Plain{1, 3, 4}, Plain{3, 2, 4}}) {
        EXPECT_EQ(plain(after(before, list)), list);
        EXPECT_EQ(plain(after(List(), list)), list);
    }
    EXPECT_TRUE(List().empty());
    EXPECT_TRUE(List().span().empty());
    EXPECT_TRUE(List().without_last().empty());
}

TEST(SharedList, LivesAsLongAsAnybodyHasAPieceOfIt) {
    List last;
    for (std::uint32_t i = 1; i <= 1000; ++i) {
        Plain whole(i);
        std::iota(whole.begin(), whole.end(), 0u);
        last = after(last, whole);
    }
    ASSERT_EQ(last.size(), 1000u);
    for (std::uint32_t i = 0; i < 1000; ++i) EXPECT_EQ(last[i], i);
}

// A queue in which changes come, leave from the front, and are tested anew on what is then ahead: as if each were kept
// by itself, and in memory that grows with the queue and not with its square.
TEST(SharedList, AnyQueueIsAsIfEachWereKeptByItself) {
    std::mt19937 random(7);
    struct Entry {
        List shared;
        Plain own;
    };
    std::deque<std::uint32_t> queue;
    std::deque<Entry> entries;
    std::uint32_t next = 0;
    const auto test = [&](std::size_t at) {
        const Plain own(queue.begin(), queue.begin() + static_cast<std::ptrdiff_t>(at) + 1);
        entries[at] = {at > 0 ? after(entries[at - 1].shared, own) : List(own), own};
    };
    for (int step = 0; step < 3000; ++step) {
        const unsigned what = random() % 10;
        if (what < 5 || queue.empty()) {
            queue.push_back(next++);
            entries.emplace_back();
            test(queue.size() - 1);
        } else if (what < 8) {
            queue.pop_front();
            entries.pop_front();
        } else {
            for (std::size_t at = random() % queue.size(); at < queue.size(); ++at) test(at);
        }
        for (const Entry& entry : entries) ASSERT_EQ(plain(entry.shared), entry.own);
    }
}

TEST(SharedList, GrowsByOneAndLosesItsFront) {
    const List one = List::grown(List(), 0, 1);
    const List three = List::grown(List::grown(one, 0, 2), 0, 3);
    const List last = List::grown(three, 2, 4);
    EXPECT_EQ(plain(three), (Plain{1, 2, 3}));
    EXPECT_EQ(plain(last), (Plain{3, 4}));
    EXPECT_EQ(last.span().data(), three.span().data() + 2);
    const List other = List::grown(three, 1, 9);  // 4 stands there already
    EXPECT_EQ(plain(other), (Plain{2, 3, 9}));
    EXPECT_EQ(plain(last), (Plain{3, 4}));
    EXPECT_TRUE(one.begins(three));
    EXPECT_FALSE(three.begins(one));
    EXPECT_FALSE(three.begins(last));
    EXPECT_FALSE(three.begins(other));
}

}  // namespace
}  // namespace gatesim
