#pragma once

#include "gate/gate.hpp"
