// Numbers of the record in words: reasons, causes, results, times. One place, so that the story, `explain` and the
// tables say the same thing in the same words.
#pragma once

#include <string>
#include <vector>

#include "model/event.hpp"

namespace gatesim {

/// The name of a change, job, queue or pool; "?" for one that is not known.
std::string change_name(const Cast& cast, ChangeId change);
/// The same in at most 16 columns, for pictures: of a change of a review system its project and the beginning of its
/// number. Two changes may have the same one.
std::string short_name(const Cast& cast, ChangeId change);
std::string job_name(const Cast& cast, JobId job);
std::string queue_name(const Cast& cast, QueueId queue);
std::string pipeline_name(const Cast& cast, PipelineId pipeline);
std::string pool_name(const Cast& cast, PoolId pool);
std::string person_name(const Cast& cast, PersonId person);
std::string race_name(const Cast& cast, RaceId race);

/// Whose doing it is that a build was red: the change with the defect, or the name of the race; empty if nobody's.
std::string culprit_name(const Cast& cast, ChangeId culprit, RaceId race);

/// Why the gate did something, as a clause after "because" or a colon: "A, ahead of it, is failing (job unit)".
std::string reason_text(const Reason& reason, const Cast& cast);

/// The same as one word for a table: "ahead_failing".
const char* why_name(Why why);

/// What is really behind a red build of `change`, as a clause: "B itself is broken". `culprit` may be kNone.
std::string cause_text(Cause cause, ChangeId change, ChangeId culprit, const Cast& cast, ChangeId rival = kNone,
                       RaceId race = kNone);

/// The same as a sentence in brackets after another: " [In truth B itself is broken.]"; empty for none.
std::string truth_text(Cause cause, ChangeId change, ChangeId culprit, const Cast& cast, ChangeId rival = kNone,
                       RaceId race = kNone);

/// As one word for a table: "own_defect", "flake"; empty for none.
const char* cause_name(Cause cause);

/// "success", "failure" …, as in the tables.
const char* result_name(Result result);

/// "landed", "conflict" …, as in the tables.
const char* outcome_name(Outcome outcome);

/// "build_started" …, as in the event log.
const char* event_name(EventKind kind);

/// "45 s", "12 min", "1 h 05 min", "2 d 3 h": a length for a person, two units at most.
std::string length_text(Time length);

/// "A", "A and B", "A, B and C"; more than five are cut: "A, B, C, D and 17 more".
std::string list_text(const std::vector<std::string>& words);

/// "1 build", "2 builds".
std::string counted(std::int64_t count, const char* one, const char* many);

/// Seconds with up to six decimals, exact: "3600", "0.25".
std::string seconds_text(Time time);

/// The date in UTC, ISO 8601: "2013-06-24T04:57:13Z", with decimals if there are any; empty if the period has no start.
std::string iso_text(Time time, const Period& period);

/// For the story's margin: "06-24 04:57:13", or h:mm:ss since the start.
std::string clock_text(Time time, const Period& period);

}  // namespace gatesim
