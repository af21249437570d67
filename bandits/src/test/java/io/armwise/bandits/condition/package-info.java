/** Tests of conditions and of the form in which they travel. */
@NullMarked
package io.armwise.bandits.condition;

import org.jspecify.annotations.NullMarked;
