// node_lives.csv: what became of each node that was asked for.
#include "record/node_lives.hpp"
#include "record/tables.hpp"
#include "record/words.hpp"

namespace gatesim {

namespace {

class NodeLivesTable : public TableWriter {
public:
    NodeLivesTable(const std::string& path, const Cast& cast, std::uint32_t replication)
        : TableWriter(path, cast, replication), lives_([this](const NodeLife& life) { write(life); }) {}

    void on(const Event& event, const Ledger&) override { lives_.on(event); }

private:
    void write(const NodeLife& life) {
        row().text(pool_name(cast_, life.pool)).id(life.node);
        out_.time(life.asked).time(life.booting).time_and_date(life.up).time(life.left).time_and_date(life.gone);
        out_.number(life.uses).time(life.busy);
        const Time idle = life.up == kNever || life.left == kNever ? kNever : life.left - life.up - life.busy;
        out_.time(idle);
        out_.text(life.left == kNever ? "" : node_end_name(life.why)).number(life.killed).id(life.lost);
        out_.end_row();
    }

    NodeLives lives_;
};

}  // namespace

std::unique_ptr<TableWriter> make_node_lives_table(const std::string& path, const Cast& cast,
                                                   std::uint32_t replication) {
    return std::make_unique<NodeLivesTable>(path, cast, replication);
}

}  // namespace gatesim
