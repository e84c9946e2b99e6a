#include "command/run_logs.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "command/terminal.hpp"
#include "scenario/files_read.hpp"
#include "scenario/units.hpp"

namespace gatesim {

namespace {

namespace fs = std::filesystem;

bool same_folder(const std::string& a, const std::string& b) {
    std::error_code error;
    return fs::weakly_canonical(fs::absolute(a), error) == fs::weakly_canonical(fs::absolute(b), error);
}

}  // namespace

std::vector<Option> log_options() {
    return {
        {.name = "logs",
         .kind = OptionKind::text,
         .value = "DIR",
         .help =
             "Also build logs of replication 1, for correlate: DIR/builds.csv, DIR/logs/BUILD.gz, and what is behind "
             "each failure apart in DIR/truth.csv."},
        {.name = "log-style",
         .kind = OptionKind::text,
         .value = "FILE",
         .help = "How logs are written (JSON; describe log-style). Default: a style of cloud services."},
        {.name = "log-passed",
         .kind = OptionKind::text,
         .value = "SHARE",
         .help = "Share of the passed builds that get a log; failed ones all do. Default: 30%."}};
}

RunLogs::RunLogs(const Arguments& arguments, const std::string& run_folder) {
    begin(arguments, run_folder);
}

void RunLogs::begin(const Arguments& arguments, const std::string& run_folder) {
    const auto wrong = [&](const std::string& text, int code) { problem_ = {text, code, 0}; };
    if (!arguments.has("logs")) {
        for (const char* name : {"log-style", "log-passed"})
            if (arguments.has(name)) wrong(fmt::format("--{} goes with --logs DIR", name), kUsage);
        return;
    }
    std::vector<std::string> inputs = files_read();
    if (arguments.has("log-passed")) {
        const auto share = units::read_share(arguments.text("log-passed"));
        if (!share.value || *share.value > 1)
            return wrong(fmt::format("--log-passed {}: is no share; \"30%\" is one", arguments.text("log-passed")),
                         kUsage);
        options_.passed = *share.value;
    }
    if (arguments.has("log-style")) {
        std::vector<Diagnostic> diagnostics;
        auto style = logs::read_style(arguments.text("log-style"), diagnostics);
        if (!style) return wrong("--log-style\n" + text(diagnostics), diagnostics.front().exit_code);
        options_.style = std::make_shared<const logs::Style>(std::move(*style));
        inputs.push_back(arguments.text("log-style"));
    }
    const std::string path = arguments.text("logs");
    if (path.empty()) return wrong("--logs needs the name of a folder", kUsage);
    if (same_folder(path, run_folder))
        return wrong(
            fmt::format("--logs {0}: the run's own files go there, and both have a builds.csv; name another folder",
                        path),
            kUsage);
    folder_ = std::make_unique<LogFolder>(path, inputs);
    if (!folder_->problem().empty()) return wrong(folder_->problem(), kUnreadable);
    options_.folder = folder_->scratch();
}

MakeLogs RunLogs::maker() const {
    if (options_.folder.empty()) return {};
    return [options = options_](const Cast& cast, std::uint64_t seed, std::uint32_t replication) {
        return std::make_unique<logs::LogWriter>(options, cast, seed, replication);
    };
}

std::string RunLogs::finish(bool interrupted) {
    if (!folder_) return "";
    if (interrupted) {
        print_err("gatesim run: interrupted: there are no logs\n");
        return "";
    }
    return folder_->finish();
}

}  // namespace gatesim
