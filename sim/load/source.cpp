#include "load/source.hpp"

namespace gatesim {

namespace {

/// What is written down, on top of a stream of changes.
class JointSource final : public Source {
public:
    JointSource(std::unique_ptr<Source> first, std::unique_ptr<Source> second)
        : first_(std::move(first)), second_(std::move(second)) {}

    std::string start(Calendar& calendar, LoadDoor& door) override {
        std::string trouble = first_->start(calendar, door);
        return trouble.empty() ? second_->start(calendar, door) : trouble;
    }

    void hear(const Event& event) override {
        first_->hear(event);
        second_->hear(event);
    }

    std::string failure() const override { return first_->failed() ? first_->failure() : second_->failure(); }
    bool failed() const override { return first_->failed() || second_->failed(); }

    std::optional<LoadRows> rows() const override {
        const auto rows = first_->rows();
        return rows ? rows : second_->rows();
    }

    MissedEvents missed() const override {
        MissedEvents missed = first_->missed();
        const MissedEvents more = second_->missed();
        if (missed.count == 0) missed.first = more.first;
        missed.count += more.count;
        return missed;
    }

private:
    std::unique_ptr<Source> first_;
    std::unique_ptr<Source> second_;
};

}  // namespace

std::unique_ptr<Source> make_joint_source(std::unique_ptr<Source> first, std::unique_ptr<Source> second) {
    return std::make_unique<JointSource>(std::move(first), std::move(second));
}

std::unique_ptr<Source> make_source(const Scenario& scenario, Luck luck) {
    std::unique_ptr<Source> stream;
    if (scenario.load.replay) stream = make_replay_source(scenario);
    if (scenario.load.people) stream = make_people_source(scenario, luck);
    if (scenario.load.arrivals) stream = make_arrivals_source(scenario, luck);
    if (!scenario.load.listed) return stream;
    std::unique_ptr<Source> listed = make_listed_source(scenario);
    return stream ? make_joint_source(std::move(listed), std::move(stream)) : std::move(listed);
}

PipelineId landing_pipeline(const Scenario& scenario) {
    for (PipelineId p = 0; p < scenario.pipelines.size(); ++p)
        if (scenario.pipelines[p].manager == Manager::dependent) return p;
    return 0;
}

}  // namespace gatesim
