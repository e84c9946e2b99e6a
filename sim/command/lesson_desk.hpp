// The learner's desk: the folder with their work and their progress, and the track it belongs to.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "command/option.hpp"
#include "learn/checker.hpp"
#include "learn/state.hpp"
#include "learn/texts.hpp"
#include "learn/track.hpp"

namespace gatesim {

/// A lesson that is worked on.
struct OpenLesson {
    std::size_t index = 0;  ///< in the track
    learn::Lesson lesson;
    std::string folder;  ///< of the learner's files
};

class Desk {
public:
    /// Finds track and desk from --track, --dir and where we are. What is wrong has been printed, and `exit_code` is
    /// set, if there is nothing.
    static std::optional<Desk> find(const Arguments& arguments, int& exit_code);

    const learn::Track& track() const { return track_; }
    const std::string& folder() const { return folder_; }
    const learn::State& state() const { return state_; }
    bool is_new() const { return new_; }  ///< nothing was started here yet

    /// The lesson that a word means; without a word the one whose folder we are in, else the current one, else the
    /// first that is not done.
    std::optional<OpenLesson> open(const std::string& what, int& exit_code);

    /// Copies what the learner needs; what is there is kept unless `anew`. False: could not, which has been printed.
    bool lay_out(const OpenLesson& open, bool anew);
    /// Whether the learner's files of this lesson are there.
    bool laid_out(const OpenLesson& open) const;
    /// Writes mine.json.
    void put_mine(const OpenLesson& open, const std::string& content) const;

    /// The learner's name, from the progress file, --name or $USER; on a terminal it is asked for. A name that a whole
    /// class may share (root, user, student ...) is nobody's: it decides the practice luck and stands on the class
    /// board. False: there is none, which has been printed.
    bool need_name(int& exit_code);

    /// What other commands have written meanwhile: hints that were looked at in another terminal, other lessons.
    void read_again();
    /// Changes the progress file: locks it, reads what is there now, applies the change, and writes it whole. So two
    /// commands at once lose nothing of each other. False: could not, which has been printed.
    bool update(const std::function<void(learn::State&)>& change);
    /// Makes the lesson the current one, and begun.
    bool begin(const OpenLesson& open);
    /// The same as a part of another change.
    static void put_begun(const OpenLesson& open, learn::State& state);
    learn::Texts texts(const OpenLesson& open) const;
    std::uint64_t practice_seed(const OpenLesson& open) const;

    /// The first lesson that is not passed, from `after` on, then from the beginning; nothing if all are.
    std::optional<std::size_t> next_after(std::size_t after) const;

private:
    learn::State read_file(bool tell);
    bool read_state(const Arguments& arguments);

    learn::Track track_;
    std::string folder_, inside_;  ///< inside_: name of the lesson whose folder we are in
    learn::State state_;
    bool new_ = false;
    bool named_ = false;   ///< by --name
    bool unsafe_ = false;  ///< the file is damaged and could not be kept aside, so it must not be overwritten
};

/// The folder that holds track.json: --track, what the progress file says, lessons/ here or above the program.
std::string lessons_folder();

/// Seconds since 1970.
learn::Instant wall_clock();

}  // namespace gatesim
