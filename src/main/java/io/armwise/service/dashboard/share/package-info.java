/** Links that show one experiment's report to people without a key. */
@NullMarked
package io.armwise.service.dashboard.share;

import org.jspecify.annotations.NullMarked;
