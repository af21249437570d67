@NullMarked
package io.armwise.benchmarks.assignment;

import org.jspecify.annotations.NullMarked;
