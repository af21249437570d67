/** Tests of the inference. */
@NullMarked
package io.armwise.bandits.inference;

import org.jspecify.annotations.NullMarked;
