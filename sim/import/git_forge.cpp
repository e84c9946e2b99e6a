// git: the history of a branch. It says when changes landed, and no more.
#include <algorithm>
#include <charconv>
#include <optional>

#include "import/gather.hpp"

namespace gatesim::import {

namespace {

constexpr const char* kHow =
    R"(One line a commit of the branch itself, with tabs between five fields: hash, parents, committer time (Unix
seconds), author, subject. Of the subject only the number of a pull request ("#101") is used.

  git log --first-parent --format='%H%x09%P%x09%ct%x09%an%x09%s' main > landings.txt
  gatesim import git landings.txt --out week

Add --merges where only merge commits are landings, and --since=2030-01-07 for a part. History says when changes
landed, not when they came into a queue, who was ejected or what ran: a stay begins and ends with its landing.
)";

/// A commit of the branch.
struct Landing {
    std::string hash;
    Moment at = kNever;
    std::string change, author;
};

bool is_hash(std::string_view text) {
    return text.size() >= 7 && text.size() <= 64 &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// The number of a pull request in a subject: "Merge pull request #101 from …", else the last "#101", which is where a
/// squashed one has it. Empty: there is none.
std::string number_in(std::string_view subject) {
    const auto at = [&](std::size_t sign) {
        const std::size_t end = std::min(subject.find_first_not_of("0123456789", sign + 1), subject.size());
        return end - sign <= 10 ? std::string(subject.substr(sign + 1, end - sign - 1)) : "";
    };
    constexpr std::string_view kMerge = "Merge pull request #";
    if (subject.starts_with(kMerge)) return at(kMerge.size() - 1);
    std::string number;
    for (std::size_t sign = subject.find('#'); sign != std::string_view::npos; sign = subject.find('#', sign + 1))
        if (const std::string found = at(sign); !found.empty()) number = found;
    return number;
}

std::optional<Landing> landing_in(std::string_view line) {
    std::string_view fields[5];
    for (int i = 0; i < 5; ++i) {
        const std::size_t end = i == 4 ? line.size() : line.find('\t');
        if (end == std::string_view::npos) return std::nullopt;
        fields[i] = line.substr(0, end);
        line.remove_prefix(std::min(line.size(), end + 1));
    }
    Landing out;
    std::int64_t seconds = 0;
    const char* const end = fields[2].data() + fields[2].size();
    const auto read = std::from_chars(fields[2].data(), end, seconds);
    if (!is_hash(fields[0]) || read.ec != std::errc() || read.ptr != end || seconds < 0 || seconds > 253'402'300'799)
        return std::nullopt;
    out.hash = fields[0];
    out.at = seconds * kSecond;
    out.change = number_in(fields[4]);
    if (out.change.empty()) out.change = out.hash;
    const bool merge = fields[1].find(' ') != std::string_view::npos;
    if (!merge) out.author = person(std::string(fields[3]));  // of a merge it is whoever merged
    return out;
}

class Git : public Importer {
public:
    void take(std::string_view, const Json& record, Intake& intake) override {
        const auto landing = record.is_string() ? landing_in(record.get_ref<const std::string&>()) : std::nullopt;
        if (!landing) return intake.drop("another line");
        Row row;
        row.id = key_of({landing->hash});
        row.at = landing->at;
        row.change = texts_.of(landing->change);
        row.author = texts_.of(landing->author);
        row.tie = tie_of(texts_, {row.change, row.author});
        rows_.add(row);
        ++intake.used;
    }
    void finish(Records& records, Intake& intake) override {
        RowList<Row>& rows = rows_.rows();
        intake.repeated(rows_.repeats());
        intake.used -= rows_.repeats();
        records.texts = std::move(texts_);
        records.entries.reserve(rows.size());
        for (Consume rest(rows); rest.more();) {
            const Row row = rest.next();
            Entry entry;
            entry.change = row.change;
            entry.author = row.author;
            entry.enqueued = entry.left = row.at;
            entry.outcome = Left::landed;
            records.entries.push_back(entry);
        }
        if (!records.entries.empty())
            intake.warnings.push_back("history says when changes landed, not when they came: each stay has no length");
    }

private:
    /// A commit as it is kept.
    struct Row {
        Key id = 0;
        Moment at = kNever;
        Texts::Id change = 0, author = 0;
        std::uint32_t tie = 0;
        bool counted = true;

        bool later_than(const Row& other) const { return std::tie(at, tie) > std::tie(other.at, other.tie); }
    };

    Texts texts_;
    Once<Row> rows_;
};

int knows(std::string_view list, const Json& record) {
    return list == "line" && record.is_string() && landing_in(record.get_ref<const std::string&>()) ? 2 : 0;
}

std::unique_ptr<Importer> make() {
    return std::make_unique<Git>();
}

const bool kRegistered = register_forge({.name = "git",
                                         .summary = "The history of a branch: landings only, no queue and no jobs",
                                         .how = kHow,
                                         .lists = {},
                                         .knows = knows,
                                         .make = make,
                                         .reads = Reads::lines});

}  // namespace

}  // namespace gatesim::import
