@NullMarked
package io.armwise.service.dashboard.system;

import org.jspecify.annotations.NullMarked;
