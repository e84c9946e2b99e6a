// The style that is built in: a test cloud of several services, each with a log of its own.
#include <stdexcept>

#include "logs/style.hpp"
#include "logs/style_document.hpp"

namespace gatesim::logs {

namespace {

constexpr const char* kText = R"json({
  "name": "services",
  "layers": ["console", "svc-api", "svc-sched", "svc-compute", "svc-net", "svc-store"],
  "line": "{time} {pid} {level} {layer} [req-{hex}] {text}",
  "first_line": "{time} | {layer} | {text}",
  "time": "%Y-%m-%d %H:%M:%S.%f",
  "levels": {"debug": "DEBUG", "info": "INFO", "warning": "WARNING", "error": "ERROR"},
  "words": {
    "nouns": ["volume", "server", "image", "token", "quota", "flavor", "port", "subnet", "bridge", "tenant", "agent", "worker",
      "message", "queue", "socket", "session", "cache", "schema", "index", "snapshot", "backup", "replica", "leader", "lease",
      "lock", "thread", "buffer", "packet", "route", "gateway", "certificate", "bucket", "device", "partition", "driver",
      "kernel", "package", "mirror", "registry", "fixture", "suite", "hook", "cursor", "journal", "barrier", "heartbeat",
      "probe", "metric", "policy", "role", "channel", "consumer", "binding", "filter", "chain", "hypervisor", "migration"],
    "verbs": ["created", "deleted", "attached", "detached", "updated", "resized", "restored", "refreshed", "expired",
      "allocated", "released", "claimed", "scheduled", "dispatched", "delivered", "retried", "committed", "flushed", "synced",
      "mounted", "resolved", "bound", "registered", "rotated", "validated", "accepted", "opened", "closed", "resumed",
      "polled", "scanned", "fetched", "cloned", "applied", "skipped"],
    "troubles": ["timed out", "was refused", "is stale", "has gone away", "is out of range", "was not found",
      "cannot be reached", "lost its lease", "returned no rows", "did not converge", "is already in use",
      "has an unexpected state", "was closed by the peer", "exceeded its deadline", "does not match its digest",
      "reported a short read", "is missing a parent"],
    "joints": ["for", "on", "after", "before", "with", "during", "from", "into", "behind"]
  },
  "noise": {
    "kinds": 70, "rare_kinds": 140, "repeat": 1, "errors": "35%", "traces": 6,
    "lines": ["Setting up workspace on {node}", "Get:{n} http://mirror.{region}.example.org/ubuntu precise/main {word} [{n} kB]",
      "Cloning into /opt/stack/{word}", "+ echo {seconds}", "{path}/{word}_{word}.py: {n} tests", "Ran {n} tests in {seconds}s",
      "GET /v2/{hex}/{word}/{uuid} 200 {n} {seconds}", "Connected to {ip}"]
  },
  "trace": ["Traceback (most recent call last):",
    "  File \"/opt/stack/{word}/{word}/{word}.py\", line {n}, in {word}_{word}",
    "{word}Error: {text}"],
  "author": [["FAIL: {own}.tests.test_{own}", "AssertionError: {n} != {n} in {own}"],
    ["ImportError: cannot import name {own}"],
    ["{path}/{own}.py:{n}:{n}: E{n} undefined name {own}", "{n} errors"],
    ["FAIL: {own}.tests.test_{own}", "NameError: global name {own} is not defined"]],
  "failed": ["Build step failed, the run is marked as failed", "Finished: FAILURE with exit code {n}"]
})json";

}  // namespace

const char* usual_style_text() {
    return kText;
}

const Style& usual_style() {
    static const Style style = [] {
        std::vector<Diagnostic> diagnostics;
        auto out = style_of(kText, "the usual style", Style{}, diagnostics);
        if (!out) throw std::logic_error("the style that is built in is wrong: " + text(diagnostics));
        return *out;
    }();
    return style;
}

}  // namespace gatesim::logs
