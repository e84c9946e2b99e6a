// Writes a page with nothing but the replay: page_of OUT.html TITLE NAME=FOLDER [NAME=FOLDER]. For the browser tests
// and for looking at the player; says how large the packed replays are. OUT.html.instants says what the first one is at
// some instants.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "page/instant.hpp"
#include "page/pack.hpp"
#include "page/player_html.hpp"

namespace {

using namespace gatesim;

/// What the unpacked replay says at some instants, a line each, as js/data.mjs writes it: seconds, then of each queue
/// its items with attempts and reason, then the busy nodes of each pool and the builds that run.
void write_instants(const page::Replay& r, const std::string& path) {
    std::ofstream out(path, std::ios::binary);
    const page::Instants instants(r);
    const Time tick = page::tick_of(r);
    std::uint64_t luck = 1;
    for (int i = 0; i < 1000; ++i) {
        luck = luck * 6364136223846793005ULL + 1442695040888963407ULL;
        const Time ticks = static_cast<Time>((luck >> 16) % static_cast<std::uint64_t>(r.end / tick + 1));
        const page::Instant now = instants.at(ticks * tick);
        out << ticks;
        for (const auto& queue : now.queues) {
            out << '|';
            for (const auto& item : queue) {
                out << r.stays[item.stay].number << ':';
                for (const page::Index attempt : item.attempts) out << r.attempts[attempt].number << ' ';
                out << ':' << (item.wait == page::kNowhere ? "" : page::sentence_of(r, r.waits[item.wait])) << ';';
            }
        }
        for (const std::int64_t busy : now.busy) out << '|' << busy;
        // How many builds run.
        out << '|' << std::count_if(r.builds.begin(), r.builds.end(), [&](const page::Replay::Build& b) {
            return b.start <= ticks * tick && (b.end == kNever || b.end > ticks * tick);
        });
        out << '\n';
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 4) return fmt::print(stderr, "page_of OUT.html TITLE NAME=FOLDER...\n"), 2;
    std::vector<gatesim::page::Replay> gates;
    for (int i = 3; i < argc; ++i) {
        const std::string argument = argv[i];
        const std::size_t cut = argument.find('=');
        auto read = gatesim::page::read_replay(argument.substr(cut + 1));
        if (!read.error.empty()) return fmt::print(stderr, "{}\n", read.error), read.absent ? 4 : 2;
        read.replay.title = argument.substr(0, cut);
        fmt::print("{}: {} bytes\n", read.replay.title, gatesim::page::pack(read.replay).size());
        if (i == 3) write_instants(gatesim::page::in_ticks(read.replay), std::string(argv[1]) + ".instants");
        gates.push_back(std::move(read.replay));
    }
    const std::string page = gatesim::page::player_page(argv[2], gates);
    std::ofstream(argv[1], std::ios::binary) << page;
    fmt::print("page: {} bytes\n", page.size());
}
