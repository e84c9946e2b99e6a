// reviews.csv: who was asked to read what, when, and what became of it.

#include <algorithm>
#include <map>

#include "record/tables.hpp"
#include "record/words.hpp"

namespace gatesim {

namespace {

class ReviewsTable : public TableWriter {
public:
    using TableWriter::TableWriter;

    void on(const Event& event, const Ledger&) override {
        switch (event.kind) {
            case EventKind::assigned:
                entry(event).assigned = event.at;
                break;
            case EventKind::review_started:
                entry(event).began = event.at;
                break;
            case EventKind::voted: {
                const Review review = entry(event);
                write(event.change, review, &event);
                drop(event.change, review);
                break;
            }
            case EventKind::uploaded:
            case EventKind::approved:
            case EventKind::withdrawn:
            case EventKind::landed:
                nobody_needs(event.change);
                break;
            default:
                break;
        }
    }

protected:
    void last_rows() override {
        while (!open_.empty()) nobody_needs(open_.begin()->first);
    }

private:
    struct Review {
        PersonId person = kNone;
        int patchset = 0;
        Time assigned = kNever;
        Time began = kNever;
    };

    Review& entry(const Event& event) {
        auto& reviews = open_[event.change];
        for (Review& review : reviews)
            if (review.person == event.person && review.patchset == event.patchset) return review;
        return reviews.emplace_back(Review{event.person, event.patchset, kNever, kNever});
    }

    void drop(ChangeId change, const Review& done) {
        auto& reviews = open_[change];
        std::erase_if(reviews, [&](const Review& r) { return r.person == done.person && r.patchset == done.patchset; });
        if (reviews.empty()) open_.erase(change);
    }

    void nobody_needs(ChangeId change) {
        const auto found = open_.find(change);
        if (found == open_.end()) return;
        for (const Review& review : found->second) write(change, review, nullptr);
        open_.erase(found);
    }

    void write(ChangeId change, const Review& review, const Event* vote) {
        row().text(review.person == kNone ? "" : person_name(cast_, review.person)).text(change_name(cast_, change));
        out_.number(review.patchset).time_and_date(review.assigned).time(review.began);
        out_.time_and_date(vote ? vote->at : kNever);
        out_.time(vote && review.began != kNever ? vote->at - review.began : kNever);
        vote ? out_.number(vote->value) : out_.empty();
        out_.text(cause_name(vote ? vote->cause : Cause::none));
        out_.end_row();
    }

    std::map<ChangeId, std::vector<Review>> open_;
};

}  // namespace

std::unique_ptr<TableWriter> make_reviews_table(const std::string& path, const Cast& cast, std::uint32_t replication) {
    return std::make_unique<ReviewsTable>(path, cast, replication);
}

}  // namespace gatesim
