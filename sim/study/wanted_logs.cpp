#include "study/wanted_logs.hpp"

#include <utility>

namespace gatesim {

namespace {

MakeLogs& wanted() {
    static MakeLogs make;
    return make;
}

}  // namespace

void want_logs(MakeLogs make) {
    wanted() = std::move(make);
}

const MakeLogs& wanted_logs() {
    return wanted();
}

}  // namespace gatesim
