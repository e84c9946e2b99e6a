// races.csv: the life of each race.
#include <fmt/format.h>

#include "model/list_cell.hpp"
#include "record/race_lives.hpp"
#include "record/tables.hpp"
#include "record/words.hpp"

namespace gatesim {

namespace {

class RacesTable : public TableWriter {
public:
    using TableWriter::TableWriter;

    void on(const Event& event, const Ledger&) override { lives_.on(event); }

protected:
    void last_rows() override {
        const auto& records = lives_.records();
        for (RaceId id = 0; id < records.size(); ++id)
            if (const Race* race = find_race(cast_, id); race && records[id].born != kNever) write(*race, records[id]);
    }

private:
    void write(const Race& race, const RaceRecord& life) {
        std::string jobs;
        for (const JobId job : race.jobs) add_to_list(jobs, job_name(cast_, job));
        row().text(race.name).text(race.brought_by == kNone ? "" : change_name(cast_, race.brought_by));
        out_.text(fmt::format("{:.6g}", race.strength.first)).text(jobs).text(factor_text(race.factor));
        out_.time_and_date(life.born).time(life.first_hit).time(life.noticed).time(life.classified).time(life.assigned);
        out_.time_and_date(life.ended).text(life.ended == kNever ? "" : race_end_name(life.how));
        out_.number(static_cast<std::int64_t>(life.hits)).number(static_cast<std::int64_t>(life.told_apart));
        out_.end_row();
    }

    RaceLives lives_;
};

}  // namespace

std::unique_ptr<TableWriter> make_races_table(const std::string& path, const Cast& cast, std::uint32_t replication) {
    return std::make_unique<RacesTable>(path, cast, replication);
}

}  // namespace gatesim
