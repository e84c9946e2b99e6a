// Writes the tables of columns.hpp for one replication, without header rows: whoever puts replications together adds
// them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "record/csv_writer.hpp"
#include "record/ledger.hpp"

namespace gatesim {

/// A table that listens. Rows that can only be known at the end are written by finish().
class TableWriter : public LedgerListener {
public:
    TableWriter(const std::string& path, const Cast& cast, std::uint32_t replication)
        : out_(path, cast.scenario->period), cast_(cast), replication_(replication) {}

    /// After the replication has ended. Empty if the file is complete, else what went wrong.
    std::string finish() {
        last_rows();
        return out_.commit();
    }

protected:
    virtual void last_rows() {}
    CsvWriter& row() { return out_.number(replication_); }

    CsvWriter out_;
    const Cast& cast_;
    std::uint32_t replication_;
};

/// All tables, in the order of table_docs(): folder/changes.csv and so on, each with its rows only; also
/// those of optional_table_docs() that the scenario has.
/// `cast.scenario` must be set.
std::vector<std::unique_ptr<TableWriter>> make_table_writers(const std::string& folder, const Cast& cast,
                                                             std::uint32_t replication);

std::unique_ptr<TableWriter> make_stays_table(const std::string& path, const Cast& cast, std::uint32_t replication);
std::unique_ptr<TableWriter> make_attempts_table(const std::string& path, const Cast& cast, std::uint32_t replication);
std::unique_ptr<TableWriter> make_waits_table(const std::string& path, const Cast& cast, std::uint32_t replication);
std::unique_ptr<TableWriter> make_changes_table(const std::string& path, const Cast& cast, std::uint32_t replication);
std::unique_ptr<TableWriter> make_builds_table(const std::string& path, const Cast& cast, std::uint32_t replication);
std::unique_ptr<TableWriter> make_nodes_table(const std::string& path, const Cast& cast, std::uint32_t replication);
std::unique_ptr<TableWriter> make_queue_table(const std::string& path, const Cast& cast, std::uint32_t replication);
std::unique_ptr<TableWriter> make_resets_table(const std::string& path, const Cast& cast, std::uint32_t replication);
std::unique_ptr<TableWriter> make_node_lives_table(const std::string& path, const Cast& cast,
                                                   std::uint32_t replication);
std::unique_ptr<TableWriter> make_races_table(const std::string& path, const Cast& cast, std::uint32_t replication);
std::unique_ptr<TableWriter> make_reviews_table(const std::string& path, const Cast& cast, std::uint32_t replication);

}  // namespace gatesim
