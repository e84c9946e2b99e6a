#include "command/page_file.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "record/csv_writer.hpp"
#include "report/report.hpp"
#include "study/own_files.hpp"

namespace gatesim {

namespace fs = std::filesystem;

namespace {

/// By what stands at its beginning.
bool is_ours(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::string beginning(1000, '\0');
    in.read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
    return beginning.find(report::kPageMark) != std::string::npos ||
           beginning.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"pic\"");
}

}  // namespace

std::string write_page_file(const std::string& path, const std::string& page) {
    std::error_code error;
    if (fs::exists(fs::symlink_status(path, error)) && !(is_regular(path) && is_ours(path)))
        return fmt::format(
            "{}: is there already, and is no page or picture of gatesim; move it away, or name another file", path);
    WholeFile file(path);
    file.write(page);
    return file.commit();
}

}  // namespace gatesim
