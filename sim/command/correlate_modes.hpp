// The questions of `correlate` that need no fingerprints of its own.
#pragma once

#include <memory>
#include <string>

#include "command/correlate_work.hpp"
#include "correlate/baselines.hpp"

namespace gatesim {

/// --classes: tells two classes of builds apart. Prints; returns an exit code.
int correlate_classes(correlate::Logs& logs, const std::string& column, bool json);

/// --hits: how precise recorded fingerprints were.
int correlate_hits(const std::string& path, const std::string& column, bool json);

/// --baselines: what simple rules find, beside correlate.
nlohmann::ordered_json baselines_json(const Correlation& work, const correlate::Runs& runs,
                                      const std::vector<correlate::Baseline>& list);
std::string baselines_text(const Correlation& work, const correlate::Runs& runs,
                           const std::vector<correlate::Baseline>& list);

/// --report: the page.
std::string correlation_page(Correlation& work, const correlate::Runs& runs,
                             const std::vector<correlate::Baseline>& list, const std::string& title);

}  // namespace gatesim
