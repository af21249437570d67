/** Feature flags, for people. */
@NullMarked
package io.armwise.service.dashboard.flag;

import org.jspecify.annotations.NullMarked;
