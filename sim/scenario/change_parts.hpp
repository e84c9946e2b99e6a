// What listed changes and scripted events have in common.
#pragma once

#include <string>
#include <vector>

#include "scenario/decode.hpp"

namespace gatesim::document {

/// A list of names of listed changes, where `holder` has that key; unknown ones are reported.
std::vector<std::string> decode_change_names(Context& context, const View& holder, const char* key);

/// The scripted runs of a change or a patch set, by job.
std::vector<ScriptedRun> decode_runs(Context& context, const View& holder);

/// Whether a stream of changes of this load (arrivals, people, a replay) could bring one of that name.
bool is_name_of_stream(const View& load, const std::string& name);

}  // namespace gatesim::document
