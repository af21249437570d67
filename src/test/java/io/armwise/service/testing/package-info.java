/** Real servers and a real browser for tests. */
@NullMarked
package io.armwise.service.testing;

import org.jspecify.annotations.NullMarked;
