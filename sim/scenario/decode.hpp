// From a checked document to a Scenario: names are resolved here, and what depends on more than one key is checked.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/scenario.hpp"
#include "scenario/errors.hpp"
#include "scenario/load_scenario.hpp"

namespace gatesim::document {

/// Names of one kind, in order, with their index.
class Names {
public:
    std::uint32_t add(const std::string& name) {
        const auto [found, fresh] = index_.emplace(name, static_cast<std::uint32_t>(list_.size()));
        if (fresh) list_.push_back(name);
        return found->second;
    }
    std::optional<std::uint32_t> find(const std::string& name) const {
        const auto found = index_.find(name);
        return found == index_.end() ? std::nullopt : std::optional(found->second);
    }
    const std::vector<std::string>& list() const { return list_; }
    std::uint32_t size() const { return static_cast<std::uint32_t>(list_.size()); }

private:
    std::map<std::string, std::uint32_t> index_;
    std::vector<std::string> list_;
};

/// An object under its defaults: a key is taken from the first layer that has it.
struct Layers {
    std::vector<View> layers;

    std::optional<View> find(std::string_view key) const;
};

/// Everything the parts of the decoding share.
struct Context {
    View root;
    Scenario& out;
    Errors& errors;
    const LoadOptions& options;

    Names jobs, labels, pools, semaphores, pipelines, projects, changes;
    std::map<std::string, std::string> files;  ///< SHA-256 by name, of the files the scenario names

    std::map<const Node*, Distribution> distributions;
    std::map<std::string, std::shared_ptr<const Pattern>> patterns;

    std::vector<std::size_t> job_members = {};  ///< by job: which member of /jobs says what it is; not of "noop"
    std::map<std::string, std::vector<std::uint32_t>> shards = {};  ///< by name in /jobs: those of a job with count

    /// A path of the document, like {"defaults", "job"}; nothing if it is not there.
    std::optional<View> at(std::initializer_list<const char*> path) const;

    /// What a file name of the document means from here.
    std::string path_of(const std::string& file) const;
};

// Values that the check has passed.
Time decode_time(const View& view);
double decode_share(const View& view);
std::vector<std::string> decode_texts(const View& list);
/// A time since the start, or a date of the period. Reports a date without a start, or one before it.
std::optional<Time> decode_moment(Context& context, const View& view);
/// Reads an empirical distribution's file, once for each place in the document.
Distribution decode_distribution(Context& context, const View& view);
/// Makes the name of a member of /jobs known, or, with count, those of its shards: NAME-1, NAME-2 and so on. They are
/// jobs like others; NAME means all of them, wherever a job is named.
void name_jobs(Context& context, const View& jobs, std::size_t index);
/// The jobs that a name means: one, all shards, or none, for a name that is unknown.
std::vector<std::uint32_t> jobs_named(const Context& context, const std::string& name);
/// The same; reports a name that is unknown.
std::vector<std::uint32_t> resolve_jobs(Context& context, const View& name);
/// What can be named, for messages.
std::vector<std::string> job_words(const Context& context);
/// Names of jobs, with all shards; reports those that are unknown.
std::vector<std::string> decode_job_names(Context& context, const View& list);
/// Sizes of changes: a number, or {p50, p95}.
Distribution decode_lines(Context& context, const View& lines);
/// Kinds with their shares, not above 1 together.
std::vector<ChangeKind> decode_arriving_kinds(Context& context, const View& kinds);
/// The same, or kinds with weights; the rest of the shares is a kind of its own.
std::vector<ChangeKind> decode_written_kinds(Context& context, const View& kinds);
/// Notes that the scenario depends on this file; reports one that cannot be read.
bool note_file(Context& context, const View& view);

/// Index of a name; reports an unknown one.
std::optional<std::uint32_t> resolve(Context& context, const View& name, const char* what, const Names& names);

// The parts, in the order in which they need each other.
void decode_period(Context& context);
void decode_pools(Context& context);
void decode_semaphores(Context& context);
void decode_jobs(Context& context);  ///< the names, and each job alone; fills nothing but names
void decode_pipelines(Context& context);
void decode_projects(Context& context);
void decode_queues(Context& context);
void decode_load(Context& context);
void decode_changes(Context& context, const View& changes, ListedLoad& out);
void decode_events(Context& context, const View& events, Load& out);
void decode_world(Context& context);  ///< failures, timeline, observed, defaults
void decode_races(Context& context);  ///< when pools, jobs and changes are known; before decode_timeline
std::vector<std::string> race_names(const Context& context);  ///< of those that are listed
void decode_timeline(Context& context);
void decode_freezes(Context& context);  ///< into steps of the timeline; before decode_timeline
/// A step of the timeline that freezes, thaws, pauses or resumes the pipeline.
void add_hold(Context& context, Time at, PipelineId pipeline, Hold hold);
/// Whether changes land there; reports it if not.
bool may_be_held(Context& context, const View& view, PipelineId pipeline);
void decode_facts(Context& context);  ///< only checks; claims.hpp reads them
void decode_expectations(Context& context);

/// A strategy's name and parameters against what is known of it.
std::optional<StrategyChoice> decode_strategy(const View& view, const std::vector<StrategyDescription>& strategies,
                                              Errors& errors);

/// One parameter of the strategy that `choice` names, put into its values. False if it was reported as wrong.
bool decode_parameter(Context& context, const View& value, const std::string& name, Position key_at,
                      StrategyChoice& choice);

/// The same of anything with a table of parameters.
void decode_parameter(const View& view, const std::string& name, Position key_at, const StrategyDescription& strategy,
                      StrategyChoice& out, Errors& errors);

/// A job's group; reports placeholders that there are not.
ConcurrencyUse decode_concurrency(Context& context, const View& view);
Grants decode_grants(const View& view);

/// A job from its layers: overrides first, then the job, then defaults.
Job decode_job(Context& context, std::uint32_t id, const Layers& layers, const View& where);

/// First dependent pipeline, else the first.
PipelineId landing_pipeline(const Context& context);
/// `project` of a change or a push: it may be left out where there is one only.
ProjectId decode_project_of(Context& context, const View& view);

/// Reads values of a column for an empirical distribution, sorted. Reports what is wrong with the file.
std::shared_ptr<const std::vector<double>> read_sample(Context& context, const View& distribution);

}  // namespace gatesim::document
