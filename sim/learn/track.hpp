// A track: the lessons there are, in order.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenario/diagnostic.hpp"

namespace gatesim::learn {

struct TrackEntry {
    std::string lesson;  ///< its folder's name
    int day = 1;
    std::string slot;  ///< "09:00", "buffer"
    bool optional = false;
};

struct Track {
    std::string folder;
    std::string name, title, welcome, closing;
    std::vector<std::string> days;  ///< what the list calls day 1, 2 ...; those beyond are "Day N"
    std::vector<TrackEntry> lessons;

    std::string day_name(int day) const;
    std::string folder_of(const std::string& lesson) const { return folder + "/" + lesson; }
    /// Index of the lesson that a person means: its name, its number ("5", "05") or a part of its name that only it
    /// has. Nothing: none, or several; then `problem` says which are near.
    std::optional<std::size_t> find(const std::string& what, std::string& problem) const;
};

/// Reads FOLDER/track.json.
std::optional<Track> read_track(const std::string& folder, std::vector<Diagnostic>& problems);

}  // namespace gatesim::learn
