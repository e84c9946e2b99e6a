// verify: theory beside simulation.

#include "study/verify/verify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>

#include "command/command.hpp"
#include "command/progress.hpp"
#include "command/scenario_input.hpp"
#include "command/terminal.hpp"
#include "command/verify_strategy.hpp"
#include "measure/interval.hpp"
#include "study/interrupt.hpp"
#include "study/process_pool.hpp"

namespace gatesim {

namespace {

using Json = nlohmann::ordered_json;

std::string mark(Agreement agreement) {
    const bool fine = agreement == Agreement::agrees;
    return styled((fine ? "✓ " : "✗ ") + agreement_text(agreement), fine ? Style::good : Style::bad);
}

/// `text` filled up to `width` characters (UTF-8: bytes that begin one).
std::string padded(const std::string& text, std::size_t width) {
    const auto characters = static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
    return text + std::string(width > characters ? width - characters : 0, ' ');
}

std::string row(const Finding& f) {
    const Measured& m = f.measured;
    const double below = m.mean - m.low, above = m.high - m.mean, widest = std::max(below, above);
    const int decimals = std::max(2, decimals_for(widest));
    const std::string interval = is_lopsided(below, above)
                                     ? fmt::format(" ({} to {})", fixed(m.low, decimals), fixed(m.high, decimals))
                                     : fmt::format(" ± {}", fixed(widest, decimals));
    return fmt::format("  {} {:>10} {} {:>5}  {}\n", padded(f.quantity->what, 23),
                       fixed(f.quantity->theory, decimals + 1),
                       padded(fmt::format("{:>11}{}", fixed(m.mean, decimals), interval), 22), m.n, mark(f.agreement));
}

std::string table(const VerifyResult& result) {
    std::string out =
        fmt::format("  {:<23} {:>10} {:>11} ± 95 %    {:>5}  {}\n", "", "theory", "simulation", "n", "verdict");
    const ClosedForm* before = nullptr;
    for (const Finding& f : result.findings) {
        if (!before || before->id != f.form->id)
            out += fmt::format("\n{}  {}\n     {}\n", styled(f.form->id, Style::strong), f.form->title,
                               styled("after " + f.form->source, Style::faint));
        if (before != f.form) out += "  " + f.form->where + "\n";
        out += "  " + row(f);
        before = f.form;
    }
    return out;
}

std::string little_text(const LittleTally& little) {
    const bool fine = little.fault.empty();
    return fmt::format("\n{}  Little's law to the microsecond: {:.1f} million visits  {}\n",
                       styled("L=λW", Style::strong), static_cast<double>(little.visits) / 1e6,
                       fine ? styled("✓ holds", Style::good) : styled("✗ " + little.fault, Style::bad));
}

std::string conclusion(const VerifyResult& result, double wall) {
    const auto agree = std::count_if(result.findings.begin(), result.findings.end(),
                                     [](const Finding& f) { return f.agreement == Agreement::agrees; });
    return fmt::format("\n{} of {} numbers agree{}; {} replications, {:.1f} million events, {:.0f} s\n", agree,
                       result.findings.size(), result.interrupted ? " (partial: interrupted)" : "", result.replications,
                       static_cast<double>(result.events) / 1e6, wall);
}

Json json_of(const Finding& f) {
    return {{"id", f.form->id},
            {"title", f.form->title},
            {"where", f.form->where},
            {"what", f.quantity->what},
            {"source", f.form->source},
            {"assumes", f.form->assumes},
            {"theory", f.quantity->theory},
            {"tolerance", f.quantity->tolerance * std::abs(f.quantity->theory)},
            {"mean", f.measured.mean},
            {"low", f.measured.low},
            {"high", f.measured.high},
            {"standard_error", f.measured.standard_error < 0 ? Json(nullptr) : Json(f.measured.standard_error)},
            {"n", f.measured.n},
            {"verdict", agreement_text(f.agreement)}};
}

std::string document(const VerifyResult& result, const VerifyOptions& options, double wall) {
    Json out;
    out["format"] = 1;
    out["seed"] = options.seed;
    out["engine"] = options.engine;
    out["level"] = kLevel;
    out["partial"] = result.interrupted;
    out["passed"] = result.passed();
    out["findings"] = Json::array();
    for (const Finding& f : result.findings) out["findings"].push_back(json_of(f));
    out["little"] = {{"stations", result.little.stations},
                     {"visits", result.little.visits},
                     {"holds", result.little.fault.empty()},
                     {"fault", result.little.fault}};
    out["replications"] = result.replications;
    out["timing"] = {{"wall_s", wall}, {"events", result.events}};
    return out.dump(2) + "\n";
}

/// The entries that were asked for; empty if a name is unknown. `all`: those that take long, too.
std::vector<ClosedForm> chosen(const std::string& id, bool all) {
    std::vector<ClosedForm> forms = closed_forms();
    if (!all) std::erase_if(forms, [](const ClosedForm& form) { return form.dear; });
    if (!id.empty()) std::erase_if(forms, [&](const ClosedForm& form) { return form.id != id; });
    return forms;
}

/// Says so if the records of R10 are not at hand. That is trouble if they were asked for.
int mind_records(const std::string& id) {
    if (!id.empty() && id != "R10") return kFine;
    const std::string missing = missing_records();
    if (missing.empty()) return kFine;
    print_err("gatesim verify: R10 skipped: " + missing + "\n");
    return id.empty() ? kFine : kUnreadable;
}

int run_verify(const Arguments& arguments) {
    if (arguments.has("strategy")) return verify_strategy(arguments);
    const std::vector<ClosedForm> forms = chosen(arguments.positional(0), arguments.has("all"));
    if (const int code = mind_records(arguments.positional(0)); code != kFine) return code;
    if (forms.empty()) {
        const std::string id = arguments.positional(0);
        if (!chosen(id, true).empty()) return usage_error("verify", id + " takes long: add --all");
        return usage_error("verify", "there is no closed form " + id);
    }
    VerifyOptions options;
    options.seed = arguments.count("seed", 1);
    options.engine = arguments.text("engine", "heap");
    options.jobs = static_cast<unsigned>(arguments.count("jobs", available_processors()));
    const auto begin = std::chrono::steady_clock::now();
    VerifyResult result;
    {
        InterruptGuard guard;
        const bool shown = !arguments.has("quiet") && !arguments.has("no-progress");
        std::optional<Progress> progress;
        std::uint32_t planned_before = 0;
        options.progress = [&](std::uint32_t done, std::uint32_t planned) {
            if (planned != planned_before) progress.emplace(shown, "verify", planned);
            planned_before = planned;
            progress->update(done, 0);
        };
        result = verify(forms, options);
    }
    const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    if (!result.problem.text.empty()) {
        print_err("gatesim verify: " + result.problem.text + "\n");
        return result.problem.exit_code;
    }
    if (arguments.has("json"))
        print_out(document(result, options, wall));
    else if (!arguments.has("quiet"))
        print_out(table(result) + little_text(result.little) + conclusion(result, wall) +
                  fmt::format("seed {}\n", options.seed));
    if (result.interrupted) return kInterrupted;
    return result.passed() ? kFine : kMissed;
}

std::vector<Option> options_of_verify() {
    std::vector<Option> options = {
        {.name = "seed", .kind = OptionKind::count, .value = "N", .help = "Fixes all luck. Default: 1."},
        {.name = "json", .kind = OptionKind::flag, .help = "Print one JSON document instead of the table."},
        {.name = "all", .kind = OptionKind::flag, .help = "Also the entries that take minutes."},
        jobs_option(),
        engine_option("heap")};
    for (Option& option : verify_strategy_options()) options.push_back(std::move(option));
    return options;
}

const bool kRegistered = register_command(
    {.name = "verify",
     .summary = "Compare the simulator with theory: queues, windows, speculation",
     .help =
         "Runs small scenarios for which theory knows the answer, and prints theory beside simulation. A number agrees "
         "when it is within its tolerance, or within three standard errors, and the standard error is itself within "
         "the tolerance. Replications are added until it is half of that. In every run, Little's law is "
         "checked at every station. Exit code 1 if anything differs. With --strategy it puts one strategy to the test "
         "instead: random scenarios, every action checked; a violation is printed with the line that repeats it, exit "
         "code 3.",
     .examples = {"verify", "verify R04", "verify --seed 7 --json", "verify --strategy zuul"},
     .positionals = {{"ID", "only that family (R01 to R10, R14 to R20, R22 to R30); default: all", false}},
     .options = options_of_verify(),
     .run = run_verify});

}  // namespace

}  // namespace gatesim
