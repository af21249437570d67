/** What a decision over HTTP costs beside a controller that does nothing. */
@NullMarked
package io.armwise.benchmarks.http;

import org.jspecify.annotations.NullMarked;
