// A forge: how the documents that it exports become records. One file a forge, which registers itself.
#pragma once

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "import/records.hpp"

namespace gatesim::import {

using Json = nlohmann::json;

/// What is counted on the way, for the table at the end.
struct Intake {
    std::uint64_t read = 0;                        ///< records of the input, whatever they are
    std::uint64_t used = 0;                        ///< of them those that the two tables rest on
    std::map<std::string, std::uint64_t> dropped;  ///< by reason, a word or two: "skipped twice", "other event"
    std::uint64_t clocks_repaired = 0;             ///< times that were moved to the one that they cannot come before
    std::vector<std::string> warnings;

    void drop(const std::string& reason) { ++dropped[reason]; }
};

/// Reads records one after another, in any order and some of them twice, and says in the end what they mean together.
/// Keeps only what it needs: at most 150 bytes a row that comes of it.
class Importer {
public:
    virtual ~Importer() = default;

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

    /// All is read. Fills `records`, in their order.
    virtual void finish(Records& records, Intake& intake) = 0;
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
};

/// Forges register themselves while the program starts.
bool register_forge(Forge forge);
/// By name.
const std::vector<const Forge*>& forges();

}  // namespace gatesim::import
