// Any bytes at all as the export of a forge: they end as tables that can be read again, or as a message; never as a
// crash.
//
// A program a forge: GATESIM_FORGE is its name. For git the bytes are lines, for all others documents.
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
using import::Entry;

void insist(bool holds, const char* what, const std::string& detail = "") {
    if (holds) return;
    std::fprintf(stderr, "fuzz_import: %s\n%s\n", what, detail.c_str());
    std::abort();
}

/// A file in memory that the driver opens by its name.
class MemoryFile {
public:
    MemoryFile(const std::uint8_t* data, std::size_t size) : descriptor_(::memfd_create("fuzz", 0)) {
        insist(descriptor_ >= 0, "no file in memory");
        for (std::size_t sent = 0; sent < size;) {
            const ssize_t n = ::write(descriptor_, data + sent, size - sent);
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

bool order(Time first, Time then) {
    return first == kNever || then == kNever || first <= then;
}

void check(const import::Records& records) {
    for (const Entry& e : records.entries) {
        insist(e.enqueued != kNever && e.enqueued >= 0, "a stay without a beginning");
        insist(order(e.enqueued, e.left) && order(e.enqueued, e.left_hi) && order(e.left_lo, e.left_hi),
               "a stay that ends before it begins");
    }
    for (const auto& r : records.runs) {
        insist(r.entry == kNone || r.entry < records.entries.size(), "a run of no stay");
        for (const std::uint32_t member : r.members) insist(member < records.entries.size(), "no such member");
        insist(order(r.started, r.ended), "a run that ends before it begins");
        insist(r.job != 0, "a run without a job");
    }
}

/// Texts for a person and for tables hold nothing that moves a cursor.
void check_text(const std::string& text) {
    for (const char c : text) insist(c == '\n' || (c >= ' ' && c != 0x7f) || c < 0, "a text moves the cursor", text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const MemoryFile file(data, size);
    import::ImportOptions options;
    options.forge = GATESIM_FORGE;
    options.files = {file.name()};
    options.names.key = "a key of the fuzzer";
    import::ImportResult result;
    LoadError error;
    const bool read = import::import_files(options, result, error);
    insist(read == error.text.empty(), "tables and a message, or neither", error.text);
    if (!read) return 0;
    insist(result.intake.used <= result.intake.read, "more is used than was read");
    check(result.records);
    check_text(import::entries_csv(result.records) + import::runs_csv(result.records));
    check_text(import::import_json(result) + import::import_text(result));
    return 0;
}
