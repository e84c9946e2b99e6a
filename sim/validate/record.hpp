// What really happened to a queue, as validate holds it against a model: stays, and instants to look at.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "load/table_reader.hpp"
#include "model/time.hpp"

namespace gatesim::validate {

/// A stretch of time, from included, to not.
struct Span {
    Time from = 0;
    Time to = kNever;

    bool holds(Time time) const { return time >= from && time < to; }
};

/// Several of them: training time, or test time.
struct Spans {
    std::vector<Span> list;

    bool holds(Time time) const;
};

/// One real stay. Times count from the period's start; before it they are negative.
struct Stay {
    std::string name;                         ///< as a replay with stays_apart names the change
    Time enqueued = 0;                        ///< kNever: nobody recorded it
    Time left_lo = kNever, left_hi = kNever;  ///< equal if the departure is known to the instant; kNever: still there
    bool landed = false, ejected = false;
    Time uploaded = kNever;  ///< known where `enqueued` is not
    std::string project, branch;

    bool exact() const { return left_lo == left_hi && gone(); }
    bool gone() const { return left_lo != kNever; }
    /// The middle of the time in which it left; kNever: it did not.
    Time left() const { return gone() ? left_lo + (left_hi - left_lo) / 2 : kNever; }
};

/// The test of one group, from the start of its first run to the end of its last one.
struct Test {
    Time from = 0, to = 0;
};

/// What the two tables say, and what they leave open.
struct Recorded {
    std::size_t over_before = 0;  ///< stays that were over at the start, and do not count
    std::size_t waiting = 0;      ///< came before the start, and wait there
    std::size_t between = 0;      ///< departures that are known between two looks only
    double between_width = 0;     ///< median time between such looks, seconds
    std::size_t open = 0;         ///< stays without an end
    std::size_t withdrawn = 0;    ///< left, neither landed nor ejected
    std::size_t runs = 0;         ///< rows of runs.csv; 0 = there are none
    std::size_t timeless = 0;     ///< of these, runs that were not skipped and have no start or no end
    std::size_t stopped = 0;      ///< runs that were superseded, or not over when the record was taken
};

/// The record of one queue.
struct Record {
    Time origin = 0;          ///< the period's start, microseconds since 1970-01-01 UTC
    Time length = 0;          ///< until the last known departure
    std::vector<Stay> stays;  ///< in order of arrival; none that was over at the start
    /// Instants at which the length of the queue is compared. Where departures are known between two looks only, those
    /// looks, at which the queue is known exactly; between them, and where all is known, every half hour.
    std::vector<Time> instants;
    /// How many were there at each instant.
    std::vector<double> queue() const;
    /// Whether nobody recorded when some stay began. Then nothing is known of the queue but who landed when, and the
    /// order of `stays` is that of their uploads.
    bool landings_only() const;
    double tests_per_stay = 0;  ///< groups seen for each stay; 0 = nobody recorded them
    double node_hours = 0;      ///< of all runs; 0 = nobody recorded them
    std::vector<Test> tests;    ///< of the groups whose runs all came to an end of their own, by that end
    Recorded recorded;
};

/// Reads FOLDER/entries.csv, and FOLDER/runs.csv if it is there. `origin` is the period's start, or kNever: the first
/// enqueue. False, and an error, if that fails.
bool read_record(const std::string& folder, Time origin, Record& record, LoadError& error);

}  // namespace gatesim::validate
