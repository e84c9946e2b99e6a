// How far a study is: a bar with the time left on a terminal, a line now and then elsewhere. On stderr.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace gatesim {

class Progress {
public:
    /// `what` is being done `total` times. Not `shown`: says nothing.
    Progress(bool shown, std::string what, std::uint32_t total);
    ~Progress();  ///< wipes the bar

    /// `done` are over; those that run are `running` of one further (0.5 = halfway through one).
    void update(std::uint32_t done, double running);

private:
    void draw(double share, std::uint32_t done, double elapsed);
    std::string wiped() const;

    bool shown_;
    std::string what_;
    std::uint32_t total_;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    double next_ = 0.5;
    std::size_t drawn_ = 0;  ///< columns of the bar that stands there; 0 = none
};

/// "name [####......] 3/10, 0:12 left" in at most `width` columns: the bar gives way first, then the name, then the
/// rest.
std::string bar_text(const std::string& what, double share, const std::string& rest, std::size_t width);

}  // namespace gatesim
