@NullMarked
package io.armwise.posterior.sequential;

import org.jspecify.annotations.NullMarked;
