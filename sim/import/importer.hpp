// A forge: how the documents that it exports become records. One file a forge, which registers itself.
#pragma once

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "import/records.hpp"

namespace gatesim::import {

using Json = nlohmann::json;

/// The reason of records that were there several times.
inline constexpr const char* kRepeated = "repeated";

/// What is counted on the way, for the table at the end.
struct Intake {
    std::uint64_t read = 0;                        ///< records of the input, whatever they are
    std::uint64_t used = 0;                        ///< of them those that the two tables rest on
    std::map<std::string, std::uint64_t> dropped;  ///< by reason, a word or two: "skipped twice", "other event"
    std::set<std::string> no_loss{
        kRepeated};                     ///< reasons for which nothing is lost: it is told elsewhere, or was to go
    std::uint64_t clocks_repaired = 0;  ///< times that were moved to the one that they cannot come before
    std::vector<std::string> warnings;
    Json kept = Json::object();  ///< what else import.json is to say, by its name there: "configuration"

    void drop(const std::string& reason) { ++dropped[reason]; }
    /// A part of a record that is used itself: it is counted beside it.
    void drop_part(const std::string& reason) {
        ++read;
        drop(reason);
    }
    /// Records of what other records say as well: pages that overlap, polls that repeat themselves.
    void repeated(std::uint64_t records) {
        if (records > 0) dropped[kRepeated] += records;
    }
    /// How many records are lost: those that were dropped for another reason than `no_loss`.
    std::uint64_t lost() const {
        std::uint64_t sum = 0;
        for (const auto& [reason, records] : dropped) sum += no_loss.contains(reason) ? 0 : records;
        return sum;
    }
};

/// Reads records one after another, in any order and some of them twice, and says in the end what they mean together.
/// Keeps only what it needs: at most 150 bytes a row that comes of it.
class Importer {
public:
    virtual ~Importer() = default;

    /// What follows comes from another file, or is another document of the same one. `file` is its name without
    /// folders.
    virtual void begin(std::string_view file) { (void)file; }

    /// One record: an element of a list, or a document that has none. `list` is the name of the list ("workflow_runs",
    /// "jobs", "builds", "nodes"; empty: a list without a name, a line of its own, or a whole document).
    /// It counts itself as used or dropped.
    virtual void take(std::string_view list, const Json& record, Intake& intake) = 0;

    /// Of a document with lists what stands beside them, after its records were taken: totals, configuration, whether
    /// there is another page.
    virtual void around(const Json& rest, Intake& intake) {
        (void)rest;
        (void)intake;
    }

    /// All is read. Fills `records`. Whoever calls it puts them in order, numbers groups, states and bases anew and
    /// hides names; but groups and states are numbered in an order that does not depend on that of the input, because
    /// what is equal in all else is ordered by them.
    virtual void finish(Records& records, Intake& intake) = 0;
};

/// What a forge reads.
enum class Reads : std::uint8_t {
    json,    ///< documents and their lists
    lines,   ///< text: each line is a record of the list "line", a string
    tables,  ///< the two tables themselves; it has no importer
};

/// A forge as `import` knows it.
struct Forge {
    std::string name;     ///< "github"
    std::string summary;  ///< what it reads, in a line
    std::string how;      ///< the commands that export it, for --how
    /// Names of lists whose elements are records. They are read one by one, so that a page of any length does.
    std::vector<std::string> lists;
    /// How sure it is that a record is one of its own: 0 no, 1 perhaps, 2 yes. For `auto`.
    int (*knows)(std::string_view list, const Json& record) = nullptr;
    std::unique_ptr<Importer> (*make)() = nullptr;
    Reads reads = Reads::json;
};

/// Forges register themselves while the program starts.
bool register_forge(Forge forge);
/// By name.
const std::vector<const Forge*>& forges();

}  // namespace gatesim::import
