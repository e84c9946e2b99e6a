// Writes a page with nothing but the replay: page_of OUT.html TITLE NAME=FOLDER [NAME=FOLDER]. For the browser tests
// and for looking at the player; says how large the packed replays are.
#include <fmt/format.h>

#include <fstream>

#include "page/pack.hpp"
#include "page/player_html.hpp"

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
        gates.push_back(std::move(read.replay));
    }
    const std::string page = gatesim::page::player_page(argv[2], gates);
    std::ofstream(argv[1], std::ios::binary) << page;
    fmt::print("page: {} bytes\n", page.size());
}
