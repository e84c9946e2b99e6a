// How to export from GitHub, for `import github --how`.
#pragma once

namespace gatesim::import::github {

inline constexpr const char* kHow =
    R"(With gh (2.23 or later, logged in) and jq. The first line is yours to fill in. A week of a busy queue is a few
thousand requests; GitHub allows 5,000 an hour.

  REPO=OWNER/NAME BRANCH=main FROM=2030-01-07 TO=2030-01-13

1. Runs of the queue. A search ends at 1,000 results: go day by day if there are more.

  gh api --paginate \
    "repos/$REPO/actions/runs?event=merge_group&created=$FROM..$TO&per_page=100" > runs.json

2. Their jobs, of all attempts. To see how full your machines are, leave event=merge_group out above.

  jq -r '.workflow_runs[].id' runs.json | sort -u | while read -r run; do
    gh api --paginate "repos/$REPO/actions/runs/$run/jobs?filter=all&per_page=100"
  done > jobs.json

3. When pull requests came into the queue and left it: without it, only their groups tell.

  gh api graphql --paginate -f owner="${REPO%/*}" -f name="${REPO#*/}" -f query='
    query($owner: String!, $name: String!, $endCursor: String) {
      repository(owner: $owner, name: $name) {
        pullRequests(first: 50, after: $endCursor, orderBy: {field: UPDATED_AT, direction: DESC}) {
          pageInfo { hasNextPage endCursor }
          nodes { number author { login __typename }
            timelineItems(first: 100, itemTypes: [ADDED_TO_MERGE_QUEUE_EVENT,
                REMOVED_FROM_MERGE_QUEUE_EVENT, MERGED_EVENT]) {
              nodes { __typename
                ... on AddedToMergeQueueEvent { createdAt }
                ... on RemovedFromMergeQueueEvent { createdAt reason }
                ... on MergedEvent { createdAt commit { oid } } } } } } } }' > pulls.json

   Or the timeline of one pull request, with its number:
   gh api --paginate "repos/$REPO/issues/101/timeline" | jq -c '.[] | . + {pull: 101}' >> timelines.jsonl

4. The queue as it is now, with its configuration. Once is enough; every few minutes is better.

  gh api graphql -f owner="${REPO%/*}" -f name="${REPO#*/}" -f branch="$BRANCH" -f query='
    query($owner: String!, $name: String!, $branch: String!) {
      repository(owner: $owner, name: $name) { mergeQueue(branch: $branch) {
        configuration { maximumEntriesToBuild minimumEntriesToMerge maximumEntriesToMerge
          minimumEntriesToMergeWaitTime checkResponseTimeout mergingStrategy mergeMethod }
        entries(first: 100) { totalCount pageInfo { hasNextPage }
          nodes { position state enqueuedAt jump solo enqueuer { login } pullRequest { number author { login } }
            baseCommit { oid } headCommit { oid statusCheckRollup { contexts(first: 100) { nodes {
              ... on CheckRun { name status conclusion startedAt completedAt detailsUrl } } } } } } } } } }' |
    jq -c '{at: (now | todate)} + .' >> queue.jsonl

5. Webhooks, if you have one (or keep a log of them, one a line): workflow_job, workflow_run, check_run, merge_group (a
group is asked for; it is merged, dequeued or invalidated) and pull_request (enqueued, dequeued with its reason, closed).
GitHub keeps deliveries for some days; HOOK is the number of yours, see gh api "repos/$REPO/hooks".

  gh api --paginate "repos/$REPO/hooks/$HOOK/deliveries?per_page=100" | jq -r '.[].id' | while read -r delivery; do
    gh api "repos/$REPO/hooks/$HOOK/deliveries/$delivery"
  done > hooks.json

  gatesim import github runs.json jobs.json pulls.json queue.jsonl hooks.json --out week
)";

}  // namespace gatesim::import::github
