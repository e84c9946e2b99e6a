// Any bytes at all as a load file and as a table of observed landings: rows, or rows and one placed error.

#include <cstdint>
#include <cstdio>
#include <string>

#include "fuzz/memory_file.hpp"
#include "load/load_file.hpp"
#include "load/observed_file.hpp"

namespace {

using gatesim::fuzz::insist;
using gatesim::fuzz::MemoryFile;

/// "FILE:LINE:COLUMN: what", with places that count from 1 and nothing that moves a terminal's cursor.
void check_error(const gatesim::LoadError& error, const std::string& file) {
    using gatesim::LoadError;
    if (error.kind == LoadError::Kind::none) return insist(error.text.empty(), "words without an error", error.text);
    insist(error.kind == LoadError::Kind::malformed, "what is in memory can be read", error.text);
    unsigned long line = 0, column = 0;
    insist(error.text.starts_with(file + ":"), "the file is not named", error.text);
    insist(std::sscanf(error.text.c_str() + file.size(), ":%lu:%lu: ", &line, &column) == 2 && line > 0 && column > 0,
           "no place", error.text);
    for (const char c : error.text)
        insist(c == '\n' || (c >= ' ' && c != 0x7f) || c < 0, "a message moves the cursor", error.text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace gatesim;
    const MemoryFile file({reinterpret_cast<const char*>(data), size});
    LoadError error;
    if (const auto reader = LoadFileReader::open(file.name(), error)) {
        LoadRow row;
        while (reader->next(row, error)) {
            insist(!row.project.empty() && !row.change.empty() && row.patchset >= 1, "a row without a name");
            insist(row.place.line >= 1, "a row without a place");
            for (const Time t : {row.uploaded, row.enqueued, row.landed}) insist(t >= 0, "a time before 1970");
        }
        LoadError after;
        insist(!reader->next(row, after), "rows after the end");
    }
    check_error(error, file.name());

    LoadError observed_error;
    std::vector<ObservedRow> rows;
    insist(read_observed_file(file.name(), rows, observed_error) == (observed_error.kind == LoadError::Kind::none),
           "failed without an error", observed_error.text);
    check_error(observed_error, file.name());
    return 0;
}
