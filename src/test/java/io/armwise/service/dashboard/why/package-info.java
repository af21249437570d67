@NullMarked
package io.armwise.service.dashboard.why;

import org.jspecify.annotations.NullMarked;
