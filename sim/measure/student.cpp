#include "measure/student.hpp"

#include <boost/math/distributions/students_t.hpp>

#include "chance/plain_math.hpp"

namespace gatesim {

double student_quantile(std::size_t n, double level) {
    const boost::math::students_t_distribution<double, PlainMath> t(static_cast<double>(n) - 1);
    return boost::math::quantile(boost::math::complement(t, (1 - level) / 2));
}

}  // namespace gatesim
