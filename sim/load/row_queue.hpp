// The rows of a load file in order of time, as far as they lie in the period.
#pragma once

#include <algorithm>
#include <memory>
#include <queue>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "load/load_file.hpp"
#include "load/load_rows.hpp"
#include "model/scenario.hpp"

namespace gatesim {

/// Rows are read ahead and put in order; a file may be out of order by no more than this many rows, or by as many as
/// have this much text. So a file of no more rows may stand in any order, and a longer one needs no more memory.
inline constexpr std::size_t kReadAhead = 65'536;
inline constexpr std::size_t kReadAheadBytes = std::size_t{64} << 20;

class RowQueue {
public:
    explicit RowQueue(const Scenario& scenario);

    /// Opens the file ("-" is standard input) and reads the first rows. Their earliest is where time begins if the
    /// scenario does not say so. A file that is newest first is taken from its end: rows of one instant, too, come in
    /// the order of the other way round.
    void open();

    /// When the next row is due, not before `now`, in simulated time; kNever if there is none.
    Time due(Time now);
    /// The same of the rows that are read already.
    Time next() const {
        return ahead_.empty() || !failure_.empty() ? kNever : std::max<Time>(0, at(ahead_.top().moment));
    }
    LoadRow take();

    /// Where simulated time begins, on the file's clock.
    Time origin() const { return origin_; }
    /// Whether the file has this column.
    bool has(std::string_view column) const { return reader_ && reader_->has(column); }
    ProjectId project(const std::string& name) const { return projects_.at(name); }
    /// What went wrong, with its place; empty while all is well.
    const std::string& failure() const { return failure_; }

    LoadRows rows;

private:
    struct Due {
        Time moment;  ///< on the file's clock
        std::int64_t number;
        LoadRow row;
    };
    struct Later {
        bool operator()(const Due& a, const Due& b) const {
            return a.moment != b.moment ? a.moment > b.moment : a.number > b.number;
        }
    };

    Time moment(const LoadRow& row) const;
    /// In simulated time; before 0 for what was before the period.
    Time at(Time moment) const { return moment - origin_ + load_.shift; }
    /// Whether it came before the period and was still there when that began (ReplayLoad::waiting_at_start).
    bool waits_at_start(const LoadRow& row) const;
    bool room() const { return ahead_.size() + first_.size() < kReadAhead && ahead_bytes_ < kReadAheadBytes; }
    std::string fault_of(const LoadRow& row) const;
    void fail(const LoadRow& row, const std::string& what) { failure_ = reader_->complain(row, what).text; }
    bool read(LoadRow& row);
    bool in_period(const LoadRow& row);
    void read_first();
    void read_ahead(Time now);

    const Scenario& scenario_;
    const ReplayLoad& load_;
    std::unordered_map<std::string, ProjectId> projects_;
    std::unique_ptr<LoadFileReader> reader_;
    Time origin_ = 0;
    std::vector<Due> first_;  ///< while read_first() looks at them
    std::priority_queue<Due, std::vector<Due>, Later> ahead_;
    std::size_t ahead_bytes_ = 0;
    std::int64_t number_ = 0;
    bool ended_ = false;  ///< the file
    std::string failure_;
};

}  // namespace gatesim
