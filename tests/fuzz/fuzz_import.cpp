// Any bytes at all as an export of one forge (GATESIM_FORGE): rows that the tables can hold, every record counted, and
// the same rows once more if it comes twice.

#include <cstdint>
#include <string>

#include "fuzz/memory_file.hpp"
#include "import/driver.hpp"
#include "import/tables.hpp"

namespace {

using namespace gatesim;
using gatesim::fuzz::insist;
using gatesim::fuzz::MemoryFile;
using gatesim::import::ImportOptions;
using gatesim::import::ImportResult;

ImportResult import_bytes(const std::string& bytes, bool hide) {
    const MemoryFile file(bytes);
    ImportOptions options;
    options.forge = GATESIM_FORGE;
    options.files = {file.name()};
    options.names.keep = !hide;
    options.names.key = "key";
    ImportResult result;
    LoadError error;
    insist(import::import_files(options, result, error), "what is in memory can be read", error.text);
    return result;
}

/// What read_tables() refuses must not be written.
void check_rows(const import::Records& records) {
    const auto never = [](Time t) { return t == kNever; };
    const std::size_t stays = records.entries.size();
    for (const import::Entry& e : records.entries) {
        insist(e.enqueued >= 0 && !never(e.enqueued), "a stay without its beginning");
        insist(!records.texts[e.change].empty(), "a stay of no change");
        insist(never(e.left) || e.left >= e.enqueued, "left before it came");
        insist(never(e.left_hi) || e.left_hi >= e.enqueued, "gone before it came");
        insist(never(e.left_lo) || never(e.left_hi) || e.left_lo <= e.left_hi, "gone before it was seen last");
    }
    for (const import::Run& r : records.runs) {
        insist(r.entry == kNone || r.entry < stays, "a run for a stay that is not there");
        for (const std::uint32_t member : r.members) insist(member < stays, "a member that is not there");
        insist(!records.texts[r.job].empty() && r.attempt >= 1, "a run without a name");
        insist(never(r.started) || never(r.ended) || r.ended >= r.started, "ended before it began");
        for (const Time t : {r.created, r.queued, r.started, r.ended}) insist(t >= 0, "a time before 1970");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    const ImportResult once = import_bytes(bytes, false);
    check_rows(once.records);
    std::uint64_t dropped = 0, broken = 0;
    for (const auto& [reason, n] : once.intake.dropped) {
        dropped += n;
        if (reason == "broken document") broken = n;
    }
    insist(once.intake.read + broken == once.intake.used + dropped, "a record is neither used nor dropped",
           import_text(once));
    if (broken == 0) {
        const ImportResult twice = import_bytes(bytes + "\n" + bytes, false);
        insist(entries_csv(once.records) == entries_csv(twice.records), "twice gives other stays",
               entries_csv(once.records) + entries_csv(twice.records));
        insist(runs_csv(once.records) == runs_csv(twice.records), "twice gives other runs",
               runs_csv(once.records) + runs_csv(twice.records));
    }
    if (size % 4 == 0) check_rows(import_bytes(bytes, true).records);
    return 0;
}
