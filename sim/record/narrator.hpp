// Tells a run in plain words, a line an event: all of it for a small run, or everything about one change.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "record/ledger.hpp"
#include "record/lives.hpp"
#include "record/standings.hpp"
#include "record/time_split.hpp"

namespace gatesim {

/// One line of a story: when, what, and in brackets what is really so, which the gate cannot know.
struct StoryLine {
    Time at = 0;
    std::string text;
};

/// Listens to a ledger and writes lines. What the strategy sees and what is really so are kept apart: truth stands in
/// brackets.
class Narrator : public LedgerListener {
public:
    /// `about` = the name of the only change to tell of, in more detail; empty = all changes. Stops taking lines after
    /// `most`.
    Narrator(const Cast& cast, std::string about, std::size_t most = 400);

    void on(const Event& event, const Ledger& ledger) override;
    void reset(const ResetRecord& record, const Ledger& ledger) override;

    const std::vector<StoryLine>& lines() const { return lines_; }
    bool too_long() const { return too_long_; }

    /// Whether the change was ever heard of (always true when all are told).
    bool met() const { return about_.empty() || subject_ != kNone; }

    /// Where the subject's time went: "of 2 h 10 min: 45 min tested, ...". Empty without a subject or a second in the
    /// gate.
    std::string time_split_text() const;

    /// The subject's end in a few sentences: what came of it, how often it was ejected innocently, where its time went.
    std::string verdict(const Standings& standings) const;

private:
    /// What happens to several jobs of one attempt in one instant makes one line.
    struct Group {
        enum class Kind : std::uint8_t { stop, ready, short_of_nodes, start } kind;
        AttemptId attempt;
        Time waited;  ///< ready: since they were asked for
        std::vector<JobId> jobs;
        std::string why;  ///< short_of_nodes: which pools, and what they have
    };

    void tell_item(const Event& event, const Ledger& ledger);
    void tell_work(const Event& event, const Ledger& ledger);
    void tell_exit(const Event& event, const Ledger& ledger);
    void tell_others(const Event& event, const Ledger& ledger);
    // narrator_people.cpp
    void tell_people(const Event& event);
    void tell_upload(const Event& event, const std::string& name, const std::string& who);
    void tell_trouble(const Event& event);
    void tell_race(const Event& event);
    void tell_setting(const Event& event);
    void tell_hold(const Event& event);
    void tell_check(const Event& event, const LiveItem& item);
    std::string trouble_text(Cause cause, PoolId pool, JobId job) const;
    std::string waited_for(const Event& event) const;
    std::string check_of(PipelineId gate) const;
    std::string life_text() const;
    // narrator_nodes.cpp
    std::int64_t& nodes_of(PoolId pool);
    std::string shortage(const LiveRequest& request);
    void tell_request(const LiveRequest& request);
    std::vector<const LiveRequest*> unserved(const Ledger& ledger);
    void pool_changed(const Event& event, const Ledger& ledger);
    void note_unserved(const Ledger& ledger);
    void follow_time(const Event& event, const Ledger& ledger);
    void gather(Group::Kind kind, AttemptId attempt, JobId job, Time waited = 0, const std::string& why = "");
    void flush(const Ledger& ledger);
    void tell_group(const Group& group, const LiveAttempt& attempt);
    void line(Time at, std::string text);
    bool is_subject(const Event& event, const Ledger& ledger);
    bool detailed() const { return !about_.empty(); }
    /// Whether the load has people, who uploaded it.
    bool by_people(ChangeId change) const {
        return change < cast_.changes.size() && cast_.changes[change].owner != kNone;
    }
    const LiveItem* subjects_part(const LiveItem& trial, const Ledger& ledger) const;
    bool note_entry(const Event& event);
    std::string since_entered(const Event& event, const LiveItem& item) const;
    std::string ahead_in_queue(const Event& event);
    std::string outside_window(const Event& event) const;
    std::string tested_text(const LiveAttempt* attempt, const std::string& name) const;

    const Cast& cast_;
    std::string about_;
    std::size_t most_;
    ChangeId subject_ = kNone;
    std::vector<StoryLine> lines_;
    bool too_long_ = false;
    Time now_ = 0;
    std::vector<Group> groups_;               ///< of the present instant
    std::string move_;                        ///< of the subject, in the present instant; a reset tells more
    std::set<AttemptId> begun_;               ///< attempts whose base was told
    std::vector<std::vector<ItemId>> order_;  ///< by queue: items in it, front first
    std::vector<std::int64_t> windows_;       ///< by queue, as last told
    std::vector<std::int64_t> pool_nodes_;    ///< by pool: how many it has now
    std::vector<RequestId> wanted_;           ///< the subject's requests, as long as nobody served them
    std::string unserved_;                    ///< what the subject waits for at the end
    struct Entry {
        Time asked = kNever;   ///< when it first asked to land
        bool in_gate = false;  ///< it was in a gate before
    };
    std::vector<Entry> entered_;  ///< by change
    TimeSplit split_;
    Lives lives_;                          ///< for the story of one change
    std::vector<std::uint32_t> troubles_;  ///< that are there now, by index
    Why held_by_ = Why::none;              ///< frozen or paused: nothing else keeps the subject
    Time held_since_ = 0, held_ = 0;       ///< since when, and how long before that
    int ejections_ = 0;                    ///< of the subject
    int innocent_ejections_ = 0;
    int resets_ = 0;
};

/// Lines with a margin for the time, wrapped to `width` columns.
std::string story_text(const std::vector<StoryLine>& lines, const Period& period, std::size_t width = 80);

/// `text` broken at blanks so that no line is longer than `width`; lines after the first begin with `indent` blanks.
std::string wrap(const std::string& text, std::size_t width, std::size_t indent, std::size_t first_used = 0);

}  // namespace gatesim
