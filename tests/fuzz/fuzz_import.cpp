// Any bytes at all as an export of one forge (GATESIM_FORGE): rows that the tables can hold, every record counted, and
// the same rows once more if it comes twice.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "import/driver.hpp"
#include "import/tables.hpp"

namespace {

using namespace gatesim;

void insist(bool holds, const char* what, const std::string& detail = "") {
    if (holds) return;
    std::fprintf(stderr, "fuzz_import: %s\n%s\n", what, detail.c_str());
    std::abort();
}

/// A file in memory that the importer opens by its name.
class MemoryFile {
public:
    explicit MemoryFile(const std::string& bytes) : descriptor_(::memfd_create("fuzz", 0)) {
        insist(descriptor_ >= 0, "no file in memory");
        for (std::size_t sent = 0; sent < bytes.size();) {
            const ssize_t n = ::write(descriptor_, bytes.data() + sent, bytes.size() - sent);
            insist(n > 0, "the file in memory takes nothing");
            sent += static_cast<std::size_t>(n);
        }
    }
    ~MemoryFile() { ::close(descriptor_); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    std::string name() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

private:
    int descriptor_;
};

import::ImportResult import_bytes(const std::string& bytes, bool hide){const MemoryFile file(bytes);
import::ImportOptions options;
options.forge = GATESIM_FORGE;
options.files = {file.name()};
options.names.keep = !hide;
options.names.key = "key";
import::ImportResult result;
LoadError error;
insist(import::import_files(options, result, error), "what is in memory can be read", error.text);
return result;
}  // namespace

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
    const import::ImportResult once = import_bytes(bytes, false);
    check_rows(once.records);
    std::uint64_t dropped = 0, broken = 0;
    for (const auto& [reason, n] : once.intake.dropped) {
        dropped += n;
        if (reason == "broken document") broken = n;
    }
    insist(once.intake.read + broken == once.intake.used + dropped, "a record is neither used nor dropped",
           import_text(once));
    if (broken == 0) {
        const import::ImportResult twice = import_bytes(bytes + "\n" + bytes, false);
        insist(entries_csv(once.records) == entries_csv(twice.records), "twice gives other stays",
               entries_csv(once.records) + entries_csv(twice.records));
        insist(runs_csv(once.records) == runs_csv(twice.records), "twice gives other runs",
               runs_csv(once.records) + runs_csv(twice.records));
    }
    check_rows(import_bytes(bytes, true).records);
    return 0;
}
