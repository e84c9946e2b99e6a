// Never compiled: what depends on the machine's widest number.
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>

double wide(double u, long unix) {
    const long double sum = u;
    const boost::math::students_t distribution(3);
    return boost::math::ibeta_inv(2.0, 3.0, u) + boost::math::quantile(distribution, u) + static_cast<double>(sum);
}
