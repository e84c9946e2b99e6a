// What importers gather before they know what it means together: rows in any order, some of them several times. They
// become records that say the same whatever the order was.
#pragma once

#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

#include "import/fields.hpp"
#include "import/row_list.hpp"

namespace gatesim::import {

/// Rows by what they are in the forge (`id`), each kept once. Of several states of one the latest is kept: T says which
/// by `later_than`, which must not leave two different ones undecided.
template <class T>
class Once {
public:
    void add(const T& row) {
        rows_.push_back(row);
        if (rows_.size() >= settle_at_) {
            settle();
            settle_at_ = std::max(kFirst, 2 * rows_.size());
        }
    }
    /// All rows, by id. They can be changed but for their ids.
    RowList<T>& rows() {
        settle();
        return rows_;
    }
    /// How many rows of `counted` were dropped because they were there several times. Final after rows().
    std::uint64_t repeats() const { return repeats_; }

private:
    static constexpr std::size_t kFirst = 4096;

    void settle() {
        std::sort(rows_.begin(), rows_.end(),
                  [](const T& a, const T& b) { return a.id != b.id ? a.id < b.id : a.later_than(b); });
        std::size_t kept = 0;
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            if (kept > 0 && rows_[kept - 1].id == rows_[i].id)
                repeats_ += rows_[i].counted;
            else
                rows_[kept++] = rows_[i];
        }
        rows_.resize(kept);
    }

    RowList<T> rows_;
    std::size_t settle_at_ = kFirst;
    std::uint64_t repeats_ = 0;
};

/// A stay in the queue as the forge has it.
struct Stay {
    Key id = 0;
    Entry entry;
    Key about = 0;          ///< what the forge needs to find it again: a change, a pipeline …
    bool counted = true;    ///< it was a record of its own
    std::uint32_t tie = 0;  ///< of its texts (tie_of): the last that decides between two states of one stay

    bool later_than(const Stay& other) const;
};

/// One execution of a job as the forge has it.
struct JobRow {
    Key id = 0;
    Key group = 0;  ///< what ran together for one state; 0: alone
    Key state = 0;  ///< what was tested; 0: unknown
    Key stay = 0;   ///< Stay::id; 0: it was not for the queue
    Moment created = kNever, queued = kNever, started = kNever, ended = kNever;
    Texts::Id job = 0, label = 0, runner = 0;
    std::uint32_t tie = 0;  ///< of its texts (tie_of): the last that decides between two states of one row
    std::uint16_t attempt = 1;
    RunResult result = RunResult::unfinished;
    bool voting : 1 = true;
    bool counted : 1 = true;  ///< it was a record of its own, not a part of one

    bool later_than(const JobRow& other) const;
    /// The first of its times that is known.
    Moment first() const { return std::min({created, queued, started, ended}); }
};

/// What is known of a group beside its rows.
struct Group {
    Key base = 0;            ///< what it was tested on; 0: unknown
    std::vector<Key> stays;  ///< those that were tested together, front first; empty: that of its rows alone
};

/// A number for texts, which does not depend on the order in which they were read.
std::uint32_t tie_of(const Texts& texts, std::initializer_list<Texts::Id> of);

/// Moves times of a row that cannot be: queued before created, started before queued (skewed clocks, up to five
/// seconds), ended before started. More than that makes `queued` or `created` unknown, or the whole row useless: false.
bool repair(JobRow& row, Intake& intake);

/// Numbers the executions of each job of a group from 1, by when they began.
void number_attempts(RowList<JobRow>& rows);

/// Fills the records, which have the texts already. Rows of stays that are not there belong to none.
void fill(Records& records, RowList<Stay>& stays, RowList<JobRow>& rows, const std::map<Key, Group>& groups);

/// What was freed goes back to the system, also from the middle of what the program has.
void give_back_memory();

/// Takes rows from the front of a long list one by one, and gives their memory back on the way: what comes of them
/// needs it. Without that both would stand in memory at once.
template <class T>
class Consume {
public:
    explicit Consume(RowList<T>& rows) : rows_(rows) {}
    bool more() const { return !rows_.empty(); }
    T next() {
        T row = rows_.front();
        rows_.pop_front();
        if (++taken_ % kRows == 0) give_back_memory();
        return row;
    }

private:
    static constexpr std::size_t kRows = 1 << 16;

    RowList<T>& rows_;
    std::size_t taken_ = 0;
};

/// "12 jobs" or "1 job", for warnings.
std::string counted(std::uint64_t n, const char* one, const char* many);

}  // namespace gatesim::import
