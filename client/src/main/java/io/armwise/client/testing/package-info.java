/** For tests of code that uses the client. */
@NullMarked
package io.armwise.client.testing;

import org.jspecify.annotations.NullMarked;
