#include "import/gerrit_words.hpp"

#include <algorithm>
#include <charconv>

#include "import/zuul_words.hpp"

namespace gatesim::import {

namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

bool holds(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

std::string_view trimmed(std::string_view text) {
    const std::size_t from = text.find_first_not_of(" \t\r*");
    if (from == std::string_view::npos) return "";
    return text.substr(from, text.find_last_not_of(" \t\r") - from + 1);
}

std::string_view first_word(std::string_view text) {
    return text.substr(0, text.find_first_of(" \t\r\n"));
}

/// "1h 02m 03s" at the front of a text; kNever if there is none.
Moment length_in(std::string_view text) {
    Moment sum = 0;
    bool any = false;
    while (!(text = trimmed(text)).empty()) {
        std::uint32_t n = 0;
        const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), n);
        if (wrong != std::errc() || end == text.data() + text.size() || n > 100'000) break;
        const Moment unit = *end == 'd'   ? kDay
                            : *end == 'h' ? kHour
                            : *end == 'm' ? kMinute
                            : *end == 's' ? kSecond
                                          : 0;
        if (unit == 0) break;
        sum += n * unit;
        any = true;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
    }
    return any ? sum : kNever;
}

/// The NAME of https://jenkins.example.com/job/NAME/123/, or what stands there if it is no address.
std::string job_name(std::string_view word) {
    const std::size_t at = word.find("/job/");
    if (at == std::string_view::npos) return holds(word, "://") ? "" : std::string(word);
    word.remove_prefix(at + 5);
    return std::string(word.substr(0, word.find('/')));
}

/// "Patch Set 2: Workflow+1 Verified-1": each word is a vote.
void read_votes(std::string_view text, Message& message) {
    if (!text.starts_with("Patch Set ")) return;
    text = text.substr(0, text.find('\n'));
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return;
    text.remove_prefix(colon + 1);
    while (!(text = trimmed(text)).empty()) {
        const std::string_view word = first_word(text);
        text.remove_prefix(word.size());
        const std::size_t sign = word.find_last_of("+-");
        if (sign == 0 && word.size() > 1) {  // "-Workflow": it was taken back
            if (vote(word.substr(1), -2) == Said::refuse) message.approval = Said::refuse, message.approves = true;
            continue;
        }
        if (sign == std::string_view::npos || sign + 2 != word.size()) continue;
        const int size = word[sign + 1] - '0', value = word[sign] == '-' ? -size : size;
        if (size < 1 || size > 9) continue;
        if (word.starts_with("Verified") && size == 2) message.gate = true;
        const Said meaning = vote(word.substr(0, sign), value);
        if (meaning == Said::nothing) continue;
        message.approves = true;
        message.approval = meaning;
    }
}

void read_jobs(std::string_view text, Message& message) {
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        JobSaid job;
        if (job_line(line, job)) message.jobs.push_back(std::move(job));
    }
}

/// The words of a CI, without those of the votes before them.
void read_verdict(std::string_view words, std::string_view all, Message& message) {
    const std::string low = lower(words.substr(0, words.find('\n')));
    if (low.starts_with("starting") && holds(low, "gate")) {
        message.said = Said::gate_start;
    } else if (low.starts_with("build started")) {
        message.said = Said::job_start;
        message.job = job_name(first_word(trimmed(words.substr(13))));
    } else if (low.starts_with("build succe")) {  // succeeded, successful
        message.said = Said::green;
    } else if (low.starts_with("build failed") || low.starts_with("build unstable") ||
               low.starts_with("this change depends on a change that failed to merge")) {
        message.said = Said::red;
    } else if (low.starts_with("merge failed") || holds(low, "unable to be automatically merged")) {
        message.said = Said::conflict;
    } else if (low.starts_with("recheck") || low.starts_with("reverify")) {
        message.said = Said::recheck;
    }
    if (message.said != Said::green && message.said != Said::red) return;
    if (holds(low, "(gate pipeline)")) message.gate = true;
    read_jobs(all, message);
    for (const JobSaid& job : message.jobs) message.gate |= job.in_gate;
}

}  // namespace

Said vote(std::string_view label, int value) {
    if (label == "Workflow") return value > 0 ? Said::approve_work : value < 0 ? Said::refuse : Said::nothing;
    if (label == "Approved" || label == "APRV") return value > 0 ? Said::approve_work : Said::nothing;
    if (label == "Code-Review" || label == "CRVW")
        return value >= 2 ? Said::approve_code : value <= -2 ? Said::refuse : Said::nothing;
    return Said::nothing;
}

bool job_line(std::string_view line, JobSaid& out) {
    line = trimmed(line);
    const bool listed = line.starts_with("- ");
    if (listed) line = trimmed(line.substr(2));
    const std::size_t colon = line.find(" : ");
    if (colon == std::string_view::npos) return false;
    const std::string_view subject = line.substr(0, colon), rest = trimmed(line.substr(colon + 3));
    const std::string_view word = first_word(rest);
    if (word.empty() ||
        !std::all_of(word.begin(), word.end(), [](char c) { return (c >= 'A' && c <= 'Z') || c == '_'; }))
        return false;
    out.job = job_name(first_word(subject));
    if (out.job.empty() || (!listed && !holds(subject, "/job/"))) return false;
    out.result = zuul_result(word);
    out.in_gate = holds(subject, "/gate/");
    out.voting = !holds(rest, "(non-voting)");
    if (const std::size_t in = rest.rfind(" in "); in != std::string_view::npos)
        out.length = length_in(rest.substr(in + 4));
    return true;
}

Message understand(std::string_view text, std::string_view tag) {
    Message message;
    read_votes(text, message);
    if (tag.starts_with("autogenerated:") && tag.ends_with(":gate")) message.gate = true;
    std::string_view words = text;
    if (words.starts_with("Patch Set ")) {
        const std::size_t body = words.find("\n\n");
        words = body == std::string_view::npos ? "" : trimmed(words.substr(body + 2));
    }
    if (tag == "autogenerated:gerrit:newPatchSet" || text.starts_with("Uploaded patch set"))
        message.said = Said::upload;
    else if (tag == "autogenerated:gerrit:merged" || text.starts_with("Change has been successfully"))
        message.said = Said::merged;
    else if (tag == "autogenerated:gerrit:abandon" || first_word(text) == "Abandoned")
        message.said = Said::abandoned;
    else
        read_verdict(words, text, message);
    return message;
}

}  // namespace gatesim::import
