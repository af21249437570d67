/** The page that says why a unit gets its arm. */
@NullMarked
package io.armwise.service.dashboard.why;

import org.jspecify.annotations.NullMarked;
