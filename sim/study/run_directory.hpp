// The folder a run leaves behind: whole files, put together from the workers' parts in order of replication.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "study/aside.hpp"
#include "study/study.hpp"

namespace gatesim {

/// How a run was called, so that `explain` can repeat it: run.json.
struct RunCall {
    std::string scenario_path;  ///< as it was typed
    std::uint64_t seed = 1;
    std::uint32_t replications = 1;
    Time until = kNever;
    std::string programs_sha256;  ///< of the programs that decided (sha256_of_programs); empty = none did
};

/// A run directory in the making. Nothing appears under its name before finish(): a new one is built aside and renamed;
/// in one that exists, our own files are replaced one by one and files of others are left alone (study/own_files.hpp).
class RunDirectory {
public:
    /// Looks whether `path` may be written into (why_not_into), `inputs` being the files the run reads, and makes the
    /// folder for the workers' parts. See problem(). Without finish() nothing is left.
    RunDirectory(std::string path, const std::vector<std::string>& inputs, const std::vector<std::string>& names);

    /// Where workers put their parts.
    const std::string& scratch() const { return scratch_; }
    const std::string& path() const { return path_; }
    /// What went wrong so far; empty = nothing.
    const std::string& problem() const { return problem_; }

    /// Puts the tables of these replications together.
    void add_tables(const std::vector<std::uint32_t>& replications, bool events, bool trace);
    /// A file with that content.
    void add(const std::string& name, const std::string& content);
    /// Everything gets its name. Own files of an earlier run that this one did not write are removed.
    void finish();

private:
    void fail(const std::string& what);
    void join(const std::string& name, const std::string& header, const std::vector<std::uint32_t>& replications);

    std::string path_;
    std::unique_ptr<Aside> aside_;
    std::string scratch_;
    std::string problem_;
    std::vector<std::string> written_;
};

/// The files that a run of that scenario writes with these options, and all that any run writes.
std::vector<std::string> run_files(const Scenario& scenario, const StudyOptions& options);
std::vector<std::string> all_run_files();

/// run.json, and back. Nothing if it is not there or not one of ours.
std::string run_call_json(const RunCall& call);
std::optional<RunCall> read_run_call(const std::string& directory);

}  // namespace gatesim
