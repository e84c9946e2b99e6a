// Where logs come from: a folder of files, or texts in memory. Both give the lines of one build at a time.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "correlate/builds.hpp"

namespace gatesim::correlate {

/// Takes a line and the file that it stands in (empty where a build has one file).
using BuildSink = std::function<void(const std::string& file, std::string_view line)>;

class Logs {
public:
    virtual ~Logs() = default;

    /// Reads the log of a build. What is odd about it goes into `complaints`, the first time only.
    virtual void read(std::uint32_t build, const BuildSink& sink) = 0;

    Builds builds;
    std::vector<std::string> complaints;
    std::uint64_t bytes = 0;  ///< of text, unpacked, that was read in all
};

/// DIR/builds.csv and DIR/logs/BUILD.gz (or BUILD, BUILD.log, BUILD.txt, each maybe with .gz; or a folder BUILD with a
/// file a layer). Returns what is wrong with the folder, or nothing.
std::string open_folder(const std::string& path, std::unique_ptr<Logs>& logs);

/// Logs that are there already: a text a build.
class TextLogs : public Logs {
public:
    void read(std::uint32_t build, const BuildSink& sink) override;
    std::vector<std::string> texts;  ///< as many as builds
};

}  // namespace gatesim::correlate
