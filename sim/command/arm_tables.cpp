#include "command/arm_tables.hpp"

#include "report/folder.hpp"
#include "study/interrupt.hpp"
#include "study/run_directory.hpp"

namespace gatesim {

std::string keep_tables_of_arms(const std::vector<Arm>& arms, const GridOptions& options,
                                const std::string& directory) {
    InterruptGuard guard;
    for (std::size_t i = 0; i < arms.size() && InterruptGuard::count() == 0; ++i) {
        StudyOptions how;
        how.seed = options.seed;
        how.until = options.until;
        how.engine = options.engine;
        how.tables = KeepTables::first;
        RunDirectory folder(report::arm_folder(directory, i, arms[i].label), {}, run_files(arms[i].scenario, how));
        if (!folder.problem().empty()) return folder.problem();
        how.scratch = folder.scratch();
        const StudyResult result = run_study(arms[i].scenario, how);
        if (result.interrupted) break;
        if (!result.problem.text.empty()) return arms[i].label + ": " + result.problem.text;
        folder.add_tables({1}, false, false);
        folder.add("scenario.json", arms[i].scenario.resolved);
        folder.finish();
        if (!folder.problem().empty()) return folder.problem();
    }
    return "";
}

}  // namespace gatesim
