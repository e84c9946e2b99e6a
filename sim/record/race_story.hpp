// The life of one race as a story: what it is, whom it hit, who found out, how it ended.
#pragma once

#include <string>
#include <vector>

#include "record/narrator.hpp"
#include "record/race_lives.hpp"

namespace gatesim {

class RaceStory : public LedgerListener {
public:
    /// `name`: of the race.
    RaceStory(const Cast& cast, std::string name) : cast_(cast), name_(std::move(name)) {}

    void on(const Event& event, const Ledger& ledger) override;

    const std::vector<StoryLine>& lines() const { return lines_; }

    /// Its life in a few sentences. Ask once the replication has ended.
    std::string verdict() const;

private:
    void tell_birth(const Event& event);
    void tell_hit(const Event& event, const Ledger& ledger);
    void line(Time at, std::string text) { lines_.push_back({at, std::move(text)}); }

    const Cast& cast_;
    std::string name_;
    RaceId subject_ = kNone;
    RaceLives lives_;
    std::vector<StoryLine> lines_;
    Time end_ = 0;
};

}  // namespace gatesim
