/** Tests of the pages. */
@NullMarked
package io.armwise.service.dashboard;

import org.jspecify.annotations.NullMarked;
