#include "scenario/other_names.hpp"

namespace gatesim::document {

const std::vector<OtherName>& other_names() {
    static const std::vector<OtherName> all = {
        {"auto-merge", {"rebase-race"}},
        {"batching", {"batch"}},
        {"bisect", {"batch-bisect"}},
        {"bors", {"bors-ng", "rust-bors"}},
        {"bulldozer", {"rebase-race"}},
        {"chromium", {"chromium-cq"}},
        {"commit-queue", {"chromium-cq"}},
        {"cq", {"chromium-cq"}},
        {"depend", {"zuul"}},
        {"dependent", {"zuul"}},
        {"dependent-pipeline", {"zuul"}},
        {"fast-forward", {"rebase-race"}},
        {"fifo", {"serial"}},
        {"gerrit", {"zuul"}},
        {"google", {"tap"}},
        {"head-green", {"github-headgreen"}},
        {"homu", {"rust-bors", "serial"}},
        {"ideal", {"oracle"}},
        {"k8s", {"tide"}},
        {"kodiak", {"serial"}},
        {"kubernetes", {"tide"}},
        {"luci", {"chromium-cq"}},
        {"merge-queue", {"github", "gitlab-train", "mergify"}},
        {"merge-train", {"gitlab-train"}},
        {"mozilla", {"post-merge"}},
        {"mq", {"github", "gitlab-train", "mergify"}},
        {"no-gate", {"post-merge"}},
        {"no-queue", {"post-merge"}},
        {"none", {"post-merge"}},
        {"one-at-a-time", {"serial"}},
        {"opendev", {"zuul"}},
        {"openstack", {"zuul-openstack"}},
        {"palantir", {"rebase-race"}},
        {"perfect", {"oracle"}},
        {"prow", {"tide"}},
        {"rebase", {"rebase-race"}},
        {"rust", {"rust-bors"}},
        {"sequential", {"serial"}},
        {"speculation", {"optimistic", "submitqueue"}},
        {"speculative", {"optimistic", "submitqueue"}},
        {"stovepipe", {"post-merge"}},
        {"submit-queue", {"submitqueue"}},
        {"train", {"gitlab-train"}},
        {"uber", {"submitqueue"}},
        {"up-to-date", {"rebase-race"}},
    };
    return all;
}

}  // namespace gatesim::document
